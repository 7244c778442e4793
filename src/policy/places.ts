// SPDX-License-Identifier: Apache-2.0
// Where a policy names roles and conditions: the lists that several checks walk.

import type { Condition, Conditions } from '../core/policy/conditions.ts';
import type { Review } from '../core/policy/embargo-rules.ts';
import type { Policy } from '../core/policy/policy.ts';

/** The step at which conditions are asked; some conditions make sense only at some steps. */
export type Step = 'admission' | 'embargo' | 'notice' | 'disclosure' | 'unfixed' | 'closing';

export interface ConditionPlace {
  /** `embargo.length[0].must`. */
  readonly key: string;
  readonly step: Step;
  readonly condition: Condition;
}

export interface Mention {
  readonly key: string;
  readonly name: string;
}

export function conditionPlaces(policy: Policy): readonly ConditionPlace[] {
  const both = (key: string, step: Step, { must, should }: Conditions): readonly ConditionPlace[] => [
    ...must.map((condition) => ({ key: `${key}.must`, step, condition })),
    ...should.map((condition) => ({ key: `${key}.should`, step, condition })),
  ];
  return [
    ...Object.entries(policy.roles).flatMap(([role, { admission }]) =>
      admission === null ? [] : both(`roles.${role}.admission`, 'admission', admission),
    ),
    ...policy.embargo.length.flatMap((rung, position) => both(`embargo.length[${position}]`, 'embargo', rung)),
    ...both('downstream', 'notice', policy.downstream),
    ...both('disclosure', 'disclosure', policy.disclosure),
    ...both('disclosure.unfixed', 'unfixed', policy.disclosure.unfixed),
    ...both('closing', 'closing', policy.closing),
  ];
}

export function reviewPlaces({ reviews }: Policy): readonly { readonly key: string; readonly review: Review }[] {
  const all: readonly (readonly [string, Review | null])[] = [
    ['patch', reviews.patch],
    ['backport', reviews.backport],
    ['impact', reviews.impact],
    ['advisory', reviews.advisory],
    ['publication', reviews.publication],
    ['redaction', reviews.redaction],
    ['policy_change', reviews.policyChange],
  ];
  return all.flatMap(([name, review]) => (review === null ? [] : [{ key: `reviews.${name}`, review }]));
}

/** Every place that names a role, but for `roles` itself. */
export function roleMentions(policy: Policy): readonly Mention[] {
  const { visibility, ownership, embargo, cve, downstream, disclosure, intake } = policy;
  const lists: readonly (readonly [string, readonly (string | null)[]])[] = [
    ['visibility.on_receipt', visibility.onReceipt],
    ['visibility.when_added', visibility.whenAdded],
    ['visibility.cve_queue', visibility.cveQueue],
    ['ownership.fallback', [ownership.fallback]],
    ['ownership.escalation', ownership.escalation],
    ['embargo.dates_agreed_by', embargo.datesAgreedBy],
    ['embargo.late_changes_by', embargo.lateChangesBy],
    ['cve.assigner.role', [cve.assigner.role]],
    ['disclosure.together_with', disclosure.togetherWith],
    ...reviewPlaces(policy).map(
      ({ key, review }) =>
        [review.kind === 'each_of' ? `${key}.each_of` : `${key}.by`, review.kind === 'each_of' ? review.eachOf : review.by] as const,
    ),
    ...conditionPlaces(policy).map(({ key, condition }) => [key, 'roles' in condition ? condition.roles : []] as const),
    ...downstream.parties.map(({ to }, position) => [`downstream.parties[${position}].role`, to.kind === 'role' ? [to.role] : []] as const),
    ...intake.channels.map(
      (channel, position) => [`intake.channels[${position}].member_mail`, channel.kind === 'member_mail' ? [channel.role] : []] as const,
    ),
  ];
  return lists.flatMap(([key, names]) => names.flatMap((name) => (name === null ? [] : [{ key, name }])));
}
