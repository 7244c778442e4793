// SPDX-License-Identifier: Apache-2.0
// What was taken back or struck out, asked for in SQL by each role that runs: the second wall closes it, whatever the pages would say.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openPools } from '../../src/adapters/postgres/pool.ts';
import { rolesOf } from '../../src/adapters/postgres/roles.ts';
import { masterKeys } from '../../src/adapters/postgres/seal.ts';
import { withPrincipal } from '../../src/adapters/postgres/session.ts';
import type { ParticipantId, PersonId, Role } from '../../src/core/model/identifiers.ts';
import type { Guarded, Principal } from '../../src/core/policy/access.ts';
import {
  anyone,
  appended,
  cna,
  content,
  libvirt,
  moderators,
  policyVersion,
  processOf,
  randomId,
  report,
  security,
} from '../contract/store-material.ts';
import { testDatabase, testMasterKey } from '../support/database.ts';

const { store, connection } = await testDatabase();
const pools = openPools(rolesOf({ owner: connection }, masterKeys(testMasterKey)), () => {});
after(() => Promise.all(Object.values(pools).map((pool) => pool.end())));

const packagers = 'packager' as Role;
const member = (role: Role): Principal => ({ kind: 'person', project: libvirt, person: `of-${role}` as PersonId, roles: [role] });
const team = member(security);
const party = member(packagers);
const moderator = member(moderators);
const numbering = member(cna);

await store.as(processOf(libvirt), async ({ accounts, policies }) => {
  await accounts.addProject({ project: libvirt, title: 'libvirt' });
  await policies.activate(policyVersion(libvirt, 1));
  for (const role of [security, packagers, moderators, cna])
    await accounts.putMember({ person: `of-${role}` as PersonId, name: role, address: null, roles: [role] });
});

/** A case with one message to everybody, one to its reporter and one to a party, each said and said again; what was said first is taken back. */
async function taken(guarded: Partial<Guarded>) {
  const one = report(libvirt);
  const pair = (about: Parameters<typeof content>[0]) => ({ back: content(about, 'taken back'), kept: content(about, 'kept') });
  const shared = pair({ kind: 'message', audience: 'shared' });
  const title = pair({ kind: 'title', audience: 'shared' });
  const told = pair({ kind: 'party_message', audience: 'team' });
  const pairs = [shared, title, told];
  const partyNotices = [told.back, told.kept].map(({ ref }) => ({ role: packagers, content: ref.id }));
  const { state, events } = one.first;
  const said = appended(state, events, {
    contents: pairs.flatMap(({ back, kept }) => [back, kept]),
    guarded: { partyNotices, ...guarded },
  });
  await store.as(processOf(libvirt), async ({ cases }) => {
    await cases.open(one.id, { name: libvirt, version: 1 }, said);
    const pieces = { closed: pairs.map(({ back }) => back.ref.id), opened: [], destroyed: [] };
    await cases.append(one.id, { ...said, events: [], contents: [], pieces });
  });
  const back = new Set<string>(pairs.map((each) => each.back.ref.id));
  const kept = new Set<string>(pairs.map((each) => each.kept.ref.id));
  /** How many of the texts taken back, and of those kept, this principal's own transaction selects with their sealed bytes. */
  const read = (who: Principal) =>
    withPrincipal(pools, who, async (session) => {
      const rows = await session.rows(sql<{ id: string }>`
        select content_id as id from content where case_id = ${one.id} and octet_length(sealed) > 0`);
      return { back: rows.filter(({ id }) => back.has(id)).length, kept: rows.filter(({ id }) => kept.has(id)).length };
    });
  return { one, read };
}

const told = { parties: [packagers], partyMembers: [{ role: packagers, person: 'of-packager' as PersonId }] };

test('L-19 words taken back in a private case are selected by its readers, and by no reporter, party or number desk that reads the words beside them', async () => {
  const { one, read } = await taken({ ...told, cveReaders: [cna] });
  assert.deepEqual(await read(team), { back: 3, kept: 3 });
  assert.deepEqual(await read(one.reporter), { back: 0, kept: 2 });
  assert.deepEqual(await read(party), { back: 0, kept: 2 });
  assert.deepEqual(await read(numbering), { back: 0, kept: 1 });
  assert.deepEqual(await read(moderator), { back: 0, kept: 0 });
  assert.deepEqual(await read(anyone(libvirt)), { back: 0, kept: 0 });
});

test('L-19 words taken back stay closed after the publication, to everybody and to a party that had accepted the terms', async () => {
  const { one, read } = await taken({ ...told, public: true, opening: 'full_record' });
  const elsewhere: Principal = { kind: 'reporter', project: libvirt, case: report(libvirt).id, participant: randomId<ParticipantId>() };
  assert.deepEqual(await read(team), { back: 3, kept: 3 });
  for (const who of [party, moderator, numbering, elsewhere, anyone(libvirt)])
    assert.deepEqual(await read(who), { back: 0, kept: 3 }, JSON.stringify(who));
  assert.deepEqual(await read(one.reporter), { back: 0, kept: 2 });
});

test('L-02 a held report is selected by who moderates, and by no role that would read it once it is let through', async () => {
  const { one, read } = await taken({ readers: [moderators] });
  assert.deepEqual(await read(moderator), { back: 3, kept: 3 });
  assert.deepEqual(await read(one.reporter), { back: 0, kept: 2 });
  for (const who of [team, party, numbering, anyone(libvirt)]) assert.deepEqual(await read(who), { back: 0, kept: 0 }, JSON.stringify(who));
});
