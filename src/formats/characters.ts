// SPDX-License-Identifier: Apache-2.0
// Characters that a reader cannot see, or that make a line read otherwise than it is: they are shown by their number.

import type { Loss } from './format.ts';

// Controls; bidirectional embeddings, overrides and isolates (Unicode TR 36 section 2.10, CVE-2021-42574); annotations; non-characters; tags.
const unseen = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe\uffff]|[\u{e0000}-\u{e007f}]/gu;

// XML 1.0 section 2.2, Char.
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** `text` with every unseen character, line feeds apart, as `[U+202E]`. */
export function visible(text: string): string {
  return text.replaceAll(unseen, numbered);
}

/** `text` with every character that no XML document may hold as `[U+0007]`. */
export function xmlCharacters(text: string): string {
  return text.replaceAll(notXml, numbered);
}

function numbered(character: string): string {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** A loss for each text of `record` that `visible` or `xmlCharacters` has to change. */
export function charactersLost(record: object, as: 'visible' | 'xml'): readonly Loss[] {
  const shown = as === 'visible' ? visible : xmlCharacters;
  const why =
    as === 'visible' ? 'characters that nobody would see are shown by their number' : 'XML has no such character: shown by its number';
  return textsOf(record, '')
    .filter(([, text]) => shown(text) !== text)
    .map(([field]) => ({ field, why }));
}

/** Every text within `value`, each with its place. */
function textsOf(value: unknown, field: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[field, value]];
  if (Array.isArray(value)) return value.flatMap((each, at) => textsOf(each, `${field}[${at}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => textsOf(each, field === '' ? key : `${field}.${key}`));
}
