// SPDX-License-Identifier: Apache-2.0
// What a simulation tells: each thing that happened, what it changed, what was sent, what was refused and why, and what comes next.

import type { Refusal } from '../../core/model/refusal.ts';
import type { Instant } from '../../core/model/time.ts';

export interface Sent {
  /** `reporter`, a person of the script, or the address of a list. */
  readonly to: string;
  /** Name of the notice, as the program calls it. */
  readonly notice: string;
  readonly subject: string;
}

export interface Change {
  /** What changed, `embargo` or `branch master`. */
  readonly what: string;
  readonly to: string;
}

export interface Coming {
  readonly clock: string;
  readonly at: Instant;
  /** What the process will do then. */
  readonly does: string;
}

export interface Entry {
  /** The case as the script calls it; null in a script of one. */
  readonly case: string | null;
  readonly at: Instant;
  /** `reporter`, `process`, or a person of the script. */
  readonly who: string;
  readonly does: string;
  /** The clock that asked for it, where one did. */
  readonly clock: string | null;
  readonly refused: Refusal | null;
  readonly changes: readonly Change[];
  /** Rules that were gone past, each with a reason on record. */
  readonly deviations: readonly string[];
  readonly sent: readonly Sent[];
  /** What will come due if nobody acts, in order of time. */
  readonly coming: readonly Coming[];
  /** The latest lawful public instant, and the rule that sets it. */
  readonly cap: { readonly at: Instant; readonly source: string } | null;
  /** Where no case was opened: the name that it would have had. */
  readonly codename?: string;
}

export interface Transcript {
  readonly about: string | null;
  readonly policy: { readonly name: string; readonly version: number; readonly title: string; readonly zone: string };
  readonly codename: string;
  readonly entries: readonly Entry[];
  readonly until: Instant;
  /** Where the case stands at the end, region by region. */
  readonly end: readonly Change[];
  /** The same for each case of a script that names several, in the order in which they opened; none otherwise, and `end` is empty then. */
  readonly cases: readonly { readonly case: string; readonly codename: string; readonly end: readonly Change[] }[];
}
