// SPDX-License-Identifier: Apache-2.0
// Scores beside a level: a CVSS vector with what it comes to, weaknesses, an SSVC decision. Each is somebody's judgement; none is demanded by itself.

import type { Score } from '../policy/words.ts';

export const ratings = ['none', 'low', 'medium', 'high', 'critical'] as const;
/** The words of the CVSS qualitative rating scale. CVSS 2.0 itself has none; NVD's is used for it. */
export type Rating = (typeof ratings)[number];

export interface VectorScore {
  readonly scheme: Exclude<Score, 'ssvc'>;
  /** As it was given, with every metric in its own spelling. */
  readonly vector: string;
  /** 0.0 to 10.0, one decimal. */
  readonly score: number;
  readonly rating: Rating;
}

/** Decisions of CERT/CC's SSVC, supplier tree 2.1. */
export const ssvcDecisions = ['defer', 'scheduled', 'out_of_cycle', 'immediate'] as const;
export type SsvcDecision = (typeof ssvcDecisions)[number];

/** What may stand beside the level; absent is not said. */
export interface Judgement {
  readonly score?: VectorScore;
  /** `CWE-787`, checked by form. */
  readonly cwes?: readonly string[];
  readonly ssvc?: SsvcDecision;
}

/** The level of a scale that means the same as a rating, where the scale has such a word. */
const synonyms: Readonly<Record<Rating, readonly string[]>> = {
  none: ['none'],
  low: ['low', 'minor'],
  medium: ['medium', 'moderate'],
  high: ['high', 'important'],
  critical: ['critical'],
};

/** Told, not refused: a level that says another thing than its score. Null where they agree, or the scale speaks of other things. */
export function contradiction(level: string, score: VectorScore | undefined, scale: readonly string[]): string | null {
  if (score === undefined) return null;
  const meant = scale.find((word) => synonyms[score.rating].includes(word));
  return meant === undefined || meant === level
    ? null
    : `The vector comes to ${score.score.toFixed(1)}, which is ${score.rating}; the level on record is ${level}.`;
}
