// SPDX-License-Identifier: Apache-2.0
// The people of a project as its members see them: what is covered, by whom, and who has not said.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import { town } from '../support/town.ts';

test('LIBVIRT-20 the team shows which distribution its core members cover, to members and to nobody else', async (t) => {
  const here = await town(t, [
    { project: 'libvirt', policy: 'libvirt-2023', members: { anna: ['core'], jon: ['core'], viktor: ['vendor'] } },
  ]);
  await here.world.store.as({ kind: 'process', project: 'libvirt' as ProjectId }, ({ accounts }) =>
    accounts.putMember({ person: 'anna' as PersonId, name: 'anna', address: null, roles: ['core' as Role], covers: ['Debian', 'Fedora'] }),
  );
  const { status, body } = await here.call('/api/v1/libvirt/people', { token: await here.signIn('libvirt', 'viktor') });
  assert.equal(status, 200);
  assert.deepEqual(body.coverage, [
    {
      role: 'core',
      per: 'distribution',
      covered: [
        { what: 'Debian', by: ['anna'] },
        { what: 'Fedora', by: ['anna'] },
      ],
      unsaid: ['jon'],
    },
  ]);
  assert.equal((await here.call('/api/v1/libvirt/people')).status, 404);
});
