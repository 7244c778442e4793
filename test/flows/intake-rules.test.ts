// SPDX-License-Identifier: Apache-2.0
// The rules of intake through the front door: a flood of one reporter, a closed season, files, and findings of AI.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Town } from '../support/town.ts';
import { town } from '../support/town.ts';
import { sentForm } from './web-form.ts';

const minimal = readFileSync(join(import.meta.dirname, '..', '..', '..', 'policies', 'minimal.yaml'), 'utf8');

/** The smallest policy with an intake of its own. */
function withIntake(intake: string): string {
  assert.ok(!/^intake:/m.test(minimal));
  return `${minimal.trimEnd()}\n\nintake:\n${intake}`;
}

async function small(t: Parameters<typeof town>[0], intake: string): Promise<Town> {
  return town(t, [{ project: 'small', policy: withIntake(intake), members: { ada: ['team'] } }]);
}

function sent(here: Town, changes: object = {}) {
  return here.call('/api/v1/small/reports', {
    body: { title: 'A flaw', fields: { description: 'It breaks.' }, address: 'flood@reporters.example', consent: true, ...changes },
  });
}

async function rows(here: Town) {
  return (await here.call('/api/v1/small/cases', { token: await here.signIn('small', 'ada') })).body.rows;
}

test('QEMU-1 P25 a flood by one reporter: none is lost, the team is called for the first of the day, the rest get their turn', async (t) => {
  const here = await small(t, '  reports_per_day: 3\n');
  const answers = [];
  for (let index = 0; index < 8; index++) answers.push(await sent(here, { title: `Flaw ${index}` }));
  assert.ok(answers.every(({ status }) => status === 201));
  assert.deepEqual(
    answers.map(({ body }) => body.queuedUntil?.slice(0, 10) ?? 'now'),
    ['now', 'now', 'now', '2026-11-03', '2026-11-03', '2026-11-03', '2026-11-04', '2026-11-04'],
  );
  const other = await sent(here, { address: 'calm@reporters.example' });
  assert.equal(other.body.queuedUntil, null, 'another reporter is not held up by it');
  const groups = (await rows(here)).map((row: { group: string }) => row.group);
  assert.equal(groups.length, 9);
  assert.equal(groups.filter((group: string) => group === 'later').length, 5);
  const called = () => here.relay.sent.filter((mail) => mail.to.address === 'ada@members.example').length;
  await here.until('the team is called for four', () => called() === 4);
  here.set('2026-11-03T00:00:01Z');
  await here.until('and for the three whose turn has come', () => called() >= 7);
  const later = (await rows(here)).filter((row: { group: string }) => row.group === 'later');
  assert.equal(later.length, 2);
});

test('curl in a closed season the form says until when, and takes what is exploited', async (t) => {
  const here = await small(t, '  closed:\n    - { from: 2026-11-01 00:00 UTC, until: 2026-12-01 00:00 UTC, except: [exploited] }\n');
  const page = await (await fetch(`${here.base}/small/report`)).text();
  assert.match(page, /Closed for now/);
  assert.match(page, /2026-12-01 00:00 UTC/);
  assert.match(page, /a flaw that is being exploited/);
  const refused = await sent(here);
  assert.equal(refused.status, 422);
  assert.match(JSON.stringify(refused.body), /takes no reports until 2026-12-01/);
  const byForm = await sentForm(here, '/small/report/send', { title: 'x', description: 'y', exploited: 'no', consent: 'yes' });
  assert.equal(byForm.status, 422);
  assert.equal((await rows(here)).length, 0);
  const urgent = await sentForm(here, '/small/report/send', { title: 'x', description: 'y', exploited: 'yes', consent: 'yes' });
  assert.equal(urgent.status, 201, urgent.text);
  here.set('2026-12-01T00:00:00Z');
  assert.equal((await sent(here)).status, 201);
});

test('QEMU-M3 a file of a refused ending is not taken, and one that is not liked is taken with a word', async (t) => {
  const here = await small(t, '  attachments: { refused: [exe], discouraged: [zip], files: 2, megabytes: 1 }\n');
  const file = (name: string, bytes = 3) => ({ name, base64: Buffer.alloc(bytes).toString('base64') });
  const refused = await sent(here, { files: [file('run.exe')] });
  assert.equal(refused.status, 422);
  assert.match(JSON.stringify(refused.body), /takes no \.exe files/);
  assert.equal((await sent(here, { files: [file('big.log', 1_000_001)] })).status, 422);
  assert.equal((await sent(here, { files: [file('1'), file('2'), file('3')] })).status, 422);
  const taken = await sent(here, { files: [file('logs.zip')] });
  assert.deepEqual([taken.status, taken.body.warnings], [201, ['Rather than .zip, add the files one by one.']]);
});

test('QEMU-M11 F7 a finding of AI starts in public where the policy says so, its reproducer kept back, and the form says it first', async (t) => {
  const here = await small(t, '  found_by_ai: public_without_reproducer\n  form: { required: [description, found_with] }\n');
  const checked = await sentForm(here, '/small/report/check', { title: 'x', description: 'y', found_with: 'ai' });
  assert.match(checked.text, /It will be public as soon as you send it/);
  const answer = await sent(here, {
    fields: { description: 'Canary-open: it breaks.', found_with: 'ai', reproducer: 'Canary-reproducer: run it twice.' },
  });
  assert.deepEqual([answer.status, answer.body.public], [201, true], JSON.stringify(answer.body));
  const visitor = await here.call(`/api/v1/small/cases/${answer.body.case}`);
  assert.equal(visitor.status, 200);
  const text = JSON.stringify(visitor.body);
  assert.ok(text.includes('Canary-open'));
  assert.ok(!text.includes('Canary-reproducer'), 'the reproducer is withheld');
  const calm = await sent(here, { fields: { description: 'By hand.', found_with: 'manual' } });
  assert.equal((await here.call(`/api/v1/small/cases/${calm.body.case}`)).status, 404);
});

test('QEMU-13 what stood in public by mistake is hidden, and its exposure is on record', async (t) => {
  const here = await small(t, '  exposed_by_mistake: hide\n');
  const answer = await sent(here, {
    exposedSince: '2026-11-02 08:57 UTC',
  });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  const seen = await here.call(`/api/v1/small/cases/${answer.body.case}`, { token: await here.signIn('small', 'ada') });
  assert.equal(seen.body.state.visibility, 'private');
  assert.deepEqual(
    seen.body.state.facts.map((fact: { fact: string; since: string }) => [fact.fact, fact.since]),
    [['exposed', '2026-11-02T08:57:00.000Z']],
  );
});
