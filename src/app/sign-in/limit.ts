// SPDX-License-Identifier: Apache-2.0
// How often the door may be tried: from one address, and for a project as a whole. Addresses are kept as a keyed hash, for minutes.

import type { ProjectId } from '../../core/model/identifiers.ts';
import type { World } from '../world.ts';
import { attempts } from './limits.ts';

/**
 * Counts one more attempt; false when it is one too many. What was asked and whether it was good makes no difference. What one address tries beyond its
 * own share does not count for the project, so that nobody alone closes the door to all.
 */
export function mayTry(world: World, project: ProjectId, door: string, from: string): Promise<boolean> {
  const now = world.clock.now();
  const key = (...parts: readonly string[]) => Buffer.from(world.derive('attempt', project, door, ...parts)).toString('hex');
  return world.store.as({ kind: 'process', project }, async ({ signIn }) => {
    const one = await signIn.attempt(key('from', from), now, attempts.seconds);
    if (one > attempts.fromOne) return stopped(world, one === attempts.fromOne + 1, { project, door, most: attempts.fromOne });
    const all = await signIn.attempt(key('all'), now, attempts.seconds);
    return all <= attempts.ofAll || stopped(world, all === attempts.ofAll + 1, { project, door, most: attempts.ofAll });
  });
}

/** One line when a count is reached, and none for what follows: the log is no door for floods. */
function stopped(world: World, first: boolean, ids: Readonly<Record<string, string | number>>): false {
  if (first) world.log('attempts-stopped', ids);
  return false;
}
