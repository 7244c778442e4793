// SPDX-License-Identifier: Apache-2.0
// Hidden and not there: the same statements, the same bytes, the same time (L-22).

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { csrfToken } from '../../src/web/cross-site.ts';
import { courseOf, driveSecret, type Secret } from './secret.ts';
import type { Talkative } from './server.ts';
import { talkativeServer } from './server.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);
const projects = [
  { project: 'alpha', policy: 'openstack-vmt', members: courseOf('openstack-vmt').members },
  { project: 'beta', policy: 'minimal', members: { ben: ['team'] } },
];

/** Never issued: none of them begins like an id of the seeded villages. */
const never = (index: number) => `zz${String(index).padStart(24, '0')}`;

interface Route {
  readonly name: string;
  readonly ask: (
    here: Village,
    id: string,
    session: string,
  ) => Promise<{ readonly status: number; readonly body: Buffer; readonly headers: object }>;
}

const post = (here: Village, path: string, session: string, fields: Record<string, string>) =>
  here.request(path, {
    method: 'POST',
    headers: { Cookie: `__Host-daylight-alpha=${session}`, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrf: csrfToken(here.world.derive('csrf'), session), ...fields }).toString(),
  });

const routes: readonly Route[] = [
  { name: 'a case by API, anonymous', ask: (here, id) => here.call(`/api/v1/alpha/cases/${id}`) },
  { name: 'a case by API, a member without a role', ask: (here, id, token) => here.call(`/api/v1/alpha/cases/${id}`, { token }) },
  { name: 'a file by API', ask: (here, id, token) => here.call(`/api/v1/alpha/cases/${id}/attachments/${never(7)}`, { token }) },
  {
    name: 'an action by API',
    ask: (here, id, token) => here.call(`/api/v1/alpha/cases/${id}/add-note`, { token, body: { body: 'A note' } }),
  },
  {
    name: 'the page of a case',
    ask: (here, id, token) => here.request(`/alpha/cases/${id}`, { headers: { Cookie: `__Host-daylight-alpha=${token}` } }),
  },
  { name: 'an action by form', ask: (here, id, token) => post(here, `/alpha/cases/${id}/add-note`, token, { body: 'A note' }) },
  {
    name: 'a message taken back',
    ask: (here, id, token) => here.call(`/api/v1/alpha/cases/${id}/messages/${never(8)}/withdraw`, { token, body: {} }),
  },
];

let server: Talkative;
before(async () => {
  server = await talkativeServer();
});
after(() => server.stop());

async function settled(
  t: { after(done: () => Promise<void>): void },
  own: boolean,
): Promise<{ here: Village; secret: Secret; session: string }> {
  const here = await village((done) => t.after(done), projects, own ? { database: await server.database() } : {});
  const secret = await driveSecret(here, 'alpha', 'openstack-vmt', say);
  return { here, secret, session: await here.signIn('alpha', 'cleo') };
}

/** Statements in the order in which the server ran them, without numbers of processes, instants and values. */
function statements(log: string): readonly string[] {
  return (
    log
      .split(/\n(?=\d{4}-\d\d-\d\d )/)
      .filter((line) => /LOG:.*(?:execute|statement:)/s.test(line))
      .map((line) => line.replace(/^.*?(?=execute|statement:)/s, '').replace(/\bduration: .*/s, ''))
      .filter((line) => !line.includes('pg_stat') && !line.includes('graphile'))
      // With this the server is asked every few seconds whether it still answers.
      .filter((line) => line.trim() !== 'statement: select')
  );
}

test('L-22 a hidden case and none run the same statements', async (t) => {
  const { here, secret, session } = await settled(t, true);
  const ran = async (id: string, as = session) => {
    const shapes: Record<string, readonly string[]> = {};
    for (const { name, ask } of routes) {
      const before = (await server.log()).length;
      await ask(here, id, as);
      shapes[name] = statements((await server.log()).slice(before)).map((line) => line.replaceAll(id, 'ID'));
    }
    return { shapes };
  };
  await ran(never(1));
  const none = await ran(never(2));
  const hidden = await ran(secret.case);
  assert.deepEqual(hidden.shapes, none.shapes);
  const seen = await ran(secret.case, await here.signIn('alpha', 'anna'));
  assert.notDeepEqual(seen.shapes, none.shapes, 'for somebody who sees the case the statements differ, so this test can tell');
  for (const [name, shape] of Object.entries(none.shapes)) assert.ok(shape.length > 0, `${name}: nothing was logged`);
});

test('L-22 a hidden case and none are answered by the same bytes', async (t) => {
  const { here, secret, session } = await settled(t, false);
  for (const { name, ask } of routes) {
    const [hidden, none] = [await ask(here, secret.case, session), await ask(here, never(3), session)];
    assert.equal(hidden.status, 404, name);
    assert.deepEqual(hidden.headers, none.headers, name);
    assert.ok(hidden.body.equals(none.body), name);
  }
});

/** Milliseconds: the difference that is allowed where twice the noise is less. */
const least = 0.2;
/** Rounds of each route, and never one more because of how they came out. */
const enough = 600;
const warming = 20;

const median = (times: readonly number[]) => {
  const sorted = times.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
};

/** Milliseconds of one round: the hidden case, and two that never were. */
interface Round {
  readonly hidden: number;
  readonly one: number;
  readonly other: number;
}

const orders = [
  [0, 1, 2],
  [2, 1, 0],
  [1, 2, 0],
  [0, 2, 1],
  [2, 0, 1],
  [1, 0, 2],
];

/** Three requests, in each of their six orders in turn. */
async function timed({ ask }: Route, here: Village, hidden: string, session: string, round: number): Promise<Round> {
  const ids = [hidden, never(100 + (round % 7)), never(200 + (round % 7))];
  const times = [0, 0, 0];
  for (const place of orders[round % orders.length] ?? []) {
    const since = performance.now();
    await ask(here, ids[place] ?? '', session);
    times[place] = performance.now() - since;
  }
  const [first = 0, one = 0, other = 0] = times;
  return { hidden: first, one, other };
}

/** Rounds of each route, all routes in turn: a minute in which another program has the machine falls on each of them, and on a part of its rounds. */
async function interleaved(all: readonly Route[], here: Village, hidden: string, session: string, rounds: number) {
  const found = new Map<string, Round[]>(all.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const route of all) found.get(route.name)?.push(await timed(route, here, hidden, session, round));
  return found;
}

/**
 * The middle difference within a round, of all rounds and none left out: of the hidden case from those that never were, and of these two from each
 * other. What slows the machine for a while slows a whole round, and is in neither.
 */
function difference(rounds: readonly Round[]): { readonly apart: number; readonly noise: number; readonly bound: number } {
  const apart = Math.abs(median(rounds.map(({ hidden, one, other }) => hidden - (one + other) / 2)));
  const noise = Math.abs(median(rounds.map(({ one, other }) => one - other)));
  return { apart, noise, bound: Math.max(2 * noise, least) };
}

test('L-22 a hidden case and none take the same time, as far as two that never were take the same', async (t) => {
  const { here, secret, session } = await settled(t, false);
  const asMember = routes.slice(1, 2);
  for (const [name, rounds] of await interleaved(asMember, here, secret.case, await here.signIn('alpha', 'anna'), 60)) {
    const { apart, bound } = difference(rounds);
    assert.ok(apart > bound, `${name}: a case that is seen takes longer, so this test can tell`);
  }
  await interleaved(routes, here, secret.case, session, warming);
  for (const [name, rounds] of await interleaved(routes, here, secret.case, session, enough)) {
    const { apart, noise, bound } = difference(rounds);
    const told = `${name}: ${apart.toFixed(3)} ms apart, two that never were ${noise.toFixed(3)} ms, bound ${bound.toFixed(3)} ms`;
    t.diagnostic(told);
    assert.ok(apart <= bound, told);
  }
});
