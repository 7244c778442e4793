// SPDX-License-Identifier: Apache-2.0
// Reading single header fields of a parsed mail: by name, in order, each with its bound.

import type { HeaderField } from './parsed.ts';

export interface Fields {
  /** The first field of this name; headers that may occur once are read by their first (RFC 5322 section 3.6). */
  readonly first: (name: string) => string | undefined;
  readonly all: (name: string) => readonly string[];
  readonly list: readonly HeaderField[];
}

const nameForm = /^[\x21-\x39\x3b-\x7e]{1,100}$/;

/** The fields among `lines`, in the order of the mail: names in lower case, values unfolded. A line without a proper name is no field. */
export function fields(lines: readonly HeaderField[]): Fields {
  const list = lines.filter((line) => nameForm.test(line.name));
  const byName = Map.groupBy(list, (field) => field.name);
  const all = (name: string) => (byName.get(name) ?? []).map((field) => field.value);
  return { all, first: (name) => byName.get(name)?.[0]?.value, list };
}

const proving = new Set([
  'return-path',
  'received',
  'received-spf',
  'authentication-results',
  'dkim-signature',
  'arc-seal',
  'arc-message-signature',
  'arc-authentication-results',
  'from',
  'sender',
  'reply-to',
  'list-id',
]);
const mostProving = 60;
const longestValue = 4_000;

/** The fields by which a sender can be proven later. Kept for people and for the proof; none of them grants anything (L-41, L-46). */
export function proofFields(from: Fields): readonly HeaderField[] {
  return from.list
    .filter((field) => proving.has(field.name))
    .slice(0, mostProving)
    .map(({ name, value }) => ({
      name,
      value: value
        .replaceAll(/[\p{Cc}]+/gu, ' ')
        .toWellFormed()
        .slice(0, longestValue)
        .toWellFormed(),
    }));
}

// RFC 5322 section 3.6.4 without its quoted and folded forms; 250 characters are more than any mailer writes.
const idForm = /<[^\s<>@]{1,200}@[^\s<>@]{1,200}>/g;
const longestIds = 50_000;
const mostIds = 100;

/** The message ids in one field, with angle brackets, the oldest first. Of more than 100 the newest remain. */
export function messageIds(value: string | undefined): readonly string[] {
  const found = (value ?? '').slice(0, longestIds).match(idForm) ?? [];
  return found.filter((id) => /^[\x21-\x7e]+$/.test(id)).slice(-mostIds);
}
