// SPDX-License-Identifier: Apache-2.0
// Checks: the course of a case that the policy draws can be walked to its end.

import type { Policy } from '../../core/policy/policy.ts';
import { humanSteps } from '../human-steps.ts';
import { type Check, when } from './check.ts';

export const courseChecks: readonly Check[] = [
  {
    about: 'more human steps than the policy allows itself',
    kind: 'error',
    find: (policy) => {
      const steps = humanSteps(policy);
      const most = policy.humanStepsAtMost;
      return when(
        most !== null && steps.length > most,
        'policy.human_steps_at_most',
        `straight path needs ${steps.length} human inputs, human_steps_at_most is ${most}: ${steps.join(', ')}.`,
      );
    },
  },
  {
    about: 'a posting that is watched for nowhere',
    kind: 'contradiction',
    find: ({ disclosure }) =>
      when(
        disclosure.trigger === 'patch_posted' && disclosure.postedTo === null,
        'disclosure.trigger',
        'disclosure.trigger is patch_posted, but disclosure.posted_to names no list to watch.',
      ),
  },
  {
    about: 'a trigger for which nothing ever fixes the date',
    kind: 'contradiction',
    find: ({ disclosure, embargo }) =>
      when(
        disclosure.trigger === 'date_reached' && embargo.mode === 'never' && disclosure.atLatest === null,
        'disclosure.trigger',
        'disclosure.trigger is date_reached, but embargo.mode is never and disclosure.at_latest is none: no date is ever set.',
      ),
  },
  {
    about: 'a trigger that waits for branches of which none is needed',
    kind: 'contradiction',
    find: ({ disclosure: { trigger }, branches }) =>
      when(
        (trigger === 'fix_merged' || trigger === 'fix_released') && branches.must.length === 0,
        'disclosure.trigger',
        `disclosure.trigger is ${trigger}, but branches.must is none: no branch has to be fixed, so the trigger never comes.`,
      ),
  },
  {
    about: 'a class that publishes nothing and needs a CVE',
    kind: 'contradiction',
    find: ({ eligibility, cve, advisory }) =>
      Object.entries(eligibility.classes).flatMap(([name, { publishes }]) =>
        when(
          publishes === 'nothing' && advisory.kind !== 'none' && cve.requiredFor === 'every_flaw',
          `eligibility.classes.${name}`,
          `eligibility.classes.${name} publishes nothing, but cve.required_for is every_flaw.`,
        ),
      ),
  },
  {
    about: 'a class that publishes an advisory where there is none',
    kind: 'contradiction',
    find: ({ eligibility, advisory }) =>
      Object.entries(eligibility.classes).flatMap(([name, { publishes }]) =>
        when(
          publishes !== 'nothing' && advisory.kind === 'none',
          `eligibility.classes.${name}`,
          `eligibility.classes.${name} publishes ${publishes}, but advisory.kind is none.`,
        ),
      ),
  },
  {
    about: 'a row of the scope table that is never reached',
    kind: 'contradiction',
    find: ({ eligibility: { scope } }) => {
      const last = scope.findIndex((row) => row.when === null);
      return last === -1
        ? []
        : scope.slice(last + 1).map((row, position) => ({
            key: `eligibility.scope[${last + 1 + position}]`,
            message: `eligibility.scope[${last + 1 + position}] (${row.rule}) stands below anything_else and is never reached.`,
          }));
    },
  },
  {
    about: 'nowhere to report to',
    kind: 'contradiction',
    find: ({ intake: { channels } }, inFile) =>
      when(
        inFile('intake.channels') &&
          channels.filter(isDeclared).length > 0 &&
          channels.filter(isDeclared).every(({ accepts }) => accepts === 'redirect'),
        'intake.channels',
        'intake.channels has only redirections; name one channel that accepts reports.',
      ),
  },
  {
    about: 'a closed list of what agents may do, and no agents',
    kind: 'note',
    find: ({ agents }) =>
      when(
        agents.allowed === 'nobody' && agents.may.length > 0,
        'agents.may',
        'agents.may lists what agents may do, but agents.allowed is nobody.',
      ),
  },
  {
    about: 'a number that is asked for, and that nothing waits for',
    kind: 'note',
    find: ({ cve, disclosure, closing }, inFile) => {
      const waiting = [...disclosure.must, ...disclosure.should, ...closing.must, ...closing.should];
      const waits = disclosure.trigger === 'patch_posted' || waiting.some(({ kind }) => kind === 'cve_assigned' || kind === 'cve_recorded');
      return when(
        inFile('cve.required_for') && cve.requiredFor === 'every_flaw' && !waits,
        'cve.required_for',
        'cve.required_for asks for a number, and nothing waits for it: a case is published and closed without one. disclosure.must: [cve_assigned] holds up the publication, disclosure.should asks for a reason.',
      );
    },
  },
  {
    about: 'CVE records in nobody’s name',
    kind: 'note',
    find: ({ advisory, cve }, inFile) =>
      when(
        inFile('advisory.formats') && advisory.kind !== 'none' && advisory.formats.includes('cve') && cve.assigner.organisation === null,
        'advisory.formats',
        'advisory.formats, with its defaults, asks for cve, but no CVE record can be written: cve.assigner.organisation does not name the organisation that assigns the number; the other formats are published.',
      ),
  },
  {
    about: 'libvirt notices under numbers that they cannot carry',
    kind: 'contradiction',
    find: ({ advisory }) =>
      when(
        advisory.kind !== 'none' && advisory.formats.includes('lsn_xml') && !/^[A-Za-z0-9]+-YYYY-NNNN$/.test(advisory.id),
        'advisory.formats',
        `advisory.formats asks for lsn_xml, which is numbered PREFIX-YYYY-NNNN; advisory.id is ${advisory.id}, so that no such notice can be written.`,
      ),
  },
  {
    about: 'a title for an issue that nothing retitles',
    kind: 'note',
    find: ({ labels }, inFile) =>
      when(
        inFile('labels.public_title') && labels.publicTitle !== '{title}',
        'labels.public_title',
        'labels.public_title is kept for a forge; this version speaks to none, and no title is changed.',
      ),
  },
  {
    about: 'a list that is watched for nothing',
    kind: 'note',
    find: ({ disclosure }) =>
      when(
        disclosure.postedTo !== null && disclosure.trigger !== 'patch_posted',
        'disclosure.posted_to',
        `disclosure.posted_to is watched, but disclosure.trigger is ${disclosure.trigger}: a posting only raises the alarm.`,
      ),
  },
];

function isDeclared(channel: Policy['intake']['channels'][number]): boolean {
  return channel.kind !== 'web' || channel.declared;
}
