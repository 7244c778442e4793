// SPDX-License-Identifier: Apache-2.0
// What stands in the store at the moment of a request decides: a token or session outlived by its holder's standing or roles opens nothing, and what was said is not counted by how a page is read.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { readCase } from '../../src/app/read.ts';
import { makeApiTokenIn } from '../../src/app/sign-in/api-tokens.ts';
import type { CaseId, ParticipantId, PersonId, ProjectId } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { courseOf, sendReport } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const preset = 'openstack-vmt';
const alpha = 'alpha' as ProjectId;
const projects = [{ project: 'alpha', policy: preset, members: courseOf(preset).members }];
const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);

async function changed(here: Village, statement: string): Promise<void> {
  const client = new pg.Client(here.connection);
  await client.connect();
  try {
    assert.equal((await client.query(statement)).rowCount, 1, statement);
  } finally {
    await client.end();
  }
}

test('L-11 L-69 a token and a session that nobody ended open nothing of a person who is suspended, removed or without a role in force', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const { case: id } = await sendReport(here, 'alpha', preset, say);
  const session = await here.signIn('alpha', 'rhea');
  const made = await here.world.store.as({ kind: 'process', project: alpha }, (transaction) =>
    makeApiTokenIn(here.world, transaction, 'rhea' as PersonId, { name: 'ci', scopes: ['case:read', 'case:act', 'member:read'], days: 7 }),
  );
  assert.ok(!isRefusal(made));
  const ways = async () => {
    const asked = [session, made.token].flatMap((token) => [
      here.call(`/api/v1/alpha/cases/${id}`, { token }),
      here.call(`/api/v1/alpha/cases/${id}/add-note`, { token, body: { body: 'Still here.' } }),
    ]);
    return (await Promise.all(asked)).map(({ status }) => status);
  };
  assert.deepEqual(await ways(), [200, 200, 200, 200]);
  assert.equal((await here.call('/api/v1/alpha/people', { token: made.token })).status, 200);
  for (const standing of ['suspended', 'removed', 'declined', 'applicant']) {
    await changed(here, `update daylight.member set standing = '${standing}' where project = 'alpha' and person = 'rhea'`);
    assert.deepEqual(await ways(), [404, 404, 404, 404], standing);
    assert.equal((await here.call('/api/v1/alpha/people', { token: made.token })).status, 404, `${standing}: nor a list`);
  }
  await changed(here, `update daylight.member set standing = 'active' where project = 'alpha' and person = 'rhea'`);
  assert.deepEqual(await ways(), [200, 200, 200, 200]);
  await changed(here, `update daylight.membership set in_force = false where project = 'alpha' and person = 'rhea'`);
  assert.deepEqual(await ways(), [404, 404, 404, 404], 'the role expired');
  for (const token of [session, made.token])
    assert.equal((await here.call('/api/v1/alpha/people', { token })).status, 404, 'the names of members go with the role');
});

test('L-22 a reporter’s page is read in as many transactions before the team said anything as after', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const sent = await sendReport(here, 'alpha', preset, say);
  const token = await here.signIn('alpha', 'anna');
  const path = `/api/v1/alpha/cases/${sent.case}`;
  const participant = (await here.call(path, { token })).json.state.reporters[0].participant as ParticipantId;
  const reader = { kind: 'reporter', project: alpha, case: sent.case as CaseId, participant, proof: { by: 'link' } } as never;
  const { store } = here.world;
  const transactions = async () => {
    let begun = 0;
    const counting = {
      ...store,
      as: ((...of: Parameters<typeof store.as>) => {
        begun += 1;
        return store.as(...of);
      }) as typeof store.as,
    };
    const view = await readCase({ ...here.world, store: counting }, reader, sent.case as CaseId);
    assert.ok(view !== undefined);
    return begun;
  };
  const before = await transactions();
  assert.equal((await here.call(`${path}/send-message`, { token, body: { body: 'We look at it.' } })).status, 200);
  assert.equal(await transactions(), before);
});
