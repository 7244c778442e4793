// SPDX-License-Identifier: Apache-2.0
// The documents of one advisory: written in every format that the policy names, checked by the rules of each, and signed by the program where no person does. What cannot be made honestly is left out, with why.

import type { Advisory } from '../core/model/advisory.ts';
import type { Line } from '../core/model/prose.ts';
import { line } from '../core/model/prose.ts';
import type { Check } from '../formats/check.ts';
import { checksOfDocument } from '../formats/document-checks.ts';
import type { Loss, PublishedFile } from '../formats/format.ts';
import { type FormatName, formats } from '../formats/index.ts';
import type { Publisher } from '../formats/publisher.ts';
import { OutsideFailure } from '../ports/failure.ts';
import type { Signer } from '../ports/signer.ts';
import type { KeptDocument } from '../ports/store/documents.ts';
import { sha256 } from './encoding.ts';
import type { World } from './world.ts';

export interface Draft {
  readonly format: FormatName;
  /** The whole document, unsigned. */
  readonly text: string;
  /** What the advisory says and this format has no place for. */
  readonly losses: readonly Loss[];
  /** What its rules remark in it without making it invalid. */
  readonly remarks: readonly Check[];
}

/** A format in which this advisory is not published: another than the policy asks for would be untrue or invalid. */
export interface LeftOut {
  readonly format: FormatName;
  /** `no-number`, or the rule of the format that the document breaks. */
  readonly rule: string;
  readonly why: string;
  /** Every error, of which `why` is the first. */
  readonly errors: readonly Check[];
}

export interface Drafts {
  readonly made: readonly Draft[];
  readonly left: readonly LeftOut[];
}

/** One document as it was rendered, signed or not. */
export type Rendered = Pick<KeptDocument, 'file' | 'mediaType' | 'bytes' | 'sha256' | 'signature'> & { readonly format: FormatName };

/** Without these an advisory is not published at all: people read the first two, and the record holds everything. */
const indispensable: readonly FormatName[] = ['text', 'html', 'advisory'];

const csafProfiles: readonly FormatName[] = ['csaf', 'csaf_vex'];

const utf8 = new TextEncoder();

export function draftsOf(advisory: Advisory, publisher: Publisher, names: readonly FormatName[]): Drafts {
  const made: Draft[] = [];
  const left: LeftOut[] = [];
  for (const format of names) {
    const written = formats[format].write(advisory, publisher, []);
    if (!written.ok) {
      const { refusal } = written;
      left.push({ format, rule: refusal.rule, why: refusal.message, errors: [{ level: 'error', ...refusal }] });
      continue;
    }
    const checks = checksOfDocument(format, written.text, publisher);
    const errors = checks.filter(({ level }) => level === 'error');
    if (errors.length === 0) made.push({ format, text: written.text, losses: written.losses, remarks: checks });
    else left.push(leftOut(format, errors));
  }
  return { made, left };
}

function leftOut(format: FormatName, errors: readonly Check[]): LeftOut {
  const [first] = errors;
  return { format, rule: first?.rule ?? '', why: `${first?.place}: ${first?.message}`, errors };
}

/** The drafts without those that the CSAF validator finds wrong. @throws OutsideFailure temporary when it cannot be asked. */
export async function validated(world: Pick<World, 'csaf'>, { made, left }: Drafts): Promise<Drafts> {
  const asked = made.filter(({ format }) => csafProfiles.includes(format));
  const answers = await answered(world, asked);
  const said = new Map(asked.map(({ format }, at) => [format, answers[at] ?? []]));
  const wrong = [...said].flatMap(([format, checks]): readonly LeftOut[] => {
    const errors = checks.filter(({ level }) => level === 'error');
    return errors.length === 0 ? [] : [leftOut(format, errors)];
  });
  const right = made.filter(({ format }) => wrong.every((one) => one.format !== format));
  return { made: right.map((one) => ({ ...one, remarks: [...one.remarks, ...(said.get(one.format) ?? [])] })), left: [...left, ...wrong] };
}

/** Where the validator is not installed, nobody can say that a document is valid. */
async function answered({ csaf }: Pick<World, 'csaf'>, asked: readonly Draft[]) {
  try {
    return await csaf.check(asked.map(({ text }) => JSON.parse(text)));
  } catch (failure) {
    if (!(failure instanceof OutsideFailure) || failure.lasting === 'temporary') throw failure;
    return asked.map(() => [{ level: 'error' as const, place: 'the validator', rule: 'not-checked', message: failure.message }]);
  }
}

/** @throws OutsideFailure permanent when a format is left out without which nothing is published. */
export function sure({ left }: Drafts): void {
  const missing = left.find(({ format }) => indispensable.includes(format));
  if (missing !== undefined) throw new OutsideFailure('permanent', `${missing.format}: ${missing.why}`);
}

/** The documents before anybody signs them, the page last: it lists the others with their hashes, but for those that carry their signature inside (VMT-44). @param earlier versions whose pages stay beside it. */
export function unsignedDocuments(
  advisory: Advisory,
  publisher: Publisher,
  drafts: readonly Draft[],
  isSigned: boolean,
  earlier: readonly number[] = [],
): readonly Rendered[] {
  const others = drafts.filter(({ format }) => format !== 'html').map(({ format, text }) => rendered(advisory, format, text));
  const before = earlier.map((version) => ({ label: asLine(`Version ${version}`), href: `${advisory.id}-v${version}.html`, version }));
  const page = formats.html.write(advisory, publisher, [...others.map((one) => listed(one, isSigned)), ...before]);
  if (!page.ok) throw new OutsideFailure('permanent', `html: ${page.refusal.message}`);
  return [...others, rendered(advisory, 'html', page.text)];
}

/** The same, signed by the program's own key; as they are without one. */
export function signedDocuments(
  advisory: Advisory,
  publisher: Publisher,
  drafts: readonly Draft[],
  signer: Signer | null,
): Promise<readonly Rendered[]> {
  const unsigned = unsignedDocuments(advisory, publisher, drafts, signer !== null);
  return Promise.all(unsigned.map((one) => (signer === null ? one : signedBy(signer, one))));
}

export async function signedBy(signer: Signer, document: Rendered): Promise<Rendered> {
  if (formats[document.format].signing === 'detached') return { ...document, signature: await signer.detach(document.bytes) };
  return carrying(document, await signer.clearsign(new TextDecoder().decode(document.bytes)));
}

/** The document with its signature in it: these are its bytes from now on. */
export function carrying<One extends Pick<Rendered, 'bytes' | 'sha256'>>(document: One, text: string): One {
  const bytes = utf8.encode(text);
  return { ...document, bytes, sha256: sha256(bytes) };
}

export function rendered({ id }: Advisory, format: FormatName, text: string): Rendered {
  const { extension, mediaType } = formats[format];
  const bytes = utf8.encode(text);
  return { format, file: `${id}${extension}`, mediaType, bytes, sha256: sha256(bytes), signature: null };
}

/** Nobody knows the hash of a text before it is signed in it, and a person signs it together with the page: its signature proves it instead. */
function listed({ format, file, sha256: hash }: Rendered, isSigned: boolean): PublishedFile {
  const one = { label: asLine(formats[format].label), href: file };
  if (!isSigned) return { ...one, sha256: hash };
  return formats[format].signing === 'clearsign'
    ? { ...one, signature: 'inside' }
    : { ...one, sha256: hash, signature: { href: `${file}.asc` } };
}

function asLine(text: string): Line {
  const made = line(text);
  if (made === undefined) throw new Error('a label is not empty');
  return made;
}
