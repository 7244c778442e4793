// SPDX-License-Identifier: Apache-2.0
// Contents on their way in: each gets its random id, its salt and its salted hash here, so that core sees references only.

import type { AttachmentRef, ContentRef } from '../core/model/content.ts';
import type { AttachmentId, ContentId } from '../core/model/identifiers.ts';
import type { NewAttachment, NewContent } from '../ports/store/cases.ts';
import { base32, sha256 } from './encoding.ts';
import type { Seen } from './sign-in/tokens.ts';
import { secretsIn, secretsInFile, withoutSecrets } from './sign-in/tokens.ts';

export interface Contents {
  readonly texts: readonly NewContent[];
  readonly files: readonly NewAttachment[];
  /** Keys of this site that stood in what came in: struck from the texts, and to be ended (L-32). */
  readonly secrets: readonly Seen[];
  /** `id`: of what must be kept once, however often it comes. */
  text(about: Omit<ContentRef, 'id' | 'hash'>, text: string, id?: ContentId): ContentRef;
  file(
    about: Omit<AttachmentRef, 'id' | 'hash' | 'bytes'>,
    file: { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array },
  ): AttachmentRef;
}

export function newContents(random: (bytes: number) => Uint8Array): Contents {
  const texts: NewContent[] = [];
  const files: NewAttachment[] = [];
  const secrets: Seen[] = [];
  return {
    texts,
    files,
    secrets,
    text(about, given, id = base32(random(16)) as ContentId) {
      const found = secretsIn(given);
      secrets.push(...found);
      const text = withoutSecrets(given, found);
      const salt = random(16);
      const ref: ContentRef = { ...about, id, hash: sha256(salt, text) };
      texts.push({ ref, salt, text });
      return ref;
    },
    file(about, { name, mediaType, bytes }) {
      secrets.push(...secretsInFile(bytes));
      const salt = random(16);
      const ref: AttachmentRef = { ...about, id: base32(random(16)) as AttachmentId, bytes: bytes.length, hash: sha256(salt, bytes) };
      files.push({ ref, salt, name, mediaType, bytes });
      return ref;
    },
  };
}

/** Contents that these events refer to; what nothing refers to is not kept. */
export function usedBy(events: readonly object[], contents: Contents): Pick<Contents, 'texts' | 'files'> {
  const envelope = JSON.stringify(events);
  return {
    texts: contents.texts.filter((content) => envelope.includes(content.ref.id)),
    files: contents.files.filter((file) => envelope.includes(file.ref.id)),
  };
}
