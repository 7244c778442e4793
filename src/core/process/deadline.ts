// SPDX-License-Identifier: Apache-2.0
// One deadline: the clock that it belongs to, its instant, and what the process does then.

import type { ActionData } from '../model/action.ts';
import type { CaseState } from '../model/case.ts';
import type { Instant } from '../model/time.ts';
import { shifted } from '../model/time.ts';

/** What the process does when the deadline has come. */
type DueAction = Extract<ActionData, { readonly kind: 'remind' | 'publish-case' | 'publish-bundle' | 'publish-unfixed' | 'close-case' }>;

export interface Deadline {
  /** Name of the clock, as the policy spells it; for a warning with its distance: `embargo.warning:7 days`. */
  readonly clock: string;
  readonly at: Instant;
  /** Where it comes again and again: when it was due first, which is what was promised. */
  readonly first?: Instant;
  readonly action: DueAction;
}

/** The first time at `first`, then again at the pace until what it waits for has happened. */
export function repeated(clock: string, first: Instant, pace: { readonly hours: number }, state: CaseState): Deadline {
  const last = state.reminders[clock];
  return { clock, at: last === undefined ? first : shifted(last.at, pace), first, action: { kind: 'remind', clock } };
}
