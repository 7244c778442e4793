// SPDX-License-Identifier: Apache-2.0
// Cases that belong together tell nobody of each other who does not read both: not the public record, not the reporters, not the mail (L-05, L-07).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { csrfToken } from '../../src/web/cross-site.ts';
import { projectRoot } from '../support/embedded.ts';
import { ownFaces } from '../support/own-page.ts';
import type { Say, Sent } from './secret.ts';
import { sendReport, stepsOf } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

/** `minimal`, with its whole record open and the given line for duplicates. */
function open(duplicates = 'reporter_learns: that_it_is_known'): string {
  const text = readFileSync(join(projectRoot, 'policies', 'minimal.yaml'), 'utf8');
  return `${text}\npublication: { scope: full_record, reports: every_report }\nduplicates: { ${duplicates} }\n`;
}

const settled = (policy: string) => [{ project: 'alpha', policy, members: { anna: ['team'], viktor: ['team'], cleo: [] } }];
const saying =
  (name: string): Say =>
  (field, kind) =>
    kind === 'address' ? `${name}@reporters.example` : `${name} said: ${field}`;

async function reported(here: Village, name: string): Promise<Sent> {
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', saying(name));
  await here.settle();
  await stepsOf(here, 'alpha', sent).maybe('anna', 'release-report');
  await here.settle();
  return sent;
}

/** The case becomes an ordinary bug, and its whole record opens. */
async function opened(here: Village, sent: Sent): Promise<void> {
  const { anna, maybe } = stepsOf(here, 'alpha', sent);
  await maybe('anna', 'take-up-case');
  await maybe('anna', 'decide-eligibility', { verdict: 'in', reason: 'In scope.' });
  await anna('dismiss-flaw', { reason: 'Not exploitable.' });
  await here.settle();
}

/** Everything that a visitor gets of a case. */
async function publicBytes(here: Village, id: string): Promise<string> {
  const answers = await Promise.all(
    [
      `/api/v1/alpha/cases/${id}`,
      `/api/v1/alpha/cases/${id}/record`,
      `/alpha/cases/${id}`,
      `/alpha/advisories/records/${id}.html`,
      `/alpha/cases/${id}/record.json`,
      '/alpha/advisories',
    ].map((path) => here.request(path)),
  );
  return answers.map(({ body }) => body.toString()).join('\n');
}

/** Both faces of a reporter's own page. */
async function ownBytes(here: Village, { mine }: Sent): Promise<string> {
  const answers = await Promise.all((await ownFaces(mine, here.own)).map(({ path, headers }) => here.request(path, { headers })));
  for (const { status } of answers) assert.equal(status, 200);
  return answers.map(({ body }) => body.toString()).join('\n');
}

async function participantOf(here: Village, { case: id }: Sent): Promise<string> {
  return (await here.call(`/api/v1/alpha/cases/${id}`, { token: await here.signIn('alpha', 'anna') })).json.state.reporters[0].participant;
}

test('L-05 the record of a public case holds nothing of a report that was attached by mistake and stands by itself again', async (t) => {
  const here = await village((done) => t.after(done), settled(open()));
  const [one, two] = [await reported(here, 'rita'), await reported(here, 'sam')];
  const participant = await participantOf(here, two);
  const { anna } = stepsOf(here, 'alpha', two);
  await anna('mark-duplicate', { of: one.case, reason: 'rita and sam found the same' });
  await anna('undo-duplicate', { reason: 'It is another flaw.' });
  await opened(here, one);
  const out = await publicBytes(here, one.case);
  assert.match(out, /rita said: title/);
  for (const hidden of [two.case, two.codename, participant, 'sam said', 'sam@reporters', 'found the same', 'another flaw'])
    assert.ok(!out.includes(hidden), `the public reads ${hidden}`);
  assert.equal((await here.call(`/api/v1/alpha/cases/${two.case}`)).status, 404);
});

test('L-05 a part that stays private is in no word of the public case from which it was split, and the other way round', async (t) => {
  for (const first of ['whole', 'part'] as const) {
    const here = await village((done) => t.after(done), settled(open()));
    const whole = await reported(here, 'rita');
    const { anna, state } = stepsOf(here, 'alpha', whole);
    await anna('split-case', { parts: ['The secret second flaw'], reason: 'Canary: two flaws.' });
    await here.settle();
    const [id] = (await state()).parts;
    const part = { ...whole, case: id, codename: (await stepsOf(here, 'alpha', { ...whole, case: id }).state()).codename };
    const [shown, hidden] = first === 'whole' ? [whole, part] : [part, whole];
    await opened(here, shown);
    const out = await publicBytes(here, shown.case);
    for (const secret of [hidden.case, hidden.codename, 'Canary: two flaws', ...(first === 'whole' ? ['secret second'] : [])])
      assert.ok(!out.includes(secret), `the ${first} tells ${secret}`);
    assert.equal((await here.call(`/api/v1/alpha/cases/${hidden.case}`)).status, 404);
  }
});

test('L-07 the reporters of two cases that belong together read nothing of each other, on no page and in no mail', async (t) => {
  for (const learns of ['that_it_is_known', 'the_outcome', 'the_case']) {
    const here = await village((done) => t.after(done), settled(open(`reporter_learns: ${learns}`)));
    const [one, two] = [await reported(here, 'rita'), await reported(here, 'sam')];
    const { anna } = stepsOf(here, 'alpha', one);
    await anna('take-up-case');
    await anna('send-message', { body: 'to rita alone' });
    await stepsOf(here, 'alpha', two).anna('mark-duplicate', { of: one.case, reason: 'the very same' });
    await stepsOf(here, 'alpha', two).anna('send-message', { body: 'to sam alone' });
    await anna('decide-eligibility', { verdict: 'in', reason: 'In scope.' });
    here.later(1);
    await here.settle();
    const pages = { rita: await ownBytes(here, one), sam: await ownBytes(here, two) };
    const mails = (name: string) =>
      here.relay.sent
        .filter(({ to }) => to.address === `${name}@reporters.example`)
        .map((mail) => JSON.stringify(mail))
        .join('\n');
    for (const [reader, other, sent] of [
      ['rita', 'sam', two],
      ['sam', 'rita', one],
    ] as const)
      for (const [place, text] of [
        ['page', pages[reader]],
        ['mail', mails(reader)],
      ] as const)
        for (const hidden of [`${other} said`, `to ${other} alone`, sent.case, sent.codename, 'the very same', 'In scope.'])
          assert.ok(!text.includes(hidden), `${learns}: the ${place} of ${reader} tells ${hidden}`);
    assert.match(pages.sam, /to sam alone/);
  }
});

test('L-07 the mail to a second reporter is the same whether the other case is private or public', async (t) => {
  const told: string[] = [];
  for (const isPublic of [false, true]) {
    const here = await village((done) => t.after(done), settled(open()));
    const [one, two] = [await reported(here, 'rita'), await reported(here, 'sam')];
    if (isPublic) await opened(here, one);
    here.reseed('marked');
    await stepsOf(here, 'alpha', two).anna('mark-duplicate', { of: one.case, opens: true });
    await here.settle();
    const mail = here.relay.sent.find(({ text }) => text.includes('known here already'));
    assert.ok(mail !== undefined && mail.to.address === 'sam@reporters.example');
    told.push(
      JSON.stringify([mail.subject, mail.text])
        .replaceAll(two.codename, 'CODENAME')
        .replace(/return\/\w+/g, 'return/LINK'),
    );
  }
  assert.equal(told[0], told[1]);
});

test('L-22 a list of copies is answered for a hidden case as for none', async (t) => {
  const here = await village((done) => t.after(done), settled(open()));
  const hidden = await reported(here, 'rita');
  const never = `zz${'0'.repeat(24)}`;
  const session = await here.signIn('alpha', 'cleo');
  const byForm = (id: string) =>
    here.request('/alpha/queue/mark-duplicates', {
      method: 'POST',
      headers: { Cookie: `__Host-daylight-alpha=${session}`, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrf: csrfToken(here.world.derive('csrf'), session), cases: id, of: id }).toString(),
    });
  const byApi = (id: string) => here.call('/api/v1/alpha/cases/mark-duplicates', { token: session, body: { cases: [id], of: never } });
  for (const ask of [byForm, byApi]) {
    const [there, none] = [await ask(hidden.case), await ask(never)];
    assert.deepEqual(
      [there.status, there.body.toString().replaceAll(hidden.case, 'ID')],
      [none.status, none.body.toString().replaceAll(never, 'ID')],
    );
  }
});
