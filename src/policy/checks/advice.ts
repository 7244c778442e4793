// SPDX-License-Identifier: Apache-2.0
// Checks: where a policy is unlike what the field does, with who says so and which figure. Advice: nothing is refused for it.

import type { Policy } from '../../core/policy/policy.ts';
import { type Duration, durationText } from '../../core/policy/quantities.ts';
import { approximateDays } from '../derived.ts';
import { type Check, when } from './check.ts';

const advise = (about: string, find: Check['find']): Check => ({ about, kind: 'advice', find });

export const adviceChecks: readonly Check[] = [
  advise('F26, F27: how soon a reporter hears from somebody', (policy) => answer(policy)),
  advise('F28, F30: how long a flaw may be private', (policy) => {
    const last = policy.embargo.length.at(-1);
    const long = last !== undefined && days(policy, last.upTo) > 92;
    return when(
      long,
      `embargo.length[${policy.embargo.length.length - 1}].up_to`,
      `an embargo may last ${last === undefined ? '' : durationText(last.upTo)}: CERT/CC publishes 45 days after a report, 45 to 90 days are usual, and OpenStack ends at 90.`,
    );
  }),
  advise('F31: a long embargo without a word on why', (policy, inFile) => {
    const position = policy.embargo.length.findIndex(({ upTo }) => days(policy, upTo) > 61);
    const reasons = policy.embargo.length.slice(0, position + 1).flatMap(({ must, should }) => [...must, ...should]);
    return when(
      inFile('embargo.length') && position >= 0 && reasons.length === 0,
      `embargo.length[${position}]`,
      `embargo.length[${position}] asks for nothing beyond two months: oCERT went to two months in extremes only, with a justification in public.`,
    );
  }),
  advise('F27: how far ahead parties are told', (policy) => {
    const { leadTime, parties } = policy.downstream;
    const far = leadTime !== null && (days(policy, leadTime.most) > 42 || days(policy, leadTime.least) < 1);
    return when(
      parties.length > 0 && far,
      'downstream.lead_time',
      `parties are told ${leadTime === null ? '' : durationText(leadTime.most)} ahead: the OpenSSF guide says 1 to 30 working days, OpenStack 5 to 10.`,
    );
  }),
  advise('F27: on which days it is published', ({ disclosure }, inFile) => {
    const late = disclosure.days.filter((day) => ['Friday', 'Saturday', 'Sunday'].includes(day));
    return when(
      disclosure.trigger === 'date_reached' && inFile('disclosure.days') && late.length > 0,
      'disclosure.days',
      `it may be published on ${late.join(', ')}: the OpenSSF guide says Monday to Wednesday, and never before a holiday.`,
    );
  }),
  advise('F27: mail as another way to report', ({ intake }, inFile) =>
    when(
      inFile('intake.channels') &&
        !intake.channels.some((channel) => (channel.kind === 'mail' || channel.kind === 'member_mail') && channel.accepts === 'reports'),
      'intake.channels',
      'nobody can report by mail: the OpenSSF guide keeps mail as another way in, for those who cannot or will not use a form.',
    ),
  ),
  advise('F27: reports and applications in one mailbox', ({ intake, roles }) => {
    const mailboxes = intake.channels.flatMap((channel) => (channel.kind === 'mail' ? [channel.address.toLowerCase()] : []));
    return Object.entries(roles).flatMap(([role, { admission }]) =>
      when(
        admission?.applyTo != null && mailboxes.includes(admission.applyTo.toLowerCase()),
        `roles.${role}.admission.apply_to`,
        `applications for ${role} go to the mailbox for reports: the OpenSSF guide keeps the address for reports apart from the team's own.`,
      ),
    );
  }),
  advise('F27: two people who can publish', ({ reviews }) =>
    when(
      reviews.publication === null,
      'reviews.publication',
      'one person alone can publish: the OpenSSF guide wants three to seven people, and two at least who can.',
    ),
  ),
  advise('F29: what is exploited', ({ embargo }, inFile) =>
    when(
      inFile('embargo.ends_early_on') && embargo.mode !== 'never' && embargo.endsEarlyOn.exploited === 'ask',
      'embargo.ends_early_on.exploited',
      'a flaw that is exploited waits for people: Xen publishes at once, and so does the Linux kernel.',
    ),
  ),
  advise('P20: an archive that goes stale', ({ disclosure, advisory }) =>
    when(
      advisory.kind !== 'none' && !disclosure.channels.some(({ kind }) => kind === 'site' || kind === 'git'),
      'disclosure.channels',
      'advisories go to no site and no repository: an archive that is kept by hand falls behind. Name a site, and it is a part of each disclosure.',
    ),
  ),
  advise('P21: programs that read what is under embargo', ({ agents }) =>
    when(
      agents.allowed === 'by_grant' && agents.underEmbargo === 'as_granted',
      'agents.under_embargo',
      'agents may read under embargo: what is sent to a service may train it (oss-security, 2026-04-28). The default gives them nothing then.',
    ),
  ),
];

function answer(policy: Policy) {
  const { acknowledge } = policy.clocks;
  if (acknowledge === null) return [];
  const within = days(policy, acknowledge);
  const said = durationText(acknowledge);
  if (within > 14)
    return when(true, 'clocks.acknowledge', `the first answer comes within ${said}: the Best Practices badge asks for 14 days at most.`);
  return when(
    within > 4.3,
    'clocks.acknowledge',
    `the first answer comes within ${said}: the OpenSSF guide says 1 to 2 days, its template 3 working days.`,
  );
}

function days({ calendar }: Policy, duration: Duration): number {
  return approximateDays(duration, calendar.businessDays.length);
}
