// SPDX-License-Identifier: Apache-2.0
// A kept document as files that anybody can carry and check: its bytes, its signature, and its hashes beside it. And lists of the hashes of all files.

import { createHash } from 'node:crypto';
import type { SiteDocument, SiteFile } from './model.ts';
import { remembered } from './remembered.ts';

const utf8 = new TextEncoder();

/** Beside the file itself: `.asc` where the signature stands apart; `.sha256` and `.sha512`, which sha256sum and sha512sum read. */
export function filesOf({ bytes, signature }: Pick<SiteDocument, 'bytes' | 'signature'>, path: string): readonly SiteFile[] {
  const sum = (algorithm: 'sha256' | 'sha512'): SiteFile => ({
    path: `${path}.${algorithm}`,
    bytes: utf8.encode(hashed(bytes, path, algorithm)),
  });
  const apart = signature === null ? [] : [{ path: `${path}.asc`, bytes: utf8.encode(signature) }];
  return [{ path, bytes }, ...apart, sum('sha256'), sum('sha512')];
}

/** The text of a file that holds one hash: `HASH  NAME`. */
export function hashed(bytes: Uint8Array, path: string, algorithm: 'sha256' | 'sha512'): string {
  const hash = algorithm === 'sha512' ? createHash('sha512') : createHash('sha256');
  return `${hash.update(bytes).digest('hex')}  ${path.slice(path.lastIndexOf('/') + 1)}\n`;
}

export const manifestName = 'SHA256SUMS';

/** The hashes of these files, in order of their paths, as `sha256sum --check` reads them in the folder of the list. */
export function manifestOf(files: Iterable<SiteFile>, folder = ''): SiteFile {
  return manifestWith('', files, folder);
}

/**
 * The list after these files were written: theirs are the hashes that count.
 * @param before a list as it is written here, in order of its paths: a file more in a long list is put in its place, and the rest stands as it is.
 * @param folder where it lies, with `/` at its end.
 */
export function manifestWith(before: string, files: Iterable<SiteFile>, folder = ''): SiteFile {
  const hashes = new Map<string, string>();
  for (const file of files) hashes.set(above(folder) + file.path, hashOf(file));
  const parts: string[] = [];
  let from = 0;
  for (const line of sortedLines(hashes)) {
    const at = placeOf(before, pathOn(line), from);
    parts.push(before.slice(from, at), `${line}\n`);
    from = pathOn(lineAt(before, at)) === pathOn(line) ? at + line.length + 1 : at;
  }
  return listOf([...parts, before.slice(from)], folder);
}

/** Where the first line from `from` on begins whose path is not below this one, by halves. */
function placeOf(list: string, path: string, from: number): number {
  let [low, high] = [from, list.length];
  while (low < high) {
    const start = Math.max(low, list.lastIndexOf('\n', Math.floor((low + high) / 2) - 1) + 1);
    const line = lineAt(list, start);
    if (pathOn(line) < path) low = start + line.length + 1;
    else high = start;
  }
  return low;
}

function lineAt(list: string, start: number): string {
  const end = list.indexOf('\n', start);
  return list.slice(start, end === -1 ? list.length : end);
}

/** Whether the list in the folder of the site says already that these are its bytes. */
export function isListed(before: string, file: SiteFile): boolean {
  return before.includes(`${hashOf(file)}  ${file.path}\n`);
}

const hashOf = remembered(({ bytes }: SiteFile) => createHash('sha256').update(bytes).digest('hex'));

export function manifestFile(hashes: Iterable<readonly [path: string, hash: string]>, folder: string): SiteFile {
  return listOf(
    sortedLines(hashes).map((line) => `${line}\n`),
    folder,
  );
}

function sortedLines(hashes: Iterable<readonly [path: string, hash: string]>): readonly string[] {
  return [...hashes].sort(([one], [other]) => (one < other ? -1 : 1)).map(([path, hash]) => `${hash}  ${path}`);
}

/** What follows 64 digits and two blanks. */
function pathOn(line: string): string {
  return line.slice(66);
}

/** @param lines each with the end of its line. */
function listOf(lines: readonly string[], folder: string): SiteFile {
  return { path: folder + manifestName, bytes: utf8.encode(lines.join('')) };
}

/** `../` for each folder on the way to this one. */
function above(folder: string): string {
  return '../'.repeat(folder.split('/').length - 1);
}
