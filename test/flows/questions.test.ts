// SPDX-License-Identifier: Apache-2.0
// Questions on top of a page are answered there: the form that the page shows, sent as a browser without scripts sends it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import { sessionCookie } from '../../src/web/session-cookie.ts';
import { ownFaces, ownPage } from '../support/own-page.ts';
import type { Town } from '../support/town.ts';
import { asTheyAre } from './names.ts';
import { openstack, openstackAdvisory, openstackReport } from './tale-openstack.ts';
import { qemu, qemuReport } from './tale-qemu.ts';

/** Presses a button of a page: every hidden field of its form goes along. */
async function press(here: Town, page: string, button: string, cookie: string): Promise<number> {
  const headers = { Cookie: cookie, Origin: here.base };
  const html = await (await fetch(here.base + page, { headers })).text();
  const form = html.split('<form ').find((one) => (one.split('</form>')[0] ?? '').includes(`>${button}</button>`)) ?? '';
  const action = /action="([^"]+)"/.exec(form)?.[1];
  assert.ok(action !== undefined, `no form with “${button}” on the page`);
  const hidden = [...(form.split('</form>')[0] ?? '').matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const body = new URLSearchParams(hidden.map(([, name = '', value = '']): [string, string] => [name, value]));
  const answer = await fetch(here.base + action, { method: 'POST', redirect: 'manual', headers, body });
  return answer.status;
}

test('T6 a reporter answers on their own page whether the report may be passed on', async (t) => {
  const told = await qemu(t, asTheyAre);
  const { mine } = await told.report(qemuReport);
  await told.take('mei', 'take-up-case');
  await told.take('mei', 'decide-eligibility', { verdict: 'elsewhere', reason: 'Not our code.', target: 'The Linux kernel' });
  assert.equal((await told.state()).referral.consent, 'asked');
  const own = (project: string, key: string) =>
    ownPage(project, key, async (path, init) => {
      const { status, headers } = await fetch(told.here.base + path, init);
      return { status, cookie: headers.get('set-cookie') };
    });
  const [, face] = await ownFaces(mine, own);
  assert.ok(face !== undefined);
  const { path: page, headers } = face;
  const cookie = headers['Cookie'] ?? '';
  assert.equal(await press(told.here, page, 'Yes, pass it on', cookie), 303);
  assert.equal((await told.state()).referral.consent, 'given');
  await assert.rejects(press(told.here, page, 'Yes, pass it on', cookie), /no form/, 'and is not asked again');
});

test('VMT-21 the second person says go from the question on top of the case, and the first one is not asked', async (t) => {
  const told = await openstack(t, asTheyAre);
  const { case: id } = await told.report(openstackReport);
  await told.take('ola', 'take-up-case');
  await told.take('ola', 'decide-eligibility', { verdict: 'in', reason: 'Nova is overseen.' });
  await told.take('ola', 'dismiss-flaw', { reason: 'Only an administrator reaches it.', class: 'D' });
  await told.mine('decide-credit', { decision: 'named', name: 'R. E. Porter' });
  await told.take('ola', 'write-advisory', { advisory: openstackAdvisory });
  await told.take('ola', 'submit-advisory');
  await told.take('kim', 'approve-advisory');
  await told.take('ola', 'approve-release');
  const cookie = async (name: string) =>
    `${sessionCookie(told.here.world, 'openstack' as ProjectId)}=${await told.here.signIn('openstack', name)}`;
  const page = `/openstack/cases/${id}`;
  const asked = async (name: string) => (await fetch(told.here.base + page, { headers: { Cookie: await cookie(name) } })).text();
  assert.match(await asked('ola'), /Your go waits for another one/);
  assert.match(await asked('kim'), /Does the release go\?/);
  assert.equal(await press(told.here, page, 'Say go', await cookie('kim')), 303);
  await told.until('the note is out', (state) => state.advisory.published === 1);
});
