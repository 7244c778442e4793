// SPDX-License-Identifier: Apache-2.0
// Lists that name every advisory there is, as bytes: one advisory more writes the lines of its own year anew, and joins those of all others as they were.

import type { Entry, SiteFile } from './model.ts';

const utf8 = new TextEncoder();

export interface Line {
  /** Blocks follow each other by name, and so do lines within them: a date of the line, or the year of the advisory. */
  readonly block: string;
  readonly key: string;
  /** Rising among lines of one key. */
  readonly name: string;
  readonly text: string;
}

interface Shape {
  /** `falling`: the last block and the last key stand first. */
  readonly order: 'rising' | 'falling';
  /** Between two lines. */
  readonly between: string;
  /** Of one advisory. It hangs on the advisory and the address of the site alone. */
  readonly lines: (entry: Entry, url: string) => readonly Line[];
}

interface Block {
  readonly lines: readonly Line[];
  readonly bytes: Uint8Array;
}

/** @returns the blocks of the list over these years, in order; those of a year that is the same array as before are not made again. */
export function longList(shape: Shape): (years: readonly (readonly Entry[])[], url: string) => readonly Uint8Array[] {
  const made = new WeakMap<readonly Entry[], { readonly url: string; readonly blocks: ReadonlyMap<string, Block> }>();
  const ofYear = (entries: readonly Entry[], url: string) => {
    const known = made.get(entries);
    if (known?.url === url) return known.blocks;
    const lines = Map.groupBy(
      entries.flatMap((entry) => shape.lines(entry, url)),
      ({ block }) => block,
    );
    const blocks = new Map([...lines].map(([name, own]) => [name, blockOf(shape, own)]));
    made.set(entries, { url, blocks });
    return blocks;
  };
  return (years, url) => {
    const all = Map.groupBy(
      years.flatMap((entries) => [...ofYear(entries, url)]),
      ([name]) => name,
    );
    return [...all]
      .sort(([one], [other]) => directed(shape, one, other))
      .map(([, parts]) =>
        together(
          shape,
          parts.map(([, block]) => block),
        ),
      );
  };
}

/** A block of several years, such as changes of one year to advisories of another, is sorted anew; nearly all are of one. */
function together(shape: Shape, parts: readonly Block[]): Uint8Array {
  const [first, ...others] = parts;
  if (first !== undefined && others.length === 0) return first.bytes;
  return blockOf(
    shape,
    parts.flatMap(({ lines }) => lines),
  ).bytes;
}

function blockOf(shape: Shape, given: readonly Line[]): Block {
  const lines = given.toSorted((one, other) => directed(shape, one.key, other.key) || compared(one.name, other.name));
  return { lines, bytes: utf8.encode(lines.map(({ text }) => text).join(shape.between)) };
}

/** A file of such blocks. */
export function longFile(path: string, blocks: readonly Uint8Array[], { head = '', between = '', tail = '' } = {}): SiteFile {
  const gap = utf8.encode(between);
  const parts = [utf8.encode(head), ...blocks.flatMap((block, at) => (at === 0 ? [block] : [gap, block])), utf8.encode(tail)];
  return { path, bytes: Buffer.concat(parts) };
}

function directed({ order }: Shape, one: string, other: string): number {
  return order === 'rising' ? compared(one, other) : compared(other, one);
}

function compared(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
