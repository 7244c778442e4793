// SPDX-License-Identifier: Apache-2.0
// Notices as files in a repository: a signed commit made of git's own parts, in a repository of this program, and pushed. No hook and no program of the other side runs.

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import type { ProjectId } from '../../core/model/identifiers.ts';
import { epoch } from '../../core/model/time.ts';
import { OutsideFailure } from '../../ports/failure.ts';
import type { Notices, NoticesChange } from '../../ports/notices.ts';
import { gitEnvironment } from './environment.ts';

export interface NoticesPlace {
  /** Where it is pushed: an address as git takes it, or a folder. */
  readonly repository: string;
  readonly branch: string;
  /** In the repository; `{year}` stands for the year of the commit. Empty: at the top. */
  readonly folder: string;
}

/** Longest that one call of git may take here, where it may go over a network, in milliseconds. */
const patience = 120_000;

/** `home`: a folder of this program, in which the objects are kept between two pushes. */
export function gitNotices(home: string, placeOf: (project: ProjectId) => NoticesPlace | null): Notices {
  return {
    async publish(project, change) {
      const place = placeOf(project);
      if (place === null) return null;
      const folder = join(home, `${project}.git`);
      const scratch = await mkdtemp(join(tmpdir(), 'daylight-notices-'));
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        return await pushed(gitIn(folder, join(scratch, 'index')), place, change);
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
    },
  };
}

type Git = (words: readonly string[], input?: Uint8Array) => Promise<string>;

async function pushed(git: Git, { repository, branch, folder }: NoticesPlace, change: NoticesChange): Promise<string> {
  await git(['init', '--quiet', '--bare']);
  const parent = await tip(git, repository, branch);
  if (parent !== null) await git(['read-tree', parent]);
  for (const { path, bytes } of change.files) {
    const blob = await git(['hash-object', '-w', '--stdin'], bytes);
    const place = posix.join(folder.replaceAll('{year}', change.at.slice(0, 4)), path);
    await git(['update-index', '--add', '--cacheinfo', `100644,${blob},${place}`]);
  }
  const tree = await git(['write-tree']);
  if (parent !== null && tree === (await git(['rev-parse', `${parent}^{tree}`]))) return parent;
  const commit = await git(['hash-object', '-t', 'commit', '-w', '--stdin'], await commitOf(tree, parent, change));
  await git(['push', '--quiet', '--no-verify', '--end-of-options', repository, `${commit}:refs/heads/${branch}`]);
  return commit;
}

/** Null for a repository in which there is no such branch yet. */
async function tip(git: Git, repository: string, branch: string): Promise<string | null> {
  const [id = ''] = (await git(['ls-remote', '--end-of-options', repository, `refs/heads/${branch}`])).split('\t');
  if (id === '') return null;
  await git(['fetch', '--quiet', '--no-tags', '--end-of-options', repository, `refs/heads/${branch}`]);
  return git(['rev-parse', 'FETCH_HEAD']);
}

/** As git writes it: the signature is over everything but its own header, and goes on over lines that begin with a blank. */
async function commitOf(tree: string, parent: string | null, { message, author, at, sign }: NoticesChange): Promise<Uint8Array> {
  const plain = (text: string) => text.replaceAll(/[<>\n\0]/g, '');
  const who = `${plain(author.name)} <${plain(author.address)}> ${Math.floor(epoch(at) / 1000)} +0000`;
  const head = [`tree ${tree}`, ...(parent === null ? [] : [`parent ${parent}`]), `author ${who}`, `committer ${who}`].join('\n');
  const utf8 = new TextEncoder();
  if (sign === null) return utf8.encode(`${head}\n\n${message}\n`);
  const signature = (await sign(utf8.encode(`${head}\n\n${message}\n`))).trimEnd().replaceAll('\n', '\n ');
  return utf8.encode(`${head}\ngpgsig ${signature}\n\n${message}\n`);
}

function gitIn(folder: string, index: string): Git {
  return (words, input = new Uint8Array()) =>
    new Promise((resolve, reject) => {
      const env = { ...gitEnvironment, GIT_DIR: folder, GIT_INDEX_FILE: index };
      const child = spawn('git', [...words], { env, cwd: folder, stdio: ['pipe', 'pipe', 'ignore'], timeout: patience });
      const out: Buffer[] = [];
      child.stdout.on('data', (piece: Buffer) => out.push(piece));
      const failed = (why: string) => reject(new OutsideFailure('temporary', `the repository of notices: git ${words[0]} ${why}`));
      child.on('error', () => failed('could not be started'));
      child.on('close', (code) => (code === 0 ? resolve(Buffer.concat(out).toString().trimEnd()) : failed('failed')));
      // Git may end before it has read everything.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
    });
}
