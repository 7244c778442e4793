// SPDX-License-Identifier: Apache-2.0
// Checks: the calendar leaves days to work and to disclose on, and every deadline can come.

import type { Policy } from '../../core/policy/policy.ts';
import { type Deadline, type Duration, durationText } from '../../core/policy/quantities.ts';
import { type ClosedRun, longestClosedRun } from '../closed-days.ts';
import { approximateDays } from '../derived.ts';
import type { Finding } from '../issues.ts';
import { type Check, when } from './check.ts';

/** Where no hard end says how long a case may wait, nobody waits for a working day longer than this. */
const aYear = 365;

export const calendarChecks: readonly Check[] = [
  {
    about: 'holidays that leave no working day until a case would be published',
    kind: 'contradiction',
    find: (policy) => {
      const run = longestClosedRun(policy.calendar.businessDays, policy.calendar.holidays, policy.validFrom);
      if (run.holiday === null) return [];
      const ends = hardEnds(policy).filter((end) => !inBusinessDays(end.duration));
      const passed = ends.find((end) => approximateDays(end.duration) <= run.days);
      const than = passed === undefined ? 'a year' : `${passed.key} (${durationText(passed.duration)})`;
      return when(
        passed !== undefined || run.days >= aYear,
        `calendar.holidays[${run.holiday}]`,
        `calendar.holidays leaves no working day ${between(run)}, as long as ${than} or longer. Leave a working day in it, or write the days off only.`,
      );
    },
  },
  {
    about: 'a hard end before which no day of disclosure may lie',
    kind: 'contradiction',
    find: (policy) => hardEnds(policy).flatMap((end) => unpublishable(policy, end)),
  },
  {
    about: 'a limit of a party, or an early rung, before which no day of disclosure may lie',
    kind: 'note',
    find: (policy) => softEnds(policy).flatMap((end) => unpublishable(policy, end)),
  },
  {
    about: 'a deadline that counts from what it should bring about',
    kind: 'contradiction',
    find: (policy) =>
      deadlines(policy).flatMap(({ key, from, brings }) =>
        when(
          brings.includes(from),
          key,
          `${key} counts from ${from}, which it is there to bring about: it never comes. Count it from receipt, acceptance or confirmation.`,
        ),
      ),
  },
  {
    about: 'a deadline that counts from the first notice, where nobody is given notice',
    kind: 'contradiction',
    find: (policy) =>
      deadlines(policy).flatMap(({ key, from, brings }) =>
        when(
          from === 'notice' && !brings.includes(from) && policy.downstream.parties.length === 0,
          key,
          `${key} counts from the notice to parties, but downstream.parties is none: it never comes. Name a party, or count it from confirmation.`,
        ),
      ),
  },
  {
    about: 'a deadline of the notice, where nobody is given notice',
    kind: 'contradiction',
    find: ({ downstream }, inFile) =>
      when(
        inFile('downstream.told_within') && downstream.toldWithin !== null && downstream.parties.length === 0,
        'downstream.told_within',
        'downstream.told_within says when parties are told, but downstream.parties is none: it is never kept. Name a party, or leave it out.',
      ),
  },
];

interface End {
  readonly key: string;
  readonly duration: Duration;
}

/** What ends a private case whatever anybody does: the last rung, and the date at the latest. */
function hardEnds({ embargo, disclosure }: Policy): readonly End[] {
  const last = embargo.length.at(-1);
  return [
    ...(last === undefined ? [] : [{ key: `embargo.length[${embargo.length.length - 1}].up_to`, duration: last.upTo }]),
    ...(disclosure.atLatest === null ? [] : [{ key: 'disclosure.at_latest', duration: disclosure.atLatest.duration }]),
  ];
}

function softEnds({ embargo, downstream }: Policy): readonly End[] {
  return [
    ...embargo.length.slice(0, -1).map(({ upTo }, position) => ({ key: `embargo.length[${position}].up_to`, duration: upTo })),
    ...downstream.parties.flatMap(({ limit }, position) =>
      limit === null ? [] : [{ key: `downstream.parties[${position}].limit`, duration: limit }],
    ),
  ];
}

/** An end moves earlier to a day of disclosure, never later: where none lies before it, it stays on a day when nobody publishes. */
function unpublishable(policy: Policy, { key, duration }: End): readonly Finding[] {
  const { disclosure, calendar } = policy;
  const businessDays = inBusinessDays(duration);
  // A count of business days waits holidays out, and ends on a day of the calendar.
  if (businessDays && calendar.businessDays.every((day) => disclosure.days.includes(day))) return [];
  const run = longestClosedRun(disclosure.days, businessDays ? [] : calendar.holidays, policy.validFrom);
  const needed = run.days === 0 && disclosure.hour === null ? 0 : run.days + 1;
  return when(
    approximateDays(duration, calendar.businessDays.length) < needed,
    run.holiday === null ? 'disclosure.days' : `calendar.holidays[${run.holiday}]`,
    `${run.holiday === null ? 'disclosure.days' : 'calendar.holidays'} ${closedFor(run)}: ${key} (${durationText(duration)}) can end on a closed day, with no day to publish on before it. Open a day, or lengthen that time.`,
  );
}

function closedFor(run: ClosedRun): string {
  if (run.days === 0) return 'and disclosure.hour leave one moment of a day';
  return run.holiday === null ? `leaves no day of disclosure for ${counted(run)}` : `leaves no day of disclosure ${between(run)}`;
}

function between(run: ClosedRun): string {
  return `from ${run.from} to ${run.to} (${counted(run)})`;
}

function counted({ days }: ClosedRun): string {
  return days === 1 ? '1 day' : `${days} days`;
}

function inBusinessDays(duration: Duration): boolean {
  return duration !== 'at once' && duration.unit === 'business days';
}

interface Counted {
  readonly key: string;
  readonly from: Deadline['from'];
  /** Events that come by this deadline, or after it only. */
  readonly brings: readonly Deadline['from'][];
}

function deadlines({ embargo, disclosure, downstream }: Policy): readonly Counted[] {
  const { atLatest, promised } = disclosure;
  const { toldWithin } = downstream;
  return [
    ...(atLatest === null ? [] : [{ key: 'disclosure.at_latest', from: atLatest.from, brings: ['disclosure'] as const }]),
    ...(promised === null ? [] : [{ key: 'disclosure.promised', from: promised.from, brings: ['disclosure'] as const }]),
    ...(toldWithin === null ? [] : [{ key: 'downstream.told_within', from: toldWithin.from, brings: ['notice', 'disclosure'] as const }]),
    ...(embargo.mode === 'never' ? [] : [{ key: 'embargo.counted_from', from: embargo.countedFrom, brings: [] }]),
  ];
}
