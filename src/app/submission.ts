// SPDX-License-Identifier: Apache-2.0
// A report as a door hands it in, before any rule was asked.

import type { Proof } from '../core/model/actor.ts';
import type { Channel, Origin } from '../core/model/case.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';

export interface SubmittedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly purpose: 'original' | 'evidence' | 'reproducer' | 'patch';
}

export interface Submission {
  readonly project: ProjectId;
  readonly channel: Channel;
  readonly mailbox: string | null;
  readonly proof: Proof;
  /** Sent by a member whose identity is proven; an address alone proves nothing (L-26). */
  readonly member: boolean;
  /** Whatever makes a repetition recognisable: the sender's own key, which counts for the same report only, or the raw bytes of a mail. */
  readonly key: string | Uint8Array;
  readonly title: string;
  /** Answers by field name; `description` is the report itself. Empty answers are left out. */
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly SubmittedFile[];
  readonly name: string | null;
  readonly address: string | null;
  readonly sensitive: 'yes' | 'unsure' | 'no';
  readonly origin: Origin;
  readonly deadline: Instant | null;
  readonly consented: boolean;
  /** It stood in public, by mistake, since then. */
  readonly exposedSince?: Instant;
}
