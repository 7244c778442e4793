// SPDX-License-Identifier: Apache-2.0
// The same attack by everybody else who is near a case and may not see it: by every address, spelling, head, method and body, each answered as for no case.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actOnPerson } from '../../src/app/roster.ts';
import type { PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { PersonAction, RosterActor } from '../../src/core/people/action.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import { openstackWithPackagers } from '../support/parties.ts';
import { asSession, onTheWire, successes } from './attack.ts';
import { marks } from './marks.ts';
import { courseOf, driveSecret, sendReport, stepsOf } from './secret.ts';
import { type Village, village } from './village.ts';

const alpha = 'alpha' as ProjectId;
const preset = 'openstack-vmt';
/** Somebody of `embargoed` reads every case, while they have accepted the terms that hold. */
const policy = openstackWithPackagers()
  .replace(/^ {2}stable_maintainer:/m, '  embargoed: { may: [], admission: { must: [terms_accepted] } }\n  stable_maintainer:')
  .replace('on_receipt: [coordinator]', 'on_receipt: [coordinator, embargoed]');
const people = {
  ada: ['administrator'],
  otis: ['auditor'],
  tim: ['core_reviewer'],
  gus: ['core_reviewer'],
  sue: ['coordinator'],
};
const projects = [
  { project: 'alpha', policy, members: { ...courseOf(preset).members, ...people } },
  { project: 'beta', policy: 'minimal', members: { ben: ['team'], anna: ['team'] } },
];
const anna = { kind: 'person', person: 'anna' as PersonId, roles: ['coordinator' as Role] } as const;

async function decide(here: Village, actor: RosterActor, person: string, action: PersonAction): Promise<void> {
  const done = await actOnPerson(here.world, alpha, actor, { person: person as PersonId, action, note: 'A reason.' });
  assert.ok(!isRefusal(done), JSON.stringify(done));
}

/** Written down as one who reads once the terms are accepted, and accepts them. */
async function embargoed(here: Village): Promise<void> {
  await decide(here, { kind: 'process' }, 'tess', { kind: 'found', roles: ['embargoed' as Role] });
  const { digest } = (await here.call('/api/v1/alpha/terms', { token: await here.signIn('alpha', 'tess') })).json;
  const tess = { kind: 'person', person: 'tess' as PersonId, roles: [] } as const;
  await decide(here, tess, 'tess', { kind: 'accept-terms', digest });
}

test('L-01 L-11 L-18 L-22 an attack by whoever is near a case finds nothing: a guest of the past, of another case, another project, another reporter, who runs the system, old terms', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const planting = marks();
  const secret = await driveSecret(here, 'alpha', preset, (field, kind) =>
    kind === 'address' ? `${planting.mark(field)}@reporters.example` : `says ${planting.mark(field)}`,
  );
  const other = await sendReport(here, 'alpha', preset, (field, kind) =>
    kind === 'address' ? 'otto@reporters.example' : `other: ${field}`,
  );
  await here.settle();
  await embargoed(here);
  await stepsOf(here, 'alpha', other).anna('take-up-case');
  await stepsOf(here, 'alpha', other).anna('add-person', { person: 'gus' });
  await stepsOf(here, 'alpha', secret).anna('add-person', { person: 'tim', until: '2026-11-03 09:00 UTC' });
  const page = `/api/v1/alpha/cases/${secret.case}`;
  const opens = async (person: string) => (await here.call(page, { token: await here.signIn('alpha', person) })).status;
  for (const person of ['tim', 'tess', 'sue']) assert.equal(await opens(person), 200, `${person} reads it until now`);
  const kept = await here.signIn('alpha', 'sue');
  await decide(here, anna, 'sue', { kind: 'suspend' });
  await decide(here, { kind: 'process' }, 'tess', { kind: 'require-terms', digest: 'of another text' });
  here.set('2026-11-03T09:00:00Z');
  await here.settle();
  const own = await here.own('alpha', other.token);
  const attackers: Readonly<Record<string, string>> = {
    'a guest whose end has come': await here.signIn('alpha', 'tim'),
    'a guest of another case': await here.signIn('alpha', 'gus'),
    'a member of another project': await here.signIn('beta', 'ben'),
    'a member of both, signed in at the other': await here.signIn('beta', 'anna'),
    'a reporter of another case': own.session,
    'the return key of another case': other.token,
    'an administrator': await here.signIn('alpha', 'ada'),
    'an auditor': await here.signIn('alpha', 'otis'),
    'a suspended member': kept,
    'a member who accepted former terms': await here.signIn('alpha', 'tess'),
  };
  const wire = await onTheWire(t, here);
  const { codename, attachments, messages } = secret;
  let tried = 0;
  for (const [name, key] of Object.entries(attackers)) {
    const csrf = csrfToken(here.world.derive('csrf'), key);
    const loot = { case: secret.case, codename, attachment: attachments[0] ?? '', message: messages[0] ?? '', csrf };
    const who = [...asSession(key), `Cookie: __Host-daylight-report=${key}; __Host-daylight-beta=${key}`];
    const attack = await successes(wire, who, loot, planting.found);
    assert.deepEqual(attack.told.slice(0, 2), [], `${name}: ${attack.told.length} of ${attack.tried} attempts tell that the case is there`);
    assert.deepEqual(attack.shown, [], name);
    tried += attack.tried;
  }
  t.diagnostic(`${tried} attempts by ${Object.keys(attackers).length}`);
  const after = await here.call(page, { token: await here.signIn('alpha', 'anna') });
  assert.ok(planting.found(after.body).includes('title'), 'who may see it does, so this test can tell');
  assert.deepEqual(after.json.state.added, [], 'nobody was let in');
});
