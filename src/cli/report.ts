// SPDX-License-Identifier: Apache-2.0
// `daylight report lint FILE`: a reporter's preflight against a policy's rules of intake. No account, no server, and nothing leaves the machine.

import type { PreflightLine } from '../app/preflight.ts';
import { draftOf, preflight } from '../app/preflight.ts';
import { policyNamed } from './named-policy.ts';

export interface ReportIo {
  out(line: string): void;
  err(line: string): void;
  /** `-` is standard input. @throws Error when the file cannot be read. */
  readPath(path: string): Promise<string>;
  /** Bytes of a file that would go with the report. @throws Error when it cannot be read. */
  sizeOf(path: string): Promise<number>;
  readonly policyFolder: string;
}

const usage = [
  'daylight report lint report.md --policy qemu-2026          what the form would say; 1 when it would refuse',
  'daylight report lint report.md --policy ours.yaml --file crash.log --file fix.patch',
  'daylight report lint - --policy libvirt-2023 --json',
];

interface Asked {
  readonly file: string;
  readonly policy: string;
  readonly files: readonly string[];
  readonly json: boolean;
}

/** The exit code: 0 the form would take it, 1 it would not, 2 usage, 3 no such file or policy. */
export async function report(args: readonly string[], io: ReportIo): Promise<number> {
  if (args.includes('--help') || args.includes('-h') || args[0] === 'help') {
    for (const line of usage) io.out(line);
    return 0;
  }
  const asked = parse(args);
  if (typeof asked === 'string') return refuse(io, asked);
  const policy = await policyNamed(asked.policy, io);
  const text = await io.readPath(asked.file).catch(() => undefined);
  if (text === undefined || policy === undefined) {
    io.err(
      text === undefined
        ? `${asked.file}: cannot be read; expected a report as text or Markdown`
        : `no usable policy ${asked.policy}; daylight policy list names the presets`,
    );
    return 3;
  }
  const files = await Promise.all(
    asked.files.map(async (path) => ({ name: path.slice(path.lastIndexOf('/') + 1), bytes: await io.sizeOf(path).catch(() => -1) })),
  );
  const absent = files.findIndex(({ bytes }) => bytes < 0);
  if (absent >= 0) {
    io.err(`${asked.files[absent]}: cannot be read`);
    return 3;
  }
  const lines = preflight(policy, draftOf(text, policy), files);
  if (asked.json) io.out(JSON.stringify(lines, null, 2));
  else for (const line of lines) io.out(written(line));
  return lines.some(({ mark }) => mark === 'missing') ? 1 : 0;
}

function written({ mark, about, sentence }: PreflightLine): string {
  return `${`[${mark}]`.padEnd(9)} ${about}: ${sentence}`;
}

function parse(args: readonly string[]): Asked | string {
  const [verb, ...rest] = args;
  if (verb !== 'lint') return verb === undefined ? 'report needs a verb: lint' : `report has no verb ${verb}; did you mean lint?`;
  const words: string[] = [];
  const files: string[] = [];
  let policy: string | undefined;
  let json = false;
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] ?? '';
    if (word === '--json') json = true;
    else if (word === '--policy' || word === '--file') {
      index += 1;
      const value = rest[index];
      if (value === undefined) return `${word} needs a value`;
      if (word === '--policy') policy = value;
      else files.push(value);
    } else if (word.startsWith('--')) return `report lint does not know ${word}`;
    else words.push(word);
  }
  const [file, ...more] = words;
  if (file === undefined || more.length > 0) return 'report lint takes one FILE; - reads standard input';
  return policy === undefined ? 'report lint needs --policy: the name of a preset, or a file' : { file, policy, files, json };
}

function refuse(io: ReportIo, problem: string): number {
  for (const line of [problem, ...usage]) io.err(line);
  return 2;
}
