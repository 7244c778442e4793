// SPDX-License-Identifier: Apache-2.0
// A key of this site that is pasted where it does not belong: each kind in each text field is ended at once, and the text does not hold it (L-32).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeApiTokenIn } from '../../src/app/sign-in/api-tokens.ts';
import { makeEnrolmentLink } from '../../src/app/sign-in/enrolment.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { replyAddress } from './letters.ts';
import { courseOf, sendReport, stepsOf } from './secret.ts';
import { everyRow } from './server.ts';
import { type Village, village } from './village.ts';

const preset = 'openstack-vmt';
const say = (field: string, kind?: string) => (kind === 'address' ? 'otto@reporters.example' : `said: ${field}`);

interface Pasted {
  readonly text: string;
  readonly token: string;
  /** Whether it still opens anything. */
  opens(): Promise<boolean>;
}

/** Fresh keys of every kind, none of which belongs to who pastes it. */
async function keys(here: Village): Promise<Readonly<Record<string, Pasted>>> {
  const process = { kind: 'process', project: 'alpha' as never } as const;
  const session = await here.signIn('alpha', 'anna');
  const made = await here.world.store.as(process, (transaction) =>
    makeApiTokenIn(here.world, transaction, 'anna' as never, { name: 'robot', scopes: ['member:read'], days: 1 }),
  );
  assert.ok(!isRefusal(made));
  const { url } = await here.world.store.as(process, (transaction) =>
    makeEnrolmentLink(here.world, transaction, 'alpha' as never, 'cleo' as never),
  );
  const other = await sendReport(here, 'alpha', preset, say);
  const answers = async (path: string, token?: string) => (await here.call(path, token === undefined ? {} : { token })).status === 200;
  return {
    session: { text: `curl -H 'Authorization: Bearer ${session}'`, token: session, opens: () => answers('/api/v1/alpha/cases', session) },
    token: { text: `DAYLIGHT_TOKEN=${made.token}`, token: made.token, opens: () => answers('/api/v1/alpha/cases', made.token) },
    enrolment: {
      text: url,
      token: url.slice(url.lastIndexOf('/') + 1),
      opens: async () => (await here.request(new URL(url).pathname)).body.includes('For '),
    },
    'return key': {
      text: `My key is ${other.token}`,
      token: other.token,
      opens: () => answers(other.mine),
    },
  };
}

const said = Object.fromEntries(courseOf(preset).fields.map((field) => [field, 'said']));

type Paste = (text: string) => Promise<{ readonly status: number }>;

/** Every place where text comes in, and whether the text is kept without the key or refused. */
async function places(here: Village): Promise<readonly { readonly name: string; readonly paste: Paste; readonly refuses: boolean }[]> {
  const mine = await sendReport(here, 'alpha', preset, say);
  const { anna } = stepsOf(here, 'alpha', mine);
  await anna('take-up-case');
  const asAnna = (action: string, body: (text: string) => object) => ({
    name: action,
    refuses: true,
    paste: async (text: string) =>
      here.call(`/api/v1/alpha/cases/${mine.case}/${action}`, { token: await here.signIn('alpha', 'anna'), body: body(text) }),
  });
  const report = (name: string, body: (text: string) => object) => ({
    name: `report, ${name}`,
    refuses: false,
    paste: (text: string) =>
      here.call('/api/v1/alpha/reports', {
        body: { title: 'A report', fields: said, consent: true, ...body(text) },
      }),
  });
  return [
    report('title', (text) => ({ title: text })),
    report('description', (text) => ({ fields: { ...said, description: text } })),
    report('name', (name) => ({ name })),
    report('credit name', (text) => ({ fields: { ...said, credit_name: text } })),
    report('file', (text) => ({ files: [{ name: 'log.txt', base64: Buffer.from(`log\n${text}\n`).toString('base64') }] })),
    {
      name: 'answer of the reporter',
      refuses: false,
      paste: (body) => here.call(`${mine.mine}/answer-team`, { body: { body } }),
    },
    asAnna('add-note', (body) => ({ body })),
    asAnna('send-message', (body) => ({ body })),
    asAnna('decide-eligibility', (reason) => ({ verdict: 'in', reason })),
  ];
}

test('L-32 each kind of key in each text field is ended at once, and no text keeps it', async (t) => {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: preset, members: courseOf(preset).members }]);
  const pasted: string[] = [];
  for (const { name, paste, refuses } of await places(here))
    for (const [kind, key] of Object.entries(await keys(here))) {
      assert.ok(await key.opens(), `${kind} is good before`);
      const { status } = await paste(`Look: ${key.text} .`);
      assert.equal(status, refuses ? 422 : name.startsWith('report') ? 201 : 200, `${kind} in ${name}`);
      assert.ok(!(await key.opens()), `${kind} in ${name} still opens`);
      pasted.push(key.token);
    }
  assert.ok(pasted.length >= 30);
  // Contents are sealed in the database, so what is kept is read as its readers read it.
  const all = await here.call('/api/v1/alpha/cases', { token: await here.signIn('alpha', 'anna') });
  let looked = 0;
  for (const { case: id } of all.json.rows as readonly { case: string }[]) {
    const page = (await here.call(`/api/v1/alpha/cases/${id}`, { token: await here.signIn('alpha', 'anna') })).body.toString();
    for (const token of pasted) assert.ok(!page.includes(token));
    if (page.includes('[key removed]')) looked++;
  }
  assert.ok(looked >= 4, 'the mark stands where a key stood');
  for (const [table, rows] of await everyRow(here.connection)) for (const token of pasted) assert.ok(!rows.includes(token), table);
  for (const line of here.lines) for (const token of pasted) assert.ok(!line.includes(token), 'the log');
});

test('L-32 a mail program that quotes the reporter’s own address ends nothing, and the text does not hold it', async (t) => {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: preset, members: courseOf(preset).members }]);
  const sent = await sendReport(here, 'alpha', preset, say);
  await here.settle();
  const address = replyAddress(here, 'otto@reporters.example');
  const body = `On Monday ${address} wrote:\n> The key of the report is ${sent.token}`;
  assert.equal((await here.call(`${sent.mine}/answer-team`, { body: { body } })).status, 200);
  const page = await here.call(sent.mine);
  assert.equal(page.status, 200, 'the key is good still');
  assert.ok(!JSON.stringify(page.json.texts).includes(sent.token));
});
