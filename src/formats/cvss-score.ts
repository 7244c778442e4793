// SPDX-License-Identifier: Apache-2.0
// Whether a score follows from its vector. Old archives have some that do not; formats that are checked refuse those.

import calculator from 'ae-cvss-calculator';
import type { Severity } from '../core/model/advisory.ts';
import { present } from './optional.ts';

type Vector = NonNullable<Severity['vector']>;

const schemes = {
  'CVSS:2.0': calculator.Cvss2,
  'CVSS:3.0': calculator.Cvss3P0,
  'CVSS:3.1': calculator.Cvss3P1,
  'CVSS:4.0': calculator.Cvss4P0,
} as const;

/** The score of a vector, to one decimal: of its base metrics, or of those of time and environment where it has such. Nothing for what cannot be read. */
export function computedScore(vector: Vector): number | undefined {
  return scoresOf(vector)?.overall;
}

/** Each score that a vector comes to; those of time and environment only where it has such metrics. */
export interface Scores {
  readonly base: number;
  readonly temporal?: number;
  readonly environmental?: number;
  readonly overall: number;
}

/** Undefined for what the calculator cannot read. CVSS 4.0 has one score only. */
export function scoresOf({ system, value }: Vector): Scores | undefined {
  if (!value.includes('AV:')) return undefined;
  try {
    const scores: { readonly [Kind in keyof Scores]?: number | undefined } = new schemes[system](value).calculateScores();
    const { overall, base = overall, temporal, environmental } = scores;
    if (overall === undefined || base === undefined || !Number.isFinite(overall)) return undefined;
    return { base, overall, ...present('temporal', temporal), ...present('environmental', environmental) };
  } catch {
    return undefined;
  }
}

/** A score without a vector that can be computed is not contradicted. */
export function contradictsVector(vector: Vector): boolean {
  const computed = computedScore(vector);
  return vector.score !== undefined && computed !== undefined && computed.toFixed(1) !== vector.score.toFixed(1);
}
