// SPDX-License-Identifier: Apache-2.0
// What all transactions of a store share: connections, keys, and the policies that were read before.

import type { KnownPolicies } from './policies.ts';
import type { Pools } from './pool.ts';
import type { MasterKeys } from './seal.ts';

export interface Backing {
  readonly pools: Pools;
  readonly keys: MasterKeys;
  readonly policies: KnownPolicies;
}
