// SPDX-License-Identifier: Apache-2.0
// A kept document as files that anybody can carry and check: its bytes, its signature, and its hashes beside it. And one list of the hashes of all files.

import { createHash } from 'node:crypto';
import type { SiteFile } from '../ports/site.ts';
import type { KeptDocument } from '../ports/store/documents.ts';

const utf8 = new TextEncoder();

/** Beside the file itself: `.asc` where the signature stands apart; `.sha256` and `.sha512`, which sha256sum and sha512sum read. */
export function filesOf({ bytes, signature }: Pick<KeptDocument, 'bytes' | 'signature'>, path: string): readonly SiteFile[] {
  const sum = (algorithm: 'sha256' | 'sha512'): SiteFile => ({
    path: `${path}.${algorithm}`,
    bytes: utf8.encode(hashed(bytes, path, algorithm)),
  });
  const apart = signature === null ? [] : [{ path: `${path}.asc`, bytes: utf8.encode(signature) }];
  return [{ path, bytes }, ...apart, sum('sha256'), sum('sha512')];
}

/** The text of a file that holds one hash: `HASH  NAME`. */
export function hashed(bytes: Uint8Array, path: string, algorithm: 'sha256' | 'sha512'): string {
  return `${createHash(algorithm).update(bytes).digest('hex')}  ${path.slice(path.lastIndexOf('/') + 1)}\n`;
}

export const manifestName = 'SHA256SUMS';

/** The hashes of all these files, in order of their paths, as `sha256sum --check` reads them: a byte that differs anywhere is found. */
export function manifestOf(files: Iterable<SiteFile>): SiteFile {
  const lines = [...files]
    .map(({ path, bytes }) => ({ path, hash: createHash('sha256').update(bytes).digest('hex') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return { path: manifestName, bytes: utf8.encode(lines.map(({ path, hash }) => `${hash}  ${path}\n`).join('')) };
}
