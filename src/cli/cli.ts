// SPDX-License-Identifier: Apache-2.0
// The command line: one table of commands. Data goes to standard output, messages to standard error; exit codes are those of docs/commands.md.

import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { Instant } from '../core/model/time.ts';
import type { Server } from './ask.ts';
import type { LintIo } from './lint.ts';
import type { PatchIo } from './patch.ts';
import type { ValidateIo } from './validate.ts';
import type { VerifyIo } from './verify.ts';

/** Runs one command; resolves to the exit code. */
export type Command = (args: readonly string[]) => Promise<number>;

export interface Commands {
  readonly [name: string]: { readonly does: string; readonly run: Command };
}

/** What commands use of this machine beside its files. */
export interface Machine {
  readonly git: { readonly commits: LintIo['commits']; readonly applies: PatchIo['applies'] };
  readonly csaf: ValidateIo['csaf'];
  readonly verifier: VerifyIo['verifier'];
}

/** Commands that need neither server nor database. Each is loaded when it is called. */
export function localCommands(root: string, now: () => Instant, server: () => Server, { git, csaf, verifier }: Machine): Commands {
  const policyFolder = join(root, 'policies');
  return {
    policy: {
      does: 'list, show, check, compare, simulate and document policy files',
      run: async (args) =>
        (await import('./policy.ts')).runPolicy(args, {
          out: line,
          err: message,
          readPath: text,
          policyFolder,
          now,
          verifier,
          presets: () => presets(policyFolder),
          ask: async (path, body) => (await import('./ask.ts')).askServer(server(), path, body),
        }),
    },
    ...documentCommands(policyFolder, now, csaf),
    release: {
      does: 'fetch documents that wait for your signature, and hand signatures in',
      run: async (args) =>
        (await import('./release.ts')).release(args, {
          out: line,
          err: message,
          readFile: bytes,
          writeFile: whole,
          ask: async (path, body) => (await import('./ask.ts')).askServer(server(), path, body),
        }),
    },
    ...advisoryCommands(server),
    maintainers: {
      does: 'who has no account, and who looks after a path',
      run: async (args) =>
        (await import('./maintainers.ts')).runMaintainers(args, { out: line, err: message, readPath: text, policyFolder }),
    },
    report: {
      does: 'check a report against a policy before it is sent',
      run: async (args) =>
        (await import('./report.ts')).report(args, {
          out: line,
          err: message,
          readPath: text,
          sizeOf: async (path) => (await stat(path)).size,
          policyFolder,
        }),
    },
    ...patchCommands(policyFolder, git),
    verify: {
      does: 'check signatures and hashes of published files, and the chain of an opened record',
      run: async (args) =>
        (await import('./verify.ts')).verify(args, { out: line, err: message, readPath: text, readFile: bytes, filesBelow, verifier, now }),
    },
    mail: {
      does: 'show one message as intake sees it',
      run: async (args) => (await import('./mail.ts')).mail(args, { out: data, err: message, readFile: bytes, stdin }),
    },
  };
}

/** An advisory while it is written, and its score. */
function advisoryCommands(server: () => Server): Commands {
  const ask = async (path: string, body: object | null) => (await import('./ask.ts')).askServer(server(), path, body);
  return {
    advisory: {
      does: 'show, preview and compare the advisory of a case while it is written',
      run: async (args) => (await import('./advisory.ts')).advisory(args, { out: line, err: message, readPath: text, ask }),
    },
    score: {
      does: 'the score of a CVSS vector',
      run: async (args) => (await import('./advisory.ts')).score(args, { out: line, err: message }),
    },
  };
}

/** What turns and checks published documents. */
function documentCommands(policyFolder: string, now: () => Instant, csaf: Machine['csaf']): Commands {
  return {
    convert: {
      does: 'turn one advisory into another format',
      run: async (args) => {
        return (await import('./convert.ts')).convert(args, {
          out: data,
          err: message,
          readFile: bytes,
          writeFile: whole,
          stdin,
          publisherFor: (policy) => publisherFor(policy, policyFolder),
        });
      },
    },
    validate: {
      does: 'check documents by their schema and by what no schema says',
      run: async (args) => (await import('./validate.ts')).validate(args, { out: line, err: message, readFile: bytes, stdin, now, csaf }),
    },
  };
}

/** One that the program knows, else as the policy of that name or file says. */
async function publisherFor(policy: string | undefined, policyFolder: string) {
  const known = (await import('../formats/publisher.ts')).builtInPublisher(policy);
  if (known !== undefined || policy === undefined) return known;
  const read = await (await import('./named-policy.ts')).policyNamed(policy, { readPath: text, policyFolder });
  return read && (await import('../app/publisher.ts')).publisherUnder(read);
}

/** What looks at patches and commits on this machine. */
function patchCommands(policyFolder: string, git: Machine['git']): Commands {
  return {
    lint: {
      does: 'what the commits of a series lack under a policy',
      run: async (args) => (await import('./lint.ts')).lint(args, { out: line, err: message, readPath: text, policyFolder, ...git }),
    },
    patch: {
      does: 'whether a series applies to each branch, is signed off, and tells too much',
      run: async (args) =>
        (await import('./patch.ts')).patch(args, {
          out: line,
          err: message,
          readBytes: (path) => (path === '-' ? stdin() : bytes(path)),
          ...git,
        }),
    },
  };
}

/** @returns the exit code: 2 with a hint for a command that does not exist. */
export async function runCommand(commands: Commands, version: string, args: readonly string[]): Promise<number> {
  process.stdout.on('error', whenNobodyReads);
  const [name, ...rest] = args;
  if (name === '--version') {
    line(version);
    return 0;
  }
  const command = name === undefined ? undefined : commands[name];
  if (command !== undefined) return command.run(rest);
  const asked = name === undefined || name === '--help' || name === 'help';
  (asked ? line : message)(asked ? usage(commands) : `daylight has no command “${name}”. Commands: ${Object.keys(commands).join(', ')}`);
  return asked && name !== undefined ? 0 : 2;
}

function usage(commands: Commands): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { does }]) => `  ${name.padEnd(width)}  ${does}`);
  return [
    'Examples',
    '  daylight demo',
    '  daylight policy check policies/libvirt-2023.yaml',
    '  daylight convert --from lsn --to text notice.xml',
    '',
    'Commands',
    ...lines,
  ].join('\n');
}

/** `| head` closes the pipe when it has enough: that is no failure. */
function whenNobodyReads(error: Error): void {
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
  process.exit(0);
}

function line(text: string): void {
  process.stdout.write(`${text}\n`);
}

function data(text: string): void {
  process.stdout.write(text);
}

function message(text: string): void {
  process.stderr.write(`${text}\n`);
}

function bytes(path: string): Promise<Uint8Array> {
  return readFile(path);
}

function text(path: string): Promise<string> {
  return path === '-' ? stdin().then((all) => new TextDecoder().decode(all)) : readFile(path, 'utf8');
}

function whole(path: string, content: Uint8Array): Promise<void> {
  return writeFile(path, content, { flush: true });
}

async function filesBelow(path: string): Promise<readonly string[] | undefined> {
  const found = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  return found
    ?.filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

async function stdin(): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

async function presets(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();
}
