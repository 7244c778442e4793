// SPDX-License-Identifier: Apache-2.0
// The policy to which a case may move: the one that holds now, with the keys in which it acts differently from the case's own.

import type { CaseState } from '../core/model/case.ts';
import type { Policy } from '../core/policy/policy.ts';
import { effectsOf, obstacleTo } from '../core/process/steps/migration.ts';
import type { Target } from '../core/process/target.ts';
import type { Difference } from '../policy/difference.ts';
import { differences } from '../policy/difference.ts';
import type { Transaction } from '../ports/store/store.ts';

/** The version that holds, where the case is under another one: what would become another, and what stands in the way. */
export interface Move {
  readonly name: string;
  readonly version: number;
  /** SHA-256 of its text: a move names it. */
  readonly sha256: string;
  /** First what becomes another for this case, then every key that acts differently. */
  readonly changes: readonly Pick<Difference, 'key' | 'before' | 'after'>[];
  readonly obstacle: string | null;
}

export async function moveFor(transaction: Transaction, state: CaseState, policy: Policy): Promise<Move | null> {
  const target = await migrationTarget(transaction, state, policy);
  if (target === undefined) return null;
  const { name, version } = target.policy;
  const effects = effectsOf(target.policy, { state, policy }).map(({ what, before, after }) => ({ key: what, before, after }));
  const keys = differences(policy, target.policy).map(({ key, before, after }) => ({ key, before, after }));
  return {
    name,
    version,
    sha256: target.sha256,
    changes: [...effects, ...keys],
    obstacle: obstacleTo(target.policy, { state, policy }) ?? null,
  };
}

/** Nothing where the case is under that policy already. */
export async function migrationTarget(transaction: Transaction, state: CaseState, policy: Policy): Promise<Target | undefined> {
  const active = await transaction.policies.active();
  const { name, version, sha256 } = state.policy;
  if (active.sha256 === sha256 && active.policy.name === name && active.policy.version === version) return undefined;
  const changed = differences(policy, active.policy).map(({ key }) => key);
  return { policy: active.policy, sha256: active.sha256, changed };
}
