// SPDX-License-Identifier: Apache-2.0
// Refusals: what the process answers instead of a decision. A value with everything a person needs to know what is missing.

import type { Region } from './regions.ts';

/** One unmet gate: its name for machines, a sentence for people. `should` gates yield to a recorded deviation, `must` gates to nothing. */
export interface UnmetGate {
  readonly gate: string;
  readonly strength: 'must' | 'should';
  readonly sentence: string;
}

export type Refusal =
  /** The case does not exist, or this actor cannot see it: one answer for both (L-22). */
  | { readonly kind: 'not_found' }
  /** The actor sees the case but may not do this. */
  | { readonly kind: 'not_permitted'; readonly sentence: string }
  /** The actor may do this, once they have proven anew who they are. Nothing was changed. */
  | { readonly kind: 'prove_again'; readonly sentence: string }
  /** The action is not possible where the case stands. */
  | {
      readonly kind: 'wrong_state';
      readonly region: Region;
      readonly is: string;
      readonly expected: readonly string[];
      readonly sentence: string;
    }
  | { readonly kind: 'gates'; readonly unmet: readonly UnmetGate[] }
  /** What was asked cannot be done as asked; `field` names the input. */
  | { readonly kind: 'invalid'; readonly field: string; readonly sentence: string }
  /** Someone changed the case since the actor looked at it. */
  | { readonly kind: 'conflict'; readonly version: number };

export function isRefusal<T extends object>(value: T | Refused): value is Refused {
  return 'refusal' in value;
}

export interface Refused {
  readonly refusal: Refusal;
}

export const refused = {
  notFound: (): Refused => ({ refusal: { kind: 'not_found' } }),
  notPermitted: (sentence: string): Refused => ({ refusal: { kind: 'not_permitted', sentence } }),
  invalid: (field: string, sentence: string): Refused => ({ refusal: { kind: 'invalid', field, sentence } }),
  proveAgain: (sentence: string): Refused => ({ refusal: { kind: 'prove_again', sentence } }),
  gates: (unmet: readonly UnmetGate[]): Refused => ({ refusal: { kind: 'gates', unmet } }),
  conflict: (version: number): Refused => ({ refusal: { kind: 'conflict', version } }),
};
