// SPDX-License-Identifier: Apache-2.0
// The store's roster: a log in one chain for each project, the people that it folds to, and who may read what was said about them.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { PersonChange, PersonEvent } from '../../src/core/people/event.ts';
import { evolvePerson } from '../../src/core/people/evolve.ts';
import { inForce } from '../../src/core/people/person.ts';
import type { Principal } from '../../src/core/policy/access.ts';
import { testDatabase } from '../support/database.ts';
import { anna, anyone, ben, cleo, libvirt, morning, personOf, processOf, qemu, security, settle } from './store-material.ts';

const { store, ask } = await testDatabase();
await settle(store);
const details = { name: 'Vera', address: 'vera@example.org', organisation: null, nominatedBy: null, covers: ['Debian'] };

interface Said {
  readonly note?: string;
  readonly due?: string;
}

/** Keeps what happened to a person, as the roster does it. */
function happen(
  project: ProjectId,
  person: PersonId,
  changes: readonly PersonChange[],
  { note, due }: Said = {},
  who = processOf(project),
) {
  return store.as(who, async ({ roster }) => {
    await roster.lock();
    const before = (await roster.person(person))?.state;
    const known = before !== undefined && before.version > 0 ? before : undefined;
    const events = changes.map(
      (change, index): PersonEvent => ({
        v: 1,
        project,
        person,
        seq: (known?.version ?? 0) + index + 1,
        at: morning,
        by: { kind: 'process' },
        ...change,
      }),
    );
    const state = events.reduce<typeof known>(evolvePerson, known);
    assert.ok(state);
    const notes = note === undefined ? [] : [{ seq: state.version, salt: randomBytes(16), text: note }];
    const nextDeadline = due === undefined ? null : shifted(morning, { hours: Number(due) });
    await roster.append({ state, events, notes, inForce: inForce(state, morning), nextDeadline, details });
    return state;
  });
}

const founded = (role: Role, bound = false): PersonChange => ({ kind: 'role-founded', role, bound });
const read = (who: Principal, person: PersonId) => store.as(who, ({ roster }) => roster.person(person));

test('a person is what their log folds to, and holds at once what counts of it', async () => {
  const vera = 'vera' as PersonId;
  const state = await happen(libvirt, vera, [founded(security), founded('vendor' as Role, true), { kind: 'terms-required', digest: 'd' }]);
  assert.deepEqual((await read(processOf(libvirt), vera))?.state, state);
  assert.deepEqual((await read(personOf(libvirt, anna), vera))?.details, details);
  const member = () => store.as(processOf(libvirt), ({ accounts }) => accounts.member(vera));
  assert.deepEqual((await member())?.roles, [security], 'a role that waits for the terms is kept, and does not count');
  await happen(libvirt, vera, [{ kind: 'terms-accepted', digest: 'd' }]);
  assert.deepEqual((await member())?.roles.toSorted(), [security, 'vendor'].toSorted());
  await happen(libvirt, vera, [{ kind: 'member-removed' }]);
  assert.equal(await member(), undefined);
  assert.equal((await read(processOf(libvirt), vera))?.state.standing, 'removed', 'the roster knows whom it had');
});

test('the chain of a project covers every event, and a changed, missing or foreign one is found', async () => {
  const project = qemu;
  const verify = () => store.as(processOf(project), ({ roster }) => roster.verify());
  const before = await verify();
  await happen(project, 'olga' as PersonId, [founded(security)]);
  await happen(project, 'pit' as PersonId, [founded(security), { kind: 'member-suspended' }]);
  const after = await verify();
  assert.deepEqual([after.events - before.events, after.brokenAt], [3, null]);
  assert.notEqual(after.head, before.head);
  const change = (sql: string) => ask(sql);
  await change(
    `update daylight.person_event set envelope = replace(envelope::text, 'suspended', 'removed')::json where person = 'pit' and seq = 2`,
  );
  assert.equal((await verify()).brokenAt, after.events);
  await change(
    `update daylight.person_event set envelope = replace(envelope::text, 'removed', 'suspended')::json where person = 'pit' and seq = 2`,
  );
  assert.equal((await verify()).brokenAt, null);
  await change(
    `update daylight.member set roster = replace(roster::text, 'suspended', 'active')::json where project = 'qemu' and person = 'pit'`,
  );
  assert.notEqual((await verify()).brokenAt, null, 'what is kept of a person is what the log says');
});

test('changes of a roster come one after the other, and none without the lock', async () => {
  const names = Array.from({ length: 8 }, (_, index) => `one-${index}` as PersonId);
  await Promise.all(names.map((name) => happen(libvirt, name, [founded(security)])));
  assert.equal((await store.as(processOf(libvirt), ({ roster }) => roster.verify())).brokenAt, null);
  const entry = await read(processOf(libvirt), 'one-0' as PersonId);
  assert.ok(entry);
  const unlocked = store.as(processOf('new-project' as ProjectId), ({ roster }) =>
    roster.append({ state: entry.state, events: [], notes: [], inForce: [], nextDeadline: null, details }),
  );
  await assert.rejects(unlocked);
});

test('L-37 what was said about somebody is read by themselves and by the process, sealed in the database, and by no other member', async () => {
  const nina = 'nina' as PersonId;
  await happen(libvirt, nina, [founded(security)], { note: 'Canary-note of the roster' });
  const lines = (who: Principal) => store.as(who, async ({ roster }) => (await roster.history(nina)).map(({ note }) => note));
  assert.deepEqual(await lines(processOf(libvirt)), ['Canary-note of the roster']);
  assert.deepEqual(await lines(personOf(libvirt, nina)), ['Canary-note of the roster']);
  assert.deepEqual(await lines(personOf(libvirt, cleo)), []);
  assert.deepEqual(await lines(processOf(qemu)), []);
  const rows = JSON.stringify(await ask(`select * from daylight.person_event`));
  assert.ok(!rows.includes('Canary-note'));
});

test('who is due is asked by the process, in the order of time, and of its own project', async () => {
  await happen(libvirt, 'late' as PersonId, [founded(security)], { due: '5' });
  await happen(libvirt, 'early' as PersonId, [founded(security)], { due: '2' });
  const due = (hours: number, project = libvirt) =>
    store.as(processOf(project), ({ roster }) => roster.due(shifted(morning, { hours }), 10));
  assert.deepEqual([await due(1), await due(2), await due(9), await due(9, qemu)], [[], ['early'], ['early', 'late'], []]);
});

test('nobody but the process changes the roster', async () => {
  for (const who of [anyone(libvirt), personOf(libvirt, anna), personOf(libvirt, ben)]) {
    await assert.rejects(happen(libvirt, 'mallory' as PersonId, [founded(security)], {}, who), /process/);
    await assert.rejects(
      store.as(who, ({ roster }) => roster.due(morning, 1)),
      /process/,
    );
  }
  assert.equal(await read(processOf(libvirt), 'mallory' as PersonId), undefined);
});
