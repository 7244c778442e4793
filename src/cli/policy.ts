// SPDX-License-Identifier: Apache-2.0
// `daylight policy`: list, show, check and compare policy files. No server and no database.

import { conformance } from '../policy/conformance.ts';
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
  'daylight policy conformance qemu-2026                how it stands to the OpenSSF baseline, control by control (OSPS-VM)',
  'daylight policy page qemu-2026 --format html         the public page: html or md',
  'daylight policy security-md qemu-2026                the text for SECURITY.md',
  'daylight policy security-txt qemu-2026               RFC 9116; --now 2026-11-02T09:00Z for another day than today',
  "daylight policy publish ours.yaml --project kettle --reason 'Why'   proposes it to the running server; --dry-run only looks",
  'daylight policy proposals --project kettle           what was proposed, and whose word it waits for',
  'daylight policy accept ID --project kettle           another person’s word; withdraw ID takes a proposal back',
  'daylight policy list                                the presets',
  'daylight policy schema                              the JSON Schema, for editors',
];

/** Verbs that speak to a running server. */
const changing: readonly string[] = ['publish', 'proposals', 'accept', 'withdraw'];

/** Options that take a value, and the verbs that know them. */
const valued: Readonly<Record<string, readonly string[]>> = {
  '--script': ['simulate'],
  '--format': ['page'],
  '--now': ['security-txt'],
  '--project': changing,
  '--reason': ['publish', 'withdraw'],
};

interface Call {
  readonly verb: string;
  readonly names: readonly string[];
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly options: ReadonlyMap<string, string>;
}

/** Runs `daylight policy ARGS`; the exit code: 0 well, 1 errors or contradictions, 2 usage, 3 no such file. */
export async function runPolicy(args: readonly string[], io: PolicyIo): Promise<number> {
  const call = parsed(args);
  const { verb } = call;
  const verbs = usageOf(verb);
  if (call.names.includes('--help') && verbs.length > 0) return help(io, verb);
  const unknown = call.names.find((name) => name.startsWith('-') && name !== '-');
  if (unknown !== undefined) return refuseUsage(io, `policy ${verb} does not know ${unknown}.`);
  const misplaced = [...call.options.keys()].find((option) => !valued[option]?.includes(verb));
  if (misplaced !== undefined) return refuseUsage(io, `policy ${verb} does not know ${misplaced}.`);
  if (verb === '--help' || verb === 'help') return help(io);
  const bare = unnamed(call);
  if (bare !== undefined) return refuseUsage(io, bare, verb);
  if (call.dryRun && verb !== 'publish') return refuseUsage(io, `policy ${verb} does not know --dry-run.`);
  const done = toServer(call, io) ?? withoutName(call, io) ?? withNames(call, io);
  return done ?? refuseUsage(io, verb === '' ? 'policy needs a verb.' : `policy ${args.join(' ')} is not a command.`);
}

function toServer({ verb, names, json, dryRun, options }: Call, io: PolicyIo): Promise<number> | undefined {
  if (!changing.includes(verb) || names.length > (verb === 'proposals' ? 0 : 1)) return undefined;
  const call = { verb, name: names[0], project: options.get('--project'), reason: options.get('--reason'), dryRun, json };
  return import('./policy-change.ts').then(({ changePolicy }) => changePolicy(call, io));
}

function withoutName({ verb, names, json, options }: Call, io: PolicyIo): Promise<number> | number | undefined {
  const script = options.get('--script');
  const [first] = names;
  if (verb === 'simulate' && script !== undefined && names.length <= 1)
    return import('./simulate.ts').then(({ simulate }) => simulate({ policy: first ?? null, script, json }, io));
  if (verb === 'list' && names.length === 0) return list(io, json);
  if (verb === 'schema' && names.length === 0) return print(io, policyJsonSchema());
  return undefined;
}

function withNames({ verb, names, json, options }: Call, io: PolicyIo): Promise<number> | undefined {
  const [first, second] = names;
  if (first === undefined || names.length > 2) return undefined;
  if (second !== undefined) return verb === 'diff' ? diff(io, first, second, json) : undefined;
  if (verb === 'show') return show(io, first, json);
  if (verb === 'check') return check(io, first, json);
  if (verb === 'conformance') return conform(io, first, json);
  if (['page', 'security-md', 'security-txt'].includes(verb))
    return import('./policy-documents.ts').then(({ policyDocument }) =>
      policyDocument({ document: verb, policy: first, format: options.get('--format'), now: options.get('--now') }, io),
    );
  return undefined;
}

/** `--json` and the options with their values taken out; what is left are the verb and its names. */
function parsed(args: readonly string[]): Call {
  const options = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const [argument = '', value] = args.slice(at, at + 2);
    if (argument === '--json' || argument === '--dry-run') continue;
    if (Object.hasOwn(valued, argument) && value !== undefined) options.set(argument, args[++at] ?? '');
    else rest.push(argument);
  }
  const [verb = '', ...names] = rest;
  return { verb, names, json: args.includes('--json'), dryRun: args.includes('--dry-run'), options };
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

/** VMT-45: the controls of OSPS-VM, each with what decides it. */
async function conform(io: PolicyIo, name: string, json: boolean): Promise<number> {
  const policy = await usable(io, name);
  if (typeof policy === 'number') return policy;
  const controls = conformance(policy);
  if (json) return print(io, controls);
  const words = { met: 'met', not_met: 'not met', outside: 'outside' };
  for (const { id, levels, state, asks, sentence } of controls)
    io.out(`${id}  level ${levels.join(', ').padEnd(7)}  ${words[state].padEnd(7)}  ${asks}. ${sentence}`);
  return exit.ok;
}

async function diff(io: PolicyIo, first: string, second: string, json: boolean): Promise<number> {
  const before = await usable(io, first);
  if (typeof before === 'number') return before;
  const after = await usable(io, second);
  if (typeof after === 'number') return after;
  const found = differences(before, after);
  if (json) return print(io, found);
  for (const { key, before: was, after: is } of found) io.out(`${key}: ${onOneLine(was)} -> ${onOneLine(is)}`);
  const noticed = [...new Set(found.flatMap(({ forReporters }) => forReporters ?? []))];
  if (noticed.length > 0) io.out('What changes for reporters');
  for (const words of noticed) io.out(`  ${words}`);
  return exit.ok;
}

function onOneLine(text: string | undefined): string {
  if (text === undefined) return '(absent)';
  return text.includes('\n') ? JSON.stringify(text) : text;
}

/** Verbs that need a policy: what is missing, in a sentence. */
function unnamed({ verb, names, options }: Call): string | undefined {
  if (verb === 'simulate' && !options.has('--script')) return 'policy simulate needs --script FILE: who does what, and when.';
  if (verb === 'diff' && names.length < 2) return 'policy diff needs two policies, each a preset or a file.';
  const needing = ['show', 'check', 'conformance', 'page', 'security-md', 'security-txt'];
  return needing.includes(verb) && names.length === 0
    ? `policy ${verb} needs a policy: a preset such as libvirt-2023, or a file such as ./ours.yaml.`
    : undefined;
}

/** The lines that show a verb; all where there is no such verb. */
function usageOf(verb: string): readonly string[] {
  return usage.filter((line) => line.startsWith(`daylight policy ${verb} `) || line.includes(`; ${verb} ID`));
}

function help(io: PolicyIo, verb = ''): number {
  for (const line of verb === '' ? usage : usageOf(verb)) io.out(line);
  return exit.ok;
}

function refuseUsage(io: PolicyIo, message: string, verb = ''): number {
  const own = usageOf(verb);
  for (const line of [message, ...(own.length === 0 ? usage : own)]) io.err(line);
  return exit.wrongUsage;
}
