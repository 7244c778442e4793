// SPDX-License-Identifier: Apache-2.0
// Which branches and tags of a folder hold a commit, or a copy that was picked from it. Git reads, and nothing is written.

import { spawn } from 'node:child_process';
import type { AskedCommits, BranchHistory, History } from '../../core/advisory/affected.ts';
import { gitEnvironment } from './environment.ts';

/** For everything that one question takes, in milliseconds. */
const patience = 20_000;
/** Branches that are looked at, and tags that are named for each. */
const mostBranches = 60;
const mostTags = 200;
/** Largest answer of git that is read: patches of the files that a fix touches. */
const mostBytes = 16 * 1024 * 1024;

type Git = (words: readonly string[], input?: string) => Promise<string>;

export async function historyOf(folder: string, { introduced, fixed }: AskedCommits): Promise<History> {
  if (introduced.length + fixed.length === 0) return { kind: 'nothing_asked' };
  const deadline = AbortSignal.timeout(patience);
  const git: Git = (words, input = '') => run(folder, words, input, deadline);
  try {
    const flaws = await known(git, introduced);
    const fixes = await known(git, fixed);
    const named = (await Promise.all(fixes.found.map((one) => namedIn(git, one)))).flat();
    const culprits = [...new Set([...flaws.found, ...named])];
    const branches = await branchesOf(git);
    const found: BranchHistory[] = [];
    for (const branch of branches) found.push(await branchHistory(git, branch, branches[0] === branch, culprits, fixes.found));
    return {
      kind: 'found',
      branches: found.filter((one) => one.introducedBy.length + one.fixedBy.length > 0 || culprits.length > 0),
      unknown: [...flaws.unknown, ...fixes.unknown],
      named: named.filter((one) => !flaws.found.includes(one)),
    };
  } catch {
    return { kind: 'no_answer' };
  }
}

async function known(git: Git, hashes: readonly string[]) {
  const found: string[] = [];
  const unknown: string[] = [];
  for (const hash of hashes) {
    const [whole = ''] = lines(await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${hash}^{commit}`]).catch(() => ''));
    if (whole === '') unknown.push(hash);
    else found.push(whole);
  }
  return { found: [...new Set(found)], unknown };
}

/** Commits that a fix says it mends. */
async function namedIn(git: Git, fix: string): Promise<readonly string[]> {
  const trailers = await git(['log', '-1', '--format=%(trailers:key=Fixes,valueonly,unfold)', '--end-of-options', fix, '--']);
  const hashes = lines(trailers).flatMap((one) => /^([0-9a-f]{7,64})\b/.exec(one)?.[1] ?? []);
  return (await known(git, hashes)).found;
}

/** The one that HEAD names first. */
async function branchesOf(git: Git): Promise<readonly string[]> {
  const [head = ''] = lines(await git(['symbolic-ref', '--quiet', '--short', 'HEAD']).catch(() => ''));
  const newest = ['for-each-ref', `--count=${mostBranches}`, '--sort=-committerdate', '--format=%(refname:lstrip=2)', 'refs/heads'];
  const all = lines(await git(newest));
  return all.includes(head) ? [head, ...all.filter((one) => one !== head)] : all;
}

async function branchHistory(
  git: Git,
  branch: string,
  main: boolean,
  culprits: readonly string[],
  fixes: readonly string[],
): Promise<BranchHistory> {
  const ref = `refs/heads/${branch}`;
  const introducedBy = await heldBy(git, ref, culprits);
  const fixedBy = await heldBy(git, ref, fixes);
  // What a side branch shares with the main one is told there.
  const own = [`--merged=${ref}`, ...(main ? [] : ['--no-merged=HEAD'])];
  const tags = async (words: readonly string[]) =>
    lines(
      await git([
        'for-each-ref',
        `--count=${mostTags}`,
        '--sort=creatordate',
        '--format=%(refname:lstrip=2)',
        ...own,
        ...words,
        'refs/tags',
      ]),
    );
  const without = fixedBy.map((one) => `--no-contains=${one}`);
  return {
    branch,
    introducedBy,
    fixedBy,
    tagsWithFlaw: introducedBy.length === 0 ? [] : await tags([...introducedBy.map((one) => `--contains=${one}`), ...without]),
    tagsWithFix: fixedBy.length === 0 ? [] : await tags(fixedBy.map((one) => `--contains=${one}`)),
  };
}

/** Each commit itself where the branch holds it, else its copy there. */
async function heldBy(git: Git, ref: string, commits: readonly string[]): Promise<readonly string[]> {
  const held: string[] = [];
  for (const commit of commits) {
    const inside = lines(await git(['for-each-ref', `--contains=${commit}`, '--format=%(refname)', ref])).length > 0;
    const one = inside ? commit : await copyOf(git, ref, commit);
    if (one !== undefined) held.push(one);
  }
  return [...new Set(held)];
}

/** By the line that `git cherry-pick -x` leaves, else by a patch that changes the same. */
async function copyOf(git: Git, ref: string, commit: string): Promise<string | undefined> {
  const said = [
    'log',
    '-1',
    '--format=%H',
    '--fixed-strings',
    `--grep=(cherry picked from commit ${commit})`,
    '--end-of-options',
    ref,
    '--',
  ];
  const [picked] = lines(await git(said));
  if (picked !== undefined) return picked;
  const [own] = await patchIds(git, ['show', '--no-notes', '--end-of-options', commit, '--']);
  if (own === undefined) return undefined;
  const [since = ''] = lines(await git(['log', '-1', '--format=%at', '--end-of-options', commit, '--']));
  const files = lines(await git(['diff-tree', '--no-commit-id', '--name-only', '-r', '--end-of-options', commit]));
  const range = ['--no-merges', `--since=@${since}`, '--patch', '--end-of-options', ref, '--', ...files.map((file) => `:(literal)${file}`)];
  const others = await patchIds(git, ['log', ...range]);
  return others.find(({ patch }) => patch === own.patch)?.commit;
}

async function patchIds(git: Git, words: readonly string[]): Promise<readonly { readonly patch: string; readonly commit: string }[]> {
  const told = lines(await git(['patch-id', '--stable'], await git(words)));
  return told.map((one) => one.split(' ')).map(([patch = '', commit = '']) => ({ patch, commit }));
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((one) => one !== '');
}

/** @throws Error when git is not there, says no, says too much, or is late */
function run(folder: string, words: readonly string[], input: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-C', folder, '-c', 'core.quotePath=false', ...words], {
      env: { ...gitEnvironment, GIT_NO_LAZY_FETCH: '1' },
      stdio: ['pipe', 'pipe', 'ignore'],
      signal,
    });
    const out: Buffer[] = [];
    let bytes = 0;
    child.stdout.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > mostBytes) child.kill();
      else out.push(piece);
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(Buffer.concat(out).toString()) : reject(new Error(`git ended with ${code}`))));
    // Git may end before it has read everything.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
