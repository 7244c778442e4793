// SPDX-License-Identifier: Apache-2.0
// `daylight patch check`: whether a series applies to each branch, is signed off, and tells in its public text what it mends. No server and no database.

import { parseArgs } from 'node:util';
import { factsOf, mailsIn } from '../core/commits/series.ts';
import { tellingWords } from '../core/commits/telling-words.ts';
import type { Applies } from '../core/model/patches.ts';

export interface PatchIo {
  out(line: string): void;
  err(line: string): void;
  /** `-` is standard input. @throws Error when the file cannot be read. */
  readBytes(path: string): Promise<Uint8Array>;
  applies(folder: string, branch: string, patch: Uint8Array): Promise<Applies>;
}

const usage = [
  'daylight patch check fix.mbox --repo ../qemu --branch master --branch stable-10.1',
  'daylight patch check - --repo . --branch master --json',
  '',
  'The series as git format-patch --stdout writes it. The repository is this folder unless --repo names another; nothing is written to it.',
];

interface Asked {
  readonly file: string;
  readonly repo: string;
  readonly branches: readonly string[];
  readonly json: boolean;
}

interface Mail {
  readonly subject: string;
  /** Null for the letter before the series. */
  readonly signedOff: boolean | null;
  readonly words: readonly string[];
}

interface Tried {
  readonly branch: string;
  readonly applies: Applies;
}

/** The exit code: 0 it applies everywhere and is signed off, 1 it is not so, 2 usage, 3 no such file, or no such branch. Words that tell are shown, and decide nothing. */
export async function patch(args: readonly string[], io: PatchIo): Promise<number> {
  if (args.includes('--help') || args[0] === 'help') {
    for (const line of usage) io.out(line);
    return 0;
  }
  const asked = parse(args);
  if (typeof asked === 'string') {
    io.err(`daylight patch: ${asked}; see daylight patch --help`);
    return 2;
  }
  const bytes = await io.readBytes(asked.file).catch(() => undefined);
  if (bytes === undefined) {
    io.err(`${asked.file}: cannot be read; expected a series as git format-patch writes it`);
    return 3;
  }
  const mails = mailsIn(new TextDecoder().decode(bytes)).map(
    (mail): Mail => ({
      subject: mail.subject,
      signedOff: mail.hasDiff ? factsOf(mail, '', []).signedOff : null,
      words: tellingWords(mail),
    }),
  );
  if (!mails.some(({ signedOff }) => signedOff !== null)) {
    io.err(`${asked.file}: holds no commit; expected a series as git format-patch writes it`);
    return 1;
  }
  const tried: Tried[] = [];
  for (const branch of asked.branches) tried.push({ branch, applies: await io.applies(asked.repo, branch, bytes) });
  if (asked.json) io.out(JSON.stringify({ branches: tried, mails }, null, 2));
  else for (const line of matrix(tried, mails)) io.out(line);
  if (tried.some(({ applies }) => applies === 'not_checked')) return 3;
  return tried.every(({ applies }) => applies === 'yes') && mails.every(({ signedOff }) => signedOff !== false) ? 0 : 1;
}

const answers: Readonly<Record<Applies, string>> = { yes: 'yes', no: 'no', not_checked: 'no such branch in this repository' };

function matrix(tried: readonly Tried[], mails: readonly Mail[]): readonly string[] {
  const signed = ({ signedOff }: Mail) => (signedOff === null ? '-' : signedOff ? 'yes' : 'no');
  return [
    ...table([['branch', 'applies'], ...tried.map(({ branch, applies }) => [branch, answers[applies]])]),
    '',
    ...table([
      ['mail', 'signed off', 'tells', 'subject'],
      ...mails.map((mail, index) => [`${index + 1}`, signed(mail), mail.words.join(', ') || '-', mail.subject]),
    ]),
  ];
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function parse(args: readonly string[]): Asked | string {
  const [verb, ...rest] = args;
  if (verb !== 'check') return verb === undefined ? 'expected the verb check' : `patch has no verb ${verb}; expected check`;
  try {
    const { values, positionals } = parseArgs({ args: rest, allowPositionals: true, options });
    const [file] = positionals;
    const { repo = '.', branch = [], json = false } = values;
    if (file === undefined || positionals.length > 1) return 'expected one file with a series';
    if (branch.length === 0) return '--branch: expected a branch of the repository';
    return { file, repo, branches: branch, json };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return error.message.split('. ')[0] ?? '';
  }
}

const options = {
  repo: { type: 'string' },
  branch: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;
