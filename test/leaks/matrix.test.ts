// SPDX-License-Identifier: Apache-2.0
// The access matrix: every kind of principal on every registered route for every kind of case, and each answer is the one that the access rule says.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { RegisteredRoute } from '../../src/app/registry.ts';
import { canSee } from '../../src/core/policy/access.ts';
import { type Asked, principalOf, wrong } from './matrix.ts';
import { kinds, type MatrixTown, matrixTown } from './matrix-town.ts';

let town: MatrixTown;
const open: (() => Promise<void>)[] = [];
before(async () => {
  town = await matrixTown((done) => open.push(done));
});
after(async () => {
  for (const done of open.reverse()) await done();
});

/** By hand, from what OpenStack's process says, so that the rule is not only compared with itself. Everybody sees what is public. */
const sights: Readonly<Record<string, readonly string[]>> = {
  'reporter of this case': ['told', 'narrowed', 'invited', 'plain', 'held'],
  moderator: ['held'],
  'coordinator among the few': ['told', 'narrowed', 'invited', 'plain'],
  'coordinator outside the few': ['told', 'invited', 'plain'],
  'stakeholder who accepted the terms': ['told'],
  'stakeholder who did not': ['told'],
  'guest of one case': ['invited'],
  'token that reads cases': ['told', 'narrowed', 'invited', 'plain'],
  'token of everything, outside the few': ['told', 'invited', 'plain'],
};

test('L-01 L-18 the access rule lets each kind of principal see the cases that the process gives them, and no other', () => {
  const byCase = { method: 'GET', path: '/api/v1/:project/cases/:case', rule: 'case' } as const;
  for (const kind of kinds) {
    const route = kind.reporter === undefined ? byCase : ({ ...byCase, path: '/api/v1/:project/my-report', rule: 'reporter' } as const);
    const seen = town.subjects.filter((subject) => canSee(principalOf(kind, route, subject), subject.guarded)).map(({ name }) => name);
    assert.deepEqual(seen.toSorted(), [...(sights[kind.name] ?? []), 'public'].toSorted(), kind.name);
  }
});

/** Every cell of these routes; each principal comes to each case in a quarter of an hour of their own, so that no count of attempts stands between two answers. */
async function walked(method: 'GET' | 'POST'): Promise<{ readonly cells: number; readonly red: readonly string[] }> {
  const routes = town.here.routes.filter((route) => route.method === method);
  const red: string[] = [];
  const asked: Asked = new Map();
  for (const kind of kinds)
    for (const subject of town.subjects) {
      town.here.later(0.26);
      const kept = await town.secretOf(kind, subject);
      const one = (route: RegisteredRoute) => wrong(town, { kind, route, subject }, kept, asked);
      const found = method === 'GET' ? await Promise.all(routes.map(one)) : await inTurn(routes, one);
      red.push(...found.filter((line) => line !== undefined));
    }
  return { cells: kinds.length * town.subjects.length * routes.length, red };
}

/** What writes may end a session or spend an attempt: one after the other. */
async function inTurn<Item, Result>(items: readonly Item[], each: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await each(item));
  return results;
}

test('L-01 every kind of principal reads of every kind of case, by every route, what the access rule says', async (t) => {
  const { cells, red } = await walked('GET');
  t.diagnostic(`${cells} cells`);
  assert.deepEqual(red, []);
});

test('L-01 L-22 every kind of principal writes to every kind of case, by every route, as the access rule says, and whoever may not learns nothing', async (t) => {
  const { cells, red } = await walked('POST');
  t.diagnostic(`${cells} cells`);
  assert.deepEqual(red, []);
});
