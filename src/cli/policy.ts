// SPDX-License-Identifier: Apache-2.0
// `daylight policy`: list, show, check and compare policy files. No server and no database.

import { differences } from '../policy/difference.ts';
import { policyJsonSchema } from '../policy/json-schema.ts';
import { isFatal } from '../policy/problem.ts';
import { entries } from '../policy/spelling.ts';
import type { PolicyIo } from './policy-files.ts';
import { examined, exit, print, refuseMissing, report, usable } from './policy-files.ts';

const usage = [
  'daylight policy check policies/libvirt-2023.yaml    what is undecided, contradictory, or short of the baseline',
  'daylight policy show qemu-2026                      every key with the value that acts; --json for programs',
  'daylight policy diff libvirt-2023 ours.yaml         the keys in which two policies act differently',
  'daylight policy simulate --script story.yaml        what happens to a case, day by day; the script names the policy, or you do',
  'daylight policy list                                the presets',
  'daylight policy schema                              the JSON Schema, for editors',
];

/** Runs `daylight policy ARGS`; the exit code: 0 well, 1 errors or contradictions, 2 usage, 3 no such file. */
export async function runPolicy(args: readonly string[], io: PolicyIo): Promise<number> {
  const json = args.includes('--json');
  const { value: script, rest } = option(args, '--script');
  const [verb = '', ...names] = rest.filter((argument) => argument !== '--json');
  const unknown = names.find((name) => name.startsWith('-') && name !== '-');
  if (unknown !== undefined) return refuseUsage(io, `policy ${verb} does not know ${unknown}.`);
  const [first, second] = names;
  if (verb === 'simulate' && script !== null && names.length <= 1)
    return (await import('./simulate.ts')).simulate({ policy: first ?? null, script, json }, io);
  if (script !== null) return refuseUsage(io, `policy ${verb} does not know --script.`);
  if (verb === 'list' && names.length === 0) return list(io, json);
  if (verb === 'schema' && names.length === 0) return print(io, policyJsonSchema());
  if (verb === 'show' && first !== undefined && names.length === 1) return show(io, first, json);
  if (verb === 'check' && first !== undefined && names.length === 1) return check(io, first, json);
  if (verb === 'diff' && first !== undefined && second !== undefined && names.length === 2) return diff(io, first, second, json);
  if (verb === '--help' || verb === 'help') return help(io);
  return refuseUsage(io, verb === '' ? 'policy needs a verb.' : `policy ${args.join(' ')} is not a command.`);
}

/** The value that follows `name`, and the arguments without both. */
function option(args: readonly string[], name: string): { readonly value: string | null; readonly rest: readonly string[] } {
  const at = args.indexOf(name);
  if (at < 0) return { value: null, rest: args };
  return { value: args[at + 1] ?? null, rest: args.toSpliced(at, 2) };
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
  return exit.ok;
}

async function show(io: PolicyIo, name: string, json: boolean): Promise<number> {
  const policy = await usable(io, name);
  if (typeof policy === 'number') return policy;
  if (json) return print(io, policy);
  for (const { key, text } of entries(policy)) {
    const open = policy.unspecified.includes(key) ? '   # unspecified; this is the default' : '';
    io.out(`${key}: ${text.includes('\n') ? JSON.stringify(text) : text}${open}`);
  }
  return exit.ok;
}

async function check(io: PolicyIo, name: string, json: boolean): Promise<number> {
  const found = await examined(io, name);
  if (found === undefined) return refuseMissing(io, name);
  if (json) print(io, found.problems);
  else report(found.problems, io.out);
  return found.problems.some(isFatal) ? exit.failed : exit.ok;
}

async function diff(io: PolicyIo, first: string, second: string, json: boolean): Promise<number> {
  const before = await usable(io, first);
  if (typeof before === 'number') return before;
  const after = await usable(io, second);
  if (typeof after === 'number') return after;
  const found = differences(before, after);
  if (json) return print(io, found);
  for (const { key, before: was, after: is } of found) io.out(`${key}: ${was ?? '(absent)'} -> ${is ?? '(absent)'}`);
  return exit.ok;
}

function help(io: PolicyIo): number {
  for (const line of usage) io.out(line);
  return exit.ok;
}

function refuseUsage(io: PolicyIo, message: string): number {
  for (const line of [message, ...usage]) io.err(line);
  return exit.wrongUsage;
}
