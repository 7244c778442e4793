// SPDX-License-Identifier: Apache-2.0
// What happened to who reads one case.

import type { ContentRef } from './content.ts';
import type { PersonId } from './identifiers.ts';
import type { Instant } from './time.ts';

export type AccessEvent =
  | { readonly kind: 'person-added'; readonly person: PersonId; readonly until?: Instant; readonly emergency?: ContentRef }
  | { readonly kind: 'access-narrowed'; readonly people: readonly PersonId[]; readonly reason: ContentRef | null }
  | { readonly kind: 'widening-proposed'; readonly reason: ContentRef }
  | { readonly kind: 'access-widened' }
  /** `voice`: the administrator whose word it is. */
  | { readonly kind: 'reader-proposed'; readonly person: PersonId; readonly reason: ContentRef; readonly voice?: PersonId }
  | { readonly kind: 'reader-named'; readonly person: PersonId; readonly reason: ContentRef; readonly voice?: PersonId }
  | { readonly kind: 'person-removed'; readonly person: PersonId };
