// SPDX-License-Identifier: Apache-2.0
// What a list says of one advisory, made once and kept in bytes: one advisory more neither makes nor encodes ten thousand lines anew.

import type { SiteFile } from './model.ts';

const utf8 = new TextEncoder();

/** The same as `make`, remembered for as long as the entry is: an advisory that changes has another entry. */
export function perEntry<Kept extends object, Part>(make: (entry: Kept) => Part): (entry: Kept) => Part {
  const made = new WeakMap<Kept, { readonly part: Part }>();
  return (entry) => {
    const known = made.get(entry) ?? { part: make(entry) };
    made.set(entry, known);
    return known.part;
  };
}

/** The line of an entry in UTF-8, without what stands between two lines. */
export function linePerEntry<Kept extends object>(make: (entry: Kept) => string): (entry: Kept) => Uint8Array {
  return perEntry((entry) => utf8.encode(make(entry)));
}

interface Around {
  readonly head?: string;
  /** Between two lines; absent: nothing. */
  readonly between?: string;
  readonly tail?: string;
}

/** A file of lines that are bytes already: they are copied, and nothing is written or encoded again. */
export function fileOfLines(path: string, lines: readonly Uint8Array[], { head = '', between = '', tail = '' }: Around): SiteFile {
  const [first, middle, last] = [head, between, tail].map((text) => utf8.encode(text)) as [Uint8Array, Uint8Array, Uint8Array];
  const gaps = middle.length * Math.max(0, lines.length - 1);
  const bytes = new Uint8Array(lines.reduce((sum, line) => sum + line.length, first.length + gaps + last.length));
  bytes.set(first);
  let at = first.length;
  for (const [index, line] of lines.entries()) {
    if (index > 0) {
      bytes.set(middle, at);
      at += middle.length;
    }
    bytes.set(line, at);
    at += line.length;
  }
  bytes.set(last, at);
  return { path, bytes };
}
