// SPDX-License-Identifier: Apache-2.0
// Checks: whoever has to say yes can get to the case and may say it; a date that nobody can agree to is never agreed.

import type { Rung } from '../../core/policy/embargo-rules.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { rolesWith } from '../../core/policy/policy.ts';
import type { Right } from '../../core/policy/words.ts';
import type { Finding } from '../issues.ts';
import type { Mention } from '../places.ts';
import { type Check, when } from './check.ts';

/** Rights with which a date is answered; core/process/table says so, and a test compares. */
const answering: readonly Right[] = ['set_embargo', 'handle'];

export const reachChecks: readonly Check[] = [
  {
    about: 'a date whose agreement somebody has to give who does not see the case',
    kind: 'contradiction',
    find: (policy) =>
      agreeing(policy).flatMap(({ key, name }) =>
        when(
          isOurs(policy, name) && !sees(policy, name),
          key,
          `${key} names ${name}, which visibility.on_receipt does not let see a case: no date could ever be agreed.`,
        ),
      ),
  },
  {
    about: 'a date whose agreement somebody has to give who may not answer',
    kind: 'contradiction',
    find: (policy) =>
      agreeing(policy).flatMap(({ key, name }) =>
        when(
          isOurs(policy, name) && !answering.some((right) => policy.roles[name]?.may.includes(right)),
          key,
          `${key} names ${name}, which has neither the right set_embargo nor handle: it could not answer, and no date could ever be agreed.`,
        ),
      ),
  },
  {
    about: 'an embargo that nobody who sees the case may set',
    kind: 'contradiction',
    find: (policy) =>
      policy.embargo.mode === 'never' || rolesWith(policy, 'set_embargo').length === 0
        ? []
        : when(
            !rolesWith(policy, 'set_embargo').some((role) => sees(policy, role)),
            'visibility.on_receipt',
            `only ${rolesWith(policy, 'set_embargo').join(', ')} may set an embargo, and visibility.on_receipt lets none of them see a case.`,
          ),
  },
  {
    about: 'a late change that nobody may make',
    kind: 'contradiction',
    find: ({ embargo, roles, visibility, downstream }) =>
      embargo.mode === 'never' || downstream.parties.length === 0 || embargo.lateChangesBy.length === 0
        ? []
        : when(
            embargo.lateChangesBy.every(
              (role) => Object.hasOwn(roles, role) && !(roles[role]?.may.includes('set_embargo') && visibility.onReceipt.includes(role)),
            ),
            'embargo.late_changes_by',
            `embargo.late_changes_by names ${embargo.lateChangesBy.join(', ')}, and none of them sees the case with the right set_embargo: once a party was told, nobody could move the date.`,
          ),
  },
  {
    about: 'an approval that can never be given, because nobody who may give it sees the case',
    kind: 'contradiction',
    find: (policy) => unseenReviewers(policy),
  },
];

/** Everybody whose yes a date may need: where dates are agreed, and where a rung asks for it. */
function agreeing({ embargo }: Policy): readonly Mention[] {
  if (embargo.mode === 'never') return [];
  const ofRung = (rung: Rung, position: number): readonly Mention[] =>
    rung.must.flatMap((condition) =>
      condition.kind === 'agreed_by' ? condition.roles.map((name) => ({ key: `embargo.length[${position}].must`, name })) : [],
    );
  return [...embargo.datesAgreedBy.map((name) => ({ key: 'embargo.dates_agreed_by', name })), ...embargo.length.flatMap(ofRung)];
}

/** A role of the policy; reporters and parties come to the case by themselves. */
function isOurs({ roles }: Policy, name: string): boolean {
  return Object.hasOwn(roles, name);
}

function sees({ visibility, downstream }: Policy, name: string): boolean {
  return (
    visibility.onReceipt.some((role) => role === name) ||
    visibility.whenAdded.some((role) => role === name) ||
    downstream.parties.some(({ to }) => to.kind === 'role' && to.role === name)
  );
}

function unseenReviewers(policy: Policy): readonly Finding[] {
  const { patch, impact, advisory, publication } = policy.reviews;
  const all = { patch, impact, advisory, publication };
  return Object.entries(all).flatMap(([name, review]) => {
    if (review === null) return [];
    const asked = review.kind === 'approvals' ? review.by : review.eachOf;
    const blind = asked.filter((role) => isOurs(policy, role) && !sees(policy, role));
    const stuck = review.kind === 'approvals' ? blind.length === asked.length && asked.length > 0 : blind.length > 0;
    return when(
      stuck,
      `reviews.${name}`,
      `reviews.${name} asks ${blind.join(', ')}, which visibility does not let see a case: it could never be approved.`,
    );
  });
}
