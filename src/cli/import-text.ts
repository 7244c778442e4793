// SPDX-License-Identifier: Apache-2.0
// What an import did, or would do, in words: counts first, then a line for each thing that a person has to look at. Pure.

import type { Archive } from '../app/archive.ts';
import type { ImportOutcome } from '../app/import.ts';
import { visible } from '../formats/characters.ts';

/** Places that are told of one advisory that says something else now; the others are counted. */
const mostPlaces = 5;

export function told({ unreadable }: Archive, { plan, leftOut }: ImportOutcome, dryRun: boolean): readonly string[] {
  const { fresh, known, changed, refused, anomalies } = plan;
  const lines = [
    `${dryRun ? 'to import' : 'imported'}: ${fresh.length}`,
    `known: ${known.length}`,
    `changed: ${changed.length}`,
    `refused: ${refused.length}`,
    `unreadable: ${unreadable.length}`,
    `anomalies: ${anomalies.length}${counted(anomalies)}`,
    ...unreadable.map(({ file, place, message }) => `[unreadable] ${file}: ${place}: ${message}`),
    ...refused.map(({ number, file, why }) => `[refused] ${file}: ${number}: ${why}`),
    ...changed.flatMap(changes),
    ...anomalies.map(({ file, place, rule, message }) => `[${rule}] ${file}: ${place}: ${message}`),
    ...leftOut.map(({ number, format, why }) => `[left out] ${number} as ${format}: ${why}`),
  ];
  // Words of a file are in it: each is one line, and nothing in them reaches the terminal as a command.
  return lines.map((line) => visible(line.replaceAll('\n', ' ')));
}

function counted(anomalies: Archive['anomalies']): string {
  const rules = new Map<string, number>();
  for (const { rule } of anomalies) rules.set(rule, (rules.get(rule) ?? 0) + 1);
  return rules.size === 0 ? '' : ` (${[...rules].map(([rule, times]) => `${rule} ${times}`).join(', ')})`;
}

/** What is published stays; an erratum is for people to write. */
function changes({ number, file, differences }: ImportOutcome['plan']['changed'][number]): readonly string[] {
  const told = differences.slice(0, mostPlaces);
  const rest = differences.length - told.length;
  return [
    `[changed] ${file}: ${number} says something else than what is published; it stays as it is, and may need an erratum`,
    ...told.map(({ place, before, after }) => `  ${place}: ${before ?? 'nothing'} -> ${after ?? 'nothing'}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ];
}
