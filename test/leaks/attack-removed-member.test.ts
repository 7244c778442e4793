// SPDX-License-Identifier: Apache-2.0
// An attack by somebody who was removed and kept everything: session, token, addresses, validators, cached pages, what they had begun.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RegisteredRoute } from '../../src/app/registry.ts';
import { actOnPerson } from '../../src/app/roster.ts';
import { makeApiToken } from '../../src/app/sign-in/api-tokens.ts';
import { sessionActor } from '../../src/app/sign-in/sessions.ts';
import { newSecret } from '../../src/app/sign-in/tokens.ts';
import type { PersonActor } from '../../src/core/model/actor.ts';
import type { PersonId, ProjectId } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import { asSession, onTheWire, successes } from './attack.ts';
import { marks } from './marks.ts';
import { courseOf, driveSecret, type Secret } from './secret.ts';
import type { Answer, Village } from './village.ts';
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

/** What a form may name, whatever route it is sent to. */
const fieldsFor = (secret: Secret, csrf: string) => ({
  csrf,
  case: secret.case,
  cases: secret.case,
  of: secret.case,
  person: 'rhea',
  name: 'robot',
  scopes: 'case:read',
  days: '7',
  reason: 'It was mine to say, and I say it now.',
  body: 'Still here.',
  codename: secret.codename,
  digest: '8',
  zone: 'UTC',
});

/** One request to a route by somebody who shows this key in every way in which one can be shown. */
function asked(here: Village, { method, path }: RegisteredRoute, key: string, secret: Secret): Promise<Answer> {
  const filled = path
    .replace(':project', 'alpha')
    .replace(':case', secret.case)
    .replace(':attachment', secret.attachments[0] ?? '')
    .replace(':message', secret.messages[0] ?? '')
    .replace(':person', 'rhea')
    .replace(':action', 'add-note')
    .replace(':deed', path.includes('account') ? 'make-token' : 'vouch')
    .replace(/:\w+/g, '0'.repeat(26));
  const cookies = ['__Host-daylight-alpha', 'daylight-alpha', '__Host-daylight-report', '__Host-daylight-beta'].map(
    (name) => `${name}=${key}`,
  );
  const headers = { Authorization: `Bearer ${key}`, Cookie: cookies.join('; '), 'Sec-Fetch-Site': 'same-origin' };
  if (method === 'GET') return here.request(`${filled}?token=${key}&access_token=${key}`, { headers }, 'the same');
  const fields = fieldsFor(secret, csrfToken(here.world.derive('csrf'), key));
  const isApi = path.startsWith('/api/');
  const type = isApi ? 'application/json' : 'application/x-www-form-urlencoded';
  const body = isApi ? JSON.stringify(fields) : new URLSearchParams(fields).toString();
  return here.request(filled, { method, headers: { ...headers, 'Content-Type': type }, body }, 'the same');
}

/** Routes at which what was kept is answered otherwise than what was never given. The key itself, and the tokens of its forms, stand for themselves. */
async function toldApart(here: Village, kept: string, never: string, secret: Secret): Promise<readonly string[]> {
  const plain = ({ status, headers: { date: _, ...headers }, body }: Answer, key: string) =>
    JSON.stringify([status, headers, body.toString('latin1')])
      .replaceAll(csrfToken(here.world.derive('csrf'), key), 'CSRF')
      .replaceAll(key, 'KEY');
  const found: string[] = [];
  for (const route of here.routes) {
    const [one, other] = [plain(await asked(here, route, kept, secret), kept), plain(await asked(here, route, never, secret), never)];
    if (one !== other) found.push(`${route.method} ${route.path}\n${one}\n${other}`);
  }
  return found;
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
  const gone: Readonly<Record<string, readonly [string, string]>> = {
    session: [session, newSecret('session', here.world.random)],
    token: [token, newSecret('api-token', here.world.random)],
  };
  for (const [name, [kept, never]] of Object.entries(gone))
    assert.deepEqual(await toldApart(here, kept, never, secret), [], `a ${name} that is gone is answered like one that never was`);
  const wire = await onTheWire(t, here);
  const { codename, attachments, messages } = secret;
  const loot = { case: secret.case, codename, attachment: attachments[0] ?? '', message: messages[0] ?? '', csrf };
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
