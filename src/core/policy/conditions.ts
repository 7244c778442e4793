// SPDX-License-Identifier: Apache-2.0
// The conditions a policy may set, as a closed union: there is no or, no not, no arithmetic. core/process/gates.ts decides them.

import type { Role } from '../model/identifiers.ts';
import type { PlainCondition, Purpose } from './words.ts';

export type Condition =
  | { readonly kind: PlainCondition }
  /** A severity is recorded, with who gave it, and lies on that side of `level`, a word of `severity.scale`. */
  | { readonly kind: 'severity_at_least' | 'severity_at_most'; readonly level: string }
  /** `asked_by`: one of these asked. `agreed_by`: everybody notified in these roles agreed on record. `on_call`: a named person of each agreed to be there. */
  | { readonly kind: 'asked_by' | 'agreed_by' | 'on_call'; readonly roles: readonly Role[] }
  | { readonly kind: 'purpose'; readonly purposes: readonly Purpose[] }
  /** Seen on every branch of these groups of `branches.groups`. */
  | { readonly kind: 'fix_merged' | 'fix_released'; readonly groups: readonly string[] };

export type ConditionKind = Condition['kind'];

/** `must`: the step is refused until each holds. `should`: each holds, or a person records a deviation with its reason. */
export interface Conditions {
  readonly must: readonly Condition[];
  readonly should: readonly Condition[];
}

/** A condition as the file would spell it, for messages: `severity_at_least: high`. */
export function conditionText(condition: Condition): string {
  if ('level' in condition) return `${condition.kind}: ${condition.level}`;
  if ('roles' in condition) return `${condition.kind}: ${condition.roles.join(', ')}`;
  if ('purposes' in condition) return `${condition.kind}: ${condition.purposes.join(', ')}`;
  if ('groups' in condition) return `${condition.kind}: ${condition.groups.join(', ')}`;
  return condition.kind;
}
