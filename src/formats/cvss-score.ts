// SPDX-License-Identifier: Apache-2.0
// Whether a score follows from its vector. Old archives have some that do not; formats that are checked refuse those.

import calculator from 'ae-cvss-calculator';
import type { Severity } from '../core/model/advisory.ts';

type Vector = NonNullable<Severity['vector']>;

const schemes = {
  'CVSS:2.0': calculator.Cvss2,
  'CVSS:3.0': calculator.Cvss3P0,
  'CVSS:3.1': calculator.Cvss3P1,
  'CVSS:4.0': calculator.Cvss4P0,
} as const;

/** The score of a base vector, to one decimal; nothing for what the calculator cannot read. */
export function computedScore({ system, value }: Vector): number | undefined {
  if (!value.includes('AV:')) return undefined;
  try {
    const { overall } = new schemes[system](value).calculateScores();
    return Number.isFinite(overall) ? overall : undefined;
  } catch {
    return undefined;
  }
}

/** A score without a vector that can be computed is not contradicted. */
export function contradictsVector(vector: Vector): boolean {
  const computed = computedScore(vector);
  return vector.score !== undefined && computed !== undefined && computed.toFixed(1) !== vector.score.toFixed(1);
}
