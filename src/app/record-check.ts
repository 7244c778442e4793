// SPDX-License-Identifier: Apache-2.0
// Whether a record file is what its chain and its hashes say, from the file alone: the first fault is named with its place.

import { z } from 'zod';
import { sha256 } from './encoding.ts';
import type { RecordFile } from './record-file.ts';
import { digestOf } from './record-file.ts';

export interface Fault {
  /** A place in the file: `line 12, column 5`, `chain.events[12]`, `contents[3]`. */
  readonly place: string;
  readonly sentence: string;
}

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal');
const salt = z.string().regex(/^(?:[0-9a-f]{2})+$/, 'expected a salt in hexadecimal');
const shape = z.strictObject({
  daylight: z.literal('record/1'),
  project: z.string(),
  case: z.string(),
  codename: z.string(),
  title: z.string().nullable(),
  policy: z.strictObject({ name: z.string(), version: z.number(), sha256: hash }),
  opened: z.string(),
  publicSince: z.string().nullable(),
  chain: z.strictObject({
    start: hash,
    head: hash,
    events: z.array(z.strictObject({ seq: z.number(), envelope: z.string().nullable(), hash })),
  }),
  contents: z.array(z.strictObject({ id: z.string(), salt, text: z.string() })),
  files: z.array(z.strictObject({ id: z.string(), name: z.string(), bytes: z.number(), salt, href: z.string() })),
  closed: z.array(z.looseObject({ piece: z.string(), mark: z.string() })),
  cost: z.looseObject({}).nullable(),
  digest: hash,
});

/** By its name or its first words; what neither tells is checked as any other file. */
export function isRecordFile(path: string, text: string): boolean {
  return /(?:^|\/)record\.json$/.test(path) || /^\{\s*"daylight":\s*"record\/1"/.test(text.slice(0, 80));
}

/** The record in a file, or the fault that keeps it from being read. */
export function readRecordFile(text: string): { readonly record: RecordFile } | { readonly fault: Fault } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const at = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length);
    return { fault: { place: lineAt(text, at), sentence: 'This is no JSON.' } };
  }
  const read = shape.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return { fault: { place: pathOf(issue?.path ?? []), sentence: `This is no record: ${issue?.message ?? 'another shape'}.` } };
  }
  return { record: value as RecordFile };
}

/** Every fault of a file, those that say most first. `files`: the bytes of files by id, as far as they are there. */
export function faultsIn(text: string, files: ReadonlyMap<string, Uint8Array> = new Map()): readonly Fault[] {
  const read = readRecordFile(text);
  if ('fault' in read) return [read.fault];
  const { digest, ...rest } = read.record;
  const changed = digest === digestOf(rest) ? [] : [{ place: 'digest', sentence: 'The file is not the one that this digest was made of.' }];
  return [...faultsOf(read.record, files), ...rewritten(text, read.record), ...changed];
}

/** A file is written in one of two ways; a third one is another file, even where it says the same. */
function rewritten(text: string, record: RecordFile): readonly Fault[] {
  const forms = [JSON.stringify(record), `${JSON.stringify(record, null, 2)}\n`];
  if (forms.includes(text) || forms.includes(text.trimEnd())) return [];
  const [, pretty = ''] = forms;
  const at = [...pretty].findIndex((_, index) => pretty[index] !== text[index]);
  return [{ place: lineAt(text, at), sentence: 'The file is written in another way than a record is.' }];
}

/** What does not fit in a record; nothing where all of it does. */
export function faultsOf(record: RecordFile, files: ReadonlyMap<string, Uint8Array> = new Map()): readonly Fault[] {
  return [...inChain(record), ...inHead(record), ...inPieces(record, files)];
}

function inChain({ project, case: id, chain }: RecordFile): readonly Fault[] {
  const faults: Fault[] = [];
  if (chain.start !== sha256(`${project}/${id}`))
    faults.push({ place: 'chain.start', sentence: 'The chain does not begin with this case.' });
  let head = chain.start;
  for (const [index, { seq, envelope, hash: kept }] of chain.events.entries()) {
    const place = `chain.events[${index}]`;
    if (seq !== index + 1) faults.push({ place, sentence: `Event ${seq} stands in place ${index + 1}.` });
    const follows = envelope === null ? kept : sha256(Buffer.from(head, 'hex'), envelope);
    if (follows !== kept) faults.push({ place, sentence: `Event ${seq} does not follow those before it.` });
    head = kept;
  }
  if (head !== chain.head) faults.push({ place: 'chain.head', sentence: 'The last event is not the head of the chain.' });
  return faults;
}

/** What is said above the chain stands in its first event. */
function inHead({ project, case: id, codename, chain }: RecordFile): readonly Fault[] {
  const first = chain.events[0]?.envelope;
  const said = first === undefined || first === null ? {} : (parsed(first) as Readonly<Record<string, unknown>>);
  return Object.entries({ project, case: id, codename })
    .filter(([name, value]) => said[name] !== undefined && said[name] !== value)
    .map(([name]) => ({ place: name, sentence: `The first event of the log says another ${name}.` }));
}

function inPieces({ chain, contents, files: listed, opened }: RecordFile, files: ReadonlyMap<string, Uint8Array>): readonly Fault[] {
  // What was agreed for the cap is opened without a log.
  if (opened === 'bundle') return [];
  const hashes = hashesIn(chain.events.flatMap(({ envelope }) => (envelope === null ? [] : [envelope])));
  return [
    ...contents.flatMap(({ id, salt: own, text }, index) =>
      hashes.get(id) === sha256(Buffer.from(own, 'hex'), text)
        ? []
        : [{ place: `contents[${index}]`, sentence: `Content ${id} is not the one that the log names.` }],
    ),
    ...listed.flatMap(({ id, salt: own }, index) => {
      const bytes = files.get(id);
      const place = `files[${index}]`;
      if (hashes.get(id) === undefined) return [{ place, sentence: `File ${id} is not in the log.` }];
      return bytes === undefined || hashes.get(id) === sha256(Buffer.from(own, 'hex'), bytes)
        ? []
        : [{ place, sentence: `File ${id} is not the one that the log names.` }];
    }),
  ];
}

function hashesIn(envelopes: readonly string[]): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('id' in value && 'hash' in value) hashes.set(String(value.id), String(value.hash));
    for (const inner of Object.values(value)) walk(inner);
  };
  for (const envelope of envelopes) walk(parsed(envelope));
  return hashes;
}

/** An envelope that is no JSON names nothing; the chain says that it was changed. */
function parsed(envelope: string): unknown {
  try {
    return JSON.parse(envelope);
  } catch {
    return {};
  }
}

function pathOf(path: readonly PropertyKey[]): string {
  const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return place === '' ? 'the file' : place.replace(/^\./, '');
}

function lineAt(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}
