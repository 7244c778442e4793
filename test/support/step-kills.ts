// SPDX-License-Identifier: Apache-2.0
// kill -9 at one chosen step of a publication after the other: whoever looks finds it not begun, or whole, announced once and never before its page is live.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { projectRoot } from './embedded.ts';
import { type Arrival, startRelay } from './kill-clients.ts';
import { main, type Program, program } from './kill-harness.ts';
import { pageIsLive, prepare, preset, start } from './kill-run.ts';
import { list, projects, type Stage, story } from './kill-story.ts';

/** Every format that says what the stories' advisories say. */
const formats = '[text, html, markdown, lsn_xml, csaf, osv, openvex]';

export interface StepKill {
  /** What the program did when it died; null when it was done before that step came. */
  readonly label: string | null;
  /** Whether the same announcement came a second time. */
  readonly again: boolean;
}

interface Scene {
  readonly stage: Stage;
  readonly installed: Program;
  /** The public repository of notices. */
  readonly repository: string;
}

/** One publication for each of `steps`, each in the same installation after the last. @returns what each died of, and how many steps a publication has */
export async function killAtSteps(
  t: TestContext,
  choose: (all: readonly string[]) => readonly number[],
): Promise<{ readonly steps: readonly string[]; readonly kills: readonly StepKill[] }> {
  const early: string[] = [];
  let running: Program | undefined;
  const relay = await startRelay(async (to, message) => {
    if (to === list && running !== undefined && !(await pageIsLive(running, message))) early.push(message.slice(0, 200));
  });
  t.after(() => relay.stop());
  const folder = await mkdtemp(join(tmpdir(), 'daylight-steps-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const [policy, repository] = [join(folder, 'policy.yaml'), join(folder, 'notices.git')];
  writeFileSync(policy, readFileSync(preset, 'utf8').replace(/^ {2}formats: .*$/m, `  formats: ${formats}`));
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', repository]);
  const installed = await program({
    projects: `${projects.trimEnd().replace('policy: libvirt-2023', `policy: ${policy}`)}\n  notices: { repository: ${repository} }\n`,
    clock: start,
    relay: relay.port,
    preload: new URL('die-at-step.js', import.meta.url),
  });
  running = installed;
  t.after(() => installed.remove());
  const tokens = await prepare(installed, policy);
  const stage = { program: installed, ledger: { reports: [], actions: [], kills: [] }, tokens, arrivals: relay.arrivals };
  const scene: Scene = { stage, installed, repository };
  await installed.start();
  // The first builds the whole site; the steps of one more are those that count.
  await publication(scene, 0, 0);
  const { steps } = await publication(scene, 1, 0);
  const kills: StepKill[] = [];
  for (const at of choose(steps)) {
    const { steps: done, again, deaths } = await publication(scene, kills.length + 2, at);
    const label = done.length < at ? null : (done[at - 1] ?? null);
    assert.equal(deaths, label === null ? 0 : 1, `it died at step ${at}, and there alone: ${label}`);
    t.diagnostic(`step ${at}: ${label ?? 'was not reached'}${again ? ', and its announcement came twice' : ''}`);
    kills.push({ label, again });
  }
  assert.deepEqual(early, [], 'an announcement left before its page was live');
  await installed.stop();
  return { steps, kills };
}

/** Tells a story up to its last approval, has the program die at a step of what follows, and starts it again. */
async function publication(
  scene: Scene,
  number: number,
  at: number,
): Promise<{ readonly steps: readonly string[]; readonly again: boolean; readonly deaths: number }> {
  const { installed, stage } = scene;
  const order = join(installed.data, 'die-at');
  const { steps } = story(stage, number);
  const last = steps.findLastIndex(([name]) => name === 'approve-release');
  const hour = steps.findIndex(([name]) => name === 'the hour');
  for (const [, take] of steps.slice(0, last)) await take();
  rmSync(`${order}.log`, { force: true });
  const before = standing(installed);
  writeFileSync(order, String(at));
  const nurse = nursed(installed, order, () => neverAMixture(installed, before));
  let deaths = 0;
  try {
    for (const [, take] of steps.slice(last, hour + 1)) await take();
    await disclosed(installed, number);
  } finally {
    // Also when it went wrong: a nurse that goes on would start the program again after the test, and neither would ever end.
    deaths = await nurse.end();
  }
  assert.equal(faultsOf(installed), '', 'the site is whole');
  assert.equal(commits(scene), number + 1, 'one commit for each notice');
  const mails = stage.arrivals.filter((one) => one.to === list && one.message.includes(`CVE-1900-${10_000 + number}`));
  return { steps: readFileSync(`${order}.log`, 'utf8').trimEnd().split('\n'), again: twice(mails), deaths };
}

/** Starts the program again whenever it died, without the order to die; `look` sees the world that a dead program left. */
function nursed(installed: Program, order: string, look: () => void): { end(): Promise<number> } {
  let ended = false;
  let deaths = 0;
  const watch = async () => {
    while (!ended) {
      if (installed.diedByItself()) {
        deaths += 1;
        rmSync(order, { force: true });
        look();
        await installed.start();
      }
      await pause(10);
    }
  };
  const watching = watch();
  watching.catch(() => undefined);
  return {
    async end() {
      // From here on nothing dies; who died a moment ago is still noticed.
      rmSync(order, { force: true });
      await Promise.race([watching, pause(200)]);
      ended = true;
      await watching;
      return deaths;
    },
  };
}

/** Every file that a web server carries, by its path. */
function standing({ data }: Program): ReadonlyMap<string, string> {
  const folder = siteOf(data);
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()) : [];
  return new Map(files.map(({ parentPath, name }) => join(parentPath, name)).map((path) => [path, readFileSync(path, 'latin1')]));
}

function siteOf(data: string): string {
  return join(data, 'site', 'libvirt', 'current');
}

/** What stood stands, or what shall stand does; or the journal of a change lies beside it, which the next start carries to its end. */
function neverAMixture(installed: Program, before: ReadonlyMap<string, string>): void {
  if (existsSync(join(installed.data, 'site', 'libvirt', 'change.json'))) return;
  const now = standing(installed);
  if ([...before].every(([path, bytes]) => now.get(path) === bytes)) return;
  assert.equal(faultsOf(installed), '', 'neither the site from before nor the next one');
}

/** As whoever downloads the site checks it: signatures, hashes, and the list of all of them. */
function faultsOf({ data }: Program): string {
  try {
    execFileSync(process.execPath, [main, 'verify', siteOf(data)], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
    return '';
  } catch (error) {
    return String((error as { readonly stderr?: Buffer }).stderr ?? error);
  }
}

/** Asked past the program: what it does for a reader is no step of the publication. */
async function disclosed(installed: Program, number: number): Promise<void> {
  const until = performance.now() + 90_000;
  const sql = `select 1 from daylight.cases where state::text like '%CVE-1900-${10_000 + number}%' and state->>'handling' = 'disclosed'`;
  while ((await installed.query(sql)).length === 0) {
    assert.ok(performance.now() < until, `not disclosed within 90 seconds:\n${installed.said().slice(-2000)}`);
    await pause(50);
  }
}

function commits({ repository }: Scene): number {
  return Number(execFileSync('git', ['-C', repository, 'rev-list', '--count', 'main']));
}

/** A list is told by one message. It may come again when nobody can know whether the last word of the first was heard; it is the same message then. */
function twice(mails: readonly Arrival[]): boolean {
  assert.ok(mails.length > 0, 'the announcement came');
  assert.equal(new Set(mails.map(({ messageId }) => messageId)).size, 1, 'it is the same announcement');
  return mails.length > 1;
}
