// SPDX-License-Identifier: Apache-2.0
// The alarm of a leak: somebody recorded that a private case was seen in public, and it is still private (QEMU-33, P11).

import type { CaseState } from '../../model/case.ts';
import type { FactName } from '../../model/regions.ts';
import { openHandling } from '../../model/regions.ts';
import type { Deadline } from './clock.ts';
import { repeated, urgent } from './clock.ts';

const seenInPublic: readonly FactName[] = ['leaked', 'already_public', 'exploit_public'];

/** At once, and again until the case is public. Where an embargo runs, or the sighting has ended it, its own clocks call. */
export function leakClock(state: CaseState): readonly Deadline[] {
  const { facts, embargo, visibility, handling } = state;
  const bound = embargo.state !== 'none' && embargo.state !== 'proposed';
  const seen =
    bound || visibility === 'public' || !openHandling.includes(handling)
      ? undefined
      : facts.find(({ fact }) => seenInPublic.includes(fact));
  return seen === undefined ? [] : [repeated('fact.leaked', seen.recordedAt, urgent, state)];
}
