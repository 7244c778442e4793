// SPDX-License-Identifier: Apache-2.0
// Checks: the parts of a policy say the same thing, so that nobody can hold one sentence of it against another (P18).

import type { Instant } from '../../core/model/time.ts';
import { conditionText } from '../../core/policy/conditions.ts';
import { endOfGroup } from '../../core/policy/maintained.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { type Duration, durationText } from '../../core/policy/quantities.ts';
import { approximateDays } from '../derived.ts';
import { type Check, when } from './check.ts';

export const agreementChecks: readonly Check[] = [
  {
    about: 'P18: an embargo that the hard end cuts off before its first rung',
    kind: 'contradiction',
    find: (policy) => {
      const [first] = policy.embargo.length;
      const latest = policy.disclosure.atLatest;
      const binds = latest !== null && latest.applies === 'always' && latest.from === policy.embargo.countedFrom;
      return when(
        first !== undefined && binds && days(policy, latest.duration) < days(policy, first.upTo),
        'disclosure.at_latest',
        `disclosure.at_latest (${latest === null ? '' : durationText(latest.duration)}) ends before the first rung of the embargo (${first === undefined ? '' : durationText(first.upTo)}), counted from the same day: one of the two is not meant.`,
      );
    },
  },
  {
    about: 'P18: a promise that comes after the hard end',
    kind: 'contradiction',
    find: (policy) => {
      const { promised, atLatest } = policy.disclosure;
      return when(
        promised !== null &&
          atLatest !== null &&
          promised.from === atLatest.from &&
          days(policy, promised.duration) > days(policy, atLatest.duration),
        'disclosure.promised',
        `disclosure.promised (${promised === null ? '' : durationText(promised.duration)}) comes after disclosure.at_latest (${atLatest === null ? '' : durationText(atLatest.duration)}), counted from the same day.`,
      );
    },
  },
  {
    about: 'P18: an aim that comes after what must be',
    kind: 'contradiction',
    find: (policy) => {
      const { cveRecordAim: aim, cveRecord: must } = policy.clocks;
      return when(
        aim !== null && must !== null && days(policy, aim) > days(policy, must),
        'clocks.cve_record_aim',
        `clocks.cve_record_aim (${aim === null ? '' : durationText(aim)}) comes after clocks.cve_record (${must === null ? '' : durationText(must)}).`,
      );
    },
  },
  {
    about: 'P18: a branch group in two lists that say different things',
    kind: 'contradiction',
    find: ({ branches }) =>
      [...branches.should.map((name) => ['should', name] as const), ...branches.aim.map((name) => ['aim', name] as const)].flatMap(
        ([list, name]) =>
          when(
            branches.must.includes(name) || (list === 'aim' && branches.should.includes(name)),
            `branches.${list}`,
            `branches.${list} names ${name}, which branches.${branches.must.includes(name) ? 'must' : 'should'} names, too.`,
          ),
      ),
  },
  {
    about: 'LIBVIRT-38: a branch group that is asked for and is maintained no more',
    kind: 'contradiction',
    find: (policy) =>
      groupEnds(policy).flatMap(([key, group, end]) =>
        when(end <= policy.validFrom.at, key, `${key} names ${group}, but every branch of it had ended before policy.valid_from.`),
      ),
  },
  {
    about: 'LIBVIRT-38: a branch group that will be asked for nothing',
    kind: 'note',
    find: (policy) =>
      groupEnds(policy).flatMap(([key, group, end]) =>
        when(
          end > policy.validFrom.at,
          key,
          `${key} names ${group}, whose last branch ends ${end.slice(0, 10)}: from then on nothing is asked for there.`,
        ),
      ),
  },
  {
    about: 'P18: rungs that the hard end never lets anybody reach',
    kind: 'note',
    find: (policy) => {
      const { atLatest } = policy.disclosure;
      const last = policy.embargo.length.at(-1);
      const first = policy.embargo.length[0];
      if (atLatest === null || atLatest.applies !== 'always' || last === undefined || first === undefined) return [];
      const same = atLatest.from === policy.embargo.countedFrom;
      const [end, end1, end2] = [atLatest.duration, first.upTo, last.upTo].map((one) => days(policy, one));
      return when(
        same && end !== undefined && end1 !== undefined && end2 !== undefined && end >= end1 && end < end2,
        'disclosure.at_latest',
        `disclosure.at_latest (${durationText(atLatest.duration)}) ends before the last rung of the embargo (${durationText(last.upTo)}): what lies beyond is never granted.`,
      );
    },
  },
  {
    about: 'P18: a condition on a first date that begins by itself',
    kind: 'note',
    find: ({ embargo }) => {
      const must = embargo.mode === 'by_default' ? (embargo.length[0]?.must ?? []) : [];
      return when(
        must.length > 0,
        'embargo.length[0].must',
        `embargo.length[0].must (${must.map(conditionText).join(', ')}) is not asked for the first date, which begins by itself: embargo.mode is by_default. It is asked for every other date; with embargo.mode: by_exception for the first as well.`,
      );
    },
  },
  {
    about: 'P18: a warning that comes before the embargo begins',
    kind: 'note',
    find: (policy) => {
      const [first] = policy.embargo.length;
      return policy.clocks.warnBeforeEnd.flatMap((one, position) =>
        when(
          first !== undefined && policy.embargo.mode === 'by_default' && days(policy, one) >= days(policy, first.upTo),
          `clocks.warn_before_end[${position}]`,
          `clocks.warn_before_end (${durationText(one)}) is as long as the first rung of the embargo (${first === undefined ? '' : durationText(first.upTo)}): it comes at once.`,
        ),
      );
    },
  },
];

/** Each mention of a group whose every branch ends, with the end of the last one. */
function groupEnds({ branches }: Policy): readonly (readonly [key: string, group: string, end: Instant])[] {
  return (['must', 'should', 'aim'] as const).flatMap((list) =>
    branches[list].flatMap((group) => {
      const end = endOfGroup(branches, group);
      return end === null ? [] : [[`branches.${list}`, group, end] as const];
    }),
  );
}

function days({ calendar }: Policy, duration: Duration): number {
  return approximateDays(duration, calendar.businessDays.length);
}
