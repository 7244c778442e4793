// SPDX-License-Identifier: Apache-2.0
// `daylight maintainers`: who of a project's own file has no account, and who looks after a path. No server and no database.

import type { Policy } from '../core/policy/policy.ts';
import type { Account, Coverage } from '../core/routing/coverage.ts';
import { coverage } from '../core/routing/coverage.ts';
import { caretaker } from '../core/routing/file.ts';
import { parseRoutes, route } from '../core/routing/route.ts';
import { examinePolicy } from '../policy/read-policy.ts';

/** What the command needs from the world. `readPath` takes `-` for standard input; it rejects with `code: 'ENOENT'` where there is no such file. */
export interface MaintainersIo {
  out(line: string): void;
  err(line: string): void;
  readPath(path: string): Promise<string>;
  /** Where the presets lie; a name without `/` and `.` is looked for here. */
  readonly policyFolder: string;
}

const usage = [
  'daylight maintainers check MAINTAINERS --accounts accounts.txt --policy qemu-2026    who has no account, and what that leaves uncovered',
  'daylight maintainers route MAINTAINERS hw/net/e1000.c                                who looks after these paths; --json for programs',
  '',
  'accounts.txt has one account on a line: Name <address>, an address, or @name of the forge. MAINTAINERS may be a CODEOWNERS file.',
];

const ok = 0;
const failed = 1;
const wrongUsage = 2;
const notFound = 3;

/** Runs `daylight maintainers ARGS`; the exit code: 0 well, 1 a gap where the policy blocks, 2 usage, 3 no such file. */
export async function runMaintainers(args: readonly string[], io: MaintainersIo): Promise<number> {
  const json = args.includes('--json');
  const accounts = optionOf(args, '--accounts');
  const policy = optionOf(args, '--policy');
  const [verb = '', file, ...paths] = args.filter(
    (one, index) => one !== '--json' && !one.startsWith('--') && !['--accounts', '--policy'].includes(args[index - 1] ?? ''),
  );
  if (verb === '--help' || verb === 'help' || args.includes('--help')) return help(io);
  try {
    if (verb === 'route' && file !== undefined && paths.length > 0) return await routePaths(io, file, paths, json);
    if (verb === 'check' && file !== undefined && paths.length === 0 && accounts !== undefined && policy !== undefined)
      return await check(io, { file, accounts, policy, json });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR'))) throw error;
    io.err(`no such file: ${'path' in error ? String(error.path) : error.message}`);
    return notFound;
  }
  for (const line of usage) io.err(line);
  return wrongUsage;
}

async function routePaths(io: MaintainersIo, file: string, paths: readonly string[], json: boolean): Promise<number> {
  const routes = parseRoutes(await io.readPath(file));
  for (const path of paths) {
    const { people, lists, subsystems } = route(routes, path);
    if (json) io.out(JSON.stringify({ path, people, lists, subsystems }));
    else {
      io.out(`${path}: ${subsystems.join(', ') || 'nobody’s'}`);
      for (const { name, address, role } of people)
        io.out(`    ${role.padEnd(10)}  ${address === null ? `@${name}` : `${name} <${address}>`}`);
      for (const list of lists) io.out(`    ${'list'.padEnd(10)}  ${list}`);
    }
  }
  return ok;
}

interface CheckArguments {
  readonly file: string;
  readonly accounts: string;
  readonly policy: string;
  readonly json: boolean;
}

async function check(io: MaintainersIo, asked: CheckArguments): Promise<number> {
  const routes = parseRoutes(await io.readPath(asked.file));
  const accounts = accountsIn(await io.readPath(asked.accounts));
  const policy = await policyNamed(io, asked.policy);
  if (policy === undefined) {
    io.err(`${asked.policy}: not a policy; daylight policy check says why`);
    return failed;
  }
  const found = coverage(routes, accounts);
  if (asked.json) io.out(JSON.stringify(found, null, 2));
  else report(io, found, routes.subsystems.length);
  const gap = found.withoutAccount.length + found.uncovered.length > 0;
  return gap && policy.ownership.coverage === 'block' ? failed : ok;
}

function report(io: MaintainersIo, { withoutAccount, uncovered }: Coverage, sections: number): void {
  if (withoutAccount.length + uncovered.length === 0) io.out(`everybody has an account: ${sections} sections are covered`);
  for (const { person, subsystems } of withoutAccount)
    io.out(`no account  ${person.name}${person.address === null ? '' : ` <${person.address}>`}: ${subsystems.join(', ')}`);
  for (const { title, files, expressions } of uncovered) io.out(`uncovered   ${title}: ${[...files, ...expressions].join(' ')}`);
}

/** One account on a line; `#` begins a comment. */
function accountsIn(text: string): readonly Account[] {
  return text.split(/\r?\n/).flatMap((raw): Account[] => {
    const line = raw.replace(/#.*$/, '').trim();
    const found = caretaker(line, 'maintainer');
    return found === undefined ? (line === '' ? [] : [{ name: line, address: null }]) : [{ name: found.name, address: found.address }];
  });
}

async function policyNamed(io: MaintainersIo, name: string): Promise<Policy | undefined> {
  const path = /^[a-z0-9-]+$/.test(name) ? `${io.policyFolder}/${name}.yaml` : name;
  return examinePolicy(path.slice(path.lastIndexOf('/') + 1), await io.readPath(path)).policy ?? undefined;
}

function optionOf(args: readonly string[], option: string): string | undefined {
  const at = args.indexOf(option);
  return at < 0 ? undefined : args[at + 1];
}

function help(io: MaintainersIo): number {
  for (const line of usage) io.out(line);
  return ok;
}
