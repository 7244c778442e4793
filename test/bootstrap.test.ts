// SPDX-License-Identifier: Apache-2.0
// The commands in bin/ before the program starts: which Node, which packages, which build, and that signals and exit codes pass through.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { projectRoot } from './support/embedded.ts';

interface Installed {
  readonly [path: string]: { readonly version?: string; readonly integrity?: string; readonly optional?: boolean };
}

interface Bin {
  readonly isNewEnough: (version: string) => boolean;
  readonly fetchNode: (folder: string, name: string, spec: string, integrity: string) => Promise<string>;
  readonly pinned: Readonly<Record<string, string>>;
  readonly isComplete: (lock: Installed, present: Installed) => boolean;
  readonly exclusively: (root: string, work: () => Promise<void>) => Promise<void>;
  readonly tally: (reports: readonly string[]) => { readonly passed: number; readonly failed: number; readonly skipped: number };
}

/** The functions of one file in bin/, which is plain JavaScript and not compiled. */
async function bin<Name extends keyof Bin>(file: string): Promise<Pick<Bin, Name>> {
  return (await import(pathToFileURL(join(projectRoot, 'bin', file)).href)) as Pick<Bin, Name>;
}

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daylight-bin-'));
});
after(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function node(words: readonly string[], during: (child: ReturnType<typeof spawn>) => Promise<void> = async () => {}): Promise<Ended> {
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_TEST_CONTEXT: '' } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => {
    stdout += String(text);
  });
  child.stderr.on('data', (text) => {
    stderr += String(text);
  });
  const ended = once(child, 'close');
  await during(child);
  const [code, signal] = (await ended) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout, stderr };
}

/** A checkout in miniature: the real bin/ and compiler, one source file, one package in the lock. */
async function checkout(name: string): Promise<string> {
  const root = join(folder, name);
  await mkdir(join(root, 'src'), { recursive: true });
  await cp(join(projectRoot, 'bin'), join(root, 'bin'), { recursive: true });
  await symlink(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  await cp(join(projectRoot, 'tsconfig.json'), join(root, 'tsconfig.json'));
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
  await writeFile(join(root, 'package-lock.json'), '{ "packages": {} }');
  await writeFile(join(root, 'src', 'main.ts'), "process.stdout.write('ran ' + process.argv.slice(2).join(' '));\nprocess.exitCode = 5;\n");
  return root;
}

const daylight = (root: string, ...words: readonly string[]) => node([join(root, 'bin', 'daylight'), ...words]);

test('the first command builds, the second one does not, and both pass words and exit code through', async () => {
  const root = await checkout('twice');
  const first = await daylight(root, 'one', 'two');
  const second = await daylight(root, 'one', 'two');
  assert.deepEqual(first, { code: 5, signal: null, stdout: 'ran one two', stderr: 'daylight: building.\n' });
  assert.deepEqual(second, { code: 5, signal: null, stdout: 'ran one two', stderr: '' });
});

test('a changed source is built again, and what a deleted one left is removed', async () => {
  const root = await checkout('changed');
  await writeFile(join(root, 'src', 'passing.ts'), 'export const passing = 1;\n');
  await daylight(root);
  assert.ok(existsSync(join(root, 'dist', 'src', 'passing.js')));
  await rm(join(root, 'src', 'passing.ts'));
  await appendFile(join(root, 'src', 'main.ts'), "process.stdout.write(' and changed');\n");
  const { stdout, stderr } = await daylight(root);
  assert.equal(stdout, 'ran  and changed');
  assert.equal(stderr, 'daylight: building.\n');
  assert.deepEqual((await readdir(join(root, 'dist', 'src'))).sort(), ['main.js', 'main.js.map']);
});

test('a source that does not compile is reported with its place, and nothing is run', async () => {
  const root = await checkout('broken');
  await writeFile(join(root, 'src', 'wrong.ts'), 'export const wrong: number = "text";\n');
  const { code, stdout, stderr } = await daylight(root);
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /wrong\.ts/);
  assert.match(stderr, /daylight: the build failed/);
});

test('two commands at once in a fresh checkout build once, and both run', async () => {
  const root = await checkout('together');
  const both = await Promise.all([daylight(root, 'a'), daylight(root, 'b')]);
  assert.deepEqual(both.map(({ stdout }) => stdout).sort(), ['ran a', 'ran b']);
  assert.equal(both.filter(({ stderr }) => stderr.includes('building')).length, 1);
});

test('an installed package, without sources and lock, starts at once', async () => {
  const root = join(folder, 'installed');
  await mkdir(join(root, 'dist', 'src'), { recursive: true });
  await cp(join(projectRoot, 'bin'), join(root, 'bin'), { recursive: true });
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
  await writeFile(join(root, 'dist', 'src', 'main.js'), "process.stdout.write('installed');");
  assert.deepEqual(await daylight(root), { code: 0, signal: null, stdout: 'installed', stderr: '' });
});

test('a lock whose holder is dead is taken over', async () => {
  const root = await checkout('orphaned');
  const { stdout: dead } = await node(['--print', 'process.pid']);
  await mkdir(join(root, 'build'));
  await writeFile(join(root, 'build', 'bootstrap.lock'), dead.trim());
  assert.equal((await daylight(root)).stdout, 'ran ');
  assert.deepEqual(await readdir(join(root, 'build')), []);
});

test('a lock whose holder lives is waited for, however many wait, and one at a time gets it', async () => {
  const { exclusively } = await bin<'exclusively'>('exclusively.js');
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside);
    await pause(5);
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 4 }, () => exclusively(folder, work)));
  assert.equal(most, 1);
  assert.equal(inside, 0);
});

test('a lock that is very old is taken over, though a process has its number', async () => {
  const { exclusively } = await bin<'exclusively'>('exclusively.js');
  const lock = join(folder, 'build', 'bootstrap.lock');
  await mkdir(join(folder, 'build'), { recursive: true });
  await writeFile(lock, String(process.pid));
  await utimes(lock, 1, 1);
  let worked = false;
  await exclusively(folder, async () => {
    worked = true;
  });
  assert.ok(worked);
});

test('packages are complete when each has the version and integrity of the lock; other platforms may be absent', async () => {
  const { isComplete } = await bin<'isComplete'>('workspace.js');
  const lock = {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '2.0.0', integrity: 'sha512-a' },
    'node_modules/elsewhere': { version: '3.0.0', integrity: 'sha512-e', optional: true },
  };
  assert.equal(isComplete(lock, { 'node_modules/a': { version: '2.0.0', integrity: 'sha512-a' } }), true);
  assert.equal(isComplete(lock, {}), false);
  assert.equal(isComplete(lock, { 'node_modules/a': { version: '2.0.1', integrity: 'sha512-a' } }), false);
  assert.equal(isComplete(lock, { 'node_modules/a': { version: '2.0.0', integrity: 'sha512-b' } }), false);
  assert.equal(isComplete(lock, { ...lock, 'node_modules/elsewhere': { version: '2.9.0', integrity: 'sha512-e' } }), false);
});

test('Node 24 and later are new enough, earlier ones are not', async () => {
  const { isNewEnough, pinned } = await bin<'isNewEnough' | 'pinned'>('runtime.js');
  const answers = ['18.20.8', '20.20.2', '23.11.0', '24.0.0', '26.1.0', pinned['version'] ?? ''].map(isNewEnough);
  assert.deepEqual(answers, [false, false, false, true, true, true]);
});

/** An npm archive with one file before the program, whose length is no multiple of tar's 512 bytes. */
function archive(program: string): Buffer {
  const files = { 'package/README.md': 'x'.repeat(700), 'package/bin/node': program };
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const header = Buffer.alloc(512);
    header.write(name);
    header.write(content.length.toString(8).padStart(11, '0'), 124);
    return [header, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** Puts an `npm` first in PATH that hands out `content` for `npm pack`, while `work` runs. */
async function withNpm(content: Buffer, work: () => Promise<void>): Promise<void> {
  const stand = await mkdtemp(join(folder, 'npm-'));
  await writeFile(join(stand, 'content.tgz'), content);
  await writeFile(join(stand, 'npm'), `#!/bin/sh\nfor last; do :; done\ncp "${stand}/content.tgz" "$last/node.tgz"\n`);
  await chmod(join(stand, 'npm'), 0o755);
  const path = process.env['PATH'] ?? '';
  process.env['PATH'] = `${stand}${delimiter}${path}`;
  await work().finally(() => {
    process.env['PATH'] = path;
  });
}

test('a fetched Node is unpacked into place and can be run; a second fetch at the same time does no harm', async () => {
  const { fetchNode } = await bin<'fetchNode'>('runtime.js');
  const program = `#!/bin/sh\n${'# filling\n'.repeat(9000)}`;
  const content = archive(program);
  const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`;
  const place = join(folder, 'fetched');
  await withNpm(content, async () => {
    const paths = await Promise.all([fetchNode(place, '24', 'node', integrity), fetchNode(place, '24', 'node', integrity)]);
    assert.deepEqual(paths, [join(place, '24', 'bin', 'node'), join(place, '24', 'bin', 'node')]);
  });
  assert.equal(await readFile(join(place, '24', 'bin', 'node'), 'utf8'), program);
  assert.deepEqual(await readdir(place), ['24']);
});

test('a fetched Node with another integrity is refused, and nothing of it stays', async () => {
  const { fetchNode } = await bin<'fetchNode'>('runtime.js');
  const place = join(folder, 'refused');
  await withNpm(archive('#!/bin/sh\n'), async () => {
    await assert.rejects(fetchNode(place, '24', 'node', 'sha512-expected'), /is not the expected one/);
  });
  assert.deepEqual(await readdir(place), []);
});

/** A process that runs `script` in a child the way an old Node runs the new one. */
function parent(script: string, during?: (child: ReturnType<typeof spawn>) => Promise<void>): Promise<Ended> {
  const file = pathToFileURL(join(projectRoot, 'bin', 'spawn.js')).href;
  const code = `const { run, endAs } = await import(${JSON.stringify(file)}); endAs(await run(process.execPath, ['--eval', ${JSON.stringify(script)}]));`;
  return node(['--input-type=module', '--eval', code], during);
}

test('the exit code of the child is the exit code of the command', async () => {
  assert.equal((await parent('process.exit(7)')).code, 7);
});

test('a child that dies by a signal ends the command by the same signal', async () => {
  assert.equal((await parent("process.kill(process.pid, 'SIGTERM')")).signal, 'SIGTERM');
});

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  test(`${signal} to the command reaches the child, whose orderly end counts`, async () => {
    const script = `process.on('${signal}', () => { console.log('in order'); process.exit(3); }); setInterval(() => {}, 1000); console.log('up');`;
    const ended = await parent(script, async (child) => {
      await once(child.stdout ?? child, 'data');
      child.kill(signal);
    });
    assert.deepEqual([ended.stdout, ended.code], ['up\nin order\n', 3]);
  });
}

test('test cases are counted by how they ended, whatever their names hold', async () => {
  const { tally } = await bin<'tally'>('tally.js');
  const report = `<testsuites>
    <testcase name="a > b /> &lt;failure" time="0"/>
    <testsuite name="s"><testcase name="in"/></testsuite>
    <testcase name="bad" failure="x"><failure type="t" message="m">&lt;skipped</failure></testcase>
    <testcase name="later"><skipped type="skipped" message="why"/></testcase>
  </testsuites>`;
  assert.deepEqual(tally([report, '<testcase name="other"/>']), { passed: 3, failed: 1, skipped: 1 });
});

test('an unknown command of bin/develop is a usage error', async () => {
  const { code, stderr } = await node([join(projectRoot, 'bin', 'develop'), 'tset']);
  assert.equal(code, 2);
  assert.match(stderr, /^usage: develop build/);
});
