// SPDX-License-Identifier: Apache-2.0
// Every version of a project's policy that ever held, with the days on which it did, its text and what changed against the one before it (QEMU-3).

import type { ProjectId } from '../core/model/identifiers.ts';
import type { PolicyOrigin } from '../core/model/policy-step.ts';
import type { Instant } from '../core/model/time.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Difference } from '../policy/difference.ts';
import { differences } from '../policy/difference.ts';
import type { World } from './world.ts';

export type PolicyArchive = readonly KeptPolicy[];

export interface KeptPolicy {
  readonly policy: Policy;
  readonly text: string;
  readonly sha256: string;
  readonly from: Instant;
  /** When another version took its place; null for the one that holds. */
  readonly until: Instant | null;
  /** Who proposed and who accepted it; null where the installation put it in. */
  readonly origin: PolicyOrigin | null;
  /** Against the version before it; empty for the first. */
  readonly changes: readonly Difference[];
}

/** The newest first. */
export async function policyArchive(world: World, project: ProjectId): Promise<PolicyArchive> {
  const versions = await world.store.as({ kind: 'anonymous', project }, ({ policies }) => policies.all());
  return versions
    .map(({ policy, text, sha256, activeSince, origin }, index): KeptPolicy => {
      const before = versions[index - 1];
      const changes = before === undefined ? [] : differences(before.policy, policy);
      return { policy, text, sha256, from: activeSince, until: versions[index + 1]?.activeSince ?? null, changes, origin };
    })
    .toReversed();
}
