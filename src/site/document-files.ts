// SPDX-License-Identifier: Apache-2.0
// A kept document as files that anybody can carry and check: its bytes, its signature, and its hashes beside it. And lists of the hashes of all files.

import { createHash } from 'node:crypto';
import type { SiteDocument, SiteFile } from './model.ts';

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

/** The list after these files were written: theirs are the hashes that count. @param folder where it lies, with `/` at its end. */
export function manifestWith(before: string, files: Iterable<SiteFile>, folder = ''): SiteFile {
  const hashes = new Map(before.split('\n').flatMap((line) => (line === '' ? [] : [[line.slice(66), line.slice(0, 64)] as const])));
  for (const { path, bytes } of files) hashes.set(above(folder) + path, createHash('sha256').update(bytes).digest('hex'));
  return manifestFile(hashes, folder);
}

export function manifestFile(hashes: Iterable<readonly [path: string, hash: string]>, folder: string): SiteFile {
  const lines = [...hashes].sort(([one], [other]) => (one < other ? -1 : 1)).map(([path, hash]) => `${hash}  ${path}\n`);
  return { path: folder + manifestName, bytes: utf8.encode(lines.join('')) };
}

/** `../` for each folder on the way to this one. */
function above(folder: string): string {
  return '../'.repeat(folder.split('/').length - 1);
}
