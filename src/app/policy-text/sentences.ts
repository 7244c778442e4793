// SPDX-License-Identifier: Apache-2.0
// A policy in sentences, as far as the pages need them. What nobody has decided is said to be so.

import { Temporal } from '../../core/model/time.ts';
import type { DisclosureChannel } from '../../core/policy/disclosure-rules.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { rolesWith } from '../../core/policy/policy.ts';
import { type Deadline, type Duration, durationText, type ZonedInstant } from '../../core/policy/quantities.ts';
import type { IntakeChannel } from '../../core/policy/report-rules.ts';
import { plain } from './plain.ts';

function within(duration: Duration): string {
  return duration === 'at once' ? 'at once' : `within ${durationText(duration)}`;
}

function from({ duration, from: event }: Deadline): string {
  return `${durationText(duration)} from ${plain(event)}`;
}

function roles(names: readonly string[]): string {
  return names.length === 0 ? 'nobody' : names.map(plain).join(', ');
}

/** Who reads a report when it arrives. */
export function readers(policy: Policy): string {
  const held = policy.intake.moderation !== 'none' ? ` A moderator (${roles(rolesWith(policy, 'moderate'))}) looks at it first.` : '';
  return `Read on receipt by: ${roles(policy.visibility.onReceipt)}.${held}`;
}

export function firstReply(policy: Policy): string {
  const { acknowledge } = policy.clocks;
  return acknowledge === null ? 'This project promises no time for its first answer.' : `A person answers ${within(acknowledge)}.`;
}

const triggers: Readonly<Record<Policy['disclosure']['trigger'], string>> = {
  patch_posted: 'when the patch is posted for public review',
  fix_merged: 'when the fix is merged',
  fix_released: 'when the fix is released',
  date_reached: 'when the agreed date is reached',
  by_hand: 'when the people who disclose say go',
};

function disclosureTrigger(policy: Policy): string {
  return triggers[policy.disclosure.trigger];
}

const scopes: Readonly<Record<Policy['publication']['scope'], string>> = {
  fix_only: 'the fix alone',
  notice: 'a notice',
  issue: 'the report, your files and the messages with you',
  full_record: 'the whole record: the report, your files, every message and note, every date',
};

/** What becomes public, when, and what never does: beside the report form. */
export function becomesPublic(policy: Policy): readonly (readonly [string, string])[] {
  const latest = policy.disclosure.atLatest;
  return [
    ['When', `${disclosureTrigger(policy)}${latest === null ? '' : `, at the latest ${from(latest)}`}`],
    ['Yes', scopes[policy.publication.scope]],
    ['As you say', 'your name in the credit, or none'],
    [
      'Never',
      `your mail address${policy.publication.withheld.length === 0 ? '' : `, ${policy.publication.withheld.map(plain).join(', ')}`}`,
    ],
  ];
}

/** Whether what is said in a case becomes public with it. */
export function saidBecomesPublic({ publication }: Policy): string {
  switch (publication.scope) {
    case 'issue':
    case 'full_record':
      return 'It becomes public with the record.';
    case 'notice':
      return publication.reports === 'every_report'
        ? 'It becomes public only if the case turns out to be an ordinary bug.'
        : 'It stays closed; what is published is the notice.';
    case 'fix_only':
      return 'It stays closed, unless every reporter of the case agrees that it is opened.';
  }
}

/** The same for what the team writes for itself: whoever types has to know it while typing. */
export function noteBecomesPublic({ publication }: Policy): string {
  return publication.scope === 'full_record' ? 'It becomes public with the record, like everything here.' : 'It is never opened.';
}

export function channelSentence(channel: IntakeChannel): string {
  return `${channelText(channel)}${channel.account === 'required' ? ' It needs an account.' : ''}`;
}

function channelText(channel: IntakeChannel): string {
  const accepts = channel.accepts === 'redirect' ? ' Mail there is answered with the way to report; it opens no case.' : '';
  const starts = { private: 'starts private', public: 'starts public', as_marked: 'private unless you mark it public' }[channel.starts];
  switch (channel.kind) {
    case 'web':
      return `The form on this site; ${starts}.`;
    case 'mail':
      return `Mail to ${channel.address}; ${starts}.${encryption(channel)}${accepts}`;
    case 'member_mail':
      return `Mail to a member of ${plain(channel.role)}; ${starts}.${encryption(channel)}`;
    case 'gitlab':
      return `A confidential issue in the GitLab project ${channel.project}; ${starts}.`;
    case 'tracker':
      return `The tracker ${channel.name}; ${starts}.`;
  }
}

function encryption({ encryption: wanted }: IntakeChannel): string {
  return { required: ' Encrypted mail only.', encouraged: ' Encrypted mail is welcome.', optional: '' }[wanted];
}

/** Which flaws get a number, and who gives it. */
export function cveSentences({ cve, disclosure }: Policy): readonly string[] {
  if (cve.requiredFor === 'nothing') return ['No CVE number is asked for.'];
  const who = {
    every_flaw: 'Every confirmed flaw gets',
    advisories: 'Every flaw with an advisory gets',
    on_request: 'On request a flaw gets',
  };
  const assigner =
    cve.assigner.kind === 'own_cna'
      ? 'The project gives it itself.'
      : `It is given by ${cve.assigner.role === null ? (cve.assigner.name ?? 'a CVE numbering authority') : `a member of ${plain(cve.assigner.role)}`}.`;
  const when = {
    on_confirmation: 'It is asked for with the confirmation.',
    when_impact_approved: 'It is asked for once the description of the impact is approved.',
    by_hand: 'Somebody asks for it.',
  };
  const isMust = disclosure.must.some(({ kind }) => kind === 'cve_assigned' || kind === 'cve_recorded');
  const isShould = disclosure.should.some(({ kind }) => kind === 'cve_assigned' || kind === 'cve_recorded');
  return [
    `${who[cve.requiredFor]} a CVE number.`,
    when[cve.requested],
    assigner,
    isMust
      ? 'Nothing is published before its number is there.'
      : isShould
        ? 'Nothing is published before its number is there, unless a reason is on record.'
        : 'The publication does not wait for the number.',
    cve.recordedIn === 'advisory' ? 'It is written down first in the advisory.' : 'It is written down first in the issue.',
  ];
}

/** Where the fix has to be, where it should be, and who does the rest. */
export function branchSentences({ branches }: Policy): readonly string[] {
  const { groups, must, should, aim, leftTo, maintained } = branches;
  const named = (names: readonly string[]) => names.map((name) => groupText(name, groups[name])).join(', ');
  return [
    must.length === 0 ? 'No branch has to be fixed before the publication.' : `Has to be fixed: ${named(must)}.`,
    ...(should.length === 0 ? [] : [`Should be fixed too, or a reason is on record: ${named(should)}.`]),
    ...(aim.length === 0 ? [] : [`An aim that holds nothing up: ${named(aim)}.`]),
    ...(leftTo === null ? [] : [`All others are left to ${leftTo}.`]),
    ...maintained.map(maintenance),
  ];
}

function maintenance({ branch, from, until }: Policy['branches']['maintained'][number]): string {
  const since = from === null ? '' : ` from ${dated(from)}`;
  return `${branch} is maintained${since}${until === null ? '' : ` until ${dated(until)}`}.`;
}

function dated({ at, zone }: ZonedInstant): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime();
  return `${local.toPlainDate()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })} ${zone}`;
}

function groupText(name: string, members: readonly string[] | undefined): string {
  return members === undefined || members.length === 0 ? plain(name) : `${plain(name)} (${members.join(', ')})`;
}

export function disclosureSentences(policy: Policy): readonly string[] {
  const { atLatest, hour, days, channels, signed, signingKeys = [] } = policy.disclosure;
  return [
    `A case becomes public ${disclosureTrigger(policy)}.`,
    ...(atLatest === null ? [] : [`At the latest ${from(atLatest)}.`]),
    ...(days.length < 7 ? [`On these days only: ${days.join(', ')}.`] : []),
    ...(hour === null ? [] : [`At ${String(hour.hour).padStart(2, '0')}:${String(hour.minute).padStart(2, '0')} ${hour.zone}.`]),
    ...channels.map(disclosureChannel),
    signed === null
      ? 'What is published is not signed.'
      : `What is published is signed with OpenPGP${signingKeys.length === 0 ? '' : ', by a person with a key of their own'}.`,
    `Opened in the end: ${scopes[policy.publication.scope].replace('your files', 'its files').replace('with you', 'with its reporter')}.`,
  ];
}

function disclosureChannel(channel: DisclosureChannel): string {
  switch (channel.kind) {
    case 'issue':
      return 'The issue is opened to everybody.';
    case 'public_review':
      return 'The patches go to public review.';
    case 'site':
      return channel.url === null ? 'The advisory is put on this site.' : `The advisory is put on ${channel.url}.`;
    case 'git':
      return `The record is pushed to ${channel.url}.`;
    case 'mail':
      return `It is announced on ${channel.lists.join(', ')}.`;
  }
}

/** What a told party may do before the date, a sentence each (LIBVIRT-31). */
export function partyTerms({ downstream }: Policy): readonly string[] {
  const { maySay, mayDeploy, mayShareWith } = downstream;
  const deploy = {
    after_disclosure: 'You may deploy the fix only once the case is public.',
    before_disclosure: 'You may deploy the fix before the case is public.',
    as_the_notice_says: 'Whether you may deploy the fix before the date is said in the notice.',
  };
  return [
    'Nothing of this becomes public through you before the date.',
    maySay.length === 0
      ? 'In public you may say nothing, not even that there is something.'
      : `In public you may say: ${maySay.map(plain).join(', ')}.`,
    deploy[mayDeploy],
    mayShareWith === 'nobody'
      ? 'You may share it with nobody.'
      : 'You may share it with the other parties that were told, and nobody else.',
  ];
}

export function clockSentences(policy: Policy): readonly string[] {
  const { acknowledge, claim, verdict, updateReporter, fix } = policy.clocks;
  const said = (duration: Duration | null, sentence: (text: string) => string) => (duration === null ? [] : [sentence(within(duration))]);
  return [
    ...said(acknowledge, (text) => `A first answer ${text}.`),
    ...said(claim, (text) => `Somebody takes the case up ${text}.`),
    ...said(verdict, (text) => `A verdict ${text}; after that others are asked.`),
    ...(updateReporter === null ? [] : [`News to the reporter every ${durationText(updateReporter)}.`]),
    ...(fix === null ? [] : [`For a fix, ${durationText(fix)} from the confirmation count as reasonable.`]),
  ];
}
