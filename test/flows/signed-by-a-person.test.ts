// SPDX-License-Identifier: Apache-2.0
// A release that people sign with keys of their own: the bytes go out, signatures come back by API, by command and by form, and nothing is public before the last.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openpgpVerifier } from '../../src/adapters/openpgp/verifier.ts';
import { askServer } from '../../src/cli/ask.ts';
import { release } from '../../src/cli/release.ts';
import { verify } from '../../src/cli/verify.ts';
import { instant } from '../../src/core/model/time.ts';
import { gpgKey, type PersonKey, sqKey, verdicts, withoutPrograms } from '../support/person-keys.ts';
import { presetText } from '../support/policies.ts';
import { csrfIn } from '../support/sign-in.ts';
import type { Town } from '../support/town.ts';
import { town } from '../support/town.ts';

const start = '2026-11-02T09:00:00Z';
const canary = 'canary-long-name';
const project = 'small';

/** The smallest policy, with two people’s keys, and a role that reads everything and may disclose nothing. */
function policyWith(...keys: readonly PersonKey[]): string {
  const listed = keys.map(({ publicKey }) => `    - |\n${publicKey.replaceAll(/^(?=.)/gm, '      ')}`).join('');
  return `${presetText('minimal')
    .replace('roles:\n', 'roles:\n  helper:\n    may: [handle]\n')
    .replace('on_receipt: [team]', 'on_receipt: [team, helper]')}\ndisclosure:\n  signing_keys:\n${listed}`;
}

/** Programs that sign and verify hold up the server of this process as well: connections that it let go meanwhile are seen now. */
const breath = () => new Promise((resolve) => setTimeout(resolve, 20));

interface File {
  readonly file: string;
  readonly how: 'clearsign' | 'detached';
  readonly base64: string;
}

test('VMT-44 people sign a release with their own keys: nothing is public before every signature came back and holds', {
  skip: withoutPrograms,
}, async (t) => {
  const after = (done: () => void) => t.after(done);
  const keys = { ada: gpgKey(after, 'ada', '2026-11-02T08:00:00Z', 40), ben: sqKey(after, 'ben', '2026-11-02T08:00:00Z') };
  const eve = gpgKey(after, 'eve', '2026-11-02T08:00:00Z');
  const members = { ada: ['team'], ben: ['team'], hal: ['helper'] };
  const here = await town(t, [{ project, policy: policyWith(keys.ada, keys.ben), members }], start);
  const id = await ready(here);
  const at = `/api/v1/${project}/cases/${id}`;
  const as = async (name: string, path: string, body?: object) => {
    await breath();
    return here.call(at + path, { token: await here.signIn(project, name), ...(body === undefined ? {} : { body }) });
  };
  const state = async () => (await as('ada', '')).body.state;
  for (const name of ['ada', 'ben']) assert.equal((await as(name, '/approve-release', {})).status, 200);
  await here.until('documents wait', async () => ((await state()).disclosure.unsigned ?? []).length > 0);
  await here.until('both are told', () => here.relay.sent.filter(({ subject }) => /wait for a signature/.test(subject)).length === 2);
  assert.ok(!here.relay.sent.some(({ text, subject }) => (text + subject).includes(canary)));

  here.later(3);
  assert.equal((await as('hal', '/release/to-sign')).status, 404, 'who may not disclose gets no byte');
  assert.equal((await here.call(`${at}/release/to-sign`)).status, 404);
  const files: readonly File[] = (await as('ada', '/release/to-sign')).body.files;
  assert.deepEqual(files.map(({ file }) => file).toSorted(), (await state()).disclosure.unsigned.toSorted());
  assert.ok(
    files.some(({ base64 }) => Buffer.from(base64, 'base64').includes(canary)),
    'the exact bytes',
  );
  const reads = await here.ask(`select what, principal from daylight.read_log where what = 'to-sign'`);
  assert.equal(reads.length, 1, 'one row in the log of reads for who fetched them');
  const now = () => here.now();
  const signature = ({ file, how, base64 }: File, key = keys.ada, when: string = now()) => ({
    name: `${file}.asc`,
    text: key.sign(how, Buffer.from(base64, 'base64'), when),
  });
  const [text, page, ...others] = [...files].sort((one, other) => Number(one.how > other.how) - Number(one.how < other.how));
  assert.ok(text !== undefined && page !== undefined && text.how === 'clearsign' && page.how === 'detached');

  await refusals();
  // One good and one wrong together: the good one is kept, the wrong one is named.
  const mixed = await as('ada', '/sign-documents', {
    signatures: [signature(text, keys.ben), { ...signature(page), name: `${others[0]?.file}.asc` }],
  });
  assert.equal(mixed.status, 200, JSON.stringify(mixed.body));
  assert.deepEqual([mixed.body.signed, mixed.body.refused[0].name], [[text.file], `${others[0]?.file}.asc`]);

  // Said go again to the same bytes: what is signed stays signed.
  assert.equal((await as('ada', '/stop-release', {})).status, 200);
  await byCommand(page);
  await nothingIsOut();
  await byForm();
  await here.until('it is published', async () => (await state()).handling === 'disclosed');
  await published(t, here, keys, files);

  async function refusals(): Promise<void> {
    assert.ok(page !== undefined && text !== undefined);
    const wrong = [
      signature(page, eve),
      { ...signature(page), text: signature(text).text },
      signature(page, keys.ada, '2026-11-20T09:00:00Z'),
      { ...signature(page), name: 'SOMETHING.asc' },
    ];
    const answer = await as('ada', '/sign-documents', { signatures: wrong });
    assert.equal(answer.status, 422);
    const said = JSON.stringify(answer.body);
    for (const expected of [`${page.file}.asc`, 'armoured signature', 'more than a day', 'SOMETHING.asc'])
      assert.ok(said.includes(expected), said);
    assert.equal((await as('hal', '/sign-documents', { signatures: [signature(page)] })).status, 403);
    assert.equal((await state()).disclosure.unsigned.length, files.length, 'and nothing is lost');
  }

  async function byCommand(one: File): Promise<void> {
    for (const name of ['ada', 'ben']) assert.equal((await as(name, '/approve-release', {})).status, 200);
    await here.until('the other documents wait again', async () => ((await state()).disclosure.prepared ?? []).length > 0);
    const fetched = new Map<string, Uint8Array>();
    const out: string[] = [];
    const run = async (...args: readonly string[]) =>
      release([...args, '--project', project], {
        out: (line) => out.push(line),
        err: (line) => out.push(line),
        readFile: async (path) => fetched.get(path) ?? Promise.reject(new Error(path)),
        writeFile: async (path, bytes) => void fetched.set(path, bytes),
        ask: async (path, body) => askServer({ baseUrl: here.base, token: await here.signIn(project, 'ada') }, path, body),
      });
    assert.equal(await run('to-sign', id, '--into', 'folder'), 0, out.join('\n'));
    const again = fetched.get(`folder/${one.file}`);
    assert.ok(again !== undefined);
    fetched.set(`folder/${one.file}.asc`, Buffer.from(keys.ada.sign('detached', again, now())));
    fetched.set('folder/x.asc', Buffer.from('nothing'));
    assert.equal(await run('sign-documents', id, `folder/${one.file}.asc`, 'folder/x.asc'), 5);
    assert.ok(out.includes(`signed: ${one.file}`) && out.some((line) => line.startsWith('refused: x.asc')), out.join('\n'));
  }

  async function nothingIsOut(): Promise<void> {
    here.later(1);
    await here.until('nothing is due', async () => (await state()).handling !== 'disclosing');
    assert.equal((await state()).visibility, 'private');
    for (const { file } of files) assert.equal((await fetch(`${here.base}/${project}/advisories/${file}`)).status, 404);
  }

  async function byForm(): Promise<void> {
    const headers = { Cookie: `daylight-${project}=${await here.signIn(project, 'ben')}` };
    const room = `${here.base}/${project}/cases/${id}/release`;
    const shown = await (await fetch(room, { headers })).text();
    assert.match(shown, /Download what is to be signed/);
    const archive = Buffer.from(await (await fetch(`${room}/to-sign`, { headers })).arrayBuffer());
    const waiting: readonly File[] = (await as('ben', '/release/to-sign')).body.files;
    for (const { base64 } of waiting) assert.ok(archive.includes(Buffer.from(base64, 'base64')));
    const form = new FormData();
    form.set('csrf', csrfIn(shown));
    form.set('version', /name="version" value="(\d+)"/.exec(shown)?.[1] ?? '');
    for (const one of waiting) {
      const { name, text: armored } = signature(one, keys.ben);
      form.append('signatures', new File([armored], name));
    }
    await breath();
    const sent = await fetch(`${here.base}/${project}/cases/${id}/sign-documents`, {
      method: 'POST',
      headers,
      body: form,
      redirect: 'manual',
    });
    assert.equal(sent.status, 303, await sent.text());
  }
});

/** A case of which nothing is missing but the go. */
async function ready(here: Town): Promise<string> {
  const sent = await here.call(`/api/v1/${project}/reports`, {
    body: { title: 'Overflow', fields: { description: 'A long name ends the program.' }, consent: true },
  });
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  const take = async (name: string, action: string, body: object = {}) => {
    const answer = await here.call(`/api/v1/${project}/cases/${sent.body.case}/${action}`, {
      token: await here.signIn(project, name),
      body,
    });
    assert.ok(answer.status < 300, `${action}: ${JSON.stringify(answer.body)}`);
  };
  await take('ada', 'take-up-case');
  await take('ada', 'decide-eligibility', { verdict: 'in', reason: 'Ours.' });
  await take('ben', 'confirm-flaw', { reason: 'Seen.', branches: 'development main' });
  await take('ada', 'add-patch', { branch: 'main', patch: { name: 'fix.patch', text: 'Signed-off-by: ada <ada@members.example>\n' } });
  await take('ben', 'approve-patch', { branch: 'main' });
  const products = [{ name: project, branches: [{ name: 'main', status: 'fixed', fixedBy: ['d'.repeat(40)] }] }];
  await take('ada', 'write-advisory', {
    advisory: { title: 'Overflow of a name', description: `A ${canary} ends the program.`, products },
  });
  await take('ada', 'submit-advisory');
  await take('ben', 'approve-advisory');
  const credit = await here.call(`/api/v1/${project}/my-report/decide-credit`, { token: sent.body.key, body: { decision: 'declined' } });
  assert.equal(credit.status, 200, JSON.stringify(credit.body));
  return sent.body.case;
}

/** The site as a stranger verifies it, long after one of the keys has ended. */
async function published(
  t: TestContext,
  here: Town,
  keys: { readonly ada: PersonKey; readonly ben: PersonKey },
  files: readonly File[],
): Promise<void> {
  const get = async (path: string) => {
    await breath();
    const answer = await fetch(`${here.base}/${project}/advisories/${path}`);
    assert.equal(answer.status, 200, path);
    return new Uint8Array(await answer.arrayBuffer());
  };
  const text = async (path: string) => new TextDecoder().decode(await get(path));
  const ring = await text('key.asc');
  const check = verdicts((done) => t.after(done), ring, '2026-11-20T00:00:00Z');
  const site = new Map<string, Uint8Array>([['key.asc', Buffer.from(ring)]]);
  for (const { file, how } of files) {
    const bytes = await get(file);
    site.set(file, bytes);
    if (how === 'clearsign') {
      const said = check.clear(new TextDecoder().decode(bytes));
      assert.deepEqual([said.gpg.status, said.sq.status], [0, 0], said.gpg.said + said.sq.said);
      continue;
    }
    const signature = await text(`${file}.asc`);
    site.set(`${file}.asc`, Buffer.from(signature));
    const said = check.detached(bytes, signature);
    assert.deepEqual([said.gpg.status, said.sqv.status], [0, 0], said.gpg.said + said.sqv.said);
  }
  const page = await text('keys.html');
  for (const { fingerprint } of [keys.ada, keys.ben]) {
    assert.ok(page.includes(fingerprint.replaceAll(/(.{4})(?=.)/g, '$1 ')), 'its fingerprint in groups');
    assert.equal((await openpgpVerifier.keys(await text(`keys/${fingerprint}.asc`)))[0]?.fingerprint, fingerprint);
  }
  assert.match(page, /a person does it, with a key that this server does not have/);
  const out: string[] = [];
  const exit = await verify(['.'], {
    out: (line) => out.push(line),
    err: (line) => out.push(line),
    readFile: async (path) => site.get(path) ?? Promise.reject(new Error(path)),
    readPath: async (path) => new TextDecoder().decode(site.get(path)),
    filesBelow: async () => [...site.keys()].sort(),
    verifier: openpgpVerifier,
    now: () => instant('2027-06-01T00:00:00Z'),
  });
  assert.equal(exit, 0, out.join('\n'));
  assert.match(out.join('\n'), /ended on 2026-12-12: what it signed before counts/);
}
