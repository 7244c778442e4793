// SPDX-License-Identifier: Apache-2.0
// The calculator: metrics that were chosen make a vector and a score, and a vector chooses the metrics. It knows no case.

import { contradiction, type VectorScore } from '../core/model/severity.ts';
import type { Score as Scheme } from '../core/policy/words.ts';
import { scored } from './cvss.ts';
import { chosenIn, stillToChoose, vectorOf } from './cvss-metrics.ts';

export interface Score {
  readonly scheme: Exclude<Scheme, 'ssvc'>;
  /** By metric: the letters of a vector. */
  readonly chosen: Readonly<Record<string, string>>;
  readonly vector: string;
  /** Null while the vector is not whole. */
  readonly scored: VectorScore | null;
  /** What is missing or wrong, in a sentence; null where nothing is. */
  readonly problem: string | null;
}

/** What is chosen of a scheme, as a vector with its score. */
export function scoreOfMetrics(scheme: Score['scheme'], chosen: Readonly<Record<string, string>>): Score {
  const vector = vectorOf(scheme, chosen);
  const missing = stillToChoose(scheme, chosen);
  const whole = missing.length === 0 ? (scored(vector) ?? null) : null;
  return { scheme, chosen, vector, scored: whole, problem: missing.length === 0 ? null : `Still to choose: ${missing.join(', ')}.` };
}

/** A vector with its score and what it chooses; `scheme` is that of a vector that says none. */
export function scoreOfVector(vector: string, scheme: Score['scheme']): Score {
  const read = chosenIn(vector);
  const whole = scored(vector) ?? null;
  return {
    scheme: read?.scheme ?? scheme,
    chosen: read?.chosen ?? {},
    vector: whole?.vector ?? vector.trim(),
    scored: whole,
    problem: whole === null ? 'This is no whole vector of CVSS 4.0, 3.1 or 2.0.' : null,
  };
}

/** A level that says another thing than its score; null where they agree. */
export function contradicted(level: string, { scored: score }: Score, scale: readonly string[]): string | null {
  return score === null || level === '' ? null : contradiction(level, score, scale);
}
