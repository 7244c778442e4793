// SPDX-License-Identifier: Apache-2.0
// An attack by a removed member with what they had begun: requests whose body is still on its way when they are removed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actOnPerson } from '../../src/app/roster.ts';
import { newSecret } from '../../src/app/sign-in/tokens.ts';
import type { PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import { asSession, onTheWire, type Wire } from './attack.ts';
import { fitBodies } from './fit-bodies.ts';
import { courseOf, driveSecret, type Secret } from './secret.ts';
import type { Answer, Village } from './village.ts';
import { village } from './village.ts';

const alpha = 'alpha' as ProjectId;
const preset = 'openstack-vmt';
const members = { ...courseOf(preset).members, rhea: ['coordinator', 'administrator'], vic: ['coordinator'] };
const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);

/** Takes a person out of the project, by somebody who may. */
async function remove(here: Village, person: string): Promise<void> {
  const anna = { kind: 'person', person: 'anna' as PersonId, roles: ['coordinator' as Role] } as const;
  const removed = await actOnPerson(here.world, alpha, anna, {
    person: person as PersonId,
    action: { kind: 'remove' },
    note: 'Left the project.',
  });
  assert.ok(!isRefusal(removed), JSON.stringify(removed));
}

interface Posted {
  readonly path: string;
  readonly body: object;
}

/** Every address to which somebody sends something as who they are, with a body that would do it. What anybody sends is answered anybody. */
function everythingSent(here: Village, secret: Secret): readonly Posted[] {
  const fields = {
    note: 'It was mine to say, and I say it now.',
    reason: 'It was mine to say, and I say it now.',
    case: secret.case,
    hours: '2',
    codename: secret.codename,
    name: 'robot',
    scopes: 'case:read',
    days: '7',
    person: 'viktor',
    text: 'version: 1\n',
    digest: '8',
    zone: 'UTC',
    title: 'A report',
    consent: 'yes',
  };
  const deeds = (path: string) => {
    if (path.includes('/people/')) return ['remove', 'suspend', 'vouch', 'make-link', 'ask-recovery'];
    return path.includes('/account') ? ['make-token', 'choose-mail', 'end-other-sessions'] : [''];
  };
  const filled = (path: string) =>
    path
      .replace(':project', 'alpha')
      .replace(':case', secret.case)
      .replace(':message', secret.messages[0] ?? '')
      .replace(':person', 'vic');
  return here.routes
    .filter(({ method, rule }) => method === 'POST' && rule !== 'intake')
    .flatMap(({ path }): readonly Posted[] =>
      path.includes(':case/:action')
        ? [...fitBodies(secret)].map(([action, body]) => ({ path: filled(path).replace(':action', action), body: body as object }))
        : deeds(path).map((deed) => ({ path: filled(path).replace(':deed', deed).replace(/:\w+/g, '0'.repeat(26)), body: fields })),
    );
}

/** The head is sent at once, and all of the body but its last letter; the rest, when it is let go. */
function heldBack(
  wire: Wire,
  { path, body }: Posted,
  { key, csrf }: { readonly key: string; readonly csrf: string },
  until: Promise<void>,
) {
  const isApi = path.startsWith('/api/');
  const plain = Object.entries(body).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const sent = isApi ? JSON.stringify(body) : new URLSearchParams([...plain, ['csrf', csrf]]).toString();
  const head = [
    `Content-Type: ${isApi ? 'application/json' : 'application/x-www-form-urlencoded'}`,
    'Sec-Fetch-Site: same-origin',
    'If-Match: *',
  ];
  return wire.send({ line: `POST ${path}`, head: head.join('\r\n'), body: sent }, asSession(key), until);
}

/** What the held requests would change. */
async function standing(here: Village, secret: Secret) {
  const token = await here.signIn('alpha', 'anna');
  const { body } = await here.call(`/api/v1/alpha/people/vic`, { token });
  return [body.toString(), (await here.call(`/api/v1/alpha/cases/${secret.case}`, { token })).headers['etag']];
}

test('L-11 a request that was begun before its sender was removed, and whose body ends after it, is answered like one of nobody, on every route', async (t) => {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: preset, members }]);
  const secret = await driveSecret(here, 'alpha', preset, say);
  const session = await here.signIn('alpha', 'rhea');
  const wire = await onTheWire(t, here);
  const all = everythingSent(here, secret);
  const mine = { key: session, csrf: csrfToken(here.world.derive('csrf'), session) };
  const another = newSecret('session', here.world.random);
  const nobody = { key: another, csrf: mine.csrf };
  const told: string[] = [];
  const plain = (answer: string, key: string) => answer.replaceAll(key, 'KEY').replace(/^date: .*\r\n/im, '');
  let letGo: () => void = () => undefined;
  const removed = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const before = await standing(here, secret);
  const waiting = all.map((one) => heldBack(wire, one, mine, removed));
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await remove(here, 'rhea');
  letGo();
  const answers = await Promise.all(waiting);
  for (const [index, one] of all.entries()) {
    const never = await heldBack(wire, one, nobody, Promise.resolve());
    if (plain(answers[index] ?? '', session) !== plain(never, another)) told.push(`${one.path}\n${answers[index]}\n${never}`);
  }
  assert.deepEqual(told.slice(0, 3), [], `${told.length} of ${all.length} requests`);
  assert.deepEqual(await standing(here, secret), before, 'nothing was done');
  t.diagnostic(`${all.length} requests were on their way`);
});

test('L-11 a deed that waits its turn is decided by the roles of that moment: of two who remove each other at once, one is', async (t) => {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: preset, members }]);
  const path = (person: string) => `/api/v1/alpha/people/${person}/remove`;
  const body = { note: 'They left the project.' };
  const [rhea, vic] = [await here.signIn('alpha', 'rhea'), await here.signIn('alpha', 'vic')];
  let waiting: Promise<Answer[]> = Promise.resolve([]);
  await here.world.store.as({ kind: 'process', project: alpha }, async ({ roster }) => {
    await roster.lock();
    waiting = Promise.all([here.call(path('vic'), { token: rhea, body }), here.call(path('rhea'), { token: vic, body })]);
    // Both are known by their roles before either is decided.
    await new Promise((resolve) => setTimeout(resolve, 1500));
  });
  const statuses = (await waiting).map(({ status }) => status).toSorted();
  assert.deepEqual(statuses, [200, 403]);
});
