// SPDX-License-Identifier: Apache-2.0
// A project changes its policy: the page shows the new one alone, the archive keeps the old one with its days, and security.txt follows.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProjectSettings } from '../../src/app/projects.ts';
import { webDoor } from '../../src/web/web.ts';
import { presetText } from '../support/policies.ts';
import type { Town } from '../support/town.ts';
import { town } from '../support/town.ts';

const settings: ProjectSettings = {
  project: 'libvirt',
  title: 'libvirt',
  policy: 'libvirt-2012',
  sender: { name: 'libvirt security', address: 'security@libvirt.example' },
};

/** anna proposes the text of 2023, carl accepts it. */
async function change(here: Town): Promise<void> {
  const proposals = '/api/v1/libvirt/policy/proposals';
  const body = { policy: presetText('libvirt-2023'), reason: 'The page was changed.' };
  const proposed = await here.call(proposals, { token: await here.signIn('libvirt', 'anna'), body });
  const accepted = await here.call(`${proposals}/${proposed.body.proposal}/accept`, {
    token: await here.signIn('libvirt', 'carl'),
    body: {},
  });
  assert.equal(accepted.body.state, 'published');
}

test('QEMU-3 LIBVIRT-19 VMT-38 F20 after a change the page and security.txt show the new text, and the archive the old one with its last day', async (t) => {
  const here = await town(t, [{ project: 'libvirt', policy: 'libvirt-2012', members: { anna: ['core'], carl: ['core'] } }]);
  const { application } = webDoor(here.world, { projects: [settings], demo: null });
  const page = async (path: string) => {
    const answer = await application.request(path);
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  };
  const before = await page('/libvirt/policy');
  assert.match(before.text, /libvirt-security@redhat\.com/);
  here.set('2026-12-01T12:00:00Z');
  await change(here);

  const now = await page('/libvirt/policy');
  assert.match(now.text, /security@lists\.libvirt\.org/);
  assert.ok(!now.text.includes('Superseded') && !now.text.includes('libvir-list@redhat.com'), 'the new text alone');

  const archive = await page('/libvirt/policy/versions');
  assert.match(archive.text, /libvirt-2012, version 1 \(superseded\)/);
  assert.match(archive.text, /2026-12-01/, 'its last day');
  assert.match(archive.text, /branches\.should/, 'what changed');
  const old = await page('/libvirt/policy/versions/libvirt-2012/1');
  assert.match(old.text, /Superseded[\s\S]*valid until[\s\S]*2026-12-01/);
  assert.match(old.text, /libvir-list@redhat\.com/);
  const file = await page('/libvirt/policy/versions/libvirt-2012/1/policy.yaml');
  assert.deepEqual([file.text, file.type], [presetText('libvirt-2012'), 'text/plain; charset=utf-8']);
  assert.equal((await page('/libvirt/policy/versions/libvirt-2012/2')).status, 404);

  const root = await application.request('/.well-known/security.txt');
  assert.equal(root.headers.get('location'), '/libvirt/.well-known/security.txt', 'at the root of a host with one project');
  const { text, type } = await page('/libvirt/.well-known/security.txt');
  assert.equal(type, 'text/plain; charset=utf-8');
  assert.match(text, /^Contact: mailto:security@lists\.libvirt\.org$/m);
  assert.match(text, /^Expires: 2027-11-26T12:00:00Z$/m, '360 days from the day on which this version began to hold');
});

test('VMT-39 the process page draws the policy that holds, with the roles that it declares', async (t) => {
  const here = await town(t, [{ project: 'libvirt', policy: 'libvirt-2012', members: {} }]);
  const { application } = webDoor(here.world, { projects: [settings], demo: null });
  const text = await (await application.request('/libvirt/policy/process')).text();
  assert.match(text, /<svg[^>]*role="img"/);
  assert.match(text, /Let the report through[\s\S]*moderator/);
  assert.ok(text.includes('The same as a table'));
  assert.ok(!text.includes('hardening'), 'a state that no case of this policy enters is left out');
});

test('I11 LIBVIRT-19 an open case keeps its policy after a change, and moves by an event that says why; the reporter reads it', async (t) => {
  const here = await town(t, [
    { project: 'libvirt', policy: 'libvirt-2012', members: { anna: ['core'], carl: ['core'], viktor: ['vendor'], mo: ['moderator'] } },
  ]);
  const body = {
    title: 'A descriptor stays open',
    fields: { description: 'Look at the open files.' },
    consent: true,
    address: 'r@reporters.example',
  };
  const sent = await here.call('/api/v1/libvirt/reports', { body, headers: { 'Idempotency-Key': '00000000-0000-4000-8000-000000000001' } });
  assert.equal(sent.status, 201);
  const at = `/api/v1/libvirt/cases/${sent.body.case}`;
  const take = async (name: string, action: string, fields: object = {}) =>
    here.call(`${at}/${action}`, { token: await here.signIn('libvirt', name), body: fields });
  assert.equal((await take('mo', 'release-report')).status, 200);
  assert.equal((await take('anna', 'take-up-case')).status, 200);
  assert.equal((await take('anna', 'confirm-flaw', { reason: 'Seen.', severity: 'moderate' })).status, 200);
  const seen = async (name = 'anna') => (await here.call(at, { token: await here.signIn('libvirt', name) })).body;
  assert.equal((await seen()).move, null, 'there is no other version');
  const policy = 'e'.repeat(64);
  assert.equal(
    (await take('anna', 'migrate-policy', { policy, reason: 'To the text that holds.' })).status,
    422,
    'there is no other version',
  );
  await change(here);
  const { move, state: before } = await seen();
  assert.equal(before.policy.name, 'libvirt-2012', 'it keeps its own');
  assert.deepEqual([move.name, move.obstacle], ['libvirt-2023', null]);
  const changes = move.changes as readonly { key: string; before?: string; after?: string }[];
  for (const { key, before: was, after } of changes) assert.ok(was !== after, `${key} is shown as it was and as it would be`);
  assert.ok(changes.some(({ key }) => key === 'branches.should') && changes.some(({ key }) => key.startsWith('disclosure.channels')));
  const { application } = webDoor(here.world, { projects: [settings], demo: null });
  const session = await here.signIn('libvirt', 'anna');
  const shown = await (await application.request(at.replace('/api/v1', ''), { headers: { Cookie: `daylight-libvirt=${session}` } })).text();
  for (const { key } of changes) assert.ok(shown.includes(key.replaceAll('>', '&gt;')), `the form shows ${key} before it is confirmed`);
  assert.equal((await take('viktor', 'migrate-policy', { policy: move.sha256, reason: 'May I?' })).status, 403, 'not without the right');
  assert.equal((await take('anna', 'migrate-policy', { policy: move.sha256 })).status, 422, 'not without a reason');
  assert.equal((await take('anna', 'migrate-policy', { reason: 'Blindly.' })).status, 422, 'not without the version that was looked at');
  const other = await take('anna', 'migrate-policy', { policy, reason: 'To what I saw yesterday.' });
  assert.match(JSON.stringify(other.body), /Another version holds by now/);
  assert.equal((await take('anna', 'migrate-policy', { policy: move.sha256, reason: 'The second list is gone.' })).status, 200);
  const { state, log } = await seen();
  assert.equal(state.policy.name, 'libvirt-2023');
  const event = log.find((one: { kind: string }) => one.kind === 'policy-migrated');
  assert.equal(event.by.person, 'anna');
  assert.ok(event.changed.includes('branches.should') && event.changed.some((key: string) => key.startsWith('disclosure.channels')));
});
