// SPDX-License-Identifier: Apache-2.0
// Mail that waits for its hour: judged again when it leaves, nothing of a case in it, and nothing for who may not be told any more.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeApiTokenIn, scopes } from '../../src/app/sign-in/api-tokens.ts';
import { person as personCommand } from '../../src/cli/person.ts';
import type { PersonId, ProjectId } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import { projectRoot } from '../support/embedded.ts';
import { marks } from './marks.ts';
import { courseOf, type Say, type Sent, sendReport, stepsOf } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const preset = 'openstack-vmt';
/** Everybody who reads a report is told of it, which is what may wait for a digest. */
const policy = readFileSync(join(projectRoot, 'policies', `${preset}.yaml`), 'utf8').replace(
  'mails_to: those_asked',
  'mails_to: all_with_access',
);
const projects = [{ project: 'alpha', policy, members: courseOf(preset).members }];
const who = 'anna';
const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);

async function choose(here: Village, person: string, hours: Record<string, string>) {
  const session = await here.signIn('alpha', person);
  return here.request('/alpha/account/choose-mail', {
    method: 'POST',
    headers: { Cookie: `__Host-daylight-alpha=${session}`, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrf: csrfToken(here.world.derive('csrf'), session), zone: 'UTC', digest: '', from: '', to: '', ...hours }),
  });
}

const mailTo = (here: Village, person: string) => here.relay.sent.filter(({ to }) => to.address === `${person}@members.example`);
/** The notices that this policy lets wait, alone or gathered. */
const waiting = (here: Village, person: string) =>
  mailTo(here, person).filter(({ subject }) => subject.endsWith('A report arrived') || /notices? in/.test(subject));

/** Two reports of which somebody else became the owner; who owns a case is told at once. */
async function reported(here: Village, what: Say): Promise<readonly [Sent, Sent]> {
  const found: Sent[] = [];
  while (found.length < 2) {
    const sent = await sendReport(here, 'alpha', preset, what);
    if ((await stepsOf(here, 'alpha', sent).state()).owner !== who) found.push(sent);
  }
  return found as [Sent, Sent];
}

test('VMT-7 L-29 what may wait is one mail at the hour that its reader chose, of counts and links alone', async (t) => {
  const here = await village((done) => t.after(done), projects);
  assert.equal((await choose(here, who, { digest: '8' })).status, 303);
  const before = waiting(here, who).length;
  const { mark, found } = marks();
  const secret = (field: string, kind?: string) => (kind === 'address' ? `${mark(field)}@reporters.example` : `Words ${mark(field)}`);
  const sent = await reported(here, secret);
  await here.settle();
  assert.equal(waiting(here, who).length, before, 'nothing before the hour');
  here.set('2026-11-03T08:00:00Z');
  await here.settle();
  const mails = waiting(here, who).slice(before);
  const digest = mails.filter(({ subject }) => /2 notices in 2 cases$/.test(subject));
  assert.equal(digest.length, 1, JSON.stringify(mails.map(({ subject }) => subject)));
  assert.ok(!mails.some(({ subject }) => subject.endsWith('A report arrived')), 'and none beside it');
  for (const { case: id, codename } of sent) assert.ok(digest[0]?.text.includes(`/alpha/cases/${id}`) && digest[0].text.includes(codename));
  assert.deepEqual(found(JSON.stringify(digest)), [], 'no title, no word, no address');
  here.set('2026-11-04T08:00:00Z');
  await here.settle();
  assert.ok(
    !waiting(here, who)
      .slice(before + mails.length)
      .some(({ subject }) => /notices? in/.test(subject)),
    'once',
  );
});

test('L-10 L-11 L-12 who was removed, or sees a case no more, while their digest waits gets nothing of it', async (t) => {
  const here = await village((done) => t.after(done), projects);
  await choose(here, who, { digest: '8' });
  const before = waiting(here, who).length;
  const [first, second] = await reported(here, say);
  await here.settle();
  await stepsOf(here, 'alpha', first).as('viktor', 'take-up-case');
  await stepsOf(here, 'alpha', first).as('viktor', 'narrow-access', { people: ['viktor', 'rhea'], reason: 'A colleague is concerned.' });
  here.set('2026-11-03T08:00:00Z');
  await here.settle();
  const mails = waiting(here, who).slice(before);
  assert.ok(
    !JSON.stringify(mails).includes(first.codename) && !JSON.stringify(mails).includes(first.case),
    'nothing of the case that was narrowed',
  );
  assert.ok(
    mails.some(({ subject, text }) => /1 notice in 1 case$/.test(subject) && text.includes(second.codename)),
    'and of the other one',
  );
  await reported(here, say);
  await here.settle();
  const after = mailTo(here, who).length;
  await here.appoint('alpha', who, []);
  for (const day of ['04', '05', '06']) {
    here.set(`2026-11-${day}T08:00:00Z`);
    await here.settle();
  }
  assert.deepEqual(mailTo(here, who).slice(after), [], 'removed');
});

test('VMT-7 in quiet hours nothing comes, other hours let go what waits, and what makes no sense is shown again as it was typed', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const before = waiting(here, who).length;
  await choose(here, who, { from: '08:00', to: '20:00' });
  await reported(here, say);
  await here.settle();
  assert.equal(waiting(here, who).length, before);
  for (const [wrong, word] of [
    [{ zone: '<b>', digest: '8' }, '&lt;b&gt;'],
    [{ from: '08:00' }, '08:00'],
    [{ digest: '24' }, 'full hour'],
    [{ from: '09:00', to: '09:00' }, 'the same'],
  ] as const) {
    const answer = await choose(here, who, wrong);
    assert.equal(answer.status, 422);
    assert.ok(answer.body.includes(word), word);
  }
  assert.equal((await choose(here, who, {})).status, 303);
  await here.settle();
  assert.ok(
    waiting(here, who)
      .slice(before)
      .some(({ subject }) => subject.endsWith('A report arrived')),
  );
});

test('VMT-7 the hours of one’s mail are the same by page, by API and by command, and no token and nobody else chooses them', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const session = await here.signIn('alpha', who);
  const shown = async () => (await here.call('/api/v1/alpha/account/mail', { token: session })).json;
  const path = '/api/v1/alpha/account/choose-mail';
  assert.deepEqual(await shown(), { digest: null, from: null, to: null, zone: 'UTC' });
  assert.equal((await choose(here, who, { digest: '8', zone: 'Europe/Prague' })).status, 303);
  assert.deepEqual(await shown(), { digest: 8, from: null, to: null, zone: 'Europe/Prague' });
  const chosen = { digest: null, from: '22:00', to: '07:00', zone: 'UTC' };
  assert.deepEqual((await here.call(path, { token: session, body: chosen })).json, chosen);
  assert.deepEqual(await shown(), chosen);
  const command = async (...words: readonly string[]) => {
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    const settings = [{ project: 'alpha', title: 'Alpha', policy: 'alpha', sender: { name: 'Alpha', address: 'alpha@alpha.example' } }];
    const code = await personCommand(['choose-mail', ...words], { out: say, err: say, with: (work) => work(here.world, settings) });
    return { code, said: lines.join('\n') };
  };
  assert.deepEqual(await command(who), { code: 0, said: 'anna: no digest, quiet 22:00 to 07:00, UTC' });
  const { said } = await command(who, '--digest', '9', '--from', 'none', '--to', 'none', '--json');
  assert.deepEqual(JSON.parse(said), { person: who, digest: 9, from: null, to: null, zone: 'UTC' });
  assert.deepEqual(await shown(), { digest: 9, from: null, to: null, zone: 'UTC' });
  for (const wrong of [{ digest: 24 }, { from: '22:00' }, { from: '7', to: '8' }, { zone: '+02:00' }, { hours: 8 }])
    assert.equal((await here.call(path, { token: session, body: wrong })).status, 422, JSON.stringify(wrong));
  assert.equal((await command(who, '--zone', 'nowhere')).code, 5);
  assert.equal((await command('nobody-such')).code, 3);
  const { api: token } = await tokenOf(here);
  for (const other of ['', token]) assert.equal((await here.call(path, { token: other, body: chosen })).status, 404);
  assert.deepEqual(await shown(), { digest: 9, from: null, to: null, zone: 'UTC' }, 'and nothing of it was kept');
});

async function tokenOf(here: Village): Promise<{ readonly api: string }> {
  const asked = { name: 'robot', scopes: scopes.map(String), days: 1 };
  const project = 'alpha' as ProjectId;
  const made = await here.world.store.as({ kind: 'process', project }, (transaction) =>
    makeApiTokenIn(here.world, transaction, who as PersonId, asked),
  );
  if (isRefusal(made)) throw new Error(JSON.stringify(made));
  return { api: made.token };
}
