// SPDX-License-Identifier: Apache-2.0
// `daylight verify FILE`: whether an opened record is what its chain and its hashes say. No server, no network.

import { faultsIn, readRecordFile } from '../app/record-check.ts';

export interface VerifyIo {
  out(line: string): void;
  err(line: string): void;
  /** `-` is standard input. @throws Error when the file cannot be read. */
  readPath(path: string): Promise<string>;
  /** @throws Error when the file cannot be read. */
  readFile(path: string): Promise<Uint8Array>;
}

const usage = [
  'daylight verify tidal-heron.json                      the chain and every hash of an opened record',
  'daylight verify tidal-heron.json --files downloads    the same with the bytes of its files, by name or id',
  'curl -s https://security.example.org/p/records/CASE/record.json | daylight verify -',
];

interface Asked {
  readonly file: string;
  readonly folder: string | undefined;
  readonly json: boolean;
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
  if (text === undefined) {
    io.err(`${asked.file}: cannot be read; expected a record.json of an opened case`);
    return 3;
  }
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
  const words: string[] = [];
  let folder: string | undefined;
  let json = false;
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    if (word === '--json') json = true;
    else if (word === '--files') {
      index += 1;
      folder = args[index];
      if (folder === undefined) return '--files needs a folder';
    } else if (word.startsWith('--')) return `verify does not know ${word}`;
    else words.push(word);
  }
  const [file, ...more] = words;
  return file === undefined || more.length > 0 ? 'verify takes one FILE; - reads standard input' : { file, folder, json };
}
