// SPDX-License-Identifier: Apache-2.0
// What a token opens: the link its own thread, the reply address nothing at all, a session what its holder may see at this moment.

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
  const never = await here.call('/api/v1/alpha/my-report/00000000000000000000000000000000');
  for (const path of [`/api/v1/alpha/my-report/${token}`, `/api/v1/beta/my-report/${token}`])
    assert.deepEqual(await here.call(path), never, 'the reply token opens the thread');
  const acted = await here.call(`/api/v1/alpha/my-report/${token}/decide-credit`, { body: { decision: 'declined' } });
  assert.equal(acted.status, 404);
  assert.equal((await stepsOf(here, 'alpha', sent).state()).reporters[0].credit, 'undecided');
});

test('L-42 a link is no reply address, a good reply token appends as its reporter, and its answer holds constant words', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say);
  await here.settle();
  const before = (await here.call(sent.mine)).json.version;
  const byLink = await post(here, { from: 'mallory@elsewhere.example', to: `reports+${sent.token}@${mailAddresses.replyDomain}` });
  const byGuess = await post(here, { from: 'mallory@elsewhere.example', to: `reports+${'7'.repeat(32)}@${mailAddresses.replyDomain}` });
  assert.deepEqual(byLink, byGuess);
  assert.equal((await here.call(sent.mine)).json.version, before);
  const kept = await post(here, { from: rita, to: replyAddress(here, rita), text: 'One thing more.' });
  assert.equal(kept.kind, 'kept');
  assert.ok(Object.values((await here.call(sent.mine)).json.texts).some((text) => String(text).includes('One thing more.')));
});
