// SPDX-License-Identifier: Apache-2.0
// Characters that a reader cannot see, or that make a line read otherwise than it is: they are shown by their number.

import type { Loss } from './format.ts';

// Controls; bidirectional embeddings, overrides and isolates (Unicode TR 36 section 2.10, CVE-2021-42574); annotations; non-characters; tags.
const unseen = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe\uffff]|[\u{e0000}-\u{e007f}]/gu;

// What nearly every text is made of, so that the others alone are looked at closely.
const harmless = /^[\x20-\x7e\n]*$/;

// XML 1.0 section 2.2, Char.
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** `text` with every unseen character, line feeds apart, as `[U+202E]`. */
export function visible(text: string): string {
  return harmless.test(text) ? text : text.replaceAll(unseen, numbered);
}

/** `text` with every character that no XML document may hold as `[U+0007]`. */
export function xmlCharacters(text: string): string {
  return harmless.test(text) ? text : text.replaceAll(notXml, numbered);
}

function numbered(character: string): string {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** A loss for each text of `record` that `visible` or `xmlCharacters` has to change. */
export function charactersLost(record: object, as: 'visible' | 'xml'): readonly Loss[] {
  const shown = as === 'visible' ? visible : xmlCharacters;
  const why =
    as === 'visible' ? 'characters that nobody would see are shown by their number' : 'XML has no such character: shown by its number';
  const losses: Loss[] = [];
  eachText(record, [], (text, place) => {
    if (shown(text) !== text) losses.push({ field: spelled(place), why });
  });
  return losses;
}

type Place = readonly (string | number)[];

/** Calls `found` for every text within `value`. The place is valid during the call. */
function eachText(value: unknown, place: (string | number)[], found: (text: string, place: Place) => void): void {
  if (typeof value === 'string') found(value, place);
  if (typeof value !== 'object' || value === null) return;
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value);
  for (const key of keys) {
    place.push(key);
    eachText((value as Readonly<Record<string | number, unknown>>)[key], place, found);
    place.pop();
  }
}

/** `severity[0].vector`. */
function spelled(place: Place): string {
  return place.map((key, at) => (typeof key === 'number' ? `[${key}]` : at === 0 ? key : `.${key}`)).join('');
}
