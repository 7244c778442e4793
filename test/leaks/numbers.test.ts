// SPDX-License-Identifier: Apache-2.0
// Advisory numbers run without gaps that a hidden case would leave: one that is published has the number it would have without the hidden one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advisoryBody, courseOf, driveSecret, sendReport, stepsOf } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);
const settled = [{ project: 'alpha', policy: 'openstack-vmt', members: courseOf('openstack-vmt').members }];

/** A case with an advisory that is written, reviewed and approved, and no date. */
async function drafted(here: Village): Promise<string> {
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say);
  const { anna, viktor, reporter } = stepsOf(here, 'alpha', sent);
  await anna('take-up-case');
  await anna('decide-eligibility', { verdict: 'in', reason: 'In.' });
  await anna('confirm-flaw', { reason: 'Seen.', ...courseOf('openstack-vmt').confirmation });
  await reporter('decide-credit', { decision: 'declined' });
  await anna('write-advisory', { advisory: advisoryBody(say) });
  await anna('submit-advisory');
  await viktor('approve-advisory');
  return sent.case;
}

test('L-22 a hidden draft takes no number: what is published meanwhile has the number it would have without it', async (t) => {
  const numbers = [];
  for (const hidden of [0, 2]) {
    const here = await village((done) => t.after(done), settled);
    for (let index = 0; index < hidden; index++) await drafted(here);
    const shown = await driveSecret(here, 'alpha', 'openstack-vmt', say);
    here.set(shown.until ?? '');
    await here.settle();
    const { state } = (await here.call(`/api/v1/alpha/cases/${shown.case}`)).json;
    assert.equal(state.visibility, 'public');
    numbers.push(state.advisory.number);
    assert.equal((await here.request(`/alpha/advisories/${state.advisory.number}.html`)).status, 200);
  }
  assert.deepEqual(numbers, ['OSSA-2026-001', 'OSSA-2026-001']);
});

test('L-22 a release that is stopped and armed again keeps its number', async (t) => {
  const here = await village((done) => t.after(done), settled);
  const { case: id, mine, number } = await driveSecret(here, 'alpha', 'openstack-vmt', say);
  const { anna, viktor, state } = stepsOf(here, 'alpha', { case: id, mine });
  await anna('stop-release', { reason: 'Wait.' });
  await anna('approve-release');
  await viktor('approve-release');
  assert.equal((await state()).advisory.number, number);
});

test('P9 F13 L-23 a CVE number stands on one flaw of the project: elsewhere it is refused in words that tell nothing of the other case', async (t) => {
  const here = await village((done) => t.after(done), [...settled, { ...settled[0], project: 'beta' } as (typeof settled)[number]]);
  const scene = async (project: string) => {
    const sent = await sendReport(here, project, 'openstack-vmt', say);
    const steps = stepsOf(here, project, sent);
    await steps.anna('take-up-case');
    await steps.anna('decide-eligibility', { verdict: 'in', reason: 'In.' });
    await steps.anna('confirm-flaw', { reason: 'Seen.', ...courseOf('openstack-vmt').confirmation });
    const { flaws } = await steps.state();
    return { sent, ...steps, flaw: flaws[0].flaw as string };
  };
  const [hidden, mine, other] = [await scene('alpha'), await scene('alpha'), await scene('beta')];
  const number = 'CVE-2026-12345';
  await hidden.anna('record-cve', { flaw: hidden.flaw, number });
  const again = await mine.maybe('anna', 'record-cve', { flaw: mine.flaw, number });
  assert.equal(again.status, 422);
  for (const word of [hidden.sent.case, hidden.sent.codename, 'another case', 'private']) assert.ok(!again.body.includes(word), word);
  assert.equal((await mine.state()).flaws[0].number, null);
  await other.anna('record-cve', { flaw: other.flaw, number });
  await hidden.anna('reject-cve', { flaw: hidden.flaw, reason: 'It belongs to the other one.' });
  await mine.anna('record-cve', { flaw: mine.flaw, number });
  assert.equal((await mine.state()).flaws[0].number, number, 'what was recorded by mistake is free once it was given back');
  await mine.anna('reject-cve', { flaw: mine.flaw, reason: 'It is another one again.' });
  const twoAtOnce = await Promise.all(
    [hidden, mine].map(async (one) => (await one.maybe('anna', 'record-cve', { flaw: one.flaw, number: 'CVE-2026-54321' })).status),
  );
  assert.deepEqual(twoAtOnce.toSorted(), [200, 422], 'of two at once one has it');
});
