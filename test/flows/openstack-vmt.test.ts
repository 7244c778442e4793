// SPDX-License-Identifier: Apache-2.0
// The stories of OpenStack through the API: published at the hour and not before, with the whole record opened; and the public path.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { presetText } from '../support/policies.ts';
import type { Names } from './names.ts';
import { asTheyAre } from './names.ts';
import type { Tale } from './tale.ts';
import {
  advises,
  confirmsByHand,
  openstack,
  openstackAdvisory,
  openstackEmbargoed,
  openstackReport,
  releases,
  theHour,
} from './tale-openstack.ts';

const lists = ['openstack-announce@lists.openstack.org', 'openstack-discuss@lists.openstack.org', 'oss-security@lists.openwall.com'];

function announced(told: Tale): readonly string[] {
  return told.here.relay.sent.filter((mail) => lists.includes(mail.to.address)).map((mail) => mail.to.address);
}

test('VMT-9 VMT-12 VMT-18 VMT-21 VMT-36 VMT-42 VMT-44 the embargoed path: published on a Thursday at 15:00 UTC and not a second before, then the whole record', async (t) => {
  const told = await openstackEmbargoed(t, asTheyAre);
  told.here.set('2026-11-19T14:59:59Z');
  await new Promise((resolve) => setTimeout(resolve, 400));
  assert.equal((await told.see('anyone')).status, 404, 'one second before the hour nobody sees it');
  assert.deepEqual(announced(told), []);
  assert.equal((await told.here.call('/openstack/advisories/OSSA-2026-001.html')).status, 404);
  told.here.set(theHour);
  await told.until('the case is public', (state) => state.visibility === 'public');
  await confirmsByHand(told);
  const state = await told.state();
  assert.deepEqual([state.embargo.exit, state.publicSince], ['date_reached', theHour]);
  assert.deepEqual(announced(told).toSorted(), lists.toSorted(), 'VMT-5 one mail to each list');
  for (const mail of told.here.relay.sent.filter((one) => lists.includes(one.to.address)))
    assert.match(mail.text, /^-----BEGIN PGP SIGNED MESSAGE-----/, 'VMT-44');
  const page = await told.here.call('/openstack/advisories/OSSA-2026-001.html');
  assert.equal(page.status, 200);
  assert.match(page.body, /R\. E\. Porter/);
  await readsEverything(told);
});

/** VMT-36: the discussion and the decisions are open; what identifies the reporter beyond their wish is not. */
async function readsEverything(told: Tale): Promise<void> {
  const { status, body } = await told.see('anyone');
  assert.equal(status, 200);
  assert.equal(body.reach, 'full_record');
  const all = JSON.stringify(body);
  for (const open of ['Canary-description', 'Canary-note', 'Canary-message', 'Shown.', 'The patch is complex.'])
    assert.ok(all.includes(open), open);
  assert.ok(!/canary-address|Rita E\. Porter/.test(all), 'the address and the full name stay withheld');
  const inside = (await told.see('kim')).body;
  assert.deepEqual(body.log, inside.log, 'VMT-36 the opened log is the log, event by event');
  assert.ok(body.log.some((event: { kind: string }) => event.kind === 'embargo-proposed'));
  assert.deepEqual(
    body.attachments.map((file: { name: string }) => file.name),
    ['fix.patch'],
  );
}

/** The project's own form stands in for its tracker: whoever does not tick the security box reports in public. */
const formAsTracker: Names = {
  ...asTheyAre,
  policy: (preset) => {
    const tracker = '- { tracker: Launchpad or StoryBoard, starts: as_marked, account: required }';
    const text = presetText(preset);
    assert.ok(text.includes(tracker));
    return text.replace(tracker, '- { web: form, starts: as_marked }');
  },
};

test('VMT-9 VMT-12 VMT-22 VMT-33 the public path: seen by all from the first second without any embargo, and the advisory goes out when it is ready', async (t) => {
  const told = await openstack(t, formAsTracker);
  await told.report({ ...openstackReport, sensitive: 'no' });
  const first = await told.see('anyone');
  assert.deepEqual([first.status, first.body.state?.visibility, first.body.state?.handling], [200, 'public', 'received']);
  assert.ok(JSON.stringify(first.body).includes('Canary-description'), 'the report itself, before anybody looked at it');
  await told.take('ola', 'take-up-case');
  await told.take('ola', 'decide-eligibility', { verdict: 'in', reason: 'Nova is overseen.' });
  await told.take('ola', 'confirm-flaw', { reason: 'Shown.', class: 'A' });
  assert.equal((await told.state()).embargo.state, 'none', 'VMT-22 the embargo is one of the extras of the other path');
  const late = await told.try('ola', 'propose-embargo', { until: '2026-11-19 15:00 UTC', reason: 'Vendors.' });
  assert.deepEqual([late.status, late.body.unmet?.[0].gate], [422, 'embargo_possible']);
  await told.take('cora', 'add-patch', {
    branch: 'master',
    patch: { name: 'fix.patch', text: 'Signed-off-by: cora <cora@members.example>\n' },
  });
  await told.take('rea', 'approve-patch', { branch: 'master' });
  const [{ flaw }] = (await told.state()).flaws;
  await told.take('ola', 'record-cve', { flaw, number: 'CVE-1900-30002' });
  await advises(told);
  await releases(told);
  await told.until('the advisory is out without any date', (state) => state.visibility === 'public');
  await confirmsByHand(told);
  assert.equal((await told.here.call('/openstack/advisories/OSSA-2026-001.txt')).status, 200);
  assert.deepEqual(announced(told).toSorted(), lists.toSorted());
  await told.take('cora', 'record-merge', { branch: 'master', commit: 'b'.repeat(40) });
  await told.take('ola', 'close-case');
});

test('VMT-36 VMT-31 a class that is handled in the open is opened when it is set, and its record with it', async (t) => {
  const told = await openstack(t, asTheyAre);
  await told.report(openstackReport);
  await told.take('ola', 'take-up-case');
  await told.take('ola', 'decide-eligibility', { verdict: 'in', reason: 'Nova is overseen.' });
  const unclassed = await told.try('ola', 'confirm-flaw', { reason: 'Shown.' });
  assert.deepEqual([unclassed.status, unclassed.body.unmet[0].gate], [422, 'class_recorded']);
  await told.take('ola', 'confirm-flaw', { reason: 'Shown.', class: 'D' });
  const visitor = await told.see('anyone');
  assert.equal(visitor.body.reach, 'full_record');
  assert.deepEqual([visitor.body.state.visibility, visitor.body.state.embargo.state], ['public', 'exited']);
  assert.ok(JSON.stringify(visitor.body).includes('Canary-description'));
  assert.ok(openstackAdvisory.title.length > 0);
});
