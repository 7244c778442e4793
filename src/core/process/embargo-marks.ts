// SPDX-License-Identifier: Apache-2.0
// An embargo from its first question to its instant: when it was asked for and agreed, who was told on the way, when somebody is warned, and when it ends.

import type { CaseState } from '../model/case.ts';
import type { Instant } from '../model/time.ts';
import { subtractDuration } from '../policy/calendar.ts';
import type { Policy } from '../policy/policy.ts';
import { inWords } from './clocks/embargo.ts';

export interface EmbargoMark {
  readonly kind: 'asked' | 'agreed' | 'told' | 'warning' | 'end';
  readonly at: Instant;
  /** A party by its name, or how long before the end a warning comes. */
  readonly of: string | null;
}

/** In order of time. A date that is only proposed has no warnings yet. */
export function embargoMarks(state: CaseState, policy: Policy): readonly EmbargoMark[] {
  const { proposal, decided, from, until, state: stands } = state.embargo;
  const asked = [...decided, ...(proposal === null ? [] : [proposal])].map(({ askedAt }) => askedAt).sort()[0];
  const runs = until !== null && (stands === 'active' || stands === 'revising');
  const warnings = !runs
    ? []
    : policy.clocks.warnBeforeEnd.map(
        (before): EmbargoMark => ({
          kind: 'warning',
          at: subtractDuration(until, before, policy.calendar),
          of: inWords(before),
        }),
      );
  return [
    ...(asked === undefined ? [] : [{ kind: 'asked' as const, at: asked, of: null }]),
    ...(from === null ? [] : [{ kind: 'agreed' as const, at: from, of: null }]),
    ...state.parties.flatMap(({ name, notifiedAt }) => (notifiedAt === null ? [] : [{ kind: 'told' as const, at: notifiedAt, of: name }])),
    ...warnings.filter(({ at }) => at >= (from ?? at)),
    ...(until === null ? [] : [{ kind: 'end' as const, at: until, of: null }]),
  ].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}
