// SPDX-License-Identifier: Apache-2.0
// What stands between a fresh clone and a running program: a new enough Node, the packages, the build. Plain JavaScript for Node 18 and later.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, isNewEnough } from './runtime.js';
import { endAs, run } from './spawn.js';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * True when this process may go on: its Node is new enough, packages and build are those of the sources.
 * False when the work was done by a newer Node in a child process, or cannot be done; the exit code is then set.
 */
export async function prepared() {
  try {
    if (!isNewEnough(process.versions.node)) {
      await runAgain(await findNode(root));
      return false;
    }
    const { ensureBuilt, ensurePackages } = await import('./workspace.js');
    await ensurePackages(root);
    await ensureBuilt(root);
    if (!existsSync(join(root, 'dist', 'src'))) throw new Error('The compiled program is missing: dist/src is not there.');
    return true;
  } catch (error) {
    process.stderr.write(`daylight: ${error.message}\n`);
    process.exitCode = 1;
    return false;
  }
}

/** The same command under another Node. Its folder comes first in PATH, so that npm and scripts run under it too. */
async function runAgain(node) {
  const [, script, ...words] = process.argv;
  const path = `${dirname(node)}:${process.env.PATH ?? ''}`;
  endAs(await run(node, [...process.execArgv, script, ...words], { env: { ...process.env, PATH: path } }));
}
