// SPDX-License-Identifier: Apache-2.0
// What becomes public in the end, through the API: the whole record byte for byte with what is struck out marked, a proof of concept at its own time, the fix alone, the issue.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { openpgpVerifier } from '../../src/adapters/openpgp/verifier.ts';
import { readCase } from '../../src/app/read.ts';
import { faultsIn, faultsOf } from '../../src/app/record-check.ts';
import type { RecordFile } from '../../src/app/record-file.ts';
import { verify } from '../../src/cli/verify.ts';
import type { CaseId, ProjectId } from '../../src/core/model/identifiers.ts';
import { instant } from '../../src/core/model/time.ts';
import { RecordPage } from '../../src/web/pages/record.tsx';
import { render } from '../../src/web/render.ts';
import { presetText } from '../support/policies.ts';
import type { Names } from './names.ts';
import { asTheyAre } from './names.ts';
import type { Tale } from './tale.ts';
import { confirmsByHand, openstackPublishable, openstackReport, theHour } from './tale-openstack.ts';
import { qemu, qemuInScope, qemuReport } from './tale-qemu.ts';

/** A preset with another section of publication. */
function publishing(changes: Readonly<Record<string, string>>): Names {
  const policy = (preset: string) =>
    Object.entries(changes).reduce(
      (text, [key, value]) => text.replace(/(\npublication:\n(?:[ ].*\n)*)/, (section) => withKey(section, key, value)),
      presetText(preset),
    );
  return { ...asTheyAre, policy };
}

function withKey(section: string, key: string, value: string): string {
  const line = new RegExp(`\\n {2}${key}: .*`);
  return line.test(section) ? section.replace(line, `\n  ${key}: ${value}`) : `${section.trimEnd()}\n  ${key}: ${value}\n`;
}

const secret = `glpat-${'x'.repeat(20)}`;
const exploit = 'Canary-exploit: run this, then that.\n';
const report = {
  ...openstackReport,
  fields: { ...openstackReport.fields, reproducer: 'Canary-reproducer: ./break volume' },
  files: [
    { name: 'exploit.sh', purpose: 'reproducer', base64: Buffer.from(exploit).toString('base64') },
    { name: 'log.txt', purpose: 'evidence', base64: Buffer.from('Canary-log\n').toString('base64') },
  ],
};

// biome-ignore lint/suspicious/noExplicitAny: stories read what the API answers, whose shape they assert.
type Json = any;

async function record(told: Tale): Promise<RecordFile> {
  const { case: id } = (await told.see('anyone')).body;
  const answer = await told.here.call(`/api/v1/openstack/cases/${id}/record`);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

async function bytesOf(href: string): Promise<Uint8Array> {
  const answer = await fetch(href);
  assert.equal(answer.status, 200, href);
  return new Uint8Array(await answer.arrayBuffer());
}

/** The chain, recomputed by the description in docs/record.md alone: nothing of the program is asked. */
function recomputed(project: string, { case: id, chain }: RecordFile): string {
  const sha256 = (...parts: readonly (string | Buffer)[]) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
  let head = sha256(`${project}/${id}`);
  for (const { envelope } of chain.events) head = sha256(head, envelope ?? assert.fail('an event is not opened'));
  return head.toString('hex');
}

/** I13: wherever a byte of the file is another one, it is found, and its place is named; the command says so and ends with 1. */
async function flipped(opened: RecordFile, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const text = `${JSON.stringify(opened, null, 2)}\n`;
  const run = async (given: string, ...args: readonly string[]) => {
    const [out, err]: [string[], string[]] = [[], []];
    const readFile = async (path: string) => files.get(path.slice(path.lastIndexOf('/') + 1)) ?? Promise.reject(new Error(path));
    const code = await verify(['record.json', ...args], {
      filesBelow: async () => undefined,
      verifier: openpgpVerifier,
      now: () => instant('2026-11-02T09:00:00Z'),
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      readPath: async () => given,
      readFile,
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  };
  const good = await run(text, '--files', 'here');
  assert.deepEqual([good.code, good.err], [0, '']);
  assert.match(good.out, /\[ok\] chain: \d+ events[\s\S]*\[ok\] texts[\s\S]*\[ok\] files: \d+, the bytes of \d+ compared/);
  assert.equal((await run(JSON.stringify(opened))).code, 0, 'as the API gives it');
  const bytes = Buffer.from(text);
  for (let round = 0; round < 200; round++) {
    const [at, flip] = [Math.floor(Math.random() * bytes.length), 1 + Math.floor(Math.random() * 255)];
    const other = Buffer.from(bytes);
    other[at] = (other[at] ?? 0) ^ flip;
    const { code, err } = await run(other.toString());
    assert.equal(code, 1, `byte ${at} flipped by ${flip}`);
    assert.match(err, /^record\.json: (line \d+, column \d+|[a-z]\w*[\w.[\]]*|the file): [A-Z].*\./, `its place is named: ${err}`);
  }
  const [event] = opened.chain.events;
  const forged = {
    ...opened,
    chain: { ...opened.chain, events: [{ ...event, envelope: event?.envelope?.replace('2026', '2025') }, ...opened.chain.events.slice(1)] },
  };
  assert.deepEqual(faultsIn(JSON.stringify(forged))[0], { place: 'chain.events[0]', sentence: 'Event 1 does not follow those before it.' });
  const [file] = opened.files;
  const swapped = faultsOf(opened, new Map([[file?.id ?? '', Buffer.from('other bytes')]]));
  assert.deepEqual(
    swapped.map(({ place }) => place),
    ['files[0]'],
  );
}

async function page(told: Tale, project: string, id: string): Promise<string> {
  const view = await readCase(told.here.world, { kind: 'anonymous', project: project as ProjectId }, id as CaseId);
  assert.ok(view !== undefined);
  const frame = {
    project: { id: project, title: project },
    viewer: null,
    now: told.here.now(),
    theme: 'system',
    shortcuts: false,
    csrf: '',
    replay: null,
  } as const;
  return String(render(RecordPage({ frame, view })));
}

async function struckOut(told: Tale): Promise<void> {
  await told.take('ola', 'add-note', { body: `Tried it with ${secret} on the gate; ${secret} works.` });
  const { body } = await told.see('ola');
  const [note] = Object.entries(body.texts as Record<string, string>).filter(([, text]) => text.includes(secret));
  assert.ok(note !== undefined);
  const path = `/api/v1/openstack/cases/${body.case}/preview`;
  const preview = async () => (await told.here.call(path, { token: await told.here.signIn('openstack', 'ola') })).body;
  const found = (await preview()).findings.filter((one: Json) => one.piece === note[0]);
  assert.deepEqual(
    found.map((one: Json) => [one.why, one.passage, one.status]),
    [
      ['tokens', secret, 'open'],
      ['tokens', secret, 'open'],
    ],
    'QEMU-28 what looks like a token is found in a note',
  );
  const [first, second] = found.map((one: Json) => ({ piece: one.piece, from: one.span[0], to: one.span[1] }));
  await told.take('ola', 'keep-finding', { ...first, reason: 'Canary-reason: it was revoked.' });
  const undecided = await told.try('ola', 'approve-release');
  assert.ok(
    undecided.body.unmet.some((one: Json) => one.gate === 'findings_decided'),
    'QEMU-28 the second place is not decided',
  );
  await told.take('ola', 'keep-finding', { ...second, reason: 'Canary-reason: it was revoked.' });
  assert.equal((await preview()).open, 0);
  const kept = await told.try('ola', 'approve-release');
  assert.ok(kept.body.unmet === undefined || kept.body.unmet.every((one: Json) => one.gate !== 'findings_decided'));
  await told.take('ola', 'propose-redaction', { piece: note[0], passage: secret, why: 'tokens' });
  assert.equal((await preview()).findings.filter((one: Json) => one.status === 'proposed').length, 2);
  const [{ redaction }] = (await told.state()).record.redactions;
  const own = await told.try('ola', 'approve-redaction', { redaction });
  assert.deepEqual([own.status, own.body.unmet[0].gate], [422, 'redaction_second_person'], 'one person is not two');
  const blocked = await told.try('ola', 'approve-release');
  assert.ok(blocked.body.unmet.some((one: Json) => one.gate === 'redactions_decided'));
  await told.take('kim', 'approve-redaction', { redaction });
  assert.deepEqual(
    (await preview()).findings.filter((one: Json) => one.piece === note[0]),
    [],
    'settled',
  );
}

/** QEMU-28: what the reporter says after people said go is looked at before it can go out. */
async function stoppedByAnAnswer(told: Tale): Promise<void> {
  assert.equal((await told.state()).disclosure.armed, true);
  await told.mine('answer-team', { body: 'Thank you.' });
  assert.equal((await told.state()).disclosure.armed, true, 'in which nothing is found holds nothing up');
  const token = 'glpat-zyxwvutsrq9876543210';
  await told.mine('answer-team', { body: `It works with ${token} as well, which is revoked.` });
  const { body } = await told.see('ola');
  assert.equal(body.state.disclosure.armed, false);
  assert.equal(body.log.findLast((event: Json) => event.kind === 'release-stopped').by.kind, 'process');
  await told.here.until('its owner is told', () => told.here.relay.sent.some(({ subject }) => subject.endsWith('The release was stopped')));
  const again = await told.try('ola', 'approve-release');
  assert.ok(again.body.unmet.some((one: Json) => one.gate === 'findings_decided'));
  const [piece] = Object.entries(body.texts as Record<string, string>).find(([, text]) => text.includes(token)) ?? [];
  await told.take('ola', 'keep-finding', { piece, passage: token, reason: 'The reporter says that it is revoked.' });
  for (const person of ['ola', 'kim']) await told.take(person, 'approve-release');
  await told.until('the documents are prepared anew', (state) => state.disclosure.armed && state.disclosure.prepared !== null);
}

/** QEMU-28: a verdict opens a report as surely as a release does, and is looked at as one. */
async function lookedAtBeforeAVerdict({ here }: Tale): Promise<void> {
  const fields = { ...openstackReport.fields, description: `It needs ${secret} in the header.` };
  const headers = { 'Idempotency-Key': '00000000-0000-4000-8000-000000000002' };
  const { body: sent } = await here.call('/api/v1/openstack/reports', { body: { ...openstackReport, fields, files: [] }, headers });
  const as = async (action: string, body: object = {}) =>
    here.call(`/api/v1/openstack/cases/${sent.case}/${action}`, { token: await here.signIn('openstack', 'ola'), body });
  await as('take-up-case');
  const verdict = { verdict: 'out', reason: 'Not in any release.' };
  const refused = await as('decide-eligibility', verdict);
  assert.deepEqual([refused.status, refused.body.unmet.map(({ gate }: Json) => gate)], [422, ['findings_decided']]);
  const { body } = await here.call(`/api/v1/openstack/cases/${sent.case}/preview`, { token: await here.signIn('openstack', 'ola') });
  for (const { piece, span } of body.findings)
    await as('keep-finding', { piece, from: span[0], to: span[1], reason: 'An example from the manual.' });
  const decided = await as('decide-eligibility', verdict);
  assert.equal(decided.status, 200, JSON.stringify(decided.body));
  assert.equal((await here.call(`/api/v1/openstack/cases/${sent.case}`)).body.state.visibility, 'public');
}

test('VMT-6 VMT-26 VMT-36 VMT-37 F4 L-72 the whole record byte for byte with what the case cost, one passage struck out, and the proof of concept a week later by the clock', async (t: TestContext) => {
  const told = await openstackPublishable(t, publishing({ proof_of_concept: '7 days', findings: 'decided' }), report, struckOut);
  await stoppedByAnAnswer(told);
  await lookedAtBeforeAVerdict(told);
  const { case: id } = (await told.see('ola')).body;
  await told.take('ola', 'send-message', { body: 'Canary-private: my own number is in the file.', never: 'personal_data' });
  told.here.later(1);
  const path = `/api/v1/openstack/cases/${id}`;
  const preview = (await told.here.call(`${path}/preview`, { token: await told.here.signIn('openstack', 'ola') })).body;
  assert.equal((await told.here.call(`${path}/record`)).status, 404, 'no record before the hour');
  assert.equal((await told.here.call(`${path}/preview`)).status, 404, 'a preview is for those inside');
  told.here.set(theHour);
  await told.until('the case is public', (state) => state.visibility === 'public');
  await confirmsByHand(told);

  const opened = await record(told);
  assert.deepEqual([opened.opened, faultsOf(opened)], ['full_record', []], 'I13 anybody can check it');
  assert.equal(recomputed('openstack', opened), opened.chain.head, 'I13 with nothing but the file');
  const texts = opened.contents.map(({ text }) => text);
  const before: RecordFile = preview.record;
  for (const content of before.contents)
    assert.ok(
      opened.contents.some((one) => one.id === content.id && one.text === content.text && one.salt === content.salt),
      'the preview told the truth',
    );
  assert.deepEqual(
    opened.contents.filter(({ id: one }) => !before.contents.some((content) => content.id === one)).map(({ text }) => text),
    ['https://review.example/1'],
    'what came after it, and nothing else, is new',
  );
  const inside = (await told.see('kim')).body;
  const log: readonly Json[] = inside.log;
  const said = (kind: string) => log.filter((event) => event.kind === kind).map((event) => inside.texts[event.body.id]);
  for (const text of [...said('message-sent'), ...said('message-received'), ...said('note-added')])
    assert.ok(text.includes(secret) || text.includes('Canary-private') || texts.includes(text), `VMT-36 ${text}`);
  assert.ok(texts.includes(`Tried it with [struck out: a token or key] on the gate; [struck out: a token or key] works.`));
  const all = JSON.stringify(opened);
  for (const hidden of [secret, 'Canary-private', 'Canary-exploit', 'Canary-reproducer', 'canary-address', 'Rita E. Porter'])
    assert.ok(!all.includes(hidden), hidden);
  const marks = opened.closed.map(({ mark, why, afterPublication }) => [mark, why, afterPublication]);
  assert.ok(marks.some(([mark, why]) => mark === 'passages_struck_out' && why === 'tokens'));
  assert.ok(marks.some(([mark, why]) => mark === 'never_opened' && why === 'personal_data'));
  assert.equal(opened.closed.filter(({ mark }) => mark === 'proof_of_concept').length, 2, 'a text and a file');

  const files = new Map(await Promise.all(opened.files.map(async ({ id: file, href }) => [file, await bytesOf(href)] as const)));
  assert.deepEqual(faultsOf(opened, files), []);
  assert.deepEqual(opened.files.map(({ name }) => name).sort(), ['fix.patch', 'log.txt']);
  await flipped(opened, files);
  const html = await page(told, 'openstack', id);
  for (const open of [
    'Canary-note',
    'Canary-message',
    'struck out: a token or key',
    'Never public: personal data',
    'fix.patch',
    'What it cost',
  ])
    assert.ok(html.includes(open), open);
  for (const hidden of [secret, 'Canary-private', 'Canary-exploit']) assert.ok(!html.includes(hidden), hidden);
  assert.ok((opened.cost?.people ?? 0) >= 4 && (opened.cost?.messagesOut ?? 0) >= 2, 'VMT-6 VMT-26 the cost of the case is on its record');

  const disclosed: string = (await told.state()).marks.disclosure;
  const due = new Date(Date.parse(disclosed) + 7 * 86_400_000);
  told.here.set(new Date(due.getTime() - 1000).toISOString());
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal((await told.state()).record.proofsOpenedAt, null, 'not one second before');
  told.here.set(due.toISOString());
  await told.until('VMT-37 the proof of concept is open', (state) => state.record.proofsOpenedAt !== null);
  const later = await record(told);
  assert.ok(later.contents.some(({ text }) => text === 'Canary-reproducer: ./break volume'));
  const script = later.files.find(({ name }) => name === 'exploit.sh');
  assert.equal(Buffer.from(await bytesOf(script?.href ?? '')).toString(), exploit, 'byte for byte');
  told.here.later(24 * 30);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const opening = (await told.see('kim')).body.log.filter((event: Json) => event.kind === 'proofs-opened');
  assert.equal(opening.length, 1, 'F4 exactly once');
});

test('QEMU-28 VMT-36 what is proposed to be struck out after the word was given holds no date: the piece stays closed until the second person decides', async (t: TestContext) => {
  const told = await openstackPublishable(t, asTheyAre, report, async () => undefined);
  const inside = (await told.see('ola')).body;
  const [description] =
    Object.entries(inside.texts as Record<string, string>).find(([, text]) => text === openstackReport.fields.description) ?? [];
  const advisory = inside.state.advisory.content.id;
  const refusedThere = await told.try('ola', 'propose-redaction', { piece: advisory, passage: 'a', why: 'tokens' });
  assert.match(refusedThere.body.errors[0].detail, /goes out as it is written/);
  const passage = 'delete the attachment by the other service';
  await told.take('ola', 'propose-redaction', { piece: description, passage, why: 'third_party_secrets' });
  assert.equal((await told.state()).disclosure.armed, true, 'the documents do not show it');
  told.here.set(theHour);
  await told.until('the case is public at its hour', (state) => state.visibility === 'public');
  await confirmsByHand(told);
  const open = await record(told);
  assert.deepEqual(faultsOf(open), [], 'I13 the chain holds');
  assert.ok(!JSON.stringify(open).includes(passage));
  const [mark] = open.closed.filter(({ piece }) => piece === description);
  assert.deepEqual([mark?.mark, mark?.why, mark?.afterPublication], ['undecided', 'third_party_secrets', false]);
  assert.ok((await page(told, 'openstack', open.case)).includes('has not decided'));
  assert.ok(!(await told.transcript()).split('\n').some((line) => line.startsWith('anyone GET') && line.includes(passage)));
  const [{ redaction }] = (await told.state()).record.redactions;
  await told.take('kim', 'decline-redaction', { redaction });
  assert.ok(
    (await record(told)).contents.some(({ text }) => text === openstackReport.fields.description),
    'declined it opens as it was written',
  );
  await told.take('ola', 'propose-redaction', { piece: description, passage, why: 'third_party_secrets' });
  assert.ok(
    (await record(told)).contents.some(({ text }) => text.includes(passage)),
    'I1 one person closes nothing that is public',
  );
});

test('VMT-36 L-19 what is struck out after the publication is marked so, and the destroyed original breaks no chain', async (t: TestContext) => {
  const told = await openstackPublishable(t, asTheyAre, report, async () => undefined);
  told.here.set(theHour);
  await told.until('the case is public', (state) => state.visibility === 'public');
  await confirmsByHand(told);
  const before = await record(told);
  const description = before.contents.find(({ text }) => text === openstackReport.fields.description);
  assert.ok(description !== undefined);
  told.here.later(24);
  await told.take('ola', 'propose-redaction', {
    piece: description.id,
    passage: 'delete the attachment by the other service',
    why: 'third_party_secrets',
    destroys: true,
  });
  const [{ redaction }] = (await told.state()).record.redactions;
  await told.take('kim', 'approve-redaction', { redaction });
  const opened = await record(told);
  assert.deepEqual(faultsOf(opened), [], 'I13 the chain holds');
  assert.equal(recomputed('openstack', opened), opened.chain.head);
  assert.ok(!JSON.stringify(opened).includes('delete the attachment by'));
  assert.match(JSON.stringify(opened.contents), /Canary-description: \[struck out: a third party’s secret\], and the host/);
  const [mark] = opened.closed.filter(({ piece }) => piece === description.id);
  assert.deepEqual([mark?.mark, mark?.afterPublication, mark?.destroyed], ['passages_struck_out', true, true]);
  const inside = JSON.stringify((await told.see('kim')).body.texts);
  assert.ok(!inside.includes('delete the attachment by'), 'those inside have no original any more');
  const whole = await told.here.world.store.as({ kind: 'process', project: 'openstack' as ProjectId }, ({ cases }) =>
    cases.verify(opened.case as CaseId),
  );
  assert.equal(whole.brokenAt, null);
  const html = await page(told, 'openstack', opened.case);
  assert.match(html, /Passages are struck out, on .*, after everybody could read it\. The original is destroyed\./);
});

test('VMT-36 the kernel’s opposite: the fix alone is published, and the discussion with the reporter’s consent only', async (t: TestContext) => {
  const told = await qemuInScope(t, publishing({ scope: 'fix_only', reports: 'confirmed_flaws', proof_of_concept: 'reporter_decides' }));
  await told.until('the case is public', (state) => state.visibility === 'public');
  const { body } = await told.see('anyone');
  assert.equal(body.reach, 'nothing');
  assert.deepEqual([body.texts, body.log, body.attachments], [{}, [], []]);
  assert.equal((await told.here.call(`/api/v1/qemu/cases/${body.case}/record`)).status, 404);
  const closed = await page(told, 'qemu', body.case);
  assert.match(closed, /publishes the fix/);
  assert.ok(closed.includes('master') && closed.includes('CVE-1900-20001') && !closed.includes('Canary'), 'the fix and its number');
  assert.equal((await told.tryMine('classify-content', { piece: 'x', class: 'tokens' })).status, 422);
  await told.mine('agree-to-opening');
  const opened = (await told.see('anyone')).body;
  assert.equal(opened.reach, 'issue');
  assert.ok(JSON.stringify(opened.texts).includes('Canary-message') && !JSON.stringify(opened.texts).includes('Canary-note'));
});

test('QEMU-27 a report that is rejected is opened too, unless the policy opens confirmed flaws alone', async (t: TestContext) => {
  for (const [reports, reach] of [
    ['every_report', 'issue'],
    ['confirmed_flaws', 'nothing'],
  ] as const)
    await t.test(reports, async (inner) => {
      const told = await qemu(inner, publishing({ reports }));
      await told.report(qemuReport);
      await told.take('mei', 'take-up-case');
      await told.take('mei', 'decide-eligibility', { verdict: 'out', rule: 'emulation', reason: 'Canary-reason' });
      const { status, body } = await told.see('anyone');
      assert.deepEqual([status, body.reach], [200, reach]);
      assert.equal(JSON.stringify(body.texts).includes('Canary-description'), reach === 'issue');
    });
});

test('QEMU-27 QEMU-28 QEMU-43 the whole issue: report, files and messages byte for byte, and nothing of the inside', async (t: TestContext) => {
  const told = await qemuInScope(t, asTheyAre);
  await told.until('the case is public', (state) => state.visibility === 'public');
  const { case: id } = (await told.see('anyone')).body;
  const answer = await told.here.call(`/api/v1/qemu/cases/${id}/record`);
  assert.equal(answer.status, 200);
  const opened: RecordFile = answer.body;
  assert.deepEqual([opened.opened, faultsOf(opened), opened.cost], ['issue', [], null]);
  const texts = opened.contents.map(({ text }) => text);
  for (const text of [
    qemuReport.title,
    qemuReport.fields.description,
    qemuReport.fields.steps,
    'Canary-message: we have a fix; is this how you hit it?',
    'Canary-answer: yes, that is the place.',
  ])
    assert.ok(texts.includes(text), text);
  assert.ok(!JSON.stringify(opened).includes('Canary-note') && !JSON.stringify(opened).includes('canary-address'));
  assert.deepEqual(
    opened.files.map(({ name }) => name),
    ['fix.patch'],
  );
  const kinds = opened.chain.events.flatMap(({ envelope }) => (envelope === null ? [] : [JSON.parse(envelope).kind]));
  assert.ok(kinds.includes('message-received') && !kinds.includes('note-added') && !kinds.includes('flaw-confirmed'));
  assert.ok(
    opened.chain.events.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash)),
    'the closed events give their hash',
  );
  const html = await page(told, 'qemu', id);
  assert.ok(html.includes('Canary-answer') && !html.includes('Canary-note') && !html.includes('Reproduced.'));
});
