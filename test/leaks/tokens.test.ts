// SPDX-License-Identifier: Apache-2.0
// What a token opens: the return key its own thread, the reply address nothing at all, a session what its holder may see at this moment.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mailAddresses, post, replyAddress } from './letters.ts';
import { courseOf, sendReport, stepsOf } from './secret.ts';
import { village } from './village.ts';

const rita = 'rita@reporters.example';
const say = (field: string, kind?: string) => (kind === 'address' ? rita : `what is said: ${field}`);
const projects = [
  { project: 'alpha', policy: 'openstack-vmt', members: courseOf('openstack-vmt').members },
  { project: 'beta', policy: 'minimal', members: { ben: ['team'] } },
];

test('L-42 the token of a reply address only appends: it opens no page and takes no other action', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say);
  await here.settle();
  const token = replyAddress(here, rita).replace(/^reports\+([^@]+)@.*/, '$1');
  assert.notEqual(token, sent.token);
  const never = await here.call('/api/v1/alpha/my-report', { token: '0'.repeat(38) });
  for (const path of ['/api/v1/alpha/my-report', '/api/v1/beta/my-report'])
    assert.deepEqual(await here.call(path, { token }), never, 'the reply token opens the thread');
  const acted = await here.call('/api/v1/alpha/my-report/decide-credit', { token, body: { decision: 'declined' } });
  assert.equal(acted.status, 404);
  assert.equal((await stepsOf(here, 'alpha', sent).state()).reporters[0].credit, 'undecided');
});

test('L-42 a return key is no reply address, a good reply token appends as its reporter, and its answer holds constant words', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say);
  await here.settle();
  const before = (await here.call(sent.mine)).json.version;
  const byKey = await post(here, { from: 'mallory@elsewhere.example', to: `reports+${sent.token}@${mailAddresses.replyDomain}` });
  const byGuess = await post(here, { from: 'mallory@elsewhere.example', to: `reports+${'7'.repeat(32)}@${mailAddresses.replyDomain}` });
  assert.deepEqual(byKey, byGuess);
  assert.equal((await here.call(sent.mine)).json.version, before);
  const kept = await post(here, { from: rita, to: replyAddress(here, rita), text: 'One thing more.' });
  assert.equal(kept.kind, 'kept');
  assert.ok(Object.values((await here.call(sent.mine)).json.texts).some((text) => String(text).includes('One thing more.')));
});
