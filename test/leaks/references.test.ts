// SPDX-License-Identifier: Apache-2.0
// What names a hidden case in a text that others read stays a word: no title, no link, no tip comes with it, and nothing on the readable side counts it.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { compose } from '../../src/adapters/smtp/compose.ts';
import { projectRoot } from '../support/embedded.ts';
import { ownFaces } from '../support/own-page.ts';
import { minimalAnd } from '../support/policies.ts';
import { readModules } from '../support/source.ts';
import { marks } from './marks.ts';
import { type Say, type Sent, sendReport, stepsOf } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const policy = minimalAnd(
  'publication: { scope: full_record, reports: every_report, proof_of_concept: with_record }\ncve: { required_for: nothing }',
);
const projects = [{ project: 'alpha', policy, members: { anna: ['team'], viktor: ['team'], cleo: [] } }];
const say =
  (words: string): Say =>
  (field, kind) =>
    kind === 'address' ? 'olga@reporters.example' : kind === undefined && field !== 'title' ? words : `olga ${field}`;

async function open(here: Village, sent: Sent): Promise<void> {
  const { anna } = stepsOf(here, 'alpha', sent);
  await anna('take-up-case');
  await anna('decide-eligibility', { verdict: 'in', reason: 'In scope.' });
  await anna('dismiss-flaw', { reason: 'Not exploitable.' });
  await here.settle();
  assert.equal((await here.call(`/api/v1/alpha/cases/${sent.case}`)).status, 200);
}

/** Everything that a visitor, a member without a role and the reporter of the public case get of it. */
async function readBy(here: Village, { case: id, mine }: Sent): Promise<ReadonlyMap<string, Buffer>> {
  const session = await here.signIn('alpha', 'cleo');
  const member = { Authorization: `Bearer ${session}`, Cookie: `__Host-daylight-alpha=${session}` };
  const pages = [
    `/alpha/cases/${id}`,
    `/api/v1/alpha/cases/${id}`,
    `/api/v1/alpha/cases/${id}/record`,
    `/alpha/advisories/records/${id}.html`,
  ];
  const lists = [`/alpha/cases/${id}/record.json`, '/alpha/advisories', '/alpha/statistics', '/api/v1/alpha/statistics', '/alpha/queue'];
  const asked = [...pages, ...lists].flatMap((path) => [
    { name: `anonymous ${path}`, path, headers: {} },
    { name: `cleo ${path}`, path, headers: member },
  ]);
  const own = (await ownFaces(mine, here.own)).map(({ path, headers }) => ({ name: `olga ${path}`, path, headers }));
  const answers = await Promise.all(
    [...asked, ...own].map(async ({ name, path, headers }) => [name, await here.request(path, { headers })] as const),
  );
  return new Map(
    answers.map(
      ([
        name,
        {
          status,
          headers: { date, ...headers },
          body,
        },
      ]) => [name, Buffer.from(`${status} ${JSON.stringify(headers)}\n${body}`)],
    ),
  );
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

test('L-03 L-04 every name of a hidden case, written where others read, brings no title, no link and no tip with it, on no page and in no mail', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const planting = marks();
  const hidden = await sendReport(here, 'alpha', 'openstack-vmt', (field, kind) =>
    kind === 'address' ? `${planting.mark(field)}@reporters.example` : `Words ${planting.mark(field)}`,
  );
  const names = [
    `#${hidden.case}`,
    hidden.codename,
    `[${hidden.codename}]`,
    `CVE-2026-4242 and alpha#1 and !1 and &1 and ~hidden and @anna`,
    `${here.world.baseUrl}/alpha/cases/${hidden.case}`,
    `[see](${here.world.baseUrl}/api/v1/alpha/cases/${hidden.case})`,
    `![](/alpha/cases/${hidden.case}/attachments/1) <${here.world.baseUrl}/alpha/cases/${hidden.case}>`,
  ];
  const public_ = await sendReport(here, 'alpha', 'openstack-vmt', say(names.join('\n')));
  const { anna, reporter } = stepsOf(here, 'alpha', public_);
  await reporter('answer-team', { body: names.join('\n') });
  // Whoever reads both writes of it too: what is rendered is nobody's right.
  await anna('send-message', { body: names.join('\n') });
  await anna('add-note', { body: names.join('\n') });
  await open(here, public_);
  const answers = await readBy(here, public_);
  for (const [name, bytes] of answers) assert.deepEqual(planting.found(bytes), [], name);
  for (const mail of here.relay.sent)
    if (!mail.to.address.includes(planting.mark('reporter address'))) assert.deepEqual(planting.found(compose(mail)), [], mail.subject);
  const page = answers.get(`anonymous /alpha/cases/${public_.case}`)?.toString() ?? '';
  for (const name of names) assert.ok(page.includes(escaped(name)), `it stands there as it was written: ${name}`);
  for (const [tag] of page.matchAll(/<[^>]*>/g)) {
    assert.ok(!tag.includes(hidden.case) && !tag.includes(hidden.codename), `no tag names it: ${tag}`);
    assert.doesNotMatch(tag, /(?:title|alt|data-[\w-]+)="[^"]*(?:CVE-2026-4242|alpha#1)/);
  }
});

test('L-05 L-06 of a hidden case that was split off a public one, or the other way round, no relation, count or mark names it', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const hidden = await sendReport(here, 'alpha', 'openstack-vmt', (field, kind) =>
    kind === 'address' ? 'hugo@reporters.example' : `hugo ${field}`,
  );
  await here.settle();
  const { anna, state } = stepsOf(here, 'alpha', hidden);
  await anna('split-case', { parts: ['The other flaw'], reason: 'Fixed apart.' });
  const [part = ''] = (await state()).parts as readonly string[];
  await open(here, { ...hidden, case: part });
  assert.equal((await here.call(`/api/v1/alpha/cases/${hidden.case}`)).status, 404, 'the other is hidden still');
  const [stranger, cleo, anna_] = await Promise.all(
    [undefined, 'cleo', 'anna'].map(async (person) => {
      const token = person === undefined ? undefined : await here.signIn('alpha', person);
      const cookie = token === undefined ? {} : { headers: { Cookie: `__Host-daylight-alpha=${token}` } };
      const json = await here.call(`/api/v1/alpha/cases/${part}`, token === undefined ? {} : { token });
      const pages = await Promise.all(
        [`/alpha/cases/${part}`, `/alpha/advisories/records/${part}.html`].map((path) => here.request(path, cookie)),
      );
      return { json: json.json, bytes: Buffer.concat([json.body, ...pages.map(({ body }) => body)]) };
    }),
  );
  assert.ok(stranger && cleo && anna_);
  for (const one of [stranger, cleo]) {
    for (const word of [hidden.case, hidden.codename]) assert.ok(!one.bytes.includes(word), word);
    const { splitFrom, parts, sharedWith, duplicateOf, duplicates } = one.json.state;
    assert.deepEqual([splitFrom ?? null, parts ?? [], sharedWith ?? [], duplicateOf ?? null, duplicates ?? []], [null, [], [], null, []]);
    assert.deepEqual(one.json.related ?? [], []);
  }
  assert.ok(anna_.bytes.includes(hidden.case), 'whoever reads both sees that they belong together, so this test can tell');
});

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is a text that somebody sends.
const javascript = '${7*7}';
const templates = [
  `{{7*7}} ${javascript} #{7*7} <%= 7*7 %> %{ISSUE_DESCRIPTION} %{case}`,
  '{case} {owner} {end} {link} {body} {reason}',
  "$& $1 $` $' $$ \\1",
];

test('L-65 what looks like a template survives to the letter: on pages, by the API and in mail', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say(templates.join('\n')));
  await here.settle();
  const { anna } = stepsOf(here, 'alpha', sent);
  await anna('send-message', { body: templates.join('\n') });
  here.later(1);
  await here.settle();
  const mail = here.relay.sent.find(({ text }) => text.includes('7*7'));
  for (const line of templates) assert.ok(mail?.text.includes(line), `the mail says ${line}`);
  await open(here, sent);
  const answers = await readBy(here, sent);
  const page = answers.get(`anonymous /alpha/cases/${sent.case}`)?.toString() ?? '';
  for (const line of templates) assert.ok(page.includes(escaped(line)), `the page says ${line}`);
  const texts = Object.values((await here.call(`/api/v1/alpha/cases/${sent.case}`)).json.texts as Record<string, string>);
  assert.ok(texts.includes(templates.join('\n')), 'the API says them');
});

/** The same place in sixty forms: as each part of a program that fetches would read it. */
function forms(port: number): readonly string[] {
  const hosts = [
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f000001',
    '017700000001',
    '127.1',
    '127.0.1',
    '0',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '127.0.0.1.nip.io',
    'LOCALHOST',
    '①②⑦.⓪.⓪.①',
  ];
  const written = [
    (host: string) => `http://${host}:${port}/latest/meta-data`,
    (host: string) => `//${host}:${port}/`,
    (host: string) => `http://user:pw@${host}:${port}/`,
    (host: string) => `http://example.org@${host}:${port}#.example.org`,
  ];
  return hosts.flatMap((host) => written.map((write) => write(host)));
}

test('L-60 sixty forms of an address, in every field that takes words, are asked for by nobody', async (t) => {
  let asked = 0;
  const sink = createServer((_, answer) => {
    asked += 1;
    answer.end();
  });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  t.after(() => new Promise<void>((resolve) => sink.close(() => resolve())));
  const { port } = sink.address() as AddressInfo;
  const urls = forms(port);
  assert.ok(urls.length >= 60);
  const here = await village((done) => t.after(done), projects);
  const words = urls.map((url) => `${url} ![x](${url}) <img src="${url}">`).join('\n');
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say(words));
  const { anna, maybe } = stepsOf(here, 'alpha', sent);
  await anna('send-message', { body: words });
  for (const url of urls.slice(0, 8)) await maybe('anna', 'record-fact', { fact: 'exposed', since: '2026-11-01 09:00 UTC', evidence: url });
  await open(here, sent);
  await readBy(here, sent);
  here.later(3);
  await here.settle();
  assert.equal(asked, 0);
  await fetch(urls[0] ?? '');
  assert.equal(asked, 1, 'the sink counts, so this test can tell');
});

/** Small on the way in and great when unpacked. */
function bombs(): readonly { readonly name: string; readonly bytes: Buffer }[] {
  const zeros = gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 });
  const nested = gzipSync(gzipSync(zeros));
  const zip = Buffer.concat([Buffer.from('504b0304140000000800', 'hex'), Buffer.alloc(16, 0xff), zeros]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(50_000, 0);
  header.writeUInt32BE(50_000, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const chunk = (name: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(name), data, Buffer.alloc(4)]);
  };
  const png = Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('zTXt', zeros),
    chunk('IDAT', zeros),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return [
    { name: 'zeros.gz', bytes: zeros },
    { name: 'nested.gz', bytes: nested },
    { name: '42.zip', bytes: zip },
    { name: 'wide.png', bytes: png },
  ];
}

test('L-61 a file that grows when unpacked is kept as it came: nothing here unpacks it', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const files = bombs();
  const body = {
    title: 'Bombs',
    fields: { description: 'Four files.' },
    consent: true,
    files: files.map(({ name, bytes }) => ({ name, purpose: 'evidence', base64: bytes.toString('base64') })),
  };
  // Sixty-four megabytes would stand in one of these, were any of the files unpacked.
  const most = () => process.memoryUsage().arrayBuffers + process.memoryUsage().external;
  const before = most();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, most());
  }, 1);
  const sent = await here.call('/api/v1/alpha/reports', { body });
  const token = await here.signIn('alpha', 'anna');
  const view = await here.call(`/api/v1/alpha/cases/${sent.json.case}`, { token });
  await here.request(`/alpha/cases/${sent.json.case}`, { headers: { Cookie: `__Host-daylight-alpha=${token}` } });
  clearInterval(watch);
  assert.ok(peak - before < 50 * 1024 * 1024, `${Math.round((peak - before) / 1024 / 1024)} MB`);
  for (const { name, bytes } of files) {
    const kept = (view.json.attachments as { id: string; name: string; bytes: number }[]).filter((one) => one.name === name);
    const given = await Promise.all(kept.map(({ id }) => here.call(`/api/v1/alpha/cases/${sent.json.case}/attachments/${id}`, { token })));
    assert.ok(
      given.some((answer) => answer.body.equals(bytes)),
      `${name} is there to the byte`,
    );
  }
  // What is unpacked in small steps would not be seen above: the library that does it is taken for checksums alone.
  const unpacking = /from 'node:zlib'|\b(?:un|de)zip|\bDecompressionStream\b|\binflate|\bgunzip|\bbrotli/i;
  const homes = readModules(join(projectRoot, 'src'), ['.ts', '.tsx']).filter(({ text }) => unpacking.test(text));
  assert.deepEqual(
    homes.map(({ path, text }) => `${path} ${/import \{([^}]*)\} from 'node:zlib'/.exec(text)?.[1]?.trim()}`),
    ['app/sign-in/tokens.ts crc32'],
  );
});
