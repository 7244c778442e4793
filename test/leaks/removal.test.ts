// SPDX-License-Identifier: Apache-2.0
// Who leaves, leaves at once: no page, no list, no file, and no mail that was waiting. And every mail has one recipient.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compose } from '../../src/adapters/smtp/compose.ts';
import { changeMember } from '../../src/app/owners.ts';
import { actOnPerson } from '../../src/app/roster.ts';
import { makeApiTokenIn } from '../../src/app/sign-in/api-tokens.ts';
import { askRecovery, inviteMember, makeEnrolmentLink } from '../../src/app/sign-in/enrolment.ts';
import type { PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { OutsideFailure } from '../../src/ports/failure.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import { projectRoot } from '../support/embedded.ts';
import { courseOf, driveSecret, presets, sendReport, stepsOf } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);
const settled = [{ project: 'alpha', policy: 'openstack-vmt', members: courseOf('openstack-vmt').members }];
/** The same, where everybody with access gets the mail. */
const widelyTold = settled.map((one) => ({
  ...one,
  policy: readFileSync(join(projectRoot, 'policies', 'openstack-vmt.yaml'), 'utf8').replace(
    'mails_to: those_asked',
    'mails_to: all_with_access',
  ),
}));
const rheaAddress = 'rhea@members.example';
const mailsTo = (here: Village, address: string) => here.relay.sent.filter((mail) => mail.to.address === address);

/** Everything of a case that a member could open, with the status of each. */
async function opened(here: Village, id: string, session: string, files: readonly string[]): Promise<readonly number[]> {
  const cookie = { Cookie: `__Host-daylight-alpha=${session}` };
  const answers = await Promise.all([
    here.call(`/api/v1/alpha/cases/${id}`, { token: session }),
    here.request(`/alpha/cases/${id}`, { headers: cookie }),
    here.request(`/alpha/cases/${id}/advisory`, { headers: cookie }),
    here.call(`/api/v1/alpha/cases/${id}/add-note`, { token: session, body: { body: 'Still here.' } }),
    ...files.map((file) => here.call(`/api/v1/alpha/cases/${id}/attachments/${file}`, { token: session })),
  ]);
  return answers.map(({ status }) => status);
}

test('L-11 a member who is removed opens nothing from the next request on, with the session and the addresses they had', async (t) => {
  const here = await village((done) => t.after(done), settled);
  const secret = await driveSecret(here, 'alpha', 'openstack-vmt', say);
  const session = await here.signIn('alpha', 'rhea');
  const before = await opened(here, secret.case, session, secret.attachments);
  assert.deepEqual(
    before,
    before.map(() => 200),
  );
  await here.appoint('alpha', 'rhea', []);
  const afterwards = await opened(here, secret.case, session, secret.attachments);
  assert.deepEqual(
    afterwards,
    afterwards.map(() => 404),
  );
  assert.deepEqual((await here.call('/api/v1/alpha/cases', { token: session })).json.rows, []);
  const queue = await here.request('/alpha/queue', { headers: { Cookie: `__Host-daylight-alpha=${session}` } });
  assert.ok(!queue.body.includes(secret.codename));
});

test('L-11 L-13 whom the roster removes has nothing left from the next request on: session, token, link, passkey, account, recovery', async (t) => {
  const here = await village((done) => t.after(done), settled);
  const secret = await driveSecret(here, 'alpha', 'openstack-vmt', say);
  const project = 'alpha' as ProjectId;
  const [anna, cleo, person] = ['anna', 'cleo', 'rhea'] as PersonId[] as [PersonId, PersonId, PersonId];
  await here.appoint('alpha', 'cleo', ['administrator']);
  const session = await here.signIn('alpha', 'rhea');
  const cookie = { Cookie: `__Host-daylight-alpha=${session}` };
  const console = { kind: 'console', project } as const;
  const made = await here.world.store.as({ kind: 'process', project }, async (transaction) => {
    const asked = { name: 'robot', scopes: ['member:read', 'case:read'], days: 1 };
    const token = await makeApiTokenIn(here.world, transaction, person, asked);
    const passkey = {
      person,
      credential: 'c1',
      publicKey: new Uint8Array(77),
      counter: 0,
      transports: [],
      name: 'blue',
      added: here.now(),
    };
    await transaction.signIn.addPasskey(passkey);
    await transaction.signIn.bindIdentity({ issuer: 'https://id.example', subject: '17', person }, here.now());
    return { token, link: await makeEnrolmentLink(here.world, transaction, project, person) };
  });
  assert.equal(await askRecovery(here.world, console, person), 'asked');
  assert.ok(!isRefusal(made.token));
  const { token } = made.token;
  const link = new URL(made.link.url).pathname;
  const page = async (path: string, headers = {}) => (await here.request(path, { headers })).status;
  const asks = async (path: string) => (await here.call(path, { token })).status;
  const ways = async () => [
    await page(`/alpha/cases/${secret.case}`, cookie),
    await page('/alpha/account', cookie),
    await asks('/api/v1/alpha/cases'),
    await asks(`/api/v1/alpha/cases/${secret.case}`),
  ];
  assert.deepEqual(await ways(), [200, 200, 200, 200]);
  const shown = async () => (await here.request(link)).body.toString();
  assert.match(await shown(), /For rhea/);
  const actor = { kind: 'person', person: cleo, roles: ['administrator'] as unknown as readonly Role[] } as const;
  const removed = await actOnPerson(here.world, project, actor, { person, action: { kind: 'remove' }, note: 'She left the project.' });
  assert.ok(!isRefusal(removed), JSON.stringify(removed));
  assert.deepEqual(await ways(), [404, 404, 404, 404]);
  const spent = await shown();
  assert.doesNotMatch(spent, /For rhea/, 'a link of theirs names nobody any more');
  assert.ok(!spent.includes(secret.codename));
  const left = await here.world.store.as({ kind: 'process', project }, async ({ signIn }) => [
    await signIn.sessionsOf(person, here.now()),
    await signIn.apiTokensOf(person, here.now()),
    await signIn.passkeysOf(person),
    await signIn.identitiesOf(person),
    (await signIn.oneTimes('recovery', here.now())).filter((one) => one.person === person),
  ]);
  assert.deepEqual(left, [[], [], [], [], []]);
  assert.ok(isRefusal(await makeAgain(here, person)), 'and nobody makes them another by the old way');
  assert.equal((await here.call(`/api/v1/alpha/cases/${secret.case}`, { token: await here.signIn('alpha', anna) })).status, 200);
});

async function makeAgain(here: Village, person: PersonId): Promise<object> {
  return inviteMember(here.world, { kind: 'console', project: 'alpha' as ProjectId }, person);
}

test('L-37 L-26 who has no role is told no names of members, and a report of theirs is moderated like anybody’s', async (t) => {
  const here = await village(
    (done) => t.after(done),
    [{ project: 'alpha', policy: 'libvirt-2023', members: courseOf('libvirt-2023').members }],
  );
  const session = await here.signIn('alpha', 'rhea');
  const cookie = { Cookie: `__Host-daylight-alpha=${session}` };
  const roster = async () =>
    Promise.all([here.call('/api/v1/alpha/people', { token: session }), here.request('/alpha/people', { headers: cookie })]);
  for (const { status, body } of await roster()) assert.ok(status === 200 && body.includes('viktor'));
  await here.appoint('alpha', 'rhea', []);
  for (const { status, body } of await roster()) assert.ok(status === 404 && !body.includes('viktor'));
  const fields = { csrf: csrfToken(here.world.derive('csrf'), session), title: 'A title', description: 'Words', consent: 'yes' };
  const sent = await here.request('/alpha/report/send', {
    method: 'POST',
    headers: { ...cookie, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  assert.equal(sent.status, 201);
  await here.settle();
  const moderated = await here.call('/api/v1/alpha/cases', { token: await here.signIn('alpha', 'mo') });
  assert.deepEqual(
    moderated.json.rows.map((row: { state: { handling: string } }) => row.state.handling),
    ['held'],
  );
});

test('L-11 access by name ends with it: the page, and the mail that was on its way', async (t) => {
  const here = await village((done) => t.after(done), settled);
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say);
  await here.settle();
  const { anna } = stepsOf(here, 'alpha', sent);
  const session = await here.signIn('alpha', 'lia');
  const look = async () => (await here.call(`/api/v1/alpha/cases/${sent.case}`, { token: session })).status;
  assert.equal(await look(), 404);
  await anna('add-person', { person: 'lia' });
  assert.equal(await look(), 200);
  await anna('remove-person', { person: 'lia' });
  assert.equal(await look(), 404);
  await here.settle();
  assert.deepEqual(mailsTo(here, 'lia@members.example'), []);
});

test('L-11 L-18 a name among the few of a narrowed case does not outlive the role that reads: page, file, list, mail and API; an invitation does', async (t) => {
  const members = { ...courseOf('openstack-vmt').members, ada: ['administrator'] };
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: 'openstack-vmt', members }]);
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say);
  await here.settle();
  const { anna, as, state } = stepsOf(here, 'alpha', sent);
  await anna('take-up-case');
  const secret = { ...sent, attachments: (await state()).reporters[0].attachments.map((one: { id: string }) => one.id) };
  assert.ok(secret.attachments.length >= 3);
  const change = (person: string, ...roles: string[]) =>
    changeMember(here.world, 'alpha' as ProjectId, {
      person: person as PersonId,
      name: person,
      address: `${person}@members.example`,
      roles: roles as Role[],
    });
  await anna('add-person', { person: 'lia', until: '2100-01-01 09:00 UTC' });
  await anna('narrow-access', { people: ['anna', 'rhea', 'lia'], reason: 'Viktor works for the vendor concerned.' });
  const [rhea, lia, viktor] = [await here.signIn('alpha', 'rhea'), await here.signIn('alpha', 'lia'), await here.signIn('alpha', 'viktor')];
  const all = async (session: string) => new Set(await opened(here, secret.case, session, secret.attachments));
  assert.deepEqual([await all(rhea), await all(lia), await all(viktor)], [new Set([200]), new Set([200]), new Set([404])]);

  // What does not count for a while is as if it were not there, and comes back with what it waits for.
  await here.appoint('alpha', 'rhea', ['liaison']);
  assert.deepEqual(await all(rhea), new Set([404]));
  await here.appoint('alpha', 'rhea', ['coordinator']);
  assert.deepEqual(await all(rhea), new Set([200]));

  await as('rhea', 'assign-owner', { person: 'rhea' });
  await here.settle();
  const before = here.relay.sent.length;
  await change('rhea', 'liaison');
  assert.deepEqual(await all(rhea), new Set([404]), 'she stays a member, by a role that reads nothing');
  assert.deepEqual((await here.call('/api/v1/alpha/cases', { token: rhea })).json.rows, []);
  const seen = (await here.call(`/api/v1/alpha/cases/${secret.case}`, { token: await here.signIn('alpha', 'anna') })).json;
  assert.deepEqual(
    [seen.state.narrowed.people, seen.state.owner],
    [['anna', 'lia'], 'anna'],
    'the log says so, and the case has another owner',
  );
  await change('rhea', 'coordinator');
  assert.deepEqual(await all(rhea), new Set([404]), 'who comes back is let in by two people, as anybody else');
  assert.deepEqual(await all(lia), new Set([200]), 'an invitation is not a role');

  await change('lia', 'stable_maintainer');
  assert.deepEqual(await all(lia), new Set([200]));
  await change('anna', 'liaison', 'core_reviewer');
  assert.deepEqual(await all(await here.signIn('alpha', 'anna')), new Set([404]));
  await here.settle();
  const later = here.relay.sent.slice(before);
  assert.deepEqual(
    later.filter(({ subject }) => subject.includes('Nobody is left')).map(({ to }) => to.address),
    ['ada@members.example'],
    'who is left may not work on it: those who run the system are called',
  );
  assert.deepEqual(
    later.filter(({ to, text }) => to.address === rheaAddress && text.includes(secret.codename)),
    [],
  );
});

test('L-10 L-12 a notice that waits is not sent to a member who was removed meanwhile, for a group or by name', async (t) => {
  let down = false;
  const here = await village((done) => t.after(done), widelyTold, {
    relayAnswer: () => {
      if (down) throw new OutsideFailure('temporary', 'the relay is away');
    },
  });
  await sendReport(here, 'alpha', 'openstack-vmt', say);
  await here.appoint('alpha', 'rhea', []);
  await here.settle();
  assert.deepEqual(mailsTo(here, rheaAddress), [], 'queued for the group');
  const before = mailsTo(here, 'anna@members.example').length;
  assert.ok(before > 0, 'who stays is told');
  await here.appoint('alpha', 'rhea', ['coordinator']);
  down = true;
  await sendReport(here, 'alpha', 'openstack-vmt', (field, kind) => `${say(field, kind)}`, undefined);
  await here.settle();
  down = false;
  await here.appoint('alpha', 'rhea', []);
  here.later(2);
  await here.settle();
  assert.deepEqual(mailsTo(here, rheaAddress), [], 'queued by name');
  assert.ok(mailsTo(here, 'anna@members.example').length > before, 'who stays is told');
});

test('L-10 what an owner would be told after leaving is told to those who can act, and not to the owner', async (t) => {
  const here = await village((done) => t.after(done), settled);
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say);
  const { as, reporter } = stepsOf(here, 'alpha', sent);
  await as('rhea', 'take-up-case');
  await here.settle();
  const before = mailsTo(here, rheaAddress).length;
  await here.appoint('alpha', 'rhea', []);
  await reporter('answer-team', { body: 'Is anybody there?' });
  await here.settle();
  assert.equal(mailsTo(here, rheaAddress).length, before);
  const told = here.relay.sent.filter(({ subject }) => subject.includes('The reporter answered')).map(({ to }) => to.address);
  assert.deepEqual(told.toSorted(), ['anna@members.example', 'viktor@members.example']);
});

test('L-36 a notice to two hundred members is two hundred mails, each with one recipient who sees no other', async (t) => {
  const here = await village((done) => t.after(done), widelyTold);
  const names = Array.from({ length: 200 }, (_, index) => `member-${String(index).padStart(3, '0')}`);
  for (const name of names) await here.appoint('alpha', name, ['coordinator']);
  await sendReport(here, 'alpha', 'openstack-vmt', say);
  for (let round = 0; round < 4; round++) await here.settle();
  for (const name of names) assert.equal(mailsTo(here, `${name}@members.example`).length, 1, name);
  for (const mail of here.relay.sent) {
    const addresses =
      Buffer.from(compose(mail))
        .toString()
        .match(/[\w+.-]+@members\.example/g) ?? [];
    assert.ok(
      addresses.every((address) => address === mail.to.address),
      `${mail.to.address} sees ${addresses.join(', ')}`,
    );
  }
});

for (const preset of presets)
  test(`L-36 no mail of a whole case has a second recipient, and each reporter’s reply address is their own, under ${preset}`, async (t) => {
    const here = await village((done) => t.after(done), [{ project: 'alpha', policy: preset, members: courseOf(preset).members }]);
    const secret = await driveSecret(here, 'alpha', preset, say);
    await sendReport(here, 'alpha', preset, (field, kind) => (kind === 'address' ? 'otto@reporters.example' : say(field, kind)));
    here.set(secret.until ?? '');
    await here.settle();
    assert.ok(here.relay.sent.length >= 6);
    for (const mail of here.relay.sent) {
      const [head = ''] = Buffer.from(compose(mail)).toString().split('\r\n\r\n');
      const fields = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
      assert.equal(fields.filter((field) => /^to:/i.test(field)).length, 1);
      assert.deepEqual(
        fields.filter((field) => /^(?:cc|bcc|resent-\w+):/i.test(field)),
        [],
      );
      assert.equal(fields.find((field) => /^to:/i.test(field))?.match(/@/g)?.length, 1);
    }
    const replies = here.relay.sent.flatMap(({ to, replyTo }) => (replyTo === undefined ? [] : [`${to.address} ${replyTo.address}`]));
    assert.equal(
      new Set(replies.map((reply) => reply.split(' ')[1])).size,
      new Set(replies).size,
      'a reply address belongs to one reporter',
    );
    assert.equal(new Set(replies).size, 3, 'one for each report, two of which are by the same person');
  });
