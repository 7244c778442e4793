// SPDX-License-Identifier: Apache-2.0
// `daylight policy simulate P --script FILE`: what happens to one case under a policy, day by day. No server, no database, no mail.

import { play } from '../app/simulate/play.ts';
import { readScript } from '../app/simulate/script.ts';
import { readTree } from '../policy/tree.ts';
import type { PolicyIo } from './policy-files.ts';
import { exit, print, textAt, usable } from './policy-files.ts';
import { transcriptLines } from './simulate-text.ts';

export interface Simulation {
  /** A preset or a path; null: the policy that the script names. */
  readonly policy: string | null;
  readonly script: string;
  readonly json: boolean;
}

/** The exit code: 0 played, 1 the script or the policy is not what it should be, 3 no such file. */
export async function simulate({ policy: name, script: path, json }: Simulation, io: PolicyIo): Promise<number> {
  const text = await textAt(io, path);
  if (text === undefined) {
    io.err(`no script ${path}: expected a file that says who does what, and when.`);
    return exit.notFound;
  }
  const { tree, lines, flaws } = readTree(text);
  const refuse = (line: number, sentence: string) => {
    io.err(`${path}:${line}: ${sentence}`);
    return exit.failed;
  };
  const [unreadable] = flaws;
  if (unreadable !== undefined) return refuse(unreadable.line, unreadable.message);
  const read = readScript(tree);
  if ('flaw' in read) return refuse(lines.at(read.flaw.key), read.flaw.sentence);
  const wanted = name ?? read.script.policy;
  if (wanted === null) return refuse(1, 'Name a policy: here under policy, or on the command line.');
  const policy = await usable(io, wanted);
  if (typeof policy === 'number') return policy;
  const transcript = play(policy, read.script);
  if ('flaw' in transcript) return refuse(lines.at(transcript.flaw.key), transcript.flaw.sentence);
  if (json) return print(io, transcript);
  for (const line of transcriptLines(transcript)) io.out(line);
  return exit.ok;
}
