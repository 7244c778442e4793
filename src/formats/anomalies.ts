// SPDX-License-Identifier: Apache-2.0
// What is odd in a record whatever format it came from. Archives have typing errors; they are told, never mended.

import type { Advisory, Dates } from '../core/model/advisory.ts';
import { dayOf } from '../core/model/day.ts';
import { computedScore, contradictsVector } from './cvss-score.ts';
import type { Finding } from './format.ts';

export function anomaliesOf(advisory: Advisory): readonly Finding[] {
  return [
    ...dateAnomalies(advisory.dates),
    ...repeatedNumbers(advisory),
    ...repeatedBranches(advisory),
    ...versionAnomalies(advisory),
    ...scoreAnomalies(advisory),
  ];
}

/** Pairs in the order in which they can only happen; a fix may well follow the publication. */
const inOrder = [
  ['reported', 'published'],
  ['published', 'modified'],
  ['published', 'withdrawn'],
] as const;

function dateAnomalies(dates: Dates): readonly Finding[] {
  return inOrder.flatMap(([first, second]) => {
    const [earlier, later] = [dates[first], dates[second]];
    if (earlier === undefined || later === undefined || dayOf(later) >= dayOf(earlier)) return [];
    const message = `${second} on ${dayOf(later)}, before it was ${first} on ${dayOf(earlier)}`;
    return [{ place: `dates.${second}`, rule: `${second}-before-${first}`, message }];
  });
}

function repeatedNumbers(advisory: Advisory): readonly Finding[] {
  return repeats((advisory.cves ?? []).map(({ id }) => id)).map((id) => ({
    place: 'cves',
    rule: 'number-twice',
    message: `${id} is named twice`,
  }));
}

function repeatedBranches(advisory: Advisory): readonly Finding[] {
  return advisory.products.flatMap((product, at) =>
    repeats((product.branches ?? []).map(({ name }) => name)).map((name) => ({
      place: `products[${at}].branches`,
      rule: 'branch-twice',
      message: `branch ${name} is named twice`,
    })),
  );
}

function repeats(values: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return [...new Set(values.filter((value) => seen.size === seen.add(value).size))];
}

function scoreAnomalies({ severity = [] }: Advisory): readonly Finding[] {
  return severity.flatMap(({ vector }, at) => {
    if (vector === undefined || !contradictsVector(vector)) return [];
    const message = `${vector.value} comes to ${computedScore(vector)?.toFixed(1)}, not to ${vector.score?.toFixed(1)}`;
    return [{ place: `severity[${at}].vector`, rule: 'score-not-of-vector', message }];
  });
}

function versionAnomalies(advisory: Advisory): readonly Finding[] {
  const versions = [1, ...(advisory.errata ?? []).map(({ version }) => version), advisory.version];
  const rising = versions.every(
    (version, at) => at === 0 || version > (versions[at - 1] ?? 0) || (at === versions.length - 1 && version === versions[at - 1]),
  );
  if (rising) return [];
  return [
    { place: 'errata', rule: 'version-order', message: `versions ${versions.slice(1, -1).join(', ')} do not rise to ${advisory.version}` },
  ];
}
