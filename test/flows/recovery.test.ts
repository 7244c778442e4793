// SPDX-License-Identifier: Apache-2.0
// Who lost their way in gets another by two people, never by one and never by mail; who is removed has none, at once.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askRecovery, confirmRecovery, inviteMember, waysInOf } from '../../src/app/sign-in/enrolment.ts';
import { endAccess, sessionActor } from '../../src/app/sign-in/sessions.ts';
import { person as personCommand } from '../../src/cli/person.ts';
import { token as tokenCommand } from '../../src/cli/token.ts';
import type { PersonActor } from '../../src/core/model/actor.ts';
import type { PersonId, ProjectId } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { authenticator } from '../support/authenticator.ts';
import { browserAt, csrfIn, enrol, enrolmentLink, signInWith } from '../support/sign-in.ts';
import { type Town, town } from '../support/town.ts';

const project = 'libvirt' as ProjectId;
const anna = 'anna' as PersonId;
const people = [
  { project, policy: 'libvirt-2023', members: { anna: ['core'], mo: ['moderator'], cara: ['administrator'], dora: ['administrator'] } },
];

async function actor(here: Town, name: string): Promise<PersonActor> {
  const found = await sessionActor(here.world, project, await here.signIn(project, name));
  assert.ok(found);
  return found;
}

test('L-31 access is recovered by two people who are not the one who lost it, and what was lost opens nothing any more', async (t) => {
  const here = await town(t, people);
  const browser = browserAt(here.base, project);
  const lost = authenticator(here.base);
  const before = await enrol(browser, (await enrolmentLink(here.world, project, anna)).url, lost);
  const [cara, dora, mo, her] = await Promise.all(['cara', 'dora', 'mo', anna].map((name) => actor(here, name)));
  assert.ok(cara && dora && mo && her);
  const refusedTo = async (answer: Promise<object | string>) => {
    const value = await answer;
    return typeof value === 'object' && isRefusal(value);
  };
  assert.ok(await refusedTo(inviteMember(here.world, cara, anna)), 'one person alone gives nobody a second way in');
  assert.ok(await refusedTo(confirmRecovery(here.world, dora, anna)), 'nobody has asked');
  assert.ok(await refusedTo(askRecovery(here.world, mo, anna)), 'who admits nobody recovers nobody');
  assert.ok(await refusedTo(askRecovery(here.world, her, anna)), 'not oneself');
  assert.equal(await askRecovery(here.world, cara, anna), 'asked');
  assert.deepEqual((await waysInOf(here.world, dora, anna))?.asked?.by, 'cara');
  assert.equal(await waysInOf(here.world, mo, anna), undefined, 'who gives nobody a way in is told nothing of it');
  assert.ok(await refusedTo(confirmRecovery(here.world, cara, anna)), 'the one who asked is not the second');
  const link = await confirmRecovery(here.world, dora, anna);
  assert.ok(!isRefusal(link));
  assert.equal((await signInWith(browser, project, lost)).status, 303, 'until the link is used nothing has changed');
  const found = authenticator(here.base);
  const after = await enrol(browser, link.url, found);
  assert.equal(after.status, 303);
  assert.equal((await browser.look('/libvirt/queue', before.session)).status, 404);
  assert.equal((await signInWith(browser, project, lost)).status, 403);
  assert.equal((await signInWith(browser, project, found)).status, 303);
});

test('L-11 when access ends, every session ends with it, and a passkey opens nothing', async (t) => {
  const here = await town(t, people);
  const browser = browserAt(here.base, project);
  const device = authenticator(here.base);
  const { session } = await enrol(browser, (await enrolmentLink(here.world, project, anna)).url, device);
  assert.equal((await browser.look('/libvirt/queue', session)).status, 200);
  await here.world.store.as({ kind: 'process', project }, (transaction) => endAccess(here.world, transaction, anna, true));
  assert.equal((await browser.look('/libvirt/queue', session)).status, 404);
  assert.equal((await signInWith(browser, project, device)).status, 403);
});

const mailsTo = (here: Town, name: string) =>
  here.relay.sent.filter(({ to }) => to.address === `${name}@members.example`).map(({ subject }) => subject.replace(/^\[[^\]]*\] /, ''));

test('L-31 two people recover a member by the pages and the API, and the member is told of every step', async (t) => {
  const here = await town(t, people);
  const browser = browserAt(here.base, project);
  await enrol(browser, (await enrolmentLink(here.world, project, anna)).url, authenticator(here.base));
  const [cara, mo] = [await here.signIn(project, 'cara'), await here.signIn(project, 'mo')];
  const page = async (session: string) => (await browser.look('/libvirt/people/anna', session)).text;
  assert.doesNotMatch(await page(mo), /id="ways"/);
  const shown = await page(cara);
  assert.match(shown, /Ask for recovery/);
  const csrf = csrfIn(shown);
  assert.equal(
    (await browser.post('/libvirt/people/anna/make-link', { csrf }, cara)).status,
    422,
    'one person alone gives no second way in',
  );
  assert.equal((await browser.post('/libvirt/people/anna/ask-recovery', { csrf }, cara)).status, 303);
  assert.match(await page(cara), /You have asked for recovery/);
  assert.equal((await browser.post('/libvirt/people/anna/confirm-recovery', { csrf }, cara)).status, 422);
  const path = `/api/v1/${project}/people/anna/confirm-recovery`;
  assert.equal((await here.call(path, { token: mo, body: {} })).status, 404, 'who gives nobody a way in finds nothing');
  const confirmed = await here.call(path, { token: await here.signIn(project, 'dora'), body: {} });
  assert.equal(confirmed.status, 200);
  assert.equal((await enrol(browser, confirmed.body.url, authenticator(here.base))).status, 303);
  const told = ['A way in was added', 'Somebody says that you lost your way in', 'A way in was added', 'Your access was recovered'];
  await here.until('the mails about it', () => mailsTo(here, 'anna').length >= told.length);
  assert.deepEqual(mailsTo(here, 'anna').toSorted(), told.toSorted());
});

test('who signs in after refused attempts, or after months, is told of it; a refused passkey is told once a day', async (t) => {
  const here = await town(t, people);
  const browser = browserAt(here.base, project);
  const device = authenticator(here.base);
  await enrol(browser, (await enrolmentLink(here.world, project, anna)).url, device);
  assert.equal((await signInWith(browser, project, device)).status, 303);
  for (let attempt = 0; attempt < 3; attempt++) assert.equal((await signInWith(browser, project, device, { counter: 0 })).status, 403);
  assert.equal((await signInWith(browser, project, device)).status, 303);
  const expected = ['A way in was added', 'An attempt to sign in as you was refused', 'Somebody signed in as you'];
  await here.until('the mails about it', () => mailsTo(here, 'anna').length >= expected.length);
  assert.deepEqual(mailsTo(here, 'anna').toSorted(), expected.toSorted());
  here.set(new Date(Date.parse(here.now()) + 61 * 86_400_000).toISOString());
  assert.equal((await signInWith(browser, project, device)).status, 303);
  await here.until(
    'the mail after months',
    () => mailsTo(here, 'anna').filter((subject) => subject === 'Somebody signed in as you').length === 2,
  );
});

/** A command on this very installation. */
async function run(here: Town, command: typeof personCommand, ...words: readonly string[]) {
  const lines = { out: [] as string[], err: [] as string[] };
  const settings = { project, title: project, policy: 'libvirt-2023', sender: { name: project, address: 'reports@libvirt.example' } };
  const code = await command(words, {
    out: (line) => lines.out.push(line),
    err: (line) => lines.err.push(line),
    with: (work) => work(here.world, [settings]),
  });
  return { code, out: lines.out.join('\n'), err: lines.err.join('\n') };
}

test('LIBVIRT-29 whom the console writes down is in the roster, with the terms still to accept, and the console is one voice in a recovery', async (t) => {
  const here = await town(t, people);
  const browser = browserAt(here.base, project);
  const first = await run(here, personCommand, 'invite', 'ruth', '--role', 'administrator', '--role', 'vendor');
  assert.equal(first.code, 0, first.err);
  const entry = () => here.world.store.as({ kind: 'process', project }, ({ roster }) => roster.person('ruth' as PersonId));
  assert.deepEqual(
    (await entry())?.state.roles.map(({ role, origin, bound }) => [role, origin, bound]),
    [
      ['administrator', 'founded', false],
      ['vendor', 'founded', true],
    ],
  );
  const member = await here.world.store.as({ kind: 'process', project }, ({ accounts }) => accounts.member('ruth' as PersonId));
  assert.deepEqual(member?.roles, ['administrator'], 'the other counts once the terms are accepted');
  assert.equal((await run(here, personCommand, 'invite', 'ruth', '--role', 'core')).code, 5, 'roles are given by people from now on');
  assert.equal((await run(here, personCommand, 'invite', 'nobody')).code, 5);
  assert.equal((await run(here, personCommand, 'invite', 'x', '--role', 'no-such')).code, 2);
  assert.equal((await enrol(browser, first.out, authenticator(here.base))).status, 303);
  assert.equal((await run(here, personCommand, 'invite', 'ruth')).code, 5, 'they have a way in');
  assert.equal((await run(here, personCommand, 'ask-recovery', 'ruth')).code, 0);
  assert.equal((await run(here, personCommand, 'confirm-recovery', 'ruth')).code, 5, 'one voice is not two');
  const link = await confirmRecovery(here.world, await actor(here, 'cara'), 'ruth' as PersonId);
  assert.ok(!isRefusal(link));
  const listed = JSON.parse((await run(here, personCommand, 'list', '--json')).out) as readonly { person: string }[];
  assert.deepEqual(
    listed.find((one) => one.person === 'ruth'),
    {
      person: 'ruth',
      name: 'ruth',
      standing: 'active',
      roles: [
        { role: 'administrator', stands: 'counts' },
        { role: 'vendor', stands: 'terms to accept' },
      ],
    },
  );
  assert.equal((await run(here, personCommand, 'list', '--yaml')).code, 2);
  assert.match((await run(here, personCommand, 'list')).out, /ruth\truth\tactive\tadministrator, vendor \(terms to accept\)/);
});

test('L-69 a token is made, listed and revoked at the console, and opens what its scopes say', async (t) => {
  const here = await town(t, people);
  const made = await run(here, tokenCommand, 'create', 'anna', '--name', 'robot', '--scope', 'member:read', '--days', '7');
  assert.equal(made.code, 0, made.err);
  const asks = async (path: string) => (await here.call(`/api/v1/libvirt/${path}`, { token: made.out })).status;
  assert.deepEqual([await asks('cases'), await asks('terms')], [200, 404]);
  const [id = ''] = (await run(here, tokenCommand, 'list', 'anna')).out.split('\t');
  assert.match(id, /^[0-9a-f]{16}$/);
  const [told] = JSON.parse((await run(here, tokenCommand, 'list', 'anna', '--json')).out);
  assert.deepEqual([told.id, told.name, told.scopes], [id, 'robot', ['member:read']]);
  const other = await run(here, tokenCommand, 'create', 'anna', '--name', 'other', '--scope', 'member:read', '--json');
  assert.match(JSON.parse(other.out).token, /^dlp_/);
  assert.equal((await run(here, tokenCommand, 'create', 'anna', '--name', 'robot', '--scope', 'everything')).code, 5);
  assert.equal((await run(here, tokenCommand, 'revoke', 'mo', id)).code, 3, 'not theirs');
  assert.equal((await run(here, tokenCommand, 'revoke', 'anna', id)).code, 0);
  assert.equal(await asks('cases'), 404);
  assert.equal((await run(here, tokenCommand, 'list', 'nobody')).code, 3);
  assert.equal((await run(here, tokenCommand, 'make')).code, 2);
});
