// SPDX-License-Identifier: Apache-2.0
// A form that cannot be taken loses nothing: what was typed comes back, whatever became of the case, the session or the form meanwhile.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csrfToken } from '../../src/web/cross-site.ts';
import { courseOf, sendReport, stepsOf } from '../leaks/secret.ts';
import { village } from '../leaks/village.ts';

const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);
const words = 'Two hours of writing, and all of it matters.';

test('a form without a version of the case is stale, one of a session that ended is not taken, and what was typed comes back', async (t) => {
  const { members } = courseOf('openstack-vmt');
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: 'openstack-vmt', members }]);
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say);
  const { anna } = stepsOf(here, 'alpha', sent);
  await anna('take-up-case');
  const session = await here.signIn('alpha', 'anna');
  const csrf = csrfToken(here.world.derive('csrf'), session);
  const own = `/alpha/cases/${sent.case}`;
  const post = (path: string, fields: Record<string, string>, cookie = session) =>
    here.request(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: `__Host-daylight-alpha=${cookie}` },
      body: new URLSearchParams(fields).toString(),
    });
  const logged = async () => (await here.call(`/api/v1${own}`, { token: session })).json.log.length;
  const before = await logged();
  const verdict = { csrf, verdict: 'in', reason: words, codename: sent.codename };
  for (const version of [undefined, '', '0', '-1', 'x', '1e1', '99999', '1']) {
    const stale = await post(`${own}/decide-eligibility`, version === undefined ? verdict : { ...verdict, version });
    assert.equal(stale.status, 409, String(version));
    assert.ok(stale.body.includes(words), String(version));
  }
  for (const [cookie, token] of [
    ['', csrf],
    ['7'.repeat(32), csrf],
    [session, 'another session’s'],
    [session, ''],
  ] as const) {
    const refused = await post(`${own}/add-note`, { csrf: token, version: '2', body: words }, cookie);
    assert.equal(refused.status, 403);
    assert.ok(refused.body.includes(words));
    assert.ok(!refused.body.includes(sent.codename), 'the page tells nothing of the case');
  }
  const hidden = await post(`${own}/add-note`, { csrf, version: '2', body: words }, '');
  const none = await post(`/alpha/cases/${'0'.repeat(26)}/add-note`, { csrf, version: '2', body: words }, '');
  assert.ok(hidden.body.equals(none.body), 'L-22 and is the same whether there is one');
  const gone = await post(`${own}/take-up-case`, { csrf, version: '2', reason: words, codename: sent.codename });
  assert.equal(gone.status, 409);
  assert.ok(gone.body.includes(words));
  const unmended = await post(`${own}/approve-patch`, { csrf, version: '2', remark: words });
  assert.equal(unmended.status, 409);
  assert.ok(unmended.body.includes(words), 'also where its own form is not on the page any more');
  assert.equal(await logged(), before, 'nothing was done');
  const { version } = (await here.call(`/api/v1${own}`, { token: session })).json;
  assert.equal((await post(`${own}/decide-eligibility`, { ...verdict, version: String(version) })).status, 303);
});
