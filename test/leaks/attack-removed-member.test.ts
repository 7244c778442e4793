// SPDX-License-Identifier: Apache-2.0
// An attack by somebody who was removed and kept everything: session, token, addresses, validators, cached pages, what they had begun.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actOnPerson } from '../../src/app/roster.ts';
import { makeApiToken } from '../../src/app/sign-in/api-tokens.ts';
import { sessionActor } from '../../src/app/sign-in/sessions.ts';
import type { PersonActor } from '../../src/core/model/actor.ts';
import type { PersonId, ProjectId } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import { asSession, onTheWire, successes } from './attack.ts';
import { marks } from './marks.ts';
import { courseOf, driveSecret } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const alpha = 'alpha' as ProjectId;
const preset = 'openstack-vmt';
const projects = [
  { project: 'alpha', policy: preset, members: courseOf(preset).members },
  { project: 'beta', policy: 'minimal', members: { rhea: ['team'] } },
];

async function tokenOf(here: Village, session: string): Promise<string> {
  const actor = (await sessionActor(here.world, alpha, session)) as PersonActor;
  const made = await makeApiToken(here.world, actor, { name: 'ci', scopes: ['case:read'], days: 7 });
  assert.ok('token' in made);
  return made.token;
}

test('L-10 L-11 L-56 an attack by a removed member, with everything that they kept, finds nothing from the next request on', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const planting = marks();
  const secret = await driveSecret(here, 'alpha', preset, (field, kind) =>
    kind === 'address' ? `${planting.mark(field)}@reporters.example` : `says ${planting.mark(field)}`,
  );
  const session = await here.signIn('alpha', 'rhea');
  const token = await tokenOf(here, session);
  const page = `/api/v1/alpha/cases/${secret.case}`;
  const before = await here.call(page, { token: session });
  assert.ok(before.status === 200 && (await here.call(page, { token })).status === 200, 'both ways in work');
  const etag = before.headers['etag'] ?? '';
  assert.notEqual(etag, '');
  const csrf = csrfToken(here.world.derive('csrf'), session);
  const mailed = here.relay.sent.filter(({ to }) => to.address.startsWith('rhea@')).length;
  const removed = await actOnPerson(
    here.world,
    alpha,
    { kind: 'person', project: alpha, person: 'anna', roles: ['coordinator'] } as never,
    {
      person: 'rhea' as PersonId,
      action: { kind: 'remove' } as never,
      note: 'Left.',
    },
  );
  assert.ok(!isRefusal(removed), JSON.stringify(removed));
  const wire = await onTheWire(t, here);
  const loot = { case: secret.case, codename: secret.codename, attachment: secret.attachments[0] ?? '', message: secret.messages[0] ?? '' };
  for (const [name, who] of Object.entries({ session: asSession(session), token: asSession(token) })) {
    const attack = await successes(wire, who, loot, planting.found);
    assert.deepEqual(attack.told.slice(0, 3), [], `${name}: ${attack.told.length} of ${attack.tried} attempts tell that the case is there`);
    assert.deepEqual(attack.shown, [], name);
  }
  for (const file of secret.attachments)
    for (const kept of [session, token]) assert.equal((await here.call(`${page}/attachments/${file}`, { token: kept })).status, 404, file);
  // What would let a cached page be shown again, and what was begun before.
  const again = await here.request(page, { headers: { Authorization: `Bearer ${session}`, 'If-None-Match': etag } });
  assert.equal(again.status, 404, 'no 304 for what is hidden');
  const form = (id: string) =>
    here.request(`/alpha/cases/${id}/add-note`, {
      method: 'POST',
      headers: {
        Cookie: `__Host-daylight-alpha=${session}`,
        'Content-Type': 'application/x-www-form-urlencoded',
        'Sec-Fetch-Site': 'same-origin',
      },
      body: new URLSearchParams({ csrf, body: 'Still here.', version: etag.replaceAll('"', '') }).toString(),
    });
  const [begun, none] = [await form(secret.case), await form('0'.repeat(26))];
  assert.deepEqual([begun.status, begun.body], [none.status, none.body], 'a form that was open says no more than one of no case');
  assert.equal(begun.status, 403);
  for (const project of ['alpha', 'beta'])
    assert.deepEqual(
      planting.found((await here.call(`/api/v1/${project}/cases`, { token: session })).body),
      [],
      'nor by the other project',
    );
  const other = await here.signIn('beta', 'rhea');
  assert.equal((await here.call(page, { token: other })).status, 404, 'a session of the other project opens nothing here');
  here.later(2);
  await here.settle();
  const mails = here.relay.sent.filter(({ to }) => to.address.startsWith('rhea@')).slice(mailed);
  for (const { subject, text } of mails)
    assert.ok(!`${subject}${text}`.includes(secret.codename), `no mail speaks of the case: ${subject}`);
  const anna = await here.call(page, { token: await here.signIn('alpha', 'anna') });
  assert.ok(planting.found(anna.body).includes('title'), 'who stayed reads it, so this test can tell');
  assert.ok(!anna.body.includes('Still here.'));
});
