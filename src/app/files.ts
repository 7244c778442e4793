// SPDX-License-Identifier: Apache-2.0
// Files on their way in. A picture is kept twice: as it was sent, for those inside, and without its metadata, which is what is opened (L-72).

import type { AttachmentRef } from '../core/model/content.ts';
import type { Contents } from './contents.ts';
import { withoutMetadata } from './file-metadata.ts';

type File = Parameters<Contents['file']>[1];

export function filesOf(contents: Contents, about: Parameters<Contents['file']>[0], file: File): readonly AttachmentRef[] {
  const clean = withoutMetadata(file.bytes);
  if (clean === undefined) return [contents.file(about, file)];
  return [contents.file({ ...about, purpose: 'original', audience: 'withheld' }, file), contents.file(about, { ...file, bytes: clean })];
}
