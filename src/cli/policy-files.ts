// SPDX-License-Identifier: Apache-2.0
// What the verbs of `daylight policy` share: finding a policy by preset or path, saying what is wrong with it, and the exit codes.

import { examineWithKeys } from '../app/policy-keys.ts';
import type { Instant } from '../core/model/time.ts';
import type { Policy } from '../core/policy/policy.ts';
import { formatProblem, isFatal, type Problem } from '../policy/problem.ts';
import type { Examined } from '../policy/read-policy.ts';
import type { Asked } from './ask.ts';

/** What a command needs from the world. `readPath` takes `-` for standard input; it rejects with `code: 'ENOENT'` where there is no such file. */
export interface PolicyIo {
  out(line: string): void;
  err(line: string): void;
  readPath(path: string): Promise<string>;
  /** The names of the presets, without their folder and ending. */
  presets(): Promise<readonly string[]>;
  /** Where the presets lie; a name without `/` and `.` is looked for here. */
  readonly policyFolder: string;
  /** The time of day: what is dated today depends on it. */
  now(): Instant;
  /** Reads the keys that a policy names. */
  readonly verifier: Parameters<typeof examineWithKeys>[2];
  /** Asks the running server: GET without a body, POST with one. */
  ask(path: string, body: object | null): Promise<Asked>;
}

export const exit = { ok: 0, failed: 1, wrongUsage: 2, notFound: 3, refused: 5 } as const;

/** The policy, or the exit code after saying why there is none. */
export async function usable(io: PolicyIo, name: string): Promise<Policy | number> {
  const found = await examined(io, name);
  if (found === undefined) return refuseMissing(io, name);
  const fatal = found.problems.filter(isFatal);
  report(fatal, io.err);
  return found.policy === null || fatal.length > 0 ? exit.failed : found.policy;
}

export async function examined(io: PolicyIo, name: string): Promise<Examined | undefined> {
  const path = /^[a-z0-9-]+$/.test(name) && name !== '-' ? `${io.policyFolder}/${name}.yaml` : name;
  const text = await textAt(io, path);
  return text === undefined ? undefined : examineWithKeys(path.slice(path.lastIndexOf('/') + 1), text, io.verifier, io.now());
}

/** The text of a file; undefined where there is none. */
export async function textAt(io: PolicyIo, path: string): Promise<string | undefined> {
  try {
    return await io.readPath(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) return undefined;
    throw error;
  }
}

export function report(problems: readonly Problem[], say: (line: string) => void): void {
  for (const problem of problems) say(formatProblem(problem));
}

export function print(io: PolicyIo, value: unknown): number {
  io.out(JSON.stringify(value, null, 2));
  return exit.ok;
}

export function refuseMissing(io: PolicyIo, name: string): number {
  io.err(`no policy ${name}: neither a file nor a preset; daylight policy list names the presets.`);
  return exit.notFound;
}
