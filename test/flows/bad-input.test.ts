// SPDX-License-Identifier: Apache-2.0
// What the API is sent by mistake or on purpose: each wrong thing is named, nothing is half done, and the case stands as before.

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { offeredActions } from '../../src/app/parse.ts';
import { asTheyAre } from './names.ts';
import type { Tale } from './tale.ts';
import { libvirt, libvirtConfirmed, libvirtReport } from './tale-libvirt.ts';

interface Raw {
  readonly status: number;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the problem is what is asserted.
  readonly body: any;
}

type Send = (action: string, body: string | Uint8Array, headers?: Record<string, string>, method?: string) => Promise<Raw>;

/** A confirmed case, a way to send bytes to it as anna, and at the end the check that nothing of it was done. */
async function scene(t: TestContext): Promise<{ readonly told: Tale; readonly send: Send; unchanged(): Promise<void> }> {
  const told = await libvirtConfirmed(t, asTheyAre);
  const before = (await told.see('viktor')).body;
  const token = await told.here.signIn('libvirt', 'anna');
  const send: Send = async (action, body, headers = {}, method = 'POST') => {
    const answer = await fetch(`${told.here.base}/api/v1/libvirt/cases/${before.case}/${action}`, {
      method,
      body,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'If-Match': `"${before.version}"`, ...headers },
    });
    const text = await answer.text();
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', body: text.startsWith('{') ? JSON.parse(text) : text };
  };
  const unchanged = async () => {
    const now = (await told.see('viktor')).body;
    assert.deepEqual(now.state, before.state);
    assert.deepEqual(now.log, before.log);
    assert.deepEqual(now.texts, before.texts);
    assert.deepEqual(now.attachments, before.attachments);
  };
  return { told, send, unchanged };
}

const isProblem = (answer: Raw) => assert.match(answer.type, /^application\/problem\+json/);
const pointers = (answer: Raw): readonly string[] => answer.body.errors.map((error: { pointer: string }) => error.pointer).toSorted();

/** What each action cannot do without. An action that needs nothing is not here. */
const needed: Readonly<Record<string, readonly string[]>> = {
  'add-person': ['#/person'],
  'remove-person': ['#/person'],
  'narrow-access': ['#/people', '#/reason'],
  'name-reader': ['#/person', '#/reason'],
  'propose-widening': ['#/reason'],
  'assign-owner': ['#/person'],
  'decide-eligibility': ['#/reason', '#/verdict'],
  'confirm-flaw': ['#/reason'],
  'dismiss-flaw': ['#/reason'],
  'assess-severity': ['#/level'],
  'record-fact': ['#/evidence', '#/fact', '#/since'],
  'propose-embargo': ['#/until'],
  'keep-embargo': ['#/fact', '#/reason'],
  'propose-party': ['#/party', '#/reason'],
  'acknowledge-rules': ['#/rules'],
  'decide-agents': ['#/allowed', '#/reason'],
  'screen-party': ['#/cleared', '#/party', '#/reason'],
  'notify-party': ['#/party'],
  'record-notice': ['#/evidence', '#/party', '#/since'],
  'record-answer': ['#/answer', '#/evidence', '#/party'],
  'raise-objection': ['#/reason'],
  'remove-party': ['#/party', '#/reason'],
  'record-breach': ['#/evidence', '#/party', '#/since'],
  'record-duty': ['#/duty', '#/evidence', '#/party'],
  'end-embargo': ['#/exit', '#/reason'],
  'propose-bundle': ['#/summary'],
  'judge-branch': ['#/affected', '#/branch', '#/group'],
  'add-patch': ['#/branch', '#/patch'],
  'approve-patch': ['#/branch'],
  'record-posting': ['#/branch', '#/messageId'],
  'record-merge': ['#/branch', '#/commit'],
  'record-release': ['#/branch', '#/tag'],
  'request-cve': ['#/flaw'],
  'record-cve': ['#/flaw', '#/number'],
  'waive-cve': ['#/flaw', '#/reason'],
  'describe-impact': ['#/impact'],
  'judge-backport': ['#/branch', '#/verdict'],
  'keep-finding': ['#/piece', '#/reason'],
  'write-advisory': ['#/advisory'],
  'return-advisory': ['#/reason'],
  'decide-credit': ['#/decision'],
  'go-on-call': ['#/role'],
  'confirm-channel': ['#/channel'],
  'send-message': ['#/body'],
  'answer-team': ['#/body'],
  'add-note': ['#/body'],
};

test('every field that an action lacks, or has in the wrong type, is named with its pointer and a sentence', async (t) => {
  const { send, unchanged } = await scene(t);
  for (const action of offeredActions.filter((one) => needed[one] !== undefined)) {
    const empty = await send(action, '{}');
    isProblem(empty);
    assert.deepEqual([empty.status, pointers(empty)], [422, needed[action]], action);
    for (const { detail } of empty.body.errors) assert.ok(detail.length > 3, `${action}: ${detail}`);
    const spaces = Object.fromEntries((needed[action] ?? []).map((pointer) => [pointer.slice(2), '   ']));
    assert.deepEqual(pointers(await send(action, JSON.stringify(spaces))), needed[action], `${action}: spaces say nothing`);
    for (const wrong of [7, true, { a: 1 }, [[]], null]) {
      const body = Object.fromEntries((needed[action] ?? []).map((pointer) => [pointer.slice(2), wrong]));
      const answer = await send(action, JSON.stringify(body));
      assert.equal(answer.status, 422, `${action} with ${JSON.stringify(body)}: ${JSON.stringify(answer.body)}`);
      isProblem(answer);
    }
  }
  await unchanged();
});

test('L-73 a date without hour or zone, a day that is not, and an hour that the zone skips are refused by their field', async (t) => {
  const { send, unchanged } = await scene(t);
  for (const until of [
    '2026-11-12',
    '2026-11-12 15:00',
    '12.11.2026 15:00 UTC',
    '2026-02-30 15:00 UTC',
    '2026-11-12 25:00 UTC',
    '2027-03-28 02:30 Europe/Prague',
    '2026-11-12 15:00 Moon/Crater',
    'tomorrow',
    '1794495600',
  ]) {
    const answer = await send('propose-embargo', JSON.stringify({ until, reason: 'x' }));
    assert.deepEqual([answer.status, pointers(answer)], [422, ['#/until']], until);
  }
  await unchanged();
});

test('an action where the case does not stand is refused in words, with where it stands and where it would be possible', async (t) => {
  const { told, send, unchanged } = await scene(t);
  for (const [action, body, region] of [
    ['take-up-case', {}, 'handling'],
    ['decide-eligibility', { verdict: 'in', reason: 'x' }, 'handling'],
    ['close-case', {}, 'handling'],
    ['agree-embargo', {}, 'embargo'],
    ['approve-advisory', {}, 'advisory'],
    ['approve-patch', { branch: 'master' }, 'branch'],
    ['record-merge', { branch: 'no-such-branch', commit: 'c' }, 'branch'],
    ['request-cve', { flaw: 'no-such-flaw' }, 'cve'],
  ] as const) {
    const answer = await send(action, JSON.stringify(body));
    isProblem(answer);
    assert.deepEqual([answer.status, answer.body.type, answer.body.region], [409, '/problems/wrong-state', region], action);
    assert.match(answer.body.detail, /^(“.+” is not possible while .+ is .+|The case has no such .+)\.$/);
    assert.ok(Array.isArray(answer.body.expected) && answer.body.expected.length > 0);
  }
  await unchanged();
  assert.equal((await told.state()).handling, 'confirmed');
});

test('a body that is no JSON, or JSON of another shape, does nothing, whatever the action needs', async (t) => {
  const { send, unchanged } = await scene(t);
  for (const body of ['{', 'nonsense', '{"reason":', "{'reason':'x'}", 'null null', '[', '\u0000', '<xml/>', `${'['.repeat(100_000)}`])
    for (const action of ['stop-release', 'agree-bundle', 'add-note']) {
      const answer = await send(action, body);
      isProblem(answer);
      assert.deepEqual([answer.status, answer.body.type], [400, '/problems/malformed'], `${action} ${body.slice(0, 20)}`);
    }
  for (const body of ['[]', '"text"', '7', 'null', 'true', '[{"body":"x"}]']) {
    const answer = await send('add-note', body);
    assert.equal(answer.status, 422, body);
  }
  for (const body of ['[]', '"text"', '7', 'null']) assert.equal((await send('agree-bundle', body)).status, 422, body);
  await unchanged();
});

test('a file that is no base64 to its last character is refused, and so is one without bytes', async (t) => {
  const { told, send, unchanged } = await scene(t);
  const good = Buffer.from('Signed-off-by: anna <a@x.example>\n').toString('base64');
  for (const base64 of ['not base64!', good.slice(0, -1), `${good}=`, `${good.slice(0, 8)}\n${good.slice(8)}`, 7, null, ['QQ==']]) {
    const answer = await send('add-patch', JSON.stringify({ branch: 'master', patch: { name: 'fix.patch', base64 } }));
    assert.deepEqual([answer.status, pointers(answer)], [422, ['#/patch/base64']], String(base64));
  }
  const unsigned = await send('add-patch', JSON.stringify({ branch: 'master', patch: { name: 'fix.patch', base64: 'QQ==' } }));
  assert.deepEqual([unsigned.status, unsigned.body.unmet[0].gate], [422, 'signed_off']);
  const listed = await told.tryMine('answer-team', {
    body: 'x',
    attachments: [
      { name: 'a', base64: 'QQ==' },
      { name: 'b', base64: '?' },
    ],
  });
  assert.deepEqual([listed.status, listed.body.errors[0].pointer], [422, '#/attachments/1/base64']);
  for (const name of ['', 'a\u0000b', 'a\nb', '\ud800', 'x'.repeat(256)]) {
    const answer = await send('add-patch', JSON.stringify({ branch: 'master', patch: { name, base64: good } }));
    assert.equal(answer.status, 422, JSON.stringify(name));
  }
  await unchanged();
});

test('R-14 what a name or a word cannot be made of is refused before the database sees it', async (t) => {
  const { told, send, unchanged } = await scene(t);
  for (const bad of ['\u0000', 'a\u0000b', 'a\nb', '\ud800', 'x\u0007', 'x'.repeat(201)]) {
    for (const [action, body] of [
      ['judge-branch', { branch: bad, group: 'development', affected: true }],
      ['record-merge', { branch: 'master', commit: bad }],
      ['record-posting', { branch: 'master', messageId: bad }],
      ['add-person', { person: bad }],
      ['assess-severity', { level: 'low', vector: bad }],
      ['confirm-channel', { channel: bad }],
      ['confirm-flaw', { reason: 'x', branches: `development ${bad}\ndevelopment` }],
    ] as const) {
      const answer = await send(action, JSON.stringify(body));
      assert.equal(answer.status, 422, `${action} ${JSON.stringify(body)} ${JSON.stringify(answer.body)}`);
    }
  }
  await unchanged();
  await told.take('anna', 'add-note', { body: 'A text may hold anything: \u0000 \ud800 \u202e.' });
  assert.equal((await told.see('viktor')).status, 200);
});

test('a deviation that is no text is named, and not passed over', async (t) => {
  const { send, unchanged } = await scene(t);
  const answer = await send('approve-release', JSON.stringify({ deviation: 7 }));
  assert.deepEqual([answer.status, pointers(answer)], [422, ['#/deviation']]);
  await unchanged();
});

test('a body that is too long is refused before it is read, declared or not, and the door goes on', async (t) => {
  const { told, send, unchanged } = await scene(t);
  const note = JSON.stringify({ body: 'x'.repeat(5 * 1024 * 1024) });
  const long = await send('add-note', note);
  isProblem(long);
  assert.deepEqual([long.status, long.body.type], [413, '/problems/too-large']);
  const { case: id } = (await told.see('viktor')).body;
  const streamed = await fetch(`${told.here.base}/api/v1/libvirt/cases/${id}/add-note`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${await told.here.signIn('libvirt', 'anna')}`, 'Content-Type': 'application/json' },
    body: new Blob([note]).stream(),
    duplex: 'half',
  } as RequestInit);
  assert.equal(streamed.status, 413);
  await streamed.text();
  const within = await send('add-note', JSON.stringify({ body: 'x'.repeat(200_001) }));
  assert.deepEqual([within.status, pointers(within)], [422, ['#/body']]);
  await unchanged();
  await told.take('anna', 'add-note', { body: 'x'.repeat(200_000) });
});

test('an unknown action, case, project, method or file answers as what does not exist, and changes nothing', async (t) => {
  const { told, send, unchanged } = await scene(t);
  const { case: id } = (await told.see('viktor')).body;
  const nothing = '{"type":"/problems/not-found","title":"Not found","status":404}';
  for (const action of ['publish-bundle', 'record-preparation', 'remind', 'submit-report', 'toString', '__proto__', 'constructor']) {
    const answer = await send(action, '{}');
    assert.deepEqual([answer.status, JSON.stringify(answer.body)], [404, nothing], action);
  }
  for (const method of ['PUT', 'PATCH', 'DELETE']) assert.equal((await send('take-up-case', '{}', {}, method)).status, 404, method);
  const token = await told.here.signIn('libvirt', 'anna');
  for (const path of [
    `/api/v1/nowhere/cases/${id}`,
    `/api/v1/LIBVIRT/cases/${id}`,
    `/api/v1/libvirt%00/cases/${id}`,
    '/api/v1/libvirt/cases/%00',
    '/api/v1/libvirt/cases/..%2f..',
    `/api/v1/libvirt/cases/${id}%20`,
    `/api/v1/libvirt/cases/${id}/attachments/%00`,
    `/api/v1/libvirt/cases/${id}/attachments/nothing`,
    '/api/v1/libvirt/my-report/%00',
    `/api/v1/libvirt/cases/${'0'.repeat(5000)}`,
  ]) {
    const answer = await told.here.call(path, { token });
    assert.deepEqual([answer.status, JSON.stringify(answer.body)], [404, nothing], path);
  }
  for (const headers of [{ Authorization: 'Bearer x' }, { Authorization: `bearer ${token}` }, { Authorization: `Basic ${token}` }])
    assert.equal((await told.here.call(`/api/v1/libvirt/cases/${id}`, { headers })).status, 404);
  assert.equal(
    (await told.here.call('/api/v1/nowhere/reports', { body: libvirtReport })).status,
    404,
    'a report to nobody is not swallowed',
  );
  await unchanged();
});

test('R-14 a report that lacks something names it and opens no case; one that is sent twice is one case', async (t) => {
  const told = await libvirt(t, asTheyAre);
  const queue = async () =>
    (await told.here.call('/api/v1/libvirt/cases', { token: await told.here.signIn('libvirt', 'mo') })).body.rows.length;
  const send = (body: object, headers: Record<string, string> = {}) => told.here.call('/api/v1/libvirt/reports', { body, headers });
  for (const [body, pointer] of [
    [{}, '#/title'],
    [{ ...libvirtReport, title: '  ' }, '#/title'],
    [{ ...libvirtReport, title: 7 }, '#/title'],
    [{ ...libvirtReport, title: 'x'.repeat(301) }, '#/title'],
    [{ ...libvirtReport, fields: { description: 7 } }, '#/fields/description'],
    [{ ...libvirtReport, fields: {} }, '#/description'],
    [{ ...libvirtReport, fields: { description: '  ' } }, '#/description'],
    [{ ...libvirtReport, address: 'not an address' }, '#/address'],
    [{ ...libvirtReport, deadline: '2026-12-01' }, '#/deadline'],
    [{ ...libvirtReport, deadline: '2026-10-01 12:00 UTC' }, '#/deadline'],
    [{ ...libvirtReport, consent: 'yes' }, '#/consent'],
    [{ ...libvirtReport, consent: false }, '#/consent'],
    [{ ...libvirtReport, origin: 'magic' }, '#/origin'],
    [{ ...libvirtReport, files: [{ name: 'a', base64: '???' }] }, '#/files/0/base64'],
    [{ ...libvirtReport, files: [{ name: 'a\u0000', base64: 'QQ==' }] }, '#/files/0/name'],
  ] as const) {
    const answer = await send(body);
    assert.equal(answer.status, 422, `${pointer} ${JSON.stringify(answer.body)}`);
    assert.ok(
      answer.body.errors.some((error: { pointer: string }) => error.pointer === pointer),
      `${pointer}: ${JSON.stringify(answer.body)}`,
    );
  }
  assert.equal((await send({ ...libvirtReport, role: 'core' })).status, 422, 'a field that there is not');
  assert.equal(await queue(), 0);
  const headers = { 'Idempotency-Key': '00000000-0000-4000-8000-00000000000a' };
  const first = await send(libvirtReport, headers);
  const second = await send(libvirtReport, headers);
  assert.deepEqual([first.status, second.status, second.body], [201, 201, first.body]);
  assert.equal(await queue(), 1);
  const raw = await fetch(`${told.here.base}/api/v1/libvirt/reports`, { method: 'POST', body: '{"title":' });
  assert.equal(raw.status, 400);
  await raw.text();
  const long = await fetch(`${told.here.base}/api/v1/libvirt/reports`, {
    method: 'POST',
    body: JSON.stringify({ ...libvirtReport, files: [{ name: 'a', base64: 'A'.repeat(66 * 1024 * 1024) }] }),
  });
  assert.equal(long.status, 413);
  await long.text();
  assert.equal(await queue(), 1);
});
