// SPDX-License-Identifier: Apache-2.0
// What happens to a publication from the documents on: they are kept, made anew for another hour, and the disclosure begins.

import type { Preparation, PreparedDocument } from './ends.ts';
import type { Instant } from './time.ts';

export type PublicationEvent =
  | ({ readonly kind: 'publication-prepared' } & Preparation)
  /** Signatures of a person's own key came back and hold: these documents are as they go out. `keys`: their fingerprints. */
  | { readonly kind: 'documents-signed'; readonly documents: readonly PreparedDocument[]; readonly keys: readonly string[] }
  /** The hour has come, and the documents carry another: they are made anew with this one, and then go out. */
  | { readonly kind: 'publication-timed' }
  | {
      readonly kind: 'disclosure-begun';
      readonly channels: readonly string[];
      readonly bundleOnly: boolean;
      /** The hour that was agreed, when it had passed already: a program that was down publishes late, and says so (I12). */
      readonly dueAt?: Instant;
    };
