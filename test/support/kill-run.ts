// SPDX-License-Identifier: Apache-2.0
// Runs stories on the real program, kills in the midst of each, and has the ledger judged in the end.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { base32, sha256 } from '../../src/app/encoding.ts';
import { installProject, readProjects } from '../../src/app/projects.ts';
import type { PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import { instant } from '../../src/core/model/time.ts';
import { projectRoot } from './embedded.ts';
import { ask, startRelay } from './kill-clients.ts';
import { type Program, program, type Victim, victims } from './kill-harness.ts';
import { judge, type Verdict } from './kill-ledger.ts';
import { type End, list, members, moderate, projects, reportByApi, reportByMail, type Stage, story } from './kill-story.ts';

export const project = 'libvirt' as ProjectId;
export const preset = join(projectRoot, 'policies', 'libvirt-2023.yaml');
export const start = instant('2026-11-02T09:00:00Z');

/** Why this machine cannot do it, or false. */
export const cannotKill =
  process.platform !== 'linux'
    ? 'finds processes in /proc'
    : (process.env['DATABASE_URL'] ?? '') !== '' && 'kills the embedded PostgreSQL, and DATABASE_URL names another';

export interface Kill {
  readonly victim: Victim;
  readonly step: string;
  /** Milliseconds after the step began. */
  readonly after: number;
  /** Milliseconds until the API answered again. */
  readonly away: number;
}

export interface KillRun {
  readonly kills: readonly Kill[];
  readonly verdict: Verdict;
}

/** Tells one story in peace, then others with three kills in each, `count` in all; reports come by every door all the while. */
export async function killRun(t: TestContext, count: number, seed: number): Promise<KillRun> {
  const early: string[] = [];
  let running: Program | undefined;
  const relay = await startRelay(async (to, message) => {
    if (to === list && running !== undefined && !(await pageIsLive(running, message))) early.push(message.slice(0, 200));
  });
  t.after(() => relay.stop());
  const installed = await program({ projects, clock: start, relay: relay.port });
  running = installed;
  t.after(() => installed.remove());
  const stage: Stage = {
    program: installed,
    ledger: { reports: [], actions: [], kills: [] },
    tokens: await prepare(installed),
    arrivals: relay.arrivals,
  };
  await installed.start();
  const random = randomFrom(seed);
  const { end: expected, lengths } = await tell(stage, 0, () => undefined);
  const kills: Kill[] = [];
  for (let number = 1; kills.length < count; number++) {
    const plans = planned(lengths, random, kills.length + seed).slice(0, count - kills.length);
    const killing: Promise<Kill>[] = [];
    const { end } = await tell(stage, number, (at, step) => {
      for (const { victim, after } of plans.filter((plan) => plan.at === at)) killing.push(strike(stage, { victim, step, after }));
    });
    for (const kill of await Promise.all(killing)) {
      t.diagnostic(`${kill.victim} killed ${Math.round(kill.after)} ms into “${kill.step}”, away for ${Math.round(kill.away)} ms`);
      kills.push(kill);
    }
    assert.deepEqual(end, expected, 'a story with kills ends as the one in peace');
    assert.equal(installed.diedByItself(), false, installed.said().slice(-2000));
  }
  await settled(installed);
  await installed.stop();
  assert.deepEqual(early, [], 'an announcement left before its page was live');
  const verdict = await installed.inside((installation) => judge(installation, project, stage.ledger, relay.arrivals));
  assert.equal(announcements(stage), 1 + Math.ceil(count / 3), 'each story is announced');
  return { kills, verdict };
}

/** Numbers from 0 to 1 that follow from the seed: the digests of seed and count. */
export function randomFrom(seed: number): () => number {
  let count = 0;
  return () => Number.parseInt(sha256(`${seed} ${count++}`).slice(0, 12), 16) / 2 ** 48;
}

interface Plan {
  readonly victim: Victim;
  /** Number of the step. */
  readonly at: number;
  /** Milliseconds after it began. */
  readonly after: number;
}

/** Three kills in one story, each in its own third; the last third is the publication. A moment lies within the usual length of its step. */
function planned(lengths: readonly number[], random: () => number, turn: number): readonly Plan[] {
  return [0, 1, 2].map((third) => {
    const at = Math.floor(((third + random()) * lengths.length) / 3);
    const victim = victims[(turn + third) % victims.length] ?? 'both';
    return { victim, at, after: random() * (lengths[at] ?? 0) };
  });
}

interface Told {
  readonly end: End;
  /** How long each step took, in milliseconds. */
  readonly lengths: readonly number[];
}

async function tell(stage: Stage, number: number, begins: (at: number, step: string) => void): Promise<Told> {
  const told = story(stage, number);
  const flood = startFlood(stage, number);
  const lengths: number[] = [];
  for (const [at, [name, take]] of told.steps.entries()) {
    const began = performance.now();
    begins(at, name);
    await take();
    lengths.push(performance.now() - began);
  }
  await flood.end();
  await moderate(stage);
  return { end: await told.end(), lengths };
}

/** Reporters at every door, one report after the other, until `end`; each is answered before it ends. */
function startFlood(stage: Stage, number: number): { end(): Promise<void> } {
  let ended = false;
  const stream = async (send: (count: number) => Promise<unknown>) => {
    for (let count = 0; !ended; count++) {
      await send(count);
      await pause(400);
    }
  };
  const streams = [
    stream((count) => reportByApi(stage, `Other ${number}.${count}`)),
    stream(() => reportByMail(stage, 'smtp')),
    stream(() => reportByMail(stage, 'lmtp')),
  ];
  const all = Promise.all(streams);
  // A failure is seen when it is awaited at the end, and must not end the process before.
  all.catch(() => undefined);
  return {
    async end() {
      ended = true;
      await all;
    },
  };
}

async function strike({ program: victimised, ledger, tokens }: Stage, { victim, step, after }: Omit<Kill, 'away'>): Promise<Kill> {
  await pause(after);
  const began = performance.now();
  ledger.kills.push(began);
  await victimised.kill(victim);
  if (victim === 'node' || victim === 'both') await victimised.start();
  const headers = { Authorization: `Bearer ${tokens.mo}` };
  while ((await ask(`${victimised.http}/api/v1/libvirt/cases`, { headers }))?.status !== 200) {
    assert.ok(performance.now() - began < 60_000, 'away for a minute');
    await pause(20);
  }
  return { victim, step, after, away: performance.now() - began };
}

/** Project, members and their sessions, before the first start. `file`: the policy. */
export function prepare(installed: Program, file = preset): Promise<Stage['tokens']> {
  return installed.inside(async ({ world }) => {
    const [settings] = readProjects('projects', projects);
    assert.ok(settings);
    await installProject(world, settings, { file, text: await readFile(file, 'utf8') });
    const tokens: Record<string, string> = {};
    await world.store.as({ kind: 'process', project }, async ({ accounts }) => {
      for (const [name, roles] of Object.entries(members)) {
        const person = name as PersonId;
        const token = base32(world.random(20));
        await accounts.putMember({ person, name, address: `${name}@members.example`, roles: [...roles] as unknown as Role[] });
        await accounts.openSession({
          tokenHash: sha256(token),
          person,
          proof: 'demo_link',
          // Whoever leaves a desk for half an hour is signed out, and a story moves the clock by weeks.
          opened: instant('2098-12-31T23:59:00Z'),
          expires: instant('2099-01-01T00:00:00Z'),
        });
        tokens[name] = token;
      }
    });
    return tokens as Stage['tokens'];
  });
}

/** On disk at the moment when the list's relay is told of it, and on the network as far as the program answers at all. */
export async function pageIsLive({ data, http }: Program, message: string): Promise<boolean> {
  const number = /LSN-\d{4}-\d{4}/.exec(message)?.[0] ?? 'no number';
  try {
    readFileSync(join(data, 'site', 'libvirt', 'current', `${number}.html`));
  } catch {
    return false;
  }
  const answer = await ask(`${http}/libvirt/advisories/${number}.html`);
  return answer === undefined || answer.status === 200 || answer.status >= 500;
}

/** Waits until no job and no mail is left to do; a job that each of several kills ended waits e^5 s, 148, before its sixth attempt. */
export async function settled(installed: Program): Promise<void> {
  const until = performance.now() + 180_000;
  // Ticks that died with their runner stay locked, and later ones do their work; so does a check that is on record and was not ticked off.
  const recorded = `exists (select from daylight.cases where state::text like '%"patch":"' || split_part(key, ':', 3) || '"%')`;
  const open = `select (select json_agg(task_identifier) from graphile_worker.jobs where task_identifier <> 'tick' and key is not null and not (task_identifier = 'check-patch' and ${recorded})) as tasks,
    (select count(*) from graphile_worker.jobs where task_identifier <> 'tick' and key is not null and not (task_identifier = 'check-patch' and ${recorded}))::int as jobs,
    (select count(*) from daylight.outbox where state = 'waiting')::int as mails`;
  for (;;) {
    const [left] = await installed.query<{ jobs: number; mails: number }>(open);
    if (left?.jobs === 0 && left.mails === 0) return;
    assert.ok(performance.now() < until, `after three minutes there are still ${JSON.stringify(left)}: ${installed.said().slice(-2000)}`);
    await pause(100);
  }
}

/** Messages to the list, those that came twice counted once. */
function announcements({ arrivals }: Stage): number {
  return new Set(arrivals.filter((one) => one.to === list).map((one) => one.messageId)).size;
}
