// SPDX-License-Identifier: Apache-2.0
// A kept document as files that anybody can carry and check: its bytes, its signature, and its hashes beside it.

import { createHash } from 'node:crypto';
import type { SiteFile } from '../ports/site.ts';
import type { KeptDocument } from '../ports/store/documents.ts';

const utf8 = new TextEncoder();

/** Beside the file itself: `.asc` where the signature stands apart; `.sha256` and `.sha512`, which sha256sum and sha512sum read. */
export function filesOf({ bytes, signature }: Pick<KeptDocument, 'bytes' | 'signature'>, path: string): readonly SiteFile[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const hashed = (algorithm: 'sha256' | 'sha512'): SiteFile => ({
    path: `${path}.${algorithm}`,
    bytes: utf8.encode(`${createHash(algorithm).update(bytes).digest('hex')}  ${name}\n`),
  });
  const apart = signature === null ? [] : [{ path: `${path}.asc`, bytes: utf8.encode(signature) }];
  return [{ path, bytes }, ...apart, hashed('sha256'), hashed('sha512')];
}
