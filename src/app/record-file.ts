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
}

/** `view` as the world reads it (opened.ts). `href` gives the address of a file. */
export function recordFile(view: CaseView, { start, events, salts }: Verifiable, href: (file: AttachmentInfo) => string): RecordFile {
  const { state, texts, attachments, title, reach } = view;
  const opening = reach === 'issue' || reach === 'full_record' ? reach : 'nothing';
  const shown = new Set(view.log.filter((event) => isOpened(event, opening)).map((event) => event.seq));
  return {
    daylight: 'record/1',
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
}

/** What does not fit in a record, in sentences; nothing where all of it does. It needs the file alone, and for files their bytes by id. */
export function flawsOf(record: RecordFile, files: ReadonlyMap<string, Uint8Array> = new Map()): readonly string[] {
  const { chain, contents } = record;
  const flaws: string[] = [];
  if (chain.start !== sha256(`${record.project}/${record.case}`)) flaws.push('The chain does not begin with this case.');
  let head = chain.start;
  for (const [index, { seq, envelope, hash }] of chain.events.entries()) {
    if (seq !== index + 1) flaws.push(`Event ${seq} stands in place ${index + 1}.`);
    const follows = envelope === null ? hash : sha256(Buffer.from(head, 'hex'), envelope);
    if (follows !== hash) flaws.push(`Event ${seq} does not follow those before it.`);
    head = hash;
  }
  if (head !== chain.head) flaws.push('The last event is not the head of the chain.');
  const hashes = hashesIn(chain.events.flatMap(({ envelope }) => (envelope === null ? [] : [envelope])));
  for (const { id, salt, text } of contents)
    if (hashes.get(id) !== sha256(Buffer.from(salt, 'hex'), text)) flaws.push(`Content ${id} is not the one that the log names.`);
  for (const { id, salt } of record.files) {
    const bytes = files.get(id);
    if (hashes.get(id) === undefined) flaws.push(`File ${id} is not in the log.`);
    else if (bytes !== undefined && hashes.get(id) !== sha256(Buffer.from(salt, 'hex'), bytes))
      flaws.push(`File ${id} is not the one that the log names.`);
  }
  return flaws;
}

function hashesIn(envelopes: readonly string[]): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('id' in value && 'hash' in value) hashes.set(String(value.id), String(value.hash));
    for (const inner of Object.values(value)) walk(inner);
  };
  for (const envelope of envelopes) walk(JSON.parse(envelope));
  return hashes;
}
