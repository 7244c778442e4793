// SPDX-License-Identifier: Apache-2.0
// The policy to which a case may move: the one that holds now, with the keys in which it acts differently from the case's own.

import type { CaseState } from '../core/model/case.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Target } from '../core/process/target.ts';
import { differences } from '../policy/difference.ts';
import type { Transaction } from '../ports/store/store.ts';

/** Nothing where the case is under that policy already. */
export async function migrationTarget(transaction: Transaction, state: CaseState, policy: Policy): Promise<Target | undefined> {
  const active = await transaction.policies.active();
  const { name, version, sha256 } = state.policy;
  if (active.sha256 === sha256 && active.policy.name === name && active.policy.version === version) return undefined;
  const changed = differences(policy, active.policy).map(({ key }) => key);
  return { policy: active.policy, sha256: active.sha256, changed };
}
