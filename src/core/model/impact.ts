// SPDX-License-Identifier: Apache-2.0
// The impact description: the fields of the sentence frame, and who approved what they say (VMT-2).

import type { ContentRef } from './content.ts';
import type { PersonId, Role } from './identifiers.ts';
import type { HeldAs } from './word.ts';

/** In the order of the sentence: who may do what, by which means, with which result, where. */
export const impactFields = ['feature', 'action', 'actor', 'impact', 'consequence', 'deployments'] as const;
export type ImpactField = (typeof impactFields)[number];

/** A description as it is given. `places`: where its fields stand in the text, where the sentence alone does not tell. */
export interface DescribedImpact {
  readonly impact: ContentRef;
  readonly frame: readonly ImpactField[];
  readonly places?: ContentRef;
}

/** The impact description: who approved it, and for whom they spoke where the policy names roles. */
export interface Impact {
  readonly content: ContentRef;
  /** Fields of the policy's sentence that the text fills. */
  readonly frame: readonly ImpactField[];
  /** Where they stand in it, sealed; absent where the sentence alone tells. */
  readonly places?: ContentRef;
  readonly approvals: readonly ('reporter' | PersonId)[];
  readonly as: readonly ('reporter' | 'member' | Role)[];
  readonly heldAs?: HeldAs;
}
