// SPDX-License-Identifier: Apache-2.0
// kill -9 at one chosen step of an import after the other: nobody sees some of the archive, and the same command carries it to its end.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { TestContext } from 'node:test';
import { readProjects } from '../../src/app/projects.ts';
import { configOf } from '../../src/config.ts';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import { openInstallation } from '../../src/installation.ts';
import { projectRoot } from './embedded.ts';
import { notice } from './import.ts';
import { main, postgresOf } from './kill-harness.ts';
import { projects } from './kill-story.ts';

const numbers = ['LSN-2019-0001', 'LSN-2019-0002', 'LSN-2019-0003'];
const project = 'libvirt' as ProjectId;

/** An installation of its own in a folder. */
interface Place {
  readonly data: string;
  readonly environment: Readonly<Record<string, string>>;
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** One import for each of `steps`, each in an installation that was never asked before. @returns what each died of, and the steps of an import in peace. */
export async function killImports(
  t: TestContext,
  choose: (all: readonly string[]) => readonly number[],
): Promise<{ readonly steps: readonly string[]; readonly kills: readonly string[] }> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'daylight-import-')));
  const places: Place[] = [];
  t.after(() => {
    for (const place of places) endPostgres(place);
    rmSync(folder, { recursive: true, force: true });
  });
  const archive = join(folder, 'archive');
  mkdirSync(archive);
  for (const number of numbers) writeFileSync(join(archive, `${number}.xml`), notice(number.slice(4)));
  const placeFor = (name: string): Place => {
    const data = join(folder, name);
    const made = { data, environment: { DAYLIGHT_DATA: data, DAYLIGHT_DIE_AT: join(data, 'die-at') } };
    places.push(made);
    return made;
  };
  const empty = placeFor('empty');
  mkdirSync(empty.data);
  writeFileSync(join(empty.data, 'projects.yaml'), projects);
  assert.equal((await daylight(empty, ['import', 'lsn', archive, '--dry-run'])).code, 0);

  const attempt = async (name: string, at: number) => {
    const place = placeFor(name);
    cpSync(empty.data, place.data, { recursive: true, filter: (path) => !path.includes('/socket') });
    writeFileSync(join(place.data, 'die-at'), String(at));
    const ended = await daylight(place, ['import', 'lsn', archive, '--json']);
    rmSync(join(place.data, 'die-at'));
    return { place, ended, steps: readFileSync(join(place.data, 'die-at.log'), 'utf8').trimEnd().split('\n') };
  };

  const inPeace = await attempt('in-peace', 0);
  assert.equal(inPeace.ended.code, 0, inPeace.ended.err);
  const expected = pathsOf(inPeace.place);
  assert.ok(expected.includes('LSN-2019-0003.txt'), expected.join());
  const kills: string[] = [];
  for (const at of choose(inPeace.steps)) {
    const { place, ended, steps } = await attempt(`step-${at}`, at);
    assert.equal(ended.signal, 'SIGKILL', `step ${at} was not reached: ${ended.err}`);
    const label = `step ${at}: ${steps.at(-1)}`;
    const seen = await published(place);
    assert.ok(seen.length === 0 || seen.length === numbers.length, `${label}: some of the archive is public: ${seen.join()}`);
    if (existsSync(siteOf(place))) await assertWhole(place, label);
    const again = await daylight(place, ['import', 'lsn', archive, '--json']);
    assert.equal(again.code, 0, `${label}: ${again.err}`);
    const { imported, known, changed, refused } = JSON.parse(again.out);
    assert.deepEqual([imported + known, changed, refused], [numbers.length, [], []], label);
    assert.deepEqual(await published(place), numbers, label);
    await assertWhole(place, label);
    assert.deepEqual(pathsOf(place), expected, `${label}: the site is the one of an import in peace`);
    t.diagnostic(label);
    kills.push(steps.at(-1) ?? '');
    endPostgres(place);
    rmSync(place.data, { recursive: true, force: true });
  }
  return { steps: inPeace.steps, kills };
}

/** Runs the command as its own process, with every step counted. */
async function daylight({ data, environment }: Place, words: readonly string[]): Promise<Ended> {
  const preload = new URL('die-at-step.js', import.meta.url).href;
  const child = spawn(process.execPath, [`--import=${preload}`, main, ...words], {
    cwd: data,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => (out += String(text)));
  child.stderr.on('data', (text) => (err += String(text)));
  // Not `close`: PostgreSQL outlives a killed program, and may hold what that wrote to.
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  child.stdout.destroy();
  child.stderr.destroy();
  return { code, signal, out, err };
}

/** What a visitor who is not signed in is told. */
async function published({ data, environment }: Place): Promise<readonly string[]> {
  const installation = await openInstallation({
    config: configOf(environment, projectRoot),
    projects: readProjects('projects.yaml', readFileSync(join(data, 'projects.yaml'), 'utf8')),
    siteAssets: [],
    log: () => undefined,
  });
  try {
    const all = await installation.world.store.as({ kind: 'anonymous', project }, ({ documents }) => documents.publishedNumbers());
    return all.map(({ number }) => number).sort();
  } finally {
    await installation.stop();
  }
}

/** As whoever downloads the site checks it. */
async function assertWhole(place: Place, label: string): Promise<void> {
  const { code, err } = await daylight(place, ['verify', siteOf(place)]);
  assert.equal(code, 0, `${label}: ${err}`);
}

function siteOf({ data }: Place): string {
  return join(data, 'site', project, 'current');
}

/** Each installation has a key of its own, made when it first signs. */
function pathsOf(place: Place): readonly string[] {
  const site = realpathSync(siteOf(place));
  return readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => relative(site, join(parentPath, name)).replace(/^keys\/[0-9A-F]{40}/, 'keys/KEY'))
    .sort();
}

function endPostgres({ data }: Place): void {
  for (const pid of postgresOf(join(data, 'postgres', 'cluster'))) process.kill(pid, 'SIGKILL');
}
