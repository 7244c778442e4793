// SPDX-License-Identifier: Apache-2.0
// Unique strings to plant in fields, and the search for them through every encoding in which something could leave.

import { createHash, randomBytes } from 'node:crypto';
import { gunzipSync, inflateSync } from 'node:zlib';

/** Ten letters that nothing else holds; each mark begins with them. */
const stem = 'QzjxKvwYbq';

export interface Marks {
  /** The mark of a field, letters and digits, always the same for one name. */
  mark(field: string): string;
  /** Names of the fields whose marks are in these bytes, in whatever encoding. */
  found(bytes: Uint8Array | string): readonly string[];
  /** The same for files of a program: as they are, in hexadecimal and in base 64, without asking which field. */
  holds(bytes: Buffer): boolean;
  readonly fields: readonly string[];
}

export function marks(): Marks {
  const byField = new Map<string, string>();
  const fields: string[] = [];
  const mark = (field: string) => {
    const known = byField.get(field);
    if (known !== undefined) return known;
    const made = `${stem}${fields.length.toString(36).padStart(2, '0')}x${randomBytes(6).toString('hex')}`;
    byField.set(field, made);
    fields.push(field);
    return made;
  };
  return {
    mark,
    fields,
    holds: (bytes) => bytes.includes(stem) || bytes.includes(stem.toLowerCase()) || [...within(bytes.toString('latin1'))].length > 0,
    found: (bytes) => found(typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes), byField),
  };
}

function found(bytes: Buffer, byField: ReadonlyMap<string, string>): readonly string[] {
  const shown = [...readings(bytes)].map((text) => text.toLowerCase());
  const named = [...byField].filter(([, mark]) =>
    shown.some((text) => text.includes(mark.toLowerCase()) || digests(mark).some((one) => text.includes(one))),
  );
  // A part of a mark, cut off somewhere: told by its beginning.
  const cut = named.length === 0 && shown.some((text) => text.includes(stem.toLowerCase()));
  return cut ? ['a part of some mark'] : named.map(([field]) => field);
}

const known = new Map<string, readonly string[]>();

function digests(mark: string): readonly string[] {
  const made = known.get(mark) ?? ['sha1', 'sha256', 'md5'].map((name) => createHash(name).update(mark).digest('hex'));
  known.set(mark, made);
  return made;
}

const textual = 4_000_000;

/** The bytes as they are, and as each encoding would read them; encodings within encodings down to the third. */
function* readings(bytes: Buffer, depth = 0): Generator<string> {
  const text = bytes.toString('latin1');
  yield text;
  if (bytes.length > textual) return yield* within(text);
  yield quotedPrintable(text);
  yield entities(text);
  yield escapes(text);
  yield percent(text);
  yield [...text].reverse().join('');
  yield bytes.toString('utf16le');
  if (depth < 3) for (const inner of [...encoded(text), ...compressed(bytes)]) yield* readings(inner, depth + 1);
}

/** For what is too long to be read in every way: the stem as each encoding would write it. */
function* within(text: string): Generator<string> {
  const lower = text.toLowerCase();
  const forms = [Buffer.from(stem).toString('hex'), Buffer.from(stem.toLowerCase()).toString('hex'), [...stem].join('\0').toLowerCase()];
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.from('\0'.repeat(shift) + stem)
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  if (forms.some((form) => lower.includes(form)) || base64.some((form) => text.includes(form))) yield stem;
}

function quotedPrintable(text: string): string {
  return text.replace(/=\r?\n/g, '').replace(/=([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function entities(text: string): string {
  return text.replace(/&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));?/gi, (_, hex: string | undefined, decimal: string | undefined) =>
    String.fromCodePoint(Math.min(0x10ffff, hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))),
  );
}

function escapes(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|x([0-9a-f]{2}))/gi, (_, wide: string | undefined, narrow: string | undefined) =>
    String.fromCharCode(Number.parseInt(wide ?? narrow ?? '0', 16)),
  );
}

function percent(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Runs of base 64, in both alphabets and folded into lines, and of hexadecimal digits. */
function encoded(text: string): readonly Buffer[] {
  const base64 = [...text.matchAll(/[A-Za-z0-9+/_-]{16,}(?:\r?\n[A-Za-z0-9+/_-]+)*/g)].flatMap(([run]) => {
    const joined = run.replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/');
    return [0, 1, 2, 3].map((from) => Buffer.from(joined.slice(from), 'base64'));
  });
  const hex = [...text.matchAll(/(?:[0-9a-fA-F]{2}){10,}/g)].flatMap(([run]) => [
    Buffer.from(run, 'hex'),
    Buffer.from(run.slice(1), 'hex'),
  ]);
  return [...base64, ...hex].filter(promising);
}

/** Whether a decoding gave something that may hold a mark, or be encoded once more; anything else is noise. */
function promising(bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  return text.toLowerCase().includes(stem.slice(0, 4).toLowerCase()) || bytes[0] === 0x1f || /^[\x20-\x7e\s]{16,}$/.test(text);
}

function compressed(bytes: Buffer): readonly Buffer[] {
  const inner: Buffer[] = [];
  for (let at = bytes.indexOf(0x1f); at >= 0; at = bytes.indexOf(0x1f, at + 1))
    if (bytes[at + 1] === 0x8b) inner.push(...attempt(() => gunzipSync(bytes.subarray(at))));
  if (bytes[0] === 0x78) inner.push(...attempt(() => inflateSync(bytes)));
  return inner;
}

function attempt(read: () => Buffer): readonly Buffer[] {
  try {
    return [read()];
  } catch {
    return [];
  }
}
