// SPDX-License-Identifier: Apache-2.0
// `daylight policy`: list, show, check and compare policy files. No server and no database.

import type { Policy } from '../core/policy/policy.ts';
import { differences } from '../policy/difference.ts';
import { policyJsonSchema } from '../policy/json-schema.ts';
import { formatProblem, isFatal, type Problem } from '../policy/problem.ts';
import { examinePolicy } from '../policy/read-policy.ts';
import { entries } from '../policy/spelling.ts';

/** What a command needs from the world. `readPath` takes `-` for standard input; it rejects with `code: 'ENOENT'` where there is no such file. */
export interface PolicyIo {
  out(line: string): void;
  err(line: string): void;
  readPath(path: string): Promise<string>;
  /** The names of the presets, without their folder and ending. */
  presets(): Promise<readonly string[]>;
  /** Where the presets lie; a name without `/` and `.` is looked for here. */
  readonly policyFolder: string;
}

const usage = [
  'daylight policy check policies/libvirt-2023.yaml    what is undecided, contradictory, or short of the baseline',
  'daylight policy show qemu-2026                      every key with the value that acts; --json for programs',
  'daylight policy diff libvirt-2023 ours.yaml         the keys in which two policies act differently',
  'daylight policy list                                the presets',
  'daylight policy schema                              the JSON Schema, for editors',
];

const ok = 0;
const failed = 1;
const wrongUsage = 2;
const notFound = 3;

/** Runs `daylight policy ARGS`; the exit code: 0 well, 1 errors or contradictions, 2 usage, 3 no such file. */
export async function runPolicy(args: readonly string[], io: PolicyIo): Promise<number> {
  const json = args.includes('--json');
  const [verb = '', ...names] = args.filter((argument) => argument !== '--json');
  const unknown = names.find((name) => name.startsWith('-') && name !== '-');
  if (unknown !== undefined) return refuseUsage(io, `policy ${verb} does not know ${unknown}.`);
  const [first, second] = names;
  if (verb === 'list' && names.length === 0) return list(io, json);
  if (verb === 'schema' && names.length === 0) return print(io, policyJsonSchema());
  if (verb === 'show' && first !== undefined && names.length === 1) return show(io, first, json);
  if (verb === 'check' && first !== undefined && names.length === 1) return check(io, first, json);
  if (verb === 'diff' && first !== undefined && second !== undefined && names.length === 2) return diff(io, first, second, json);
  if (verb === '--help' || verb === 'help') return help(io);
  return refuseUsage(io, verb === '' ? 'policy needs a verb.' : `policy ${args.join(' ')} is not a command.`);
}

async function list(io: PolicyIo, json: boolean): Promise<number> {
  const rows = [];
  for (const name of await io.presets()) {
    const found = await examined(io, name);
    if (found?.policy) rows.push({ name, version: found.policy.version, title: found.policy.title });
  }
  if (json) return print(io, rows);
  const width = Math.max(...rows.map(({ name }) => name.length), 0);
  for (const { name, title } of rows) io.out(`${name.padEnd(width)}  ${title}`);
  return ok;
}

async function show(io: PolicyIo, name: string, json: boolean): Promise<number> {
  const policy = await usable(io, name);
  if (typeof policy === 'number') return policy;
  if (json) return print(io, policy);
  for (const { key, text } of entries(policy)) {
    const open = policy.unspecified.includes(key) ? '   # unspecified; this is the default' : '';
    io.out(`${key}: ${text.includes('\n') ? JSON.stringify(text) : text}${open}`);
  }
  return ok;
}

async function check(io: PolicyIo, name: string, json: boolean): Promise<number> {
  const found = await examined(io, name);
  if (found === undefined) return refuseMissing(io, name);
  if (json) print(io, found.problems);
  else report(found.problems, io.out);
  return found.problems.some(isFatal) ? failed : ok;
}

async function diff(io: PolicyIo, first: string, second: string, json: boolean): Promise<number> {
  const before = await usable(io, first);
  if (typeof before === 'number') return before;
  const after = await usable(io, second);
  if (typeof after === 'number') return after;
  const found = differences(before, after);
  if (json) return print(io, found);
  for (const { key, before: was, after: is } of found) io.out(`${key}: ${was ?? '(absent)'} -> ${is ?? '(absent)'}`);
  return ok;
}

/** The policy, or the exit code after saying why there is none. */
async function usable(io: PolicyIo, name: string): Promise<Policy | number> {
  const found = await examined(io, name);
  if (found === undefined) return refuseMissing(io, name);
  const fatal = found.problems.filter(isFatal);
  report(fatal, io.err);
  return found.policy === null || fatal.length > 0 ? failed : found.policy;
}

async function examined(io: PolicyIo, name: string): Promise<ReturnType<typeof examinePolicy> | undefined> {
  const path = /^[a-z0-9-]+$/.test(name) && name !== '-' ? `${io.policyFolder}/${name}.yaml` : name;
  try {
    return examinePolicy(path.slice(path.lastIndexOf('/') + 1), await io.readPath(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) return undefined;
    throw error;
  }
}

function report(problems: readonly Problem[], say: (line: string) => void): void {
  for (const problem of problems) say(formatProblem(problem));
}

function print(io: PolicyIo, value: unknown): number {
  io.out(JSON.stringify(value, null, 2));
  return ok;
}

function help(io: PolicyIo): number {
  for (const line of usage) io.out(line);
  return ok;
}

function refuseUsage(io: PolicyIo, message: string): number {
  for (const line of [message, ...usage]) io.err(line);
  return wrongUsage;
}

function refuseMissing(io: PolicyIo, name: string): number {
  io.err(`no policy ${name}: neither a file nor a preset; daylight policy list names the presets.`);
  return notFound;
}
