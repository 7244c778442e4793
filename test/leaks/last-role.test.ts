// SPDX-License-Identifier: Apache-2.0
// Who loses their last role has no session, token or link from then on; who keeps another goes on with what is left of their rights, within a second.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeMember } from '../../src/app/owners.ts';
import { actOnPerson } from '../../src/app/roster.ts';
import { makeApiTokenIn } from '../../src/app/sign-in/api-tokens.ts';
import { makeEnrolmentLink } from '../../src/app/sign-in/enrolment.ts';
import { bringRoles } from '../../src/app/sign-in/synced-roles.ts';
import type { PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { presetText } from '../support/policies.ts';
import { courseOf, driveSecret, type Secret } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const alpha = 'alpha' as ProjectId;
const rhea = 'rhea' as PersonId;
const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);
/** Reads every case, and a role that a group of another system gives and takes. */
const policy = presetText('openstack-vmt').replace(/^roles:\n/m, 'roles:\n  watcher: { from: { oidc_group: security }, may: [] }\n');
const settled = [{ project: 'alpha', policy, members: courseOf('openstack-vmt').members }];

interface Kept {
  readonly session: string;
  readonly token: string;
  readonly link: string;
}

async function kept(here: Village): Promise<Kept> {
  const session = await here.signIn('alpha', 'rhea');
  return here.world.store.as({ kind: 'process', project: alpha }, async (transaction) => {
    const made = await makeApiTokenIn(here.world, transaction, rhea, { name: 'robot', scopes: ['case:read'], days: 1 });
    assert.ok(!isRefusal(made));
    const { url } = await makeEnrolmentLink(here.world, transaction, alpha, rhea);
    return { session, token: made.token, link: new URL(url).pathname };
  });
}

/** What each of the ways in answers: the account, the case by session and by token, and whether the link still says for whom it is. */
async function ways(here: Village, secret: Secret, { session, token, link }: Kept) {
  const page = `/api/v1/alpha/cases/${secret.case}`;
  const cookie = { Cookie: `__Host-daylight-alpha=${session}` };
  return {
    account: (await here.request('/alpha/account', { headers: cookie })).status,
    bySession: (await here.call(page, { token: session })).status,
    byToken: (await here.call(page, { token })).status,
    link: (await here.request(link)).body.includes('For rhea'),
  };
}

const all = { account: 200, bySession: 200, byToken: 200, link: true };
const nothing = { account: 404, bySession: 404, byToken: 404, link: false };
/** Still somebody, who may read nothing of it. */
const noCase = { account: 200, bySession: 404, byToken: 404, link: true };

const written = (here: Village, roles: readonly string[]) =>
  changeMember(here.world, alpha, { person: rhea, name: 'rhea', address: 'rhea@members.example', roles: roles as Role[] });

const process = { kind: 'process' } as const;
const groups = (here: Village, ...named: string[]) =>
  here.world.store.as({ ...process, project: alpha }, (transaction) =>
    bringRoles(here.world, transaction, rhea, { groups: named, levels: new Map() }),
  );

/** By each of the doors through which a role goes: written down anew, ended in the roster, taken by the other system. */
const doors: Readonly<Record<string, (here: Village) => Promise<unknown>>> = {
  'written down without a role': (here) => written(here, []),
  'the role is ended in the roster': (here) =>
    actOnPerson(
      here.world,
      alpha,
      { kind: 'person', person: 'anna' as PersonId, roles: ['coordinator' as Role] },
      {
        person: rhea,
        action: { kind: 'end-role', role: 'coordinator' as Role },
        note: 'Her term is over.',
      },
    ),
  'the clock ends it': (here) =>
    actOnPerson(here.world, alpha, process, { person: rhea, action: { kind: 'end-role', role: 'coordinator' as Role } }),
};

for (const [door, take] of Object.entries(doors))
  test(`L-11 with the last role sessions, tokens and links end in the same transaction: ${door}`, async (t) => {
    const here = await village((done) => t.after(done), settled);
    const secret = await driveSecret(here, 'alpha', 'openstack-vmt', say);
    const mine = await kept(here);
    assert.deepEqual(await ways(here, secret, mine), all);
    const done = await take(here);
    assert.ok(!isRefusal(done ?? {}), JSON.stringify(done));
    assert.deepEqual(await ways(here, secret, mine), nothing);
    await written(here, ['coordinator']);
    assert.deepEqual(await ways(here, secret, mine), nothing, 'what ended does not come back with a role');
  });

test('L-11 LIBVIRT-9 a role that another system takes ends sessions, tokens and links with it when it was the last, and leaves them where another is held', async (t) => {
  const here = await village((done) => t.after(done), settled);
  const secret = await driveSecret(here, 'alpha', 'openstack-vmt', say);
  await groups(here, 'security');
  const two = await kept(here);
  await groups(here);
  assert.deepEqual(await ways(here, secret, two), all, 'what was given otherwise stays');
  await groups(here, 'security');
  await actOnPerson(here.world, alpha, process, { person: rhea, action: { kind: 'end-role', role: 'coordinator' as Role } });
  assert.deepEqual(await ways(here, secret, two), noCase, 'a role that reads nothing keeps the session');
  await groups(here);
  assert.deepEqual(await ways(here, secret, two), nothing);
});

test('L-11 who keeps another role keeps the session, and within a second it has the remaining rights alone', async (t) => {
  const here = await village((done) => t.after(done), settled);
  const secret = await driveSecret(here, 'alpha', 'openstack-vmt', say);
  await written(here, ['coordinator', 'liaison']);
  const mine = await kept(here);
  assert.deepEqual(await ways(here, secret, mine), all);
  await written(here, ['liaison']);
  const since = performance.now();
  assert.deepEqual(await ways(here, secret, mine), noCase);
  assert.ok(performance.now() - since < 1000, 'four requests within the second');
  assert.deepEqual((await here.call('/api/v1/alpha/cases', { token: mine.session })).json.rows, []);
});
