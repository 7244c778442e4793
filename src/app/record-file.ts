// SPDX-License-Identifier: Apache-2.0
// The opened record as one file that anybody can check: envelopes as they were hashed, the chain over them, and salted contents.

import type { PolicyRef } from '../core/model/case.ts';
import { publicVersion } from '../core/model/record.ts';
import type { Instant } from '../core/model/time.ts';
import type { Reach } from '../core/policy/access.ts';
import type { Cost } from '../core/process/cost.ts';
import { costOf } from '../core/process/cost.ts';
import type { AttachmentInfo, Verifiable } from '../ports/store/cases.ts';
import { sha256 } from './encoding.ts';
import type { ClosedMark } from './marks.ts';
import { marksOf } from './marks.ts';
import { isOpened } from './opened.ts';
import type { CaseView } from './views.ts';

export interface RecordFile {
  readonly daylight: 'record/1';
  readonly project: string;
  readonly case: string;
  readonly codename: string;
  readonly title: string | null;
  readonly policy: PolicyRef;
  readonly opened: Reach;
  readonly publicSince: Instant | null;
  readonly chain: {
    /** SHA-256 of `project/case`, hexadecimal; what the first event follows. */
    readonly start: string;
    readonly head: string;
    /** `hash` is SHA-256 over the hash before, as bytes, and the envelope, as UTF-8. An event that is not opened gives its hash alone. */
    readonly events: readonly { readonly seq: number; readonly envelope: string | null; readonly hash: string }[];
  };
  /** A content's hash in its envelope is SHA-256 over the salt, as bytes, and the text, as UTF-8. */
  readonly contents: readonly { readonly id: string; readonly salt: string; readonly text: string }[];
  /** The same over the salt and the bytes that stand at `href`. */
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly bytes: number;
    readonly salt: string;
    readonly href: string;
  }[];
  /** What the opened events refer to and what is not here, each with the reason. */
  readonly closed: readonly ClosedMark[];
  /** What the case cost (VMT-6, VMT-26); with the whole record only. */
  readonly cost: Cost | null;
  /** SHA-256 of the JSON text of all that stands before it, without spaces: any change of this file shows, also where no chain reaches. */
  readonly digest: string;
}

/** What `digest` is of. */
export function digestOf(record: Omit<RecordFile, 'digest'>): string {
  return sha256(JSON.stringify(record));
}

/** `view` as the world reads it (opened.ts). `href` gives the address of a file. */
export function recordFile(view: CaseView, { start, events, salts }: Verifiable, href: (file: AttachmentInfo) => string): RecordFile {
  const { state, texts, attachments, title, reach } = view;
  const opening = reach === 'issue' || reach === 'full_record' ? reach : 'nothing';
  const shown = new Set(view.log.filter((event) => isOpened(event, opening)).map((event) => event.seq));
  const record = {
    daylight: 'record/1' as const,
    project: state.project,
    case: state.case,
    codename: state.codename,
    title: title ?? null,
    policy: state.policy,
    opened: reach,
    publicSince: state.publicSince,
    chain: {
      start,
      head: events.at(-1)?.hash ?? start,
      events: events.map(({ seq, envelope, hash }) => ({ seq, envelope: shown.has(seq) ? envelope : null, hash })),
    },
    contents: [...texts].flatMap(([id, text]) => {
      const salt = salts.get(id);
      // A copy stands under its own id; what is read in the place of its original is not what the original's hash is of.
      return salt === undefined || publicVersion(state.record, id) !== id ? [] : [{ id, salt, text }];
    }),
    files: attachments.flatMap((file) => {
      const salt = salts.get(file.ref.id);
      return salt === undefined ? [] : [{ id: file.ref.id, name: file.name, bytes: file.ref.bytes, salt, href: href(file) }];
    }),
    closed: opening === 'nothing' ? [] : marksOf(view),
    cost: opening === 'full_record' ? costOf(view.log, state, view.now) : null,
  };
  return { ...record, digest: digestOf(record) };
}
