// SPDX-License-Identifier: Apache-2.0
// How often the door may be tried: from one address, which the visitor does not choose, and for a while only.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { mayTry } from '../../src/app/sign-in/limit.ts';
import { attempts, enrolmentHours, freshMinutes, idleMinutes, mostEach, sessionHours, tokenDays } from '../../src/app/sign-in/limits.ts';
import { configOf } from '../../src/config.ts';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import { shifted } from '../../src/core/model/time.ts';
import { openDoors } from '../../src/serve.ts';
import { projectFolder } from '../support/policies.ts';
import { type Town, town } from '../support/town.ts';

const people = [{ project: 'libvirt', policy: 'libvirt-2023', members: { anna: ['core'] } }];

async function begin(here: Pick<Town, 'base'>, forwarded: string, path = '/libvirt/sign-in/passkey/begin'): Promise<number> {
  const answer = await fetch(here.base + path, { method: 'POST', headers: { 'X-Forwarded-For': forwarded } });
  await answer.arrayBuffer();
  return answer.status;
}

test('one address tries so often in a quarter of an hour and no more; another is not kept out by it, and neither is the first for good', async (t) => {
  const here = await town(t, people);
  for (let count = 1; count <= attempts.fromOne; count++) assert.equal(await begin(here, '203.0.113.7'), 200, String(count));
  assert.equal(await begin(here, '203.0.113.7'), 429);
  assert.equal(await begin(here, '198.51.100.1, 203.0.113.7'), 429, 'what a visitor says before the proxy does counts for nothing');
  assert.equal(await begin(here, '198.51.100.1'), 200);
  here.set(shifted(here.now(), { seconds: attempts.seconds }));
  assert.equal(await begin(here, '203.0.113.7'), 200);
});

test('links of enrolment are counted too, good or not, and by a count of their own', async (t) => {
  const here = await town(t, people);
  const path = `/libvirt/enrol/${'dle'.padEnd(38, '0')}/begin`;
  for (let count = 1; count <= attempts.fromOne; count++) assert.equal(await begin(here, '203.0.113.7', path), 403, String(count));
  assert.equal(await begin(here, '203.0.113.7', path), 429);
  assert.equal(await begin(here, '203.0.113.7'), 200);
});

test('the server itself tells its doors where a request comes from', async (t) => {
  const { world: quiet } = await town(t, people);
  const lines: string[] = [];
  const world = { ...quiet, log: (event: string, ids: object) => void lines.push(JSON.stringify({ event, ...ids })) };
  const projects = [
    { project: 'libvirt', title: 'libvirt', policy: 'libvirt-2023', sender: { name: 'libvirt', address: 'reports@libvirt.example' } },
  ];
  const installation = { world, jobs: undefined as never, stop: async () => undefined };
  const config = configOf({ DAYLIGHT_PORT: '0' }, '/');
  const doors = await openDoors(installation, { config, projects, policies: new Map(), web: { projects, demo: null } });
  t.after(() => doors.close());
  const base = `http://127.0.0.1:${doors.http}`;
  for (let count = 0; count < attempts.fromOne; count++) await begin({ base }, '203.0.113.7');
  for (const _ of [1, 2, 3]) assert.equal(await begin({ base }, '203.0.113.7'), 429);
  assert.equal(await begin({ base }, '198.51.100.1'), 200);
  assert.deepEqual(
    lines,
    [JSON.stringify({ event: 'attempts-stopped', project: 'libvirt', door: 'passkey', most: attempts.fromOne })],
    'told once',
  );
});

test('one address alone does not use up what all may try together; many addresses do, and are told apart in the log', async (t) => {
  const { world: quiet } = await town(t, people);
  const lines: number[] = [];
  const world = { ...quiet, log: (_: string, { most }: { most?: unknown }) => void lines.push(Number(most)) };
  const tries = (from: string) => mayTry(world, 'libvirt' as ProjectId, 'passkey', from);
  for (let count = 0; count <= attempts.ofAll; count++) await tries('203.0.113.7');
  assert.ok(await tries('198.51.100.1'), 'somebody else may still try');
  for (let other = 0; other < attempts.ofAll / attempts.fromOne; other++)
    for (let count = 0; count < attempts.fromOne; count++) await tries(`2001:db8::${other}`);
  assert.ok(!(await tries('198.51.100.2')));
  assert.deepEqual(lines, [attempts.fromOne, attempts.ofAll]);
});

test('docs/operate.md says the lengths and counts of signing in as they are', () => {
  const page = readFileSync(join(projectFolder, 'docs', 'operate.md'), 'utf8').replaceAll('\n', ' ');
  assert.deepEqual([sessionHours, idleMinutes, freshMinutes, attempts.seconds / 60, tokenDays], [12, 30, 5, 15, 90]);
  for (const words of [
    'A session ends after half an hour without use and after twelve hours in any case.',
    'when it was not shown in the last five minutes',
    `good once and for a day (\`--hours ${enrolmentHours.least}\` to \`${enrolmentHours.most}\`)`,
    'ninety days at most; shown once',
    `${attempts.fromOne} from one address and ${attempts.ofAll} for a project, in a quarter of an hour`,
    `Passkeys and tokens: ${mostEach} of each.`,
  ])
    assert.ok(page.includes(words), words);
});
