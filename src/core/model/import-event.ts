// SPDX-License-Identifier: Apache-2.0
// What happened to an advisory that was published before this program knew of it: it was taken over from an archive, and became readable with all the others.

import type { PolicyRef } from './case.ts';
import type { AttachmentRef, ContentRef } from './content.ts';
import type { When } from './day.ts';
import type { CaseId, CveId, ProjectId } from './identifiers.ts';
import type { ArchiveFormat } from './imported.ts';

export type ImportEvent =
  | {
      readonly kind: 'advisory-imported';
      readonly project: ProjectId;
      readonly case: CaseId;
      readonly codename: string;
      readonly policy: PolicyRef;
      readonly from: ArchiveFormat;
      /** SHA-256 of the file that it came from, hexadecimal: the same file again is known by it. */
      readonly sha256: string;
      /** The file, byte for byte. */
      readonly original: AttachmentRef;
      readonly title: ContentRef;
      /** As the archive has it. */
      readonly number: string;
      /** Every CVE number that it names, also one that another case has: the archive may be wrong, and nobody mends it here. */
      readonly numbers: readonly CveId[];
      /** 1, or more where the archive tells of errata. */
      readonly version: number;
      /** When it was published first, as the archive says. */
      readonly published: When;
      /** What was odd about the file, by the names that the import gives it: `published-before-reported`; absent: nothing. */
      readonly anomalies?: readonly string[];
    }
  /** The whole archive is there: from now on everybody reads it (L-38). */
  | { readonly kind: 'import-completed' };
