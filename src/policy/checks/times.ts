// SPDX-License-Identifier: Apache-2.0
// Checks: embargoes, lead times and limits fit into each other.

import type { Policy } from '../../core/policy/policy.ts';
import { type Duration, durationText } from '../../core/policy/quantities.ts';
import { approximateDays } from '../derived.ts';
import { type Check, when } from './check.ts';

export const timeChecks: readonly Check[] = [
  {
    about: 'an embargo where there is none, or without an end',
    kind: 'contradiction',
    find: ({ embargo }, inFile) => [
      ...when(
        embargo.mode === 'never' && inFile('embargo.length'),
        'embargo.length',
        'embargo.length has a ladder, but embargo.mode is never.',
      ),
      ...when(
        embargo.mode !== 'never' && embargo.length.length === 0,
        'embargo.length',
        `embargo.length is none, but embargo.mode is ${embargo.mode}: an embargo needs an end.`,
      ),
    ],
  },
  {
    about: 'a rung that is not longer than the one before',
    kind: 'contradiction',
    find: (policy) =>
      policy.embargo.length.flatMap(({ upTo }, position) => {
        const before = policy.embargo.length[position - 1]?.upTo ?? 'at once';
        const key = `embargo.length[${position}].up_to`;
        const than = position === 0 ? 'no embargo at all' : `the rung before it (${durationText(before)})`;
        return when(days(policy, upTo) <= days(policy, before), key, `${key} (${durationText(upTo)}) is not longer than ${than}.`);
      }),
  },
  {
    about: 'a lead time beyond the limit of a party',
    kind: 'contradiction',
    find: (policy) =>
      limits(policy, (lead, limit) => lead > limit).map(({ key, lead, limit, party }) => ({
        key,
        message: `${key} (${durationText(lead)}) passes the limit of ${party} (${durationText(limit)}). Shorten it, or tell that party later.`,
      })),
  },
  {
    about: 'a lead time that holidays may carry beyond the limit of a party',
    kind: 'note',
    find: (policy) =>
      limits(policy, (lead, limit, unit) => unit === 'business days' && lead <= limit && lead > limit - 1).map(
        ({ key, lead, limit, party }) => ({
          key,
          message: `${durationText(lead)} pass ${durationText(limit)} when a holiday lies between; the earlier cap, ${party}, will bind.`,
        }),
      ),
  },
  {
    about: 'a notice and a lead time that together pass the first rung',
    kind: 'contradiction',
    find: (policy) => {
      const { toldWithin, leadTime, parties } = policy.downstream;
      const [first] = policy.embargo.length;
      if (toldWithin === null || leadTime === null || first === undefined || parties.length === 0) return [];
      return when(
        toldWithin.from === policy.embargo.countedFrom &&
          days(policy, toldWithin.duration) + days(policy, leadTime.least) > days(policy, first.upTo),
        'downstream.told_within',
        `downstream.told_within (${durationText(toldWithin.duration)}) and lead_time (${durationText(leadTime.least)}) together pass the first rung of the embargo (${durationText(first.upTo)}).`,
      );
    },
  },
  {
    about: 'a disclosure on days when nobody works',
    kind: 'contradiction',
    find: ({ disclosure, calendar }) =>
      when(
        !disclosure.days.some((day) => calendar.businessDays.includes(day)),
        'disclosure.days',
        `disclosure.days (${disclosure.days.join(', ')}) has no business day of calendar.business_days.`,
      ),
  },
  {
    about: 'a closed season that hides the end of another',
    kind: 'contradiction',
    find: ({ intake }) =>
      intake.closed.flatMap(({ from }, position) =>
        when(
          intake.closed.slice(0, position).some((other) => from.at < other.until.at),
          `intake.closed[${position}].from`,
          `intake.closed[${position}].from lies in or before the season above it; write them in order, apart from each other.`,
        ),
      ),
  },
];

interface Limited {
  readonly key: string;
  readonly lead: Duration;
  readonly limit: Duration;
  readonly party: string;
}

function limits(policy: Policy, test: (lead: number, limit: number, unit: string) => boolean): readonly Limited[] {
  const lead = policy.downstream.leadTime?.most;
  if (lead === undefined) return [];
  return policy.downstream.parties.flatMap(({ name, limit }) =>
    limit !== null && test(days(policy, lead), days(policy, limit), lead === 'at once' ? '' : lead.unit)
      ? [{ key: 'downstream.lead_time', lead, limit, party: name }]
      : [],
  );
}

function days({ calendar }: Policy, duration: Duration): number {
  return approximateDays(duration, calendar.businessDays.length);
}
