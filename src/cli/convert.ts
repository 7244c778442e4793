// SPDX-License-Identifier: Apache-2.0
// `daylight convert`: one advisory to another format, without server or database; loss and oddities go to standard error.

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Advisory } from '../core/model/advisory.ts';
import { type CveId, cveId } from '../core/model/identifiers.ts';
import { visible } from '../formats/characters.ts';
import type { Format, FormatRefusal } from '../formats/format.ts';
import { type FormatName, formats, isFormatName } from '../formats/index.ts';
import { onlyOf } from '../formats/one-number.ts';
import type { Publisher } from '../formats/publisher.ts';

export interface ConvertIo {
  /** Data, as it is. */
  readonly out: (text: string) => void;
  /** One message, without its line end. */
  readonly err: (line: string) => void;
  /** @throws an Error whose `code` is `ENOENT` when there is no such file. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Writes the whole file or nothing. */
  readonly writeFile: (path: string, bytes: Uint8Array) => Promise<void>;
  readonly stdin: () => Promise<Uint8Array>;
  /** Who publishes under this policy, a name or a file, without one the plain publisher; nothing for a policy that is not known. */
  readonly publisherFor: (policy?: string) => Promise<Publisher | undefined>;
}

interface Request {
  readonly from: Format & Required<Pick<Format, 'read'>>;
  readonly to: Format;
  readonly policy?: string;
  readonly out?: string;
  /** Of an advisory about several numbers, what concerns this one. */
  readonly cve?: CveId;
  readonly files: readonly string[];
}

/** Why it ends early: the exit code and one line for the person. */
interface Stop {
  readonly exit: 1 | 2 | 3;
  readonly line: string;
}

interface Document {
  readonly file: string;
  readonly id: string;
  readonly text: string;
}

/** Runs the command and returns its exit code: 0 ok, 1 not converted, 2 usage, 3 no such file. Nothing is written unless all is converted. */
export async function convert(args: readonly string[], io: ConvertIo): Promise<number> {
  if (args.includes('--help')) {
    io.out(help());
    return 0;
  }
  const request = parseRequest(args);
  if ('exit' in request) return stopped(request, io);
  const documents: Document[] = [];
  const stops: Stop[] = [];
  for (const file of request.files) {
    const document = await convertFile(file, request, io);
    if (!('exit' in document)) documents.push(document);
    else if (document.exit === 2) return stopped(document, io);
    else stops.push(document);
  }
  if (stops.length > 0) return stoppedBy(stops, request, io);
  return request.out === undefined ? printed(documents, io) : written(documents, request.out, request.to, io);
}

/** Whoever converts an archive learns at once of all files that stand in the way. */
function stoppedBy(stops: readonly Stop[], { files }: Request, io: ConvertIo): number {
  const exit = Math.max(...stops.map((stop) => stopped(stop, io)));
  if (files.length > 1)
    stopped({ exit: 1, line: `${stops.length} of ${files.length} files cannot be converted, and nothing was written` }, io);
  return exit;
}

function stopped({ exit, line }: Stop, io: ConvertIo): number {
  say(`daylight convert: ${line}`, io);
  return exit;
}

/** Words of a document may be in it: they come as one line, and nothing in them reaches the terminal as a command. */
function say(message: string, io: ConvertIo): void {
  io.err(visible(message.replaceAll('\n', ' ')));
}

function printed(documents: readonly Document[], io: ConvertIo): number {
  for (const { text } of documents) io.out(text);
  return 0;
}

async function written(documents: readonly Document[], directory: string, to: Format, io: ConvertIo): Promise<number> {
  const paths = new Map<string, Document>();
  for (const document of documents) {
    const path = join(directory, `${document.id}${to.extension}`);
    const other = paths.get(path);
    if (other !== undefined) return stopped({ exit: 1, line: `${document.file}: id: ${document.id} is also the id in ${other.file}` }, io);
    paths.set(path, document);
  }
  for (const [path, { text }] of paths) {
    try {
      await io.writeFile(path, new TextEncoder().encode(text));
    } catch (error) {
      return stopped({ exit: 1, line: `${path}: not written: ${reason(error)}` }, io);
    }
  }
  return 0;
}

function parseRequest(args: readonly string[]): Request | Stop {
  const text = { type: 'string' } as const;
  try {
    const options = { from: text, to: text, policy: text, out: text, cve: text };
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return requestOf(values, positionals);
  } catch (error) {
    return usage(reason(error));
  }
}

function requestOf(
  values: Readonly<Partial<Record<'from' | 'to' | 'policy' | 'out' | 'cve', string>>>,
  files: readonly string[],
): Request | Stop {
  const from = format(values.from);
  const to = format(values.to);
  if (from?.read === undefined) return usage(`--from: expected one of ${readable().join(', ')}, not ${values.from ?? 'nothing'}`);
  if (to === undefined) return usage(`--to: expected one of ${Object.keys(formats).join(', ')}, not ${values.to ?? 'nothing'}`);
  if (files.length === 0) return usage('expected a FILE, or - for standard input');
  if (files.length > 1 && values.out === undefined) return usage('several files: expected --out DIR');
  if (files.indexOf('-') !== files.lastIndexOf('-')) return usage('standard input can be read only once');
  const { policy, out } = values;
  const cve = values.cve === undefined ? undefined : cveId(values.cve);
  if (values.cve !== undefined && cve === undefined) return usage(`--cve: expected a CVE id as CVE-2026-12345, not ${values.cve}`);
  return {
    from: { ...from, read: from.read },
    to,
    files,
    ...(policy === undefined ? {} : { policy }),
    ...(out === undefined ? {} : { out }),
    ...(cve === undefined ? {} : { cve }),
  };
}

function usage(line: string): Stop {
  return { exit: 2, line: `${line}; see daylight convert --help` };
}

function format(name: string | undefined): Format | undefined {
  return name !== undefined && isFormatName(name) ? formats[name] : undefined;
}

function readable(): readonly FormatName[] {
  return Object.keys(formats)
    .filter(isFormatName)
    .filter((name) => format(name)?.read !== undefined);
}

async function convertFile(file: string, request: Request, io: ConvertIo): Promise<Document | Stop> {
  const usual = await usualPublisher(request, io);
  if (usual === undefined) return usage(`--policy: no policy is called ${request.policy}`);
  const bytes = await bytesOf(file, io);
  if (!(bytes instanceof Uint8Array)) return bytes;
  const read = request.from.read(bytes, usual);
  if (!read.ok) return refusedFile(file, read.refusal);
  for (const { place, rule, message } of read.findings) say(`${file}: ${place}: ${message} [${rule}]`, io);
  const { cve } = request;
  if (cve !== undefined && !(read.advisory.cves ?? []).some(({ id }) => id === cve))
    return refusedFile(file, { rule: 'not-its-number', place: 'cves', message: `${cve} is no number of this advisory` });
  const advisory = cve === undefined ? read.advisory : onlyOf(read.advisory, cve);
  const result = request.to.write(advisory, (await publisherOf(advisory, request, io)) ?? usual);
  if (!result.ok) return refusedFile(file, result.refusal);
  for (const { field, why } of result.losses) say(`${file}: lost: ${field}: ${why}`, io);
  return { file, id: advisory.id, text: result.text };
}

/** Of the policy that was named, else of the one that fits the source, else the target. */
async function usualPublisher({ policy, from, to }: Request, io: ConvertIo): Promise<Publisher | undefined> {
  if (policy !== undefined) return io.publisherFor(policy);
  return (await io.publisherFor(from.usualPolicy ?? to.usualPolicy)) ?? io.publisherFor();
}

/** The publisher of the policy that the record itself names, where nobody named another. */
async function publisherOf(advisory: Advisory, request: Request, io: ConvertIo): Promise<Publisher | undefined> {
  return request.policy === undefined && advisory.policy !== undefined ? io.publisherFor(advisory.policy) : undefined;
}

async function bytesOf(file: string, io: ConvertIo): Promise<Uint8Array | Stop> {
  try {
    return file === '-' ? await io.stdin() : await io.readFile(file);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing ? { exit: 3, line: `${file}: no such file` } : { exit: 1, line: `${file}: not read: ${reason(error)}` };
  }
}

function refusedFile(file: string, { rule, place, message }: FormatRefusal): Stop {
  return { exit: 1, line: `${file}: ${place}: ${message} [${rule}]` };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function help(): string {
  const rows = Object.entries(formats).map(([name, { label, extension }]) => `  ${name.padEnd(10)} ${label} (${extension})`);
  return `Examples
  daylight convert --from lsn --to text 2020/0002.xml
  daylight convert --from lsn --to html --out site notices/*/*.xml
  daylight convert --from ossa --to cve --cve CVE-2016-0737 OSSA-2016-004.yaml
  daylight convert --from advisory --to lsn --policy libvirt-2023 - < advisory.json

Usage
  daylight convert --from ${readable().join('|')} --to ${Object.keys(formats).join('|')} FILE… [--policy P] [--cve ID] [--out DIR]

Formats
${rows.join('\n')}

One file goes to standard output; with --out each is written to DIR, called by its id. - is standard input.
What a file does not say (publisher, addresses of repositories) comes from the policy P (a name or a file), or from the one that fits the source.
Of an advisory about several CVE ids, --cve ID takes what concerns that one: a CVE record is about one.
What was odd, and what the target format cannot carry, is said on standard error.
`;
}
