// SPDX-License-Identifier: Apache-2.0
// The hard cap through the API: with an agreed bundle exactly the bundle opens; without one nothing leaves, and everybody who could publish is paged.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCase } from '../../src/app/read.ts';
import type { CaseId, ProjectId } from '../../src/core/model/identifiers.ts';
import { shifted } from '../../src/core/model/time.ts';
import { RecordPage } from '../../src/web/pages/record.tsx';
import { render } from '../../src/web/render.ts';
import { asTheyAre } from './names.ts';
import type { Tale } from './tale.ts';
import { libvirtConfirmed, libvirtOut, libvirtReleased, libvirtReport, libvirtWritten } from './tale-libvirt.ts';

/** The reporter's own latest date is the cap that binds: five days from now, no more. */
const capped = { ...libvirtReport, deadline: '2026-11-07 12:00 UTC' };
const cap = '2026-11-07T12:00:00.000Z';

function pages(told: Tale): readonly string[] {
  return told.here.relay.sent
    .filter((mail) => /past its latest lawful date/.test(mail.text) && mail.to.address.endsWith('@members.example'))
    .map((mail) => mail.to.address);
}

async function quiet(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 400));
}

test('P4 P5 I2 with an agreed bundle exactly the bundle is opened at the cap, and the notice follows on the public path', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre, capped);
  assert.equal((await told.see('viktor')).body.cap.source, 'reporter.deadline', 'P5 the cap that binds is named');
  const alone = await told.try('anna', 'agree-bundle');
  assert.deepEqual([alone.status, alone.body.unmet[0].gate], [422, 'second_person']);
  await told.take('viktor', 'agree-bundle');
  await told.take('anna', 'send-message', { body: 'Canary-message: we are late.' });
  await told.take('anna', 'add-note', { body: 'Canary-note: who has time?' });
  await told.take('anna', 'propose-bundle', { summary: 'Canary-better: a descriptor leaks into guests.' });
  await told.take('viktor', 'agree-bundle');
  told.here.set(shifted(cap as never, { seconds: -1 }));
  await quiet();
  assert.equal((await told.see('anyone')).status, 404, 'not one second before');
  told.here.set(cap);
  await told.until('the bundle is open', (state) => state.visibility === 'public');
  await opensTheBundle(told);
  await libvirtWritten(told);
  await libvirtReleased(told);
  await libvirtOut(told);
  const page = await told.here.call('/libvirt/advisories/LSN-2026-0001.html');
  assert.equal(page.status, 200, 'the notice replaces the bundle');
  assert.equal((await told.see('anyone')).body.reach, 'nothing', 'and libvirt publishes its notice, not the discussion');
});

async function opensTheBundle(told: Tale): Promise<void> {
  const { body } = await told.see('anyone');
  assert.deepEqual([body.reach, body.state.visibility, body.title], ['bundle', 'public', libvirtReport.title]);
  assert.deepEqual(Object.values(body.texts).toSorted(), [
    'Canary-better: a descriptor leaks into guests.',
    libvirtReport.fields.description,
    libvirtReport.title,
  ]);
  assert.deepEqual([body.log, body.attachments, body.messages, body.state.flaws], [[], [], [], []]);
  await showsTheBundle(told, body.case);
  const { handling, embargo } = await told.state();
  assert.deepEqual([handling, embargo.exit], ['unfixed_public', 'max_reached']);
  assert.deepEqual(
    told.here.relay.sent.filter((mail) => mail.to.address.includes('announce')),
    [],
    'nothing is announced',
  );
  await told.here.until('the reporter was told', () => told.here.relay.sent.some((mail) => mail.subject.endsWith('Your report is public')));
}

/** The page of the record, as a visitor gets it. */
async function showsTheBundle(told: Tale, id: CaseId): Promise<void> {
  const view = await readCase(told.here.world, { kind: 'anonymous', project: 'libvirt' as ProjectId }, id);
  assert.ok(view !== undefined);
  const project = { id: 'libvirt', title: 'libvirt' };
  const frame = { project, viewer: null, now: told.here.now(), theme: 'system', shortcuts: false, csrf: '', replay: null } as const;
  const page = String(render(RecordPage({ frame, view })));
  for (const open of [libvirtReport.title, libvirtReport.fields.description, 'Canary-better']) assert.ok(page.includes(open), open);
  assert.doesNotMatch(page, /Canary-(summary|message|note)|[Mm]oderate|master|Porter|anna|whole record/);
}

test('P4 without an agreed bundle nothing leaves by itself at the cap: everybody who may publish is paged, every hour', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre, capped);
  told.here.set(cap);
  const responsible = ['anna@members.example', 'carl@members.example', 'viktor@members.example'];
  for (let hour = 1; hour <= 3; hour++) {
    await told.here.until(`everybody was paged ${hour} times`, () => pages(told).length >= hour * responsible.length);
    await quiet();
    assert.deepEqual(
      pages(told).toSorted(),
      Array.from({ length: hour }, () => responsible)
        .flat()
        .toSorted(),
    );
    told.here.later(1);
  }
  assert.equal((await told.see('anyone')).status, 404);
  const { body } = await told.see('viktor');
  assert.equal(body.state.visibility, 'private');
  for (const mail of told.here.relay.sent) assert.doesNotMatch(mail.to.address, /announce/);
  for (const mail of told.here.relay.sent)
    assert.doesNotMatch(mail.subject + (mail.to.address.includes('members') ? mail.text : ''), /Canary/);
});

test('LIBVIRT-36 a should that is passed by is on record with its reason, for the team and in the opened log', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre);
  await libvirtWritten(told, { numbered: false });
  const refused = await told.try('anna', 'approve-release');
  assert.deepEqual(
    [refused.status, refused.body.unmet],
    [422, [{ gate: 'cve_assigned', strength: 'should', sentence: 'A flaw has no CVE number.' }]],
  );
  await told.take('anna', 'approve-release', { deviation: 'Canary-deviation: the assigner has not answered for a week.' });
  await told.take('viktor', 'approve-release');
  const { body } = await told.see('carl');
  assert.deepEqual(body.state.deviations, ['cve_assigned']);
  const recorded = body.log.find((event: { kind: string }) => event.kind === 'deviation-recorded');
  assert.deepEqual([recorded.gate, recorded.by.person], ['cve_assigned', 'anna']);
  assert.match(body.texts[recorded.reason.id], /Canary-deviation/);
  await told.until('the documents are prepared', (state) => state.disclosure.prepared !== null);
  told.here.set((await told.state()).embargo.until);
  await told.until('the deviation still counts at the hour', (state) => state.visibility === 'public');
});
