// SPDX-License-Identifier: Apache-2.0
// A CVSS vector as FIRST's JSON has it: the vector, its score and rating, and the base metrics in words (CVE metrics, CSAF scores).

import type { Severity } from '../core/model/advisory.ts';
import { scoresOf } from './cvss-score.ts';
import type { Json } from './json-document.ts';

type Vector = NonNullable<Severity['vector']>;

const impact = { N: 'NONE', L: 'LOW', H: 'HIGH' };

const third: Readonly<Record<string, readonly [name: string, values: Readonly<Record<string, string>>]>> = {
  AV: ['attackVector', { N: 'NETWORK', A: 'ADJACENT_NETWORK', L: 'LOCAL', P: 'PHYSICAL' }],
  AC: ['attackComplexity', { L: 'LOW', H: 'HIGH' }],
  PR: ['privilegesRequired', { N: 'NONE', L: 'LOW', H: 'HIGH' }],
  UI: ['userInteraction', { N: 'NONE', R: 'REQUIRED' }],
  S: ['scope', { U: 'UNCHANGED', C: 'CHANGED' }],
  C: ['confidentialityImpact', impact],
  I: ['integrityImpact', impact],
  A: ['availabilityImpact', impact],
};

/** Nothing without a score: the JSON demands one, and it is the judge's to give. */
export function cvssJson({ system, value, score }: Vector): Json | undefined {
  if (score === undefined) return undefined;
  const version = system.slice('CVSS:'.length);
  const head = { version, vectorString: value, baseScore: score };
  if (system === 'CVSS:2.0') return head;
  return { ...head, baseSeverity: rating(score), ...(system === 'CVSS:4.0' ? {} : words(value)) };
}

/** Each score under its own name, as CSAF 2.0 is checked for (6.1.9): the base score is of the base metrics alone. */
export function cvssJsonByKind(vector: Vector): Json | undefined {
  const scores = scoresOf(vector);
  if (scores === undefined || scores.overall === scores.base) return cvssJson(vector);
  const named = (name: string, score: number | undefined) =>
    score === undefined ? {} : { [`${name}Score`]: score, ...(vector.system === 'CVSS:2.0' ? {} : { [`${name}Severity`]: rating(score) }) };
  return {
    ...(cvssJson({ ...vector, score: scores.base }) as object),
    ...named('temporal', scores.temporal),
    ...named('environmental', scores.environmental),
  };
}

function words(vector: string): Readonly<Record<string, string>> {
  const pairs = vector.split('/').flatMap((metric): readonly (readonly [string, string])[] => {
    const [key = '', value = ''] = metric.split(':');
    const [name, values] = third[key] ?? [];
    const word = values?.[value];
    return name === undefined || word === undefined ? [] : [[name, word]];
  });
  return Object.fromEntries(pairs);
}

/** The qualitative rating scale of CVSS 3 and 4. */
function rating(score: number): string {
  if (score === 0) return 'NONE';
  if (score < 4) return 'LOW';
  if (score < 7) return 'MEDIUM';
  return score < 9 ? 'HIGH' : 'CRITICAL';
}
