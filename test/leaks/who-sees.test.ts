// SPDX-License-Identifier: Apache-2.0
// “Who can see this” says what is so: over random cases and members it names those whom the access rule lets in, and whom the database shows the case.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PersonId, Role } from '../../src/core/model/identifiers.ts';
import { canSee, type Guarded, reach, readsByName } from '../../src/core/policy/access.ts';
import { whoCanSee } from '../../src/core/process/who-sees.ts';
import { cna, libvirt, moderators, policyVersion, processOf, receive, report, security } from '../contract/store-material.ts';
import { testDatabase } from '../support/database.ts';

const { store } = await testDatabase();
const packagers = 'packager' as Role;
const roles = [security, moderators, cna, packagers];
/** One person for every set of roles; of every second one nothing counts for the moment. */
const people = Array.from({ length: 2 ** roles.length }, (_, mask) => ({
  person: `person-${mask}` as PersonId,
  roles: roles.filter((_, bit) => (mask >> bit) % 2 === 1),
}));

await store.as(processOf(libvirt), async ({ accounts, policies }) => {
  await accounts.addProject({ project: libvirt, title: libvirt });
  await policies.activate(policyVersion(libvirt, 1));
  for (const { person, roles: held } of people) await accounts.putMember({ person, name: person, address: null, roles: held });
});

const someRoles = fc.subarray<Role>(roles, { maxLength: 2 });
const cases: fc.Arbitrary<Pick<Guarded, 'public' | 'opening' | 'readers' | 'cveReaders' | 'guests' | 'few' | 'parties' | 'partyMembers'>> =
  fc.record({
    public: fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 0),
    opening: fc.constantFrom('nothing', 'issue', 'full_record'),
    readers: someRoles,
    cveReaders: someRoles,
    guests: fc.subarray(
      people.map(({ person }) => person),
      { maxLength: 3 },
    ),
    few: fc.subarray(
      people.flatMap(({ person }) => roles.map((role) => ({ role, person }))),
      { maxLength: 3 },
    ),
    parties: fc.subarray<Role>([packagers, cna]),
    partyMembers: fc.subarray(
      people.map(({ person }) => ({ role: packagers, person })),
      { maxLength: 5 },
    ),
  });

test('L-33 who can see a case, by its page, is who the access rule and the database let in, over random cases', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (drawn) => {
      const one = await receive(store, report(libvirt), { guarded: drawn });
      const { guarded, members } = await store.as(processOf(libvirt), async (transaction) => ({
        guarded: (await transaction.cases.find(one.id))?.guarded,
        members: await transaction.accounts.members(1000),
      }));
      assert.ok(guarded);
      const said = whoCanSee(guarded, members);
      for (const { person, roles: held } of people) {
        const who = { kind: 'person', project: libvirt, person, roles: held } as const;
        const named = said.find((seer) => seer.person === person);
        assert.equal(named !== undefined, canSee(who, guarded), `${person} by the rule`);
        const shown = await store.as(who, (transaction) => transaction.cases.find(one.id));
        assert.equal(named !== undefined, shown !== undefined, `${person} by the database`);
        if (named === undefined) continue;
        assert.equal(named.reach, reach(who, guarded));
        for (const { how, role } of named.by) {
          if (how === 'added') assert.ok(readsByName(who, guarded));
          else if (how === 'public') assert.ok(guarded.public && role === null);
          else assert.ok(role !== null && held.includes(role), `${person} through ${role}`);
        }
      }
    }),
    { numRuns: 60 },
  );
});
