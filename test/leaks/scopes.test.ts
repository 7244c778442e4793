// SPDX-License-Identifier: Apache-2.0
// Tokens of programs: every scope on every route of the registry, and nothing opened but what its cell says (L-69).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeApiTokenIn, type Scope, scopeFor, scopes } from '../../src/app/sign-in/api-tokens.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { rowOf } from '../../src/core/process/table.ts';
import { courseOf, driveSecret } from './secret.ts';
import { type Village, village } from './village.ts';

const preset = 'libvirt-2023';
const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `canary ${field}`);

async function tokenWith(here: Village, person: string, wanted: readonly Scope[], days = 30): Promise<string> {
  const made = await here.world.store.as({ kind: 'process', project: 'alpha' as never }, (transaction) =>
    makeApiTokenIn(here.world, transaction, person as never, { name: 'robot', scopes: wanted, days }),
  );
  assert.ok(!isRefusal(made));
  return made.token;
}

async function settled(t: { after(done: () => Promise<void>): void }) {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: preset, members: courseOf(preset).members }]);
  const secret = await driveSecret(here, 'alpha', preset, say);
  const values: Readonly<Record<string, string>> = {
    ':project': 'alpha',
    ':case': secret.case,
    ':attachment': secret.attachments[0] ?? 'none',
    ':message': 'none',
    ':link': '0'.repeat(32),
    ':action': 'add-note',
  };
  const addressOf = (path: string) => path.replace(/:\w+/g, (name) => values[name] ?? 'none');
  return { here, secret, addressOf };
}

test('L-69 a token opens exactly the routes of its scopes, by every scope and every route, and no page at all', async (t) => {
  const { here, addressOf } = await settled(t);
  const tokens = new Map<Scope, string>();
  for (const scope of scopes) tokens.set(scope, await tokenWith(here, 'anna', [scope]));
  const seen = (answer: { readonly status: number; readonly body: Buffer }) =>
    `${answer.status} ${answer.body.toString().replace(/"challenge":"[\w-]+"/, '')}`;
  const cells: string[] = [];
  const opened = new Map<Scope, number>();
  for (const { applications } of [here])
    for (const { name, routes } of applications)
      for (const route of routes) {
        const path = addressOf(route.path);
        const ask = (token?: string) =>
          here.request(
            path,
            {
              method: route.method,
              headers: {
                'Content-Type': 'application/json',
                ...(token === undefined ? {} : { Authorization: `Bearer ${token}`, Cookie: `__Host-daylight-alpha=${token}` }),
              },
              ...(route.method === 'POST' ? { body: JSON.stringify({ body: 'A note.' }) } : {}),
            },
            // A challenge is drawn anew each time; whatever else is random follows from the address.
            path.endsWith('/passkey/begin') ? undefined : path,
          );
        const anonymous = seen(await ask());
        for (const scope of scopes) {
          const answer = seen(await ask(tokens.get(scope)));
          const expected = name === 'api' && scopeFor(route) === scope;
          if (!expected && answer !== anonymous) cells.push(`${scope} opens ${route.method} ${route.path}: ${answer.slice(0, 80)}`);
          if (expected && answer !== anonymous) opened.set(scope, (opened.get(scope) ?? 0) + 1);
        }
      }
  assert.deepEqual(cells, []);
  for (const scope of scopes) assert.ok((opened.get(scope) ?? 0) > 0, `${scope} opens what it is for, so this test can see`);
});

test('L-69 no token takes an action that publishes, moves a date or lets somebody in, whatever its scopes', async (t) => {
  const { here, secret } = await settled(t);
  const token = await tokenWith(here, 'anna', scopes);
  assert.equal(rowOf('add-person').stepUp, true);
  for (const [action, body] of [
    ['add-person', { person: 'cleo' }],
    ['end-embargo', { exit: 'leak', reason: 'No.', evidence: 'None.' }],
  ] as const) {
    const answer = await here.call(`/api/v1/alpha/cases/${secret.case}/${action}`, { token, body });
    assert.equal(answer.status, 403, `${action} ${answer.body.toString()}`);
    assert.equal(answer.json.type, '/problems/not-permitted');
  }
});

test('L-69 a token ends with its days, with its holder’s roles, and when it is revoked', async (t) => {
  const { here, secret } = await settled(t);
  const token = await tokenWith(here, 'anna', ['case:read'], 1);
  const look = async () => (await here.call(`/api/v1/alpha/cases/${secret.case}`, { token })).status;
  assert.equal(await look(), 200);
  await here.appoint('alpha', 'anna', []);
  assert.equal(await look(), 404, 'a member without the role');
  await here.appoint('alpha', 'anna', courseOf(preset).members['anna'] ?? []);
  assert.equal(await look(), 200);
  here.later(24);
  assert.equal(await look(), 404, 'a day later');
});

test('a token needs a name, known scopes, and an end within ninety days', async (t) => {
  const { here } = await settled(t);
  const tried = async (asked: { name: string; scopes: readonly string[]; days: number }) =>
    isRefusal(
      await here.world.store.as({ kind: 'process', project: 'alpha' as never }, (transaction) =>
        makeApiTokenIn(here.world, transaction, 'anna' as never, asked),
      ),
    );
  const good = { name: 'robot', scopes: ['case:read'], days: 90 };
  assert.ok(!(await tried(good)));
  for (const wrong of [
    { name: ' ' },
    { scopes: [] },
    { scopes: ['case:publish'] },
    { scopes: ['*'] },
    { days: 0 },
    { days: 91 },
    { days: Number.NaN },
    { days: 1.5 },
  ])
    assert.ok(await tried({ ...good, ...wrong }), JSON.stringify(wrong));
});
