// SPDX-License-Identifier: Apache-2.0
// The documents of one advisory: written in every format that the policy names, checked by the rules of each, and signed. What cannot be made honestly is left out, with why.

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

export type Signed = Pick<KeptDocument, 'format' | 'file' | 'mediaType' | 'bytes' | 'sha256' | 'signature'>;

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

/** Each document signed, the page last: it lists the others with their hashes. */
export async function signedDocuments(
  advisory: Advisory,
  publisher: Publisher,
  drafts: readonly Draft[],
  signer: Signer | null,
): Promise<readonly Signed[]> {
  const others = await Promise.all(
    drafts.filter(({ format }) => format !== 'html').map(({ format, text }) => signed(advisory, format, text, signer)),
  );
  const page = pageOf(
    advisory,
    publisher,
    others.map((one) => listed(one, signer !== null)),
  );
  return [...others, await signed(advisory, 'html', page, signer)];
}

/** What is kept of a draft, its signature apart. */
export interface Unsigned extends Pick<Signed, 'file' | 'mediaType'> {
  readonly format: FormatName;
  readonly text: string;
  /** Of the kept bytes; null where these hold their signature. */
  readonly sha256: string | null;
  /** Where the signature will be; null where the policy wants none. */
  readonly signature: 'inside' | 'beside' | null;
}

/** The same documents before they are signed, byte for byte; in the page stands the hash of each file that is known without a signature. */
export function unsignedDocuments(
  advisory: Advisory,
  publisher: Publisher,
  drafts: readonly Draft[],
  isSigned: boolean,
): readonly Unsigned[] {
  const unsigned = (format: FormatName, text: string): Unsigned => {
    const { extension, mediaType, signing } = formats[format];
    const signature = isSigned ? (signing === 'clearsign' ? 'inside' : 'beside') : null;
    return {
      format,
      file: `${advisory.id}${extension}`,
      mediaType,
      text,
      sha256: signature === 'inside' ? null : sha256(utf8.encode(text)),
      signature,
    };
  };
  const others = drafts.filter(({ format }) => format !== 'html').map(({ format, text }) => unsigned(format, text));
  const files = others.map(({ sha256: hash, signature, format, file }): PublishedFile => {
    const carried =
      signature === null ? {} : { signature: signature === 'inside' ? ('inside' as const) : ({ href: `${file}.asc` } as const) };
    return { label: asLine(formats[format].label), href: file, ...(hash === null ? {} : { sha256: hash }), ...carried };
  });
  const wanted = drafts.some(({ format }) => format === 'html');
  return [...others, ...(wanted ? [unsigned('html', pageOf(advisory, publisher, files))] : [])];
}

function pageOf(advisory: Advisory, publisher: Publisher, files: readonly PublishedFile[]): string {
  const page = formats.html.write(advisory, publisher, files);
  if (!page.ok) throw new OutsideFailure('permanent', `html: ${page.refusal.message}`);
  return page.text;
}

async function signed({ id }: Advisory, format: FormatName, text: string, signer: Signer | null): Promise<Signed> {
  const { extension, mediaType, signing } = formats[format];
  const clear = signing === 'clearsign' && signer !== null ? await signer.clearsign(text) : text;
  const bytes = utf8.encode(clear);
  const signature = signing === 'detached' && signer !== null ? await signer.detach(bytes) : null;
  return { format, file: `${id}${extension}`, mediaType, bytes, sha256: sha256(bytes), signature };
}

function listed({ format, file, sha256: hash, signature }: Signed, isSigned: boolean): PublishedFile {
  const carried = signature === null ? (isSigned ? { signature: 'inside' as const } : {}) : { signature: { href: `${file}.asc` } };
  return { label: asLine(formats[format as FormatName].label), href: file, sha256: hash, ...carried };
}

function asLine(text: string): Line {
  const made = line(text);
  if (made === undefined) throw new Error('a label is not empty');
  return made;
}
