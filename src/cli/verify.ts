// SPDX-License-Identifier: Apache-2.0
// `daylight verify`: whether an opened record is what its chain and its hashes say, and published files what their signatures do. No server, no network.

import { parseArgs } from 'node:util';
import { faultsIn, isRecordFile, readRecordFile } from '../app/record-check.ts';
import { type FolderIo, type KeyAsked, verifyPublished } from './verify-folder.ts';

export interface VerifyIo extends FolderIo {
  /** `-` is standard input. @throws Error when the file cannot be read. */
  readPath(path: string): Promise<string>;
}

const usage = [
  'daylight verify site                                  every signature and hash of published files, and the chains of their records',
  'daylight verify LSN-2026-0003.csaf.json --key key.asc one file with the signature and the hashes beside it',
  'daylight verify site --fingerprint 53A4…              the same, and only this key counts; given again, several',
  'daylight verify tidal-heron.json                      the chain and every hash of an opened record',
  'daylight verify tidal-heron.json --files downloads    the same with the bytes of its files, by name or id',
  'curl -s https://security.example.org/p/records/CASE/record.json | daylight verify -',
];

interface Asked extends KeyAsked {
  readonly file: string;
  /** Where the files of a record lie. */
  readonly folder: string | undefined;
}

/** The exit code: 0 all of it fits, 1 something does not, 2 usage, 3 no such file. */
export async function verify(args: readonly string[], io: VerifyIo): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    for (const line of usage) io.out(line);
    return 0;
  }
  const asked = parse(args);
  if (typeof asked === 'string') {
    for (const line of [asked, ...usage]) io.err(line);
    return 2;
  }
  const text = await io.readPath(asked.file).catch(() => undefined);
  return text === undefined || !isRecord(asked, text) ? verifyPublished(asked.file, asked, io) : verifyRecord(asked, text, io);
}

function isRecord({ file, folder }: Asked, text: string): boolean {
  return file === '-' || folder !== undefined || isRecordFile(file, text);
}

async function verifyRecord(asked: Asked, text: string, io: VerifyIo): Promise<number> {
  const files = await filesOf(text, asked.folder, io);
  const faults = faultsIn(text, files);
  if (asked.json) io.out(JSON.stringify({ file: asked.file, faults, checkedFiles: [...files.keys()] }, null, 2));
  for (const { place, sentence } of faults.slice(0, asked.json ? 0 : 1)) io.err(`${asked.file}: ${place}: ${sentence}`);
  if (faults.length > 1 && !asked.json) io.err(`${faults.length - 1} more follow from there; --json lists them.`);
  if (faults.length === 0 && !asked.json) for (const line of verified(text, files.size)) io.out(line);
  return faults.length === 0 ? 0 : 1;
}

function verified(text: string, checked: number): readonly string[] {
  const read = readRecordFile(text);
  if ('fault' in read) return [];
  const { codename, project, case: id, chain, contents, files } = read.record;
  const opened = chain.events.filter(({ envelope }) => envelope !== null).length;
  return [
    `${codename}, ${project}/${id}`,
    `[ok] chain: ${chain.events.length} events, ${opened} of them opened`,
    `[ok] texts: ${contents.length}`,
    `${checked === files.length ? '[ok]' : '[--]'} files: ${files.length}, the bytes of ${checked} compared`,
    `head: ${chain.head}`,
    'A record is not signed. Who noted this head earlier sees that nothing before it was changed.',
  ];
}

/** Bytes of the files that lie in the folder, under their id or their name. */
async function filesOf(text: string, folder: string | undefined, io: VerifyIo): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  const read = readRecordFile(text);
  if (folder === undefined || 'fault' in read) return found;
  for (const { id, name } of read.record.files) {
    const plain = /^[^/\\]+$/.test(name) && !name.startsWith('.') ? [name] : [];
    for (const candidate of [id, ...plain]) {
      const bytes = found.has(id) ? undefined : await io.readFile(`${folder}/${candidate}`).catch(() => undefined);
      if (bytes !== undefined) found.set(id, bytes);
    }
  }
  return found;
}

function parse(args: readonly string[]): Asked | string {
  try {
    const text = { type: 'string' } as const;
    const options = { files: text, key: text, fingerprint: { type: 'string', multiple: true }, json: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const { files: folder, json = false, ...rest } = values;
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) return 'verify takes one DIR or FILE; - reads a record from standard input';
    return { file, folder, json, ...rest };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
