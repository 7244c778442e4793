// SPDX-License-Identifier: Apache-2.0
// Asks the CSAF validator about documents, all at once, for it takes seconds to load; it runs in a child process that ends with its answer.

import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Check } from '../formats/check.ts';

const child = fileURLToPath(new URL('./csaf-child.js', import.meta.url));
const check = z.strictObject({ level: z.enum(['error', 'warning', 'note']), place: z.string(), rule: z.string(), message: z.string() });
const answers = z.array(z.array(check));

/** What the validator says of each, or nothing where it is not installed. @throws an Error when it ends otherwise than with an answer. */
export async function checkCsaf(documents: readonly unknown[]): Promise<readonly (readonly Check[])[] | undefined> {
  const running = spawn(process.execPath, [child], { stdio: ['pipe', 'pipe', 'pipe'] });
  running.stdin.on('error', () => undefined).end(JSON.stringify(documents));
  const [out, err] = await Promise.all([text(running.stdout), text(running.stderr)]);
  if (err.includes('ERR_MODULE_NOT_FOUND')) return undefined;
  if (out === '') throw new Error(`the CSAF validator gave no answer: ${err.trim().split('\n').at(-1) ?? ''}`);
  return answers.parse(JSON.parse(out));
}
