// SPDX-License-Identifier: Apache-2.0
// Admission from application to removal: who is told, from when a role counts, what stays on record.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { actOnPerson, actOnPersonIn, termsDigest } from '../../src/app/roster.ts';
import { openSession, sessionActor } from '../../src/app/sign-in/sessions.ts';
import type { PersonId, Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { RosterActor } from '../../src/core/people/action.ts';
import type { PersonState } from '../../src/core/people/person.ts';
import { town } from '../support/town.ts';
import { sentForm } from './web-form.ts';

const project = 'libvirt';
const here = await town({ after }, [
  { project, policy: 'libvirt-2023', members: { anna: ['core'], ben: ['core'], root: ['administrator'], carl: ['moderator'] } },
]);
const { world } = here;
const id = project as never;
const anna: RosterActor = { kind: 'person', person: 'anna' as PersonId, roles: ['core' as Role] };
const ben: RosterActor = { kind: 'person', person: 'ben' as PersonId, roles: ['core' as Role] };
const stated = ['organisation', 'nominated_by'] as const;
const details = { name: 'vera', address: 'vera@vendor.example', organisation: 'Vendor', nominatedBy: 'Head of security' };

async function taken(promise: ReturnType<typeof actOnPerson>): Promise<PersonState> {
  const state = await promise;
  assert.ok(!isRefusal(state), JSON.stringify(state));
  return state;
}

const digest = () =>
  world.store.as({ kind: 'process', project: id }, async ({ policies }) => termsDigest((await policies.active()).policy));

async function newMember(): Promise<PersonState> {
  const action = { kind: 'apply', role: 'vendor' as Role, stated, until: null, roleAddress: false } as const;
  const applied = await taken(actOnPerson(world, id, { kind: 'outsider' }, { person: null, action, note: 'I package libvirt.', details }));
  const { person } = applied;
  await taken(actOnPerson(world, id, ben, { person, action: { kind: 'vouch' }, note: 'We have worked together for years.' }));
  return taken(actOnPerson(world, id, anna, { person, action: { kind: 'admit', deviation: false } }));
}

const accept = async ({ person }: PersonState) => {
  const self: RosterActor = { kind: 'person', person, roles: [] };
  return taken(actOnPerson(world, id, self, { person, action: { kind: 'accept-terms', digest: await digest() } }));
};

test('LIBVIRT-29 a member sees by their role from the moment in which the terms are accepted, and not before', async () => {
  const vera = await newMember();
  const { token } = await openSession(world, id, vera.person, 'demo_link');
  assert.deepEqual((await sessionActor(world, id, token))?.roles, []);
  await accept(vera);
  assert.deepEqual((await sessionActor(world, id, token))?.roles, ['vendor']);
});

test('L-11 a removal ends every session in the same transaction, and a role that is suspended gives nothing', async () => {
  const vera = await newMember();
  await accept(vera);
  const { token } = await openSession(world, id, vera.person, 'demo_link');
  assert.deepEqual((await sessionActor(world, id, token))?.roles, ['vendor']);
  await taken(actOnPerson(world, id, anna, { person: vera.person, action: { kind: 'suspend' }, note: 'The account looks stolen.' }));
  assert.equal(await sessionActor(world, id, token), undefined);
  await taken(actOnPerson(world, id, ben, { person: vera.person, action: { kind: 'reinstate' }, note: 'It was not.' }));
  assert.equal(await sessionActor(world, id, token), undefined, 'a session that ended stays ended');
});

test('why somebody was admitted is read by themselves and by those who may admit, and by no other member', async () => {
  const vera = await newMember();
  const read = (person: string) =>
    world.store.as({ kind: 'person', project: id, person: person as PersonId, roles: [] }, ({ roster }) => roster.history(vera.person));
  const kinds = ['membership-applied', 'applicant-vouched', 'member-admitted', 'terms-required'];
  assert.deepEqual(
    (await read('anna')).map(({ event }) => event.kind),
    kinds,
  );
  assert.deepEqual(
    (await read('anna')).map(({ note }) => note),
    ['I package libvirt.', 'We have worked together for years.', null, null],
  );
  assert.deepEqual(
    (await read('root')).map(({ event }) => event.kind),
    kinds,
  );
  await accept(vera);
  assert.equal((await read(vera.person)).length, 5);
  assert.deepEqual(await read('carl'), []);
});

test('the roster is one chain for the project, and one changed byte is found', async () => {
  await newMember();
  const verify = () => world.store.as({ kind: 'process', project: id }, ({ roster }) => roster.verify());
  const whole = await verify();
  assert.equal(whole.brokenAt, null);
  assert.ok(whole.events > 0);
  await here.ask(
    `update daylight.person_event set envelope = replace(envelope::text, '"member-admitted"', '"member-removed"')::json where place = 3`,
  );
  assert.equal((await verify()).brokenAt, 3);
  await here.ask(
    `update daylight.person_event set envelope = replace(envelope::text, '"member-removed"', '"member-admitted"')::json where place = 3`,
  );
  assert.equal((await verify()).brokenAt, null);
  await here.ask(`update daylight.member set roster = replace(roster::text, '"active"', '"removed"')::json where name = 'vera'`);
  assert.notEqual((await verify()).brokenAt, null, 'the member says what the log does not');
});

test('whoever is not the process cannot write a role, a standing or an event of the roster', async () => {
  const vera = await newMember();
  const as = { kind: 'person', project: id, person: vera.person, roles: ['core' as Role] } as const;
  await assert.rejects(world.store.as(as, ({ roster }) => roster.lock()));
  await assert.rejects(
    world.store.as(as, ({ accounts }) => accounts.putMember({ person: vera.person, name: 'x', address: null, roles: ['core' as Role] })),
  );
});

test('LIBVIRT-29 the clock takes a role away that nobody confirmed, and tells both sides', async () => {
  const vera = await accept(await newMember());
  const before = await world.store.as({ kind: 'process', project: id }, ({ accounts }) => accounts.member(vera.person));
  assert.deepEqual(before?.roles, ['vendor']);
  here.later(24 * 95);
  await here.until('the role lapsed', async () => {
    const member = await world.store.as({ kind: 'process', project: id }, ({ accounts }) => accounts.member(vera.person));
    return member?.roles.length === 0;
  });
  await here.until('both are told', () => here.relay.sent.filter(({ subject }) => subject.includes('A role has lapsed')).length >= 3);
});

test('L-12 a mail that waits goes to nobody who has lost the right to it meanwhile', async () => {
  const action = { kind: 'apply', role: 'vendor' as Role, stated, until: null, roleAddress: false } as const;
  const before = here.relay.sent.length;
  await world.store.as({ kind: 'process', project: id }, async (transaction) => {
    await actOnPersonIn(world, transaction, id, { kind: 'outsider' }, { person: null, action, note: 'I package libvirt too.', details });
    const ended = { kind: 'end-role', role: 'core' as Role } as const;
    await actOnPersonIn(world, transaction, id, anna, { person: 'ben' as PersonId, action: ended, note: 'He asked for it.' });
  });
  const arrived = () => here.relay.sent.slice(before).filter(({ subject }) => subject.includes('asks to be admitted'));
  await here.until('somebody is told', () => arrived().length > 0);
  const waiting = () => here.ask(`select from daylight.project_mail where state = 'waiting'`);
  await here.until('nothing waits', async () => (await waiting()).length === 0);
  assert.deepEqual(
    arrived().map(({ to }) => to.address),
    ['anna@members.example'],
  );
});

const formOf = (token: string, csrf: string, fields: Readonly<Record<string, string>>) =>
  ({
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: here.base, Cookie: `daylight-${project}=${token}`, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrf, ...fields }).toString(),
  }) as const;

async function pageOf(
  name: string,
  path: string,
): Promise<{ readonly text: string; readonly csrf: string; readonly token: string; readonly status: number }> {
  const token = await here.signIn(project, name);
  const answer = await fetch(here.base + path, { headers: { Cookie: `daylight-${project}=${token}` } });
  const text = await answer.text();
  return { text, token, status: answer.status, csrf: /name="csrf" value="([^"]*)"/.exec(text)?.[1] ?? '' };
}

test('LIBVIRT-27 LIBVIRT-28 by web: the application is no report, a member vouches, another admits, and the terms stand before the queue', async () => {
  await taken(
    actOnPerson(world, id, anna, {
      person: 'ben' as PersonId,
      action: { kind: 'invite', role: 'core' as Role, stated: [], until: null, roleAddress: false },
      note: 'Back again.',
    }),
  );
  await taken(actOnPerson(world, id, anna, { person: 'ben' as PersonId, action: { kind: 'admit', deviation: false } }));
  const fields = {
    name: 'wanda',
    address: 'wanda@distro.example',
    role: 'vendor',
    organisation: 'A distribution',
    note: 'I package libvirt.',
  };
  const lacking = await sentForm(here, `/${project}/apply`, fields);
  assert.equal(lacking.status, 422);
  assert.match(lacking.text, /asks for: nominated by/);
  assert.match(lacking.text, /A distribution/, 'what was typed stays');
  const before = await here.ask('select from daylight.cases');
  assert.equal((await sentForm(here, `/${project}/apply`, { ...fields, nominated_by: 'Its security team' })).status, 303);
  assert.equal((await here.ask('select from daylight.cases')).length, before.length);

  const list = await pageOf('ben', `/${project}/people`);
  assert.match(list.text, /Ask to be admitted/);
  const path = /href="(\/libvirt\/people\/[^"]+)">wanda</.exec(list.text)?.[1] ?? '';
  const asBen = await pageOf('ben', path);
  assert.equal((await fetch(`${here.base}${path}/vouch`, formOf(asBen.token, asBen.csrf, { note: 'We met.' }))).status, 303);
  const asCarl = await pageOf('carl', path);
  assert.doesNotMatch(asCarl.text, /We met/);
  assert.equal((await fetch(`${here.base}${path}/admit`, formOf(asCarl.token, asCarl.csrf, {}))).status, 422);
  const asAnna = await pageOf('anna', path);
  assert.match(asAnna.text, /We met/);
  assert.equal((await fetch(`${here.base}${path}/admit`, formOf(asAnna.token, asAnna.csrf, {}))).status, 303);

  const wanda = path.split('/').at(-1) ?? '';
  const hers = await pageOf(wanda, `/${project}/people`);
  assert.match(hers.text, /The terms wait for your yes/);
  assert.equal((await pageOf(wanda, `/${project}/queue`)).text.includes('The terms wait'), false);
  const terms = await pageOf(wanda, `/${project}/terms`);
  const shown = /name="digest" value="([^"]*)"/.exec(terms.text)?.[1] ?? '';
  assert.equal((await fetch(`${here.base}/${project}/terms`, formOf(terms.token, terms.csrf, { digest: 'another' }))).status, 422);
  assert.equal((await fetch(`${here.base}/${project}/terms`, formOf(terms.token, terms.csrf, { digest: shown }))).status, 303);
  assert.equal((await pageOf(wanda, `/${project}/queue`)).status, 200);
});

test('L-37 the roster is for members: a stranger, a reporter and a removed member find nothing there, by web and by API', async () => {
  const vera = await accept(await newMember());
  const token = await here.signIn(project, vera.person);
  assert.equal((await here.call(`/api/v1/${project}/people`, { token })).status, 200);
  await taken(actOnPerson(world, id, anna, { person: vera.person, action: { kind: 'remove' }, note: 'They left their company.' }));
  for (const path of ['people', `people/${vera.person}`, 'terms']) {
    const never = await here.call(`/api/v1/${project}/${path}`, { token: 'dls_nobody' });
    const gone = await here.call(`/api/v1/${project}/${path}`, { token });
    assert.deepEqual(gone, never, path);
    assert.equal(gone.status, 404);
  }
});
