// SPDX-License-Identifier: Apache-2.0
// `daylight release`: the documents that wait for a person's signature, into a folder, and their signatures back, through the API of a running server.

import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { visible } from '../formats/characters.ts';
import type { Asked } from './ask.ts';

export interface ReleaseIo {
  out(line: string): void;
  err(line: string): void;
  /** @throws Error when the file cannot be read. */
  readFile(path: string): Promise<Uint8Array>;
  /** @throws Error when the file cannot be written. */
  writeFile(path: string, bytes: Uint8Array): Promise<void>;
  /** Asks the running server: GET without a body, POST with one. */
  ask(path: string, body: object | null): Promise<Asked>;
}

const usage = [
  'daylight release to-sign CASE --project kettle --into folder              the exact bytes that wait, one file each',
  'daylight release sign-documents CASE --project kettle folder/*.asc        hands their signatures in',
  '',
  'CASE is the id in the address of the case. DAYLIGHT_BASE_URL says where the server is, DAYLIGHT_TOKEN who you are.',
];

interface Call {
  readonly verb: string;
  readonly id: string;
  readonly project: string;
  readonly into: string | undefined;
  readonly files: readonly string[];
  readonly json: boolean;
}

/** What the server answers, as far as these commands read it. */
interface Answered {
  readonly files?: readonly { readonly file: string; readonly base64: string }[];
  readonly commands?: readonly string[];
  readonly signed?: readonly string[];
  readonly refused?: readonly { readonly name: string; readonly sentence: string }[];
  readonly waiting?: readonly string[];
  readonly detail?: string;
  readonly title?: string;
  readonly errors?: readonly { readonly detail: string }[];
  readonly unmet?: readonly { readonly sentence: string }[];
}

/** The exit code: 0 done, 1 the server cannot be reached, 2 usage, 3 not there or not visible, 5 a signature was refused. */
export async function release(args: readonly string[], io: ReleaseIo): Promise<number> {
  if (args.includes('--help') || args.length === 0) {
    for (const line of usage) io.out(line);
    return args.length === 0 ? 2 : 0;
  }
  const call = parse(args);
  if (typeof call === 'string') {
    io.err(`daylight release: ${call}; see daylight release --help`);
    return 2;
  }
  const at = `/api/v1/${encodeURIComponent(call.project)}/cases/${encodeURIComponent(call.id)}`;
  if (call.verb === 'to-sign') return toSign(call, await io.ask(`${at}/release/to-sign`, null), io);
  const signatures: object[] = [];
  for (const path of call.files) {
    const bytes = await io.readFile(path).catch(() => undefined);
    if (bytes === undefined) return missing(io, path);
    signatures.push({ name: basename(path), base64: Buffer.from(bytes).toString('base64') });
  }
  return handedIn(call, await io.ask(`${at}/sign-documents`, { signatures }), io);
}

async function toSign({ into = '.', json }: Call, answer: Asked, io: ReleaseIo): Promise<number> {
  const body = answered(answer, io);
  if (typeof body === 'number') return body;
  const files = body.files ?? [];
  for (const { file, base64 } of files) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._:+-]*$/.test(file)) return failed(io, `the server names a file ${JSON.stringify(file)}`);
    const written = await io.writeFile(join(into, file), Buffer.from(base64, 'base64')).then(
      () => true,
      () => false,
    );
    if (!written) return missing(io, join(into, file));
  }
  if (json) io.out(JSON.stringify({ files: files.map(({ file }) => join(into, file)), commands: body.commands }, null, 2));
  else
    for (const line of [...files.map(({ file }) => join(into, file)), '', `In ${into}:`, ...(body.commands ?? [])]) io.out(visible(line));
  return 0;
}

function handedIn({ json }: Call, answer: Asked, io: ReleaseIo): number {
  const body = answered(answer, io);
  if (typeof body === 'number') return body;
  const { signed = [], refused = [], waiting = [] } = body;
  if (json) io.out(JSON.stringify({ signed, refused, waiting }, null, 2));
  else {
    for (const file of signed) io.out(visible(`signed: ${file}`));
    io.out(waiting.length === 0 ? 'Every document is signed.' : visible(`Still waiting: ${waiting.join(', ')}`));
  }
  for (const { name, sentence } of refused) io.err(visible(`refused: ${name}: ${sentence}`));
  return refused.length === 0 ? 0 : 5;
}

function answered(answer: Asked, io: ReleaseIo): Answered | number {
  if ('failure' in answer) return failed(io, answer.failure);
  const body = answer.body as Answered;
  if (answer.status === 200) return body;
  if (answer.status === 404) {
    io.err('daylight release: nothing waits for a signature there, or it is not visible to you; DAYLIGHT_TOKEN says who you are.');
    return 3;
  }
  const sentences = [...(body.errors ?? []).map(({ detail }) => detail), ...(body.unmet ?? []).map(({ sentence }) => sentence)];
  for (const sentence of sentences.length > 0 ? sentences : [body.detail ?? body.title ?? `the server answered ${answer.status}`])
    io.err(visible(`refused: ${sentence}`));
  return [403, 409, 422].includes(answer.status) ? 5 : 1;
}

function failed(io: ReleaseIo, sentence: string): number {
  io.err(visible(`daylight release: ${sentence}`));
  return 1;
}

function missing(io: ReleaseIo, path: string): number {
  io.err(visible(`daylight release: ${path}: cannot be read or written`));
  return 3;
}

function parse(args: readonly string[]): Call | string {
  try {
    const text = { type: 'string' } as const;
    const options = { project: text, into: text, json: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [verb = '', id, ...files] = positionals;
    const { project, into, json = false } = values;
    if (verb !== 'to-sign' && verb !== 'sign-documents') return `expected to-sign or sign-documents, not ${verb}`;
    if (id === undefined) return `${verb} needs a CASE`;
    if (project === undefined) return `${verb} needs --project NAME`;
    if ((verb === 'to-sign') !== (files.length === 0))
      return verb === 'to-sign' ? 'to-sign takes one CASE' : 'sign-documents needs the files of the signatures';
    return { verb, id, project, into, files, json };
  } catch (error) {
    return error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
  }
}
