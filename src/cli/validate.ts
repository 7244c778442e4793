// SPDX-License-Identifier: Apache-2.0
// `daylight validate`: documents checked by their schema and by what no schema says; one line for each finding, on standard output.

import { parseArgs } from 'node:util';
import type { Instant } from '../core/model/time.ts';
import { visible } from '../formats/characters.ts';
import { type Check, checksOf } from '../formats/check.ts';
import { checkCve } from '../formats/cve-check.ts';
import { formats } from '../formats/index.ts';
import { checkOssSecurity } from '../formats/oss-security-check.ts';
import { checkOsv } from '../formats/osv-check.ts';
import { builtInPublisher, type Publisher } from '../formats/publisher.ts';
import { checkSecurityTxt } from '../formats/security-txt-check.ts';

export interface ValidateIo {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** @throws an Error whose `code` is `ENOENT` when there is no such file. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  readonly stdin: () => Promise<Uint8Array>;
  readonly now: () => Instant;
  /** What the CSAF validator says of each document. @throws Error when it cannot be asked. */
  readonly csaf: (documents: readonly unknown[]) => Promise<readonly (readonly Check[])[]>;
}

type Checker = (bytes: Uint8Array, now: Instant) => readonly Check[];

const checkers: Readonly<Record<string, Checker>> = {
  osv: (bytes) => json(bytes, checkOsv),
  cve: (bytes) => json(bytes, checkCve),
  lsn: (bytes) => checksOf(formats.lsn.read(bytes, publisher('libvirt-2023'))),
  ossa: (bytes) => checksOf(formats.ossa.read(bytes)),
  advisory: (bytes) => checksOf(formats.advisory.read(bytes)),
  'oss-security': checkOssSecurity,
  'security-txt': checkSecurityTxt,
};

/** Names that `--as` knows; CSAF is checked by a validator of its own, all files at once. */
const kinds = ['csaf', ...Object.keys(checkers)];

async function checkAllCsaf(files: readonly Uint8Array[], io: ValidateIo): Promise<readonly (readonly Check[])[]> {
  const documents = files.map(parsed);
  const answers = await io.csaf(documents.map(({ value }) => value ?? {})).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    return documents.map((): readonly Check[] => [{ level: 'error', place: 'the validator', rule: 'not-checked', message }]);
  });
  return documents.map(({ checks }, at) => (checks.length > 0 ? checks : (answers[at] ?? [])));
}

function publisher(policy: string): Publisher {
  const found = builtInPublisher(policy);
  if (found === undefined) throw new Error(`no built-in publisher is called ${policy}`);
  return found;
}

function parsed(bytes: Uint8Array): { readonly value: unknown; readonly checks: readonly Check[] } {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), checks: [] };
  } catch (error) {
    const message = error instanceof SyntaxError ? `expected JSON: ${error.message}` : 'expected JSON in UTF-8';
    return { value: undefined, checks: [{ level: 'error', place: 'the file', rule: 'not-json', message }] };
  }
}

function json(bytes: Uint8Array, check: (bytes: Uint8Array, value: unknown) => readonly Check[]): readonly Check[] {
  const { value, checks } = parsed(bytes);
  return checks.length > 0 ? checks : check(bytes, value);
}

/** Exit code: 0 no errors, 1 errors, 2 usage, 3 no such file. Warnings and notes make no document invalid. */
export async function validate(args: readonly string[], io: ValidateIo): Promise<number> {
  if (args.includes('--help')) {
    io.out(help);
    return 0;
  }
  const request = requestOf(args);
  if (typeof request === 'string') {
    io.err(visible(`daylight validate: ${request}; see daylight validate --help`.replaceAll('\n', ' ')));
    return 2;
  }
  const all: Uint8Array[] = [];
  for (const file of request.files) {
    const bytes = await bytesOf(file, io);
    if (typeof bytes === 'number') return bytes;
    all.push(bytes);
  }
  const checker = checkers[request.as];
  const checks = checker === undefined ? await checkAllCsaf(all, io) : all.map((bytes) => checker(bytes, io.now()));
  const found = request.files.map((file, at) => ({ file, checks: checks[at] ?? [] }));
  if (request.json) io.out(JSON.stringify(found, null, 2));
  else for (const { file, checks } of found) say(file, checks, io);
  return found.some(({ checks }) => checks.some(({ level }) => level === 'error')) ? 1 : 0;
}

function requestOf(args: readonly string[]): { readonly as: string; readonly files: readonly string[]; readonly json: boolean } | string {
  try {
    const options = { as: { type: 'string' }, json: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const { as, json = false } = values;
    if (as === undefined || !kinds.includes(as)) return `--as: expected one of ${kinds.join(', ')}, not ${as ?? 'nothing'}`;
    if (positionals.length === 0) return 'expected a FILE, or - for standard input';
    return { as, files: positionals, json };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function bytesOf(file: string, io: ValidateIo): Promise<Uint8Array | number> {
  try {
    return file === '-' ? await io.stdin() : await io.readFile(file);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    io.err(
      visible(
        `daylight validate: ${file}: ${missing ? 'no such file' : `not read: ${error instanceof Error ? error.message : String(error)}`}`,
      ),
    );
    return missing ? 3 : 1;
  }
}

/** `FILE: error: PLACE: what [rule]`; a document without errors has one more line, that says so. */
function say(file: string, checks: readonly Check[], io: ValidateIo): void {
  for (const { level, place, rule, message } of checks)
    io.out(visible(`${file}: ${level}: ${place}: ${message} [${rule}]`.replaceAll('\n', ' ')));
  if (checks.every(({ level }) => level !== 'error')) io.out(visible(`${file}: valid`));
}

const help = `Examples
  daylight validate --as csaf lsn-2026-0003.json
  daylight validate --as ossa OSSA-2026-*.yaml
  daylight validate --as security-txt .well-known/security.txt

Usage
  daylight validate --as ${kinds.join('|')} FILE… [--json]

A line for each finding: its file, how grave, its place, what is meant, its rule. Errors end with 1; warnings and notes are for you to weigh.
Nothing is asked of the network. --json prints [{file, checks: [{level, place, rule, message}]}].`;
