// SPDX-License-Identifier: Apache-2.0
// One share of the long walks, in a thread of its own: every seed that leaves the rest `at` when divided by the number of shards.

import { parentPort, workerData } from 'node:worker_threads';
import { checkedWalk } from '../core/invariants.ts';
import { preset } from '../support/core.ts';

export interface Shard {
  readonly name: string;
  readonly firstSeed: number;
  readonly walks: number;
  readonly at: number;
  readonly shards: number;
}

export interface ShardResult {
  readonly walked: number;
  /** The first failures, each with its seed. */
  readonly failures: readonly string[];
}

const tolerated = 3;

function share({ name, firstSeed, walks, at, shards }: Shard): ShardResult {
  const policy = preset(name);
  const failures: string[] = [];
  let walked = 0;
  for (let index = at; index < walks && failures.length < tolerated; index += shards) {
    try {
      checkedWalk(policy, firstSeed + index, index % 20 === 0 ? 60 : 20);
      walked += 1;
    } catch (error) {
      failures.push(`seed ${firstSeed + index}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { walked, failures };
}

parentPort?.postMessage(share(workerData as Shard));
