// SPDX-License-Identifier: Apache-2.0
// What is held, or was taken back while it was held, is there for nobody outside: not by its words, not by a count, not by a version (L-08).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { courseOf, driveSecret, stepsOf } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);

/** All that anybody gets of a public case but the chain, which counts every event by its hash. */
async function seenByAll(here: Village, id: string): Promise<readonly string[]> {
  const seen: string[] = [];
  for (const path of [`/alpha/cases/${id}`, `/api/v1/alpha/cases/${id}`, '/alpha/statistics', '/api/v1/alpha/statistics']) {
    const { status, headers, body } = await here.request(path, {});
    assert.equal(status, 200, path);
    const { date: _, ...told } = headers;
    seen.push(JSON.stringify([path, told, body.toString().replace(/head of the chain <span class="id">[^<]*/, '')]));
  }
  return seen;
}

for (const preset of ['qemu-2026', 'openstack-vmt'])
  test(`L-08 under ${preset} a message in a public case is there for nobody while it is held, nor once it was taken back`, async (t) => {
    const here = await village((done) => t.after(done), [{ project: 'alpha', policy: preset, members: courseOf(preset).members }]);
    const secret = await driveSecret(here, 'alpha', preset, say);
    const messageId = '<1@lists.example>';
    if (preset === 'qemu-2026') await stepsOf(here, 'alpha', secret).anna('record-posting', { ...courseOf(preset).branch, messageId });
    here.set(secret.until ?? '2026-11-30T00:00:00.000Z');
    await here.settle();
    const { anna } = stepsOf(here, 'alpha', secret);
    const before = await seenByAll(here, secret.case);
    await anna('send-message', { body: 'Canary-taken-back.' });
    for (const [at, now] of (await seenByAll(here, secret.case)).entries()) assert.equal(now, before[at], 'while it is held');
    const token = await here.signIn('alpha', 'anna');
    const path = `/api/v1/alpha/cases/${secret.case}`;
    const held = (await here.call(path, { token })).json.messages.find(
      (one: { state: string; notice: string }) => one.state === 'waiting' && one.notice === 'message',
    );
    assert.equal((await here.call(`${path}/messages/${held.id}/withdraw`, { token, body: {} })).status, 200);
    for (const [at, now] of (await seenByAll(here, secret.case)).entries()) assert.equal(now, before[at], 'once it was taken back');
    assert.ok((await here.call(path, { token })).body.toString().includes('Canary-taken-back'), 'the team still reads it');
    await anna('send-message', { body: 'Said.' });
    const second = (await here.call(path, { token })).json.messages.find(
      (one: { state: string; notice: string }) => one.state === 'waiting' && one.notice === 'message',
    );
    here.set(second.heldUntil);
    assert.equal((await here.call(`${path}/messages/${second.id}/withdraw`, { token, body: {} })).status, 404, 'its hold has passed');
    await here.settle();
    assert.ok((await seenByAll(here, secret.case)).join().includes('Said.'), 'what was said is there');
  });
