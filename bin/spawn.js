// SPDX-License-Identifier: Apache-2.0
// Runs a program as if it were this process: signals reach it, and its end becomes our end.

import { spawn } from 'node:child_process';

/**
 * Runs `program` to its end, by default with our standard input, output and error.
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} how it ended; rejects when it cannot be started
 */
export function run(program, words, options = {}) {
  return new Promise((settle, refuse) => {
    const child = spawn(program, words, { stdio: 'inherit', ...options });
    const forward = (signal) => child.kill(signal);
    // A terminal sends Ctrl-C to the child as well; a second copy would look like an impatient person.
    const interrupt = (signal) => process.stdin.isTTY || process.stderr.isTTY || forward(signal);
    process.on('SIGINT', interrupt).on('SIGTERM', forward).on('SIGHUP', forward);
    const done = () => process.off('SIGINT', interrupt).off('SIGTERM', forward).off('SIGHUP', forward);
    child.once('error', (error) => {
      done();
      refuse(error);
    });
    child.once('close', (code, signal) => {
      done();
      settle({ code, signal });
    });
  });
}

/** Ends this process as the child ended: with its exit code, or by its signal. */
export function endAs({ code, signal }) {
  if (signal === null) process.exitCode = code;
  else process.kill(process.pid, signal);
}
