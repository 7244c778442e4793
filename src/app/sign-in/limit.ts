// SPDX-License-Identifier: Apache-2.0
// How often the door may be tried: from one address, and for a project as a whole. Addresses are kept as a keyed hash, for minutes.

import type { ProjectId } from '../../core/model/identifiers.ts';
import type { World } from '../world.ts';
import { attempts } from './limits.ts';

/** Counts one more attempt; false when it is one too many. What was asked and whether it was good makes no difference. */
export function mayTry(world: World, project: ProjectId, door: string, from: string): Promise<boolean> {
  const now = world.clock.now();
  const key = (...parts: readonly string[]) => Buffer.from(world.derive('attempt', project, door, ...parts)).toString('hex');
  return world.store.as({ kind: 'process', project }, async ({ signIn }) => {
    const one = await signIn.attempt(key('from', from), now, attempts.seconds);
    const all = await signIn.attempt(key('all'), now, attempts.seconds);
    return one <= attempts.fromOne && all <= attempts.ofAll;
  });
}
