// SPDX-License-Identifier: Apache-2.0
// Checks: every condition can be fulfilled, and stands where it has a meaning.

import { type ConditionKind, conditionText } from '../../core/policy/conditions.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { type ConditionPlace, conditionPlaces, type Step } from '../places.ts';
import { type Check, when } from './check.ts';

/** Conditions about a person who applies; all others are about a case. */
const aboutApplicants: readonly ConditionKind[] = ['approved', 'vouched', 'terms_accepted', 'role_address'];

/** What the step itself brings about, so that the step cannot wait for it. */
const comesAfter: Readonly<Record<Step, readonly ConditionKind[]>> = {
  admission: [],
  embargo: ['announced'],
  notice: ['announced', 'parties_notified', 'parties_ready'],
  disclosure: ['announced'],
  unfixed: ['announced', 'fix_merged', 'fix_released', 'patches_approved'],
  closing: [],
};

export const conditionChecks: readonly Check[] = [
  {
    about: 'a condition that nothing can fulfil',
    kind: 'contradiction',
    find: (policy) =>
      conditionPlaces(policy).flatMap((place) => {
        const but = obstacle(policy, place);
        return when(but !== undefined, place.key, `${place.key} asks for ${conditionText(place.condition)}, but ${but}.`);
      }),
  },
  {
    about: 'a condition at a step where it has no meaning',
    kind: 'contradiction',
    find: (policy) =>
      conditionPlaces(policy).flatMap(({ key, step, condition }) =>
        when(
          aboutApplicants.includes(condition.kind) !== (step === 'admission') && condition.kind !== 'reason_recorded',
          key,
          step === 'admission'
            ? `${key} asks for ${condition.kind}, which is about a case; an admission is about a person.`
            : `${key} asks for ${condition.kind}, which is about a person who applies; it belongs to roles.….admission.`,
        ),
      ),
  },
  {
    about: 'a condition that the step itself brings about',
    kind: 'contradiction',
    find: (policy) =>
      conditionPlaces(policy).flatMap(({ key, step, condition }) =>
        when(comesAfter[step].includes(condition.kind), key, `${key} asks for ${condition.kind}, which can only come after it.`),
      ),
  },
];

/** Why a condition can never hold under this policy; nothing when it can. */
function obstacle(policy: Policy, { condition }: ConditionPlace): string | undefined {
  const { severity, reviews, commits, downstream } = policy;
  switch (condition.kind) {
    case 'severity_at_least':
    case 'severity_at_most':
      return severity.required === 'never' ? 'severity.required is never' : undefined;
    case 'impact_approved':
      return reviews.impact === null ? 'reviews.impact is none' : undefined;
    case 'patches_approved':
      return reviews.patch === null && downstream.parties.length > 0 ? 'reviews.patch is none' : undefined;
    case 'backports_judged':
      return reviews.backport === null ? 'reviews.backport is none' : undefined;
    case 'commits_pass':
      return commits.checked === 'never' ? 'commits.checked is never' : undefined;
    case 'asked_by':
    case 'on_call':
      return condition.roles.every((role) => role === 'party') && downstream.parties.length === 0
        ? 'downstream.parties is none'
        : undefined;
    default:
      return undefined;
  }
}
