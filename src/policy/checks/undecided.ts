// SPDX-License-Identifier: Apache-2.0
// Checks: what nobody has decided yet, what acts until then, and where the policy is short of the OpenSSF baseline.

import type { Policy } from '../../core/policy/policy.ts';
import type { Finding } from '../issues.ts';
import { reviewPlaces } from '../places.ts';
import { valueText } from '../spelling.ts';
import { type Check, when } from './check.ts';

/** The keys on which a reader expects an answer: undecided, they are a gap (★ in docs/policy-language.md). */
export const expectedKeys: readonly string[] = [
  'policy.contact',
  'intake.channels',
  'visibility.on_receipt',
  'embargo.mode',
  'embargo.length',
  'embargo.at_end_without_fix',
  'cve.required_for',
  'branches.must',
  'disclosure.trigger',
  'disclosure.channels',
  'publication.scope',
  'publication.credit',
  'clocks.acknowledge',
];

export const undecidedChecks: readonly Check[] = [
  {
    about: 'undecided where a reader expects an answer',
    kind: 'gap',
    find: (policy) => undecided(policy, (key) => expectedKeys.includes(key), ' Reporters will ask.'),
  },
  { about: 'undecided elsewhere', kind: 'note', find: (policy) => undecided(policy, (key) => !expectedKeys.includes(key), '') },
];

export const baselineChecks: readonly Check[] = [
  {
    about: 'OSPS-VM-01.01, a clear time of response',
    kind: 'baseline',
    find: ({ clocks, unspecified }) => {
      const open = unspecified.includes('clocks.acknowledge') ? 'unspecified' : clocks.acknowledge === null ? 'none' : undefined;
      return when(
        open !== undefined,
        'clocks.acknowledge',
        `OSPS-VM-01.01 asks for a clear time of response; clocks.acknowledge is ${open}.`,
      );
    },
  },
  {
    about: 'OSPS-VM-03.01, a private channel',
    kind: 'baseline',
    find: ({ intake }) =>
      when(
        intake.channels.filter((channel) => channel.kind !== 'web' || channel.declared).every(({ starts }) => starts === 'public'),
        'intake.channels',
        'OSPS-VM-03.01 asks for a private way to report; every channel of intake.channels starts in public.',
      ),
  },
  {
    about: 'OSPS-VM-04.01, data on known flaws',
    kind: 'baseline',
    find: ({ publication, advisory, cve }) => [
      ...when(
        advisory.kind === 'none' && publication.scope === 'fix_only' && cve.requiredFor !== 'every_flaw',
        'publication.scope',
        'OSPS-VM-04.01 asks for published data on flaws; publication.scope is fix_only and advisory.kind is none.',
      ),
      ...when(
        advisory.kind !== 'none' && !advisory.mustContain.includes('affected_versions'),
        'advisory.must_contain',
        'OSPS-VM-04.01 asks which versions are affected; advisory.must_contain does not name affected_versions.',
      ),
    ],
  },
  {
    about: 'OSPS-VM-04.02, statements on flaws that do not apply',
    kind: 'baseline',
    find: ({ advisory }) =>
      when(
        !advisory.formats.includes('openvex'),
        'advisory.formats',
        'OSPS-VM-04.02 asks for VEX statements on flaws that do not affect the project; advisory.formats does not name openvex.',
      ),
  },
];

/** Where a sentence says it better than the values. */
const untilDecided: Readonly<Record<string, string>> = {
  'ownership.last_resort': ': the ladder ends at the first administrator until you name a person.',
  'intake.channels': ". Until decided: Daylight's own web form.",
  'disclosure.channels': ". Until decided: the project's public site.",
  'disclosure.days': '. Until decided: any day.',
  'embargo.length': '. Until decided: one rung, 90 days.',
};

function undecided(policy: Policy, chosen: (key: string) => boolean, also: string): readonly Finding[] {
  return policy.unspecified.filter(chosen).map((key) => {
    const acts = untilDecided[key] ?? `. Until decided: ${reviewText(policy, key) ?? valueText(policy, key) ?? 'the default'}.`;
    return { key, message: `${key} is unspecified${acts}${also}` };
  });
}

/** `1 by core, vendor`. */
function reviewText(policy: Policy, key: string): string | undefined {
  const review = reviewPlaces(policy).find((place) => place.key === key)?.review;
  return review?.kind === 'approvals' ? `${review.approvals} by ${review.by.join(', ')}` : undefined;
}
