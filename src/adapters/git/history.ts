// SPDX-License-Identifier: Apache-2.0
// The messages of a range of commits in a folder on this machine, oldest first. Nothing is written, and no hook or program of the repository runs.

import { spawn } from 'node:child_process';
import type { LoggedCommit } from '../../core/commits/series.ts';
import { gitEnvironment, patience } from './environment.ts';

/** More than anybody reviews as one series. */
const most = 1000;

/**
 * `range` as git reads it; a name alone stands for what has come since, as git format-patch has it. Merges are left out.
 * @returns what git says where the folder or the range is none
 */
export async function commitsSince(folder: string, range: string): Promise<readonly LoggedCommit[] | { readonly failure: string }> {
  const asked = range.includes('..') ? range : `${range}..HEAD`;
  const words = ['log', '-z', '--reverse', '--no-merges', '--no-show-signature', '--no-mailmap', '--encoding=UTF-8'];
  const said = await run(folder, [...words, `--max-count=${most}`, '--format=%H%n%an <%ae>%n%s%n%b', '--end-of-options', asked, '--']);
  return 'failure' in said ? said : said.text.split('\0').flatMap(commitOf);
}

function commitOf(record: string): readonly LoggedCommit[] {
  const [id = '', author = '', subject = '', ...body] = record.replace(/\n+$/, '').split('\n');
  return id === '' ? [] : [{ id, author, subject, body }];
}

function run(folder: string, words: readonly string[]): Promise<{ readonly text: string } | { readonly failure: string }> {
  return new Promise((resolve) => {
    const child = spawn('git', ['-C', folder, ...words], { env: gitEnvironment, stdio: ['ignore', 'pipe', 'pipe'], timeout: patience });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => out.push(piece));
    child.stderr.on('data', (piece: Buffer) => err.push(piece));
    child.on('error', () => resolve({ failure: 'git is not there' }));
    child.on('close', (code) => {
      const [first = ''] = Buffer.concat(err).toString().split('\n');
      resolve(
        code === 0 ? { text: Buffer.concat(out).toString() } : { failure: first.replace(/^fatal: /, '') || 'git did not end in time' },
      );
    });
  });
}
