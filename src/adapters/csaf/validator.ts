// SPDX-License-Identifier: Apache-2.0
// Asks the CSAF validator in a child process: it is large and takes seconds to load, so it stays a while for the next question, and holds nobody up.

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { CsafRemark, CsafValidator } from '../../ports/csaf-validator.ts';
import { OutsideFailure } from '../../ports/failure.ts';

const program = fileURLToPath(new URL('./child.js', import.meta.url));
const remark = z.strictObject({ level: z.enum(['error', 'warning', 'note']), place: z.string(), rule: z.string(), message: z.string() });
const answers = z.array(z.array(remark));

/** How long it waits for another question, and at most for an answer, in milliseconds. */
const idle = 120_000;
const patience = 120_000;

type Depth = 'mandatory' | 'whole';
type Answer = (line: string | null) => void;

interface Running {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly waiting: Answer[];
  rest: NodeJS.Timeout | undefined;
  missing: boolean;
}

/** One child for each depth of checking, started at the first question. */
export function csafValidator(): CsafValidator {
  const running = new Map<Depth, Running>();
  return {
    async check(documents, depth = undefined) {
      if (documents.length === 0) return [];
      const line = await asked(running, depth ?? 'mandatory', JSON.stringify(documents));
      return answers.parse(JSON.parse(line)) satisfies readonly (readonly CsafRemark[])[];
    },
  };
}

async function asked(running: Map<Depth, Running>, depth: Depth, question: string): Promise<string> {
  const one = running.get(depth) ?? started(running, depth);
  clearTimeout(one.rest);
  one.child.ref();
  const late = setTimeout(() => one.child.kill(), patience);
  const line = await new Promise<string | null>((resolve) => {
    one.waiting.push(resolve);
    one.child.stdin.write(`${question}\n`);
  });
  clearTimeout(late);
  if (one.missing) throw new OutsideFailure('permanent', 'the package @secvisogram/csaf-validator-lib is not installed');
  if (line === null) throw new OutsideFailure('temporary', 'the CSAF validator gave no answer');
  if (one.waiting.length === 0) rest(one);
  return line;
}

/** A child that waits keeps no program from ending, and ends with it. */
function rest(one: Running): void {
  one.child.unref();
  one.rest = setTimeout(() => one.child.stdin.end(), idle);
  one.rest.unref();
}

function started(running: Map<Depth, Running>, depth: Depth): Running {
  const child = spawn(process.execPath, [program, depth], { stdio: ['pipe', 'pipe', 'pipe'] });
  const one: Running = { child, waiting: [], rest: undefined, missing: false };
  running.set(depth, one);
  for (const stream of [child.stdin, child.stdout, child.stderr])
    if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
  child.stdin.on('error', () => undefined);
  child.stderr.on('data', (piece: Buffer) => {
    if (piece.toString().includes('ERR_MODULE_NOT_FOUND')) one.missing = true;
  });
  createInterface(child.stdout).on('line', (line) => one.waiting.shift()?.(line));
  const ended = () => {
    if (running.get(depth) === one) running.delete(depth);
    for (const answer of one.waiting.splice(0)) answer(null);
  };
  child.on('error', ended);
  child.on('close', ended);
  return one;
}
