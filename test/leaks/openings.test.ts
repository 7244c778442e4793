// SPDX-License-Identifier: Apache-2.0
// What opens with a case and what never does: the sender of a mail, and a reproducer that the policy keeps back.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../support/embedded.ts';
import { post } from './letters.ts';
import { sendReport, stepsOf } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const rita = 'rita@reporters.example';
const say = (field: string, kind?: string) => (kind === 'address' ? rita : `said: ${field}`);

/** `minimal` opens the whole record; each line that is given stands in its publication section. */
function minimal(publication: string): string {
  const text = readFileSync(join(projectRoot, 'policies', 'minimal.yaml'), 'utf8');
  return `${text}\npublication: { scope: full_record, ${publication} }\n`;
}

const settled = (policy: string) => [
  { project: 'alpha', policy, members: { anna: ['team'], viktor: ['team'] } },
  { project: 'beta', policy: 'minimal', members: { ben: ['team'] } },
];

/** The case becomes a public bug: its record opens. */
async function opened(here: Village, id: string): Promise<void> {
  const { maybe, anna } = stepsOf(here, 'alpha', { case: id, mine: '' });
  await maybe('anna', 'release-report');
  await anna('take-up-case');
  await maybe('anna', 'decide-eligibility', { verdict: 'in', reason: 'In scope.' });
  await anna('dismiss-flaw', { reason: 'Not exploitable.' });
  assert.equal((await here.call(`/api/v1/alpha/cases/${id}`)).status, 200);
}

async function bytesOf(here: Village, id: string): Promise<string> {
  const { json, body } = await here.call(`/api/v1/alpha/cases/${id}`);
  const files = await Promise.all(
    json.attachments.map((one: { id: string }) => here.call(`/api/v1/alpha/cases/${id}/attachments/${one.id}`)),
  );
  return [body, ...files.map((file) => file.body)].join('\n');
}

test('L-72 the mail as it came is never opened: its header names the sender, whose address is withheld', async (t) => {
  const here = await village((done) => t.after(done), settled(minimal('reports: every_report')));
  await post(here, {
    from: `Rita Porter <${rita}>`,
    to: 'security@alpha.example',
    text: 'The ring overflows.',
    fields: ['X-Originating-IP: 192.0.2.77'],
  });
  await here.settle();
  const token = await here.signIn('alpha', 'anna');
  const id: string = (await here.call('/api/v1/alpha/cases', { token })).json.rows[0].state.case;
  const reply = here.relay.sent.find((mail) => mail.to.address === rita)?.replyTo?.address ?? '';
  await post(here, { from: rita, to: reply, text: 'A second thought.', fields: ['X-Originating-IP: 192.0.2.78'] });
  const inside = (await here.call(`/api/v1/alpha/cases/${id}`, { token })).json.attachments;
  assert.equal(inside.filter((file: { purpose: string }) => file.purpose === 'original').length, 2, 'the team has both originals');
  await opened(here, id);
  const out = await bytesOf(here, id);
  assert.match(out, /The ring overflows/);
  assert.match(out, /A second thought/);
  for (const never of [rita, 'Rita Porter', '192.0.2.77', '192.0.2.78']) assert.ok(!out.includes(never), `${never} is public`);
});

for (const [word, isOpened] of [
  ['with_record', true],
  ['withheld', false],
  ['reporter_decides', false],
  ['7 days', false],
] as const)
  test(`L-72 VMT-37 a reproducer is ${isOpened ? 'opened' : 'not opened'} with the record under proof_of_concept: ${word}`, async (t) => {
    const here = await village((done) => t.after(done), settled(minimal(`proof_of_concept: ${word}`)));
    const sent = await sendReport(here, 'alpha', 'openstack-vmt', (field, kind) => say(field, kind), undefined);
    await here.settle();
    await opened(here, sent.case);
    const out = await bytesOf(here, sent.case);
    assert.match(out, /said: evidence file content/);
    assert.equal(out.includes('said: reproducer file content'), isOpened);
    const { json } = await here.call(`/api/v1/alpha/cases/${sent.case}`, { token: await here.signIn('alpha', 'anna') });
    const purposes = json.attachments.map((one: { purpose: string }) => one.purpose);
    for (const purpose of ['evidence', 'reproducer']) assert.ok(purposes.includes(purpose), `the team sees the ${purpose}`);
  });
