// SPDX-License-Identifier: Apache-2.0
// A unique string in every field of a case, and the search for it in everything that leaves, in every encoding, before the publication and after it.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { compose } from '../../src/adapters/smtp/compose.ts';
import type { OutgoingMail } from '../../src/ports/relay.ts';
import type { Asked } from './crawl.ts';
import { script, settle } from './crawl.ts';
import type { Marks } from './marks.ts';
import { marks } from './marks.ts';
import { overheard } from './overheard.ts';
import type { Say, Secret } from './secret.ts';
import { courseOf, driveSecret, presets, stepsOf } from './secret.ts';
import type { Talkative } from './server.ts';
import { everyRow, talkativeServer } from './server.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

let server: Talkative;
before(async () => {
  server = await talkativeServer();
});
after(() => server.stop());

/** What is written in each field: its mark among other words, in the form that the field has. */
function planted({ mark }: Marks): Say {
  return (field, kind) => {
    switch (kind) {
      case 'address':
        return `${mark(field)}@reporters.example`;
      case 'file':
        return `${mark(field)}.txt`;
      case 'name':
        return `Name ${mark(field)}`;
      default:
        return `An overflow, ${mark(field)}, in the ring`;
    }
  };
}

/** Fields that the case's own reporter is written to with: their name on the mail, and what was addressed to them. */
const toTheReporter: readonly string[] = [
  'second message to the reporter',
  'second reporter name',
  'message to the reporter',
  'reporter name',
  'reporter address',
];
/** Personal data: the team's until the end of time. */
const withheld = [
  'second reporter name',
  'second asked credit name',
  'reporter name',
  'reporter address',
  'asked credit name',
  'credit name',
  // Closed for good by people, and what a picture says beside its pixels.
  'closed note',
  'struck note',
  'photo metadata content',
];
/** What the inside says to itself. */
const inside = [
  'note',
  'note file name',
  'note file content',
  'last note',
  'eligibility reason',
  'confirmation reason',
  'bundle summary',
  'evidence of a fact',
  'stop reason',
  'reason of a return',
  'title of a flaw',
  'reason of a dropped flaw',
  'reason of a duplicate',
];
/** What the second report said stands under the same rule; its files are on the page of its own case. */
const isWithheld = (field: string) => withheld.includes(field.replace(/^second /, ''));
const isElsewhere = (field: string) => /^second .* content$/.test(field);
const isAdvisory = (field: string) => field.startsWith('advisory ');

function assertNone(found: ReadonlyMap<string, readonly string[]>): void {
  const hits = [...found].filter(([, fields]) => fields.length > 0).map(([place, fields]) => `${place}: ${fields.join(', ')}`);
  assert.deepEqual(hits, []);
}

function searched({ found }: Marks, places: Iterable<readonly [string, Uint8Array | string]>): ReadonlyMap<string, readonly string[]> {
  return new Map([...places].map(([place, bytes]) => [place, found(bytes)] as const));
}

/** The different answers that those without a right get, each with one request that led to it. */
async function crawled(here: Village, asked: readonly Asked[]): Promise<ReadonlyMap<string, Buffer>> {
  const answers = new Map<string, readonly [string, Buffer]>();
  for (let from = 0; from < asked.length; from += 8)
    await Promise.all(
      asked.slice(from, from + 8).map(async ({ who, path, init }) => {
        const { headers, body, status } = await here.request(path, init);
        const bytes = Buffer.concat([Buffer.from(`${status} ${JSON.stringify(headers)}\n`), body]);
        answers.set(createHash('sha1').update(bytes).digest('hex'), [`${who} ${init.method} ${path}`, bytes]);
      }),
    );
  return new Map(answers.values());
}

/** One format is enough where all were compared to the byte (twin-worlds.test.ts). */
function once(asked: readonly Asked[]): readonly Asked[] {
  return [
    ...new Map(
      asked.filter(({ init }) => init.method !== 'OPTIONS').map((one) => [`${one.who} ${one.init.method} ${one.path}`, one]),
    ).values(),
  ];
}

function mailMarks(found: Marks['found'], mails: readonly OutgoingMail[]): ReadonlyMap<string, readonly string[]> {
  return new Map(mails.map((mail, index) => [`${index} ${mail.subject} to ${mail.to.address}`, found(compose(mail))] as const));
}

test('L-29 the search finds a mark in every encoding, and nothing where there is none', () => {
  const planting = marks();
  const { mark, found } = planting;
  const text = `An overflow, ${mark('title')}, in the ring`;
  const base64 = Buffer.from(text).toString('base64');
  const forms: Readonly<Record<string, Uint8Array | string>> = {
    plain: text,
    'lower case': text.toLowerCase(),
    slug: text.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    base64,
    'base64 folded': base64.replace(/(.{20})/g, '$1\r\n'),
    'base64 within something': `x${Buffer.from(`a${text}`).toString('base64url')}`,
    'base64 twice': Buffer.from(base64).toString('base64'),
    hex: `\\x${Buffer.from(text).toString('hex')}`,
    'quoted-printable': text.replace(/(.{9})/g, '$1=\r\n'),
    'quoted-printable codes': [...text].map((one) => `=${one.charCodeAt(0).toString(16).toUpperCase()}`).join(''),
    entities: [...text].map((one) => `&#x${one.charCodeAt(0).toString(16)};`).join(''),
    'decimal entities': [...text].map((one) => `&#${one.charCodeAt(0)};`).join(''),
    'JSON escapes': [...text].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    percent: [...text].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(''),
    gzip: gzipSync(text),
    'gzip in base64': gzipSync(text).toString('base64'),
    reversed: [...text].reverse().join(''),
    utf16: Buffer.from(text, 'utf16le'),
    sha1: createHash('sha1').update(mark('title')).digest('hex'),
    sha256: createHash('sha256').update(mark('title')).digest('hex'),
  };
  for (const [form, bytes] of Object.entries(forms)) assert.deepEqual(found(bytes), ['title'], form);
  const long = Buffer.concat([Buffer.alloc(5_000_000, 'abc '), Buffer.from(Buffer.from(text).toString('hex'))]);
  assert.deepEqual(found(long), ['a part of some mark'], 'in something long');
  for (const form of [text, text.toLowerCase(), base64, Buffer.from(text).toString('hex')]) assert.ok(planting.holds(Buffer.from(form)));
  assert.ok(!planting.holds(long.subarray(0, 1000)));
  assert.deepEqual(found(text.slice(0, 26)), ['a part of some mark'], 'cut off');
  assert.deepEqual(found('An overflow in the ring'), []);
});

for (const preset of presets)
  test(`VMT-1 L-29 L-34 L-39 before its publication nothing of a case leaves to those without a right, under ${preset}`, async (t) => {
    const { advisory, members } = courseOf(preset);
    const planting = marks();
    const { found } = planting;
    const here = await village(
      (done) => t.after(done),
      [
        { project: 'alpha', policy: preset, members },
        { project: 'beta', policy: 'minimal', members: { ben: ['team'] } },
      ],
      { database: await server.database(), signatures: 'real' },
    );
    const logBefore = (await server.log()).length;
    let secret: Secret | undefined;
    let requests = 0;
    let answers: ReadonlyMap<string, Buffer> = new Map();
    const said = await overheard(async () => {
      const town = await settle(here, preset);
      secret = await driveSecret(here, 'alpha', preset, planted(planting));
      here.later(1);
      await here.settle();
      await here.appoint('alpha', 'rhea', []);
      const asked = once(script(here.routes, town, secret));
      requests = asked.length;
      answers = await crawled(here, asked);
    });
    assert.ok(secret !== undefined && planting.fields.length >= 25, 'there is something to find');
    assertNone(searched(planting, answers));
    assertNone(
      searched(
        planting,
        here.lines.map((line) => [line, line] as const),
      ),
    );
    assertNone(searched(planting, [['standard streams', said]]));
    assertNone(searched(planting, await here.site()));

    const mine = `${planting.mark('reporter address')}@reporters.example`;
    const mails = mailMarks(found, here.relay.sent);
    for (const [index, [place, fields]] of [...mails].entries()) {
      const toReporter = here.relay.sent[index]?.to.address === mine;
      assert.deepEqual(
        fields.filter((field) => !toReporter || !toTheReporter.includes(field)),
        [],
        place.replace(mine, 'the reporter'),
      );
    }
    assert.ok(
      [...mails.values()].some((fields) => fields.includes('message to the reporter')),
      'the reporter gets what is addressed to them',
    );

    const rows = await everyRow(here.connection);
    assertNone(searched(planting, rows));
    assert.ok(rows.get('daylight.cases')?.includes(secret.case), 'the dump holds the case');
    const log = (await server.log()).slice(logBefore);
    assert.ok(log.includes(secret.case), 'the log of the server holds the case');
    assertNone(searched(planting, [['the log of PostgreSQL', log]]));
    const files = await server.files();
    assert.ok(
      [...files.values()].some((bytes) => bytes.includes(secret?.case ?? '-')),
      'the files hold the case',
    );
    assert.deepEqual(
      [...files].filter(([, bytes]) => planting.holds(bytes)).map(([path]) => path),
      [],
    );

    const team = await here.call(`/api/v1/alpha/cases/${secret.case}`, { token: await here.signIn('alpha', 'anna') });
    const seen = found(team.body);
    const unseen = planting.fields.filter(
      (field) => !seen.includes(field) && !field.endsWith(' content') && !replaced.includes(field) && !elsewhere(field),
    );
    assert.deepEqual(unseen, [], 'the team sees what is in the case');
    const own = found((await here.call(secret.mine)).body);
    assert.deepEqual(
      own.filter((field) => inside.includes(field) || isAdvisory(field)),
      [],
      'the reporter sees nothing of the inside',
    );
    assert.ok(own.includes('message to the reporter') && own.includes('answer of the reporter'));
    t.diagnostic(
      `${planting.fields.length} fields, ${requests} requests with ${answers.size} different answers, ${mails.size} mails, ${rows.size} tables, ${Math.round(log.length / 1000)} kB of log, ${files.size} files under ${preset}${advisory ? '' : ', no advisory'}`,
    );
  });

/** What stands in the duplicate alone: its files, its reason and what was said in its thread. */
function elsewhere(field: string): boolean {
  return /^second .*(file|message|photo)/.test(field) || field === 'reason of a duplicate';
}

/** Fields whose first text another one took the place of, or that no gate asked for. */
const replaced: readonly string[] = ['asked credit name', 'second asked credit name', 'deviation'];

async function publish(here: Village, preset: string, secret: Secret): Promise<void> {
  here.set(secret.until ?? '');
  await here.settle();
  if (courseOf(preset).advisory) return;
  const { anna } = stepsOf(here, 'alpha', secret);
  await anna('record-posting', { ...courseOf(preset).branch, messageId: '<1@lists.example>' });
  await here.settle();
}

/** Everything that the public can have of a case: its page, its files, the documents, the site, the mails to lists. */
async function publicBytes(here: Village, { case: id, number, attachments }: Secret): Promise<Buffer> {
  const paths = [
    `/api/v1/alpha/cases/${id}`,
    `/alpha/cases/${id}`,
    `/api/v1/alpha/cases/${id}/record`,
    `/alpha/cases/${id}/record.json`,
    `/alpha/cases/${id}/preview`,
    `/alpha/cases/${id}/release`,
    '/alpha/statistics',
    '/api/v1/alpha/statistics',
    '/alpha/advisories',
    ...attachments.flatMap((file) => [`/api/v1/alpha/cases/${id}/attachments/${file}`, `/alpha/cases/${id}/attachments/${file}`]),
    ...(number === null
      ? []
      : ['html', 'txt', 'xml', 'json', 'csaf.json', 'osv.json', 'cve.json', 'txt.asc', 'html.asc'].map(
          (end) => `/alpha/advisories/${number}.${end}`,
        )),
  ];
  const answers = await Promise.all(paths.map((path) => here.request(path)));
  const lists = here.relay.sent
    .filter(({ to }) => !/@(?:members|reporters)\.example$/.test(to.address))
    .map((mail) => Buffer.from(compose(mail)));
  return Buffer.concat([
    ...answers.map(({ headers, body }) => Buffer.concat([Buffer.from(JSON.stringify(headers)), body])),
    ...lists,
    ...(await here.site()).values(),
  ]);
}

const scopes: Readonly<Record<string, (field: string) => boolean>> = {
  'libvirt-2023': (field) => isAdvisory(field) || field === 'credit name',
  'qemu-2026': (field) => !isWithheld(field) && !isElsewhere(field) && !inside.includes(field),
  'openstack-vmt': (field) => (!isWithheld(field) && !isElsewhere(field)) || field === 'credit name',
};

for (const preset of presets)
  test(`L-72 its publication opens what the policy ${preset} opens and nothing else`, async (t) => {
    const planting = marks();
    const projects = [{ project: 'alpha', policy: preset, members: courseOf(preset).members }];
    const here = await village((done) => t.after(done), projects, { signatures: 'real' });
    const secret = await driveSecret(here, 'alpha', preset, planted(planting));
    assert.deepEqual(planting.found(await publicBytes(here, secret)), []);
    const view = await here.call(`/api/v1/alpha/cases/${secret.case}`, { token: await here.signIn('alpha', 'anna') });
    const there = [...planting.found(view.body), ...planting.fields.filter((field) => field.endsWith(' content') && !elsewhere(field))];
    await publish(here, preset, secret);
    assert.equal((await here.call(`/api/v1/alpha/cases/${secret.case}`)).status, 200, 'the case is public');
    const out = planting.found(await publicBytes(here, secret));
    const expected = there.filter((field) => scopes[preset]?.(field) === true);
    assert.deepEqual(
      out.filter((field) => !expected.includes(field)),
      [],
      'more than the policy opens',
    );
    assert.deepEqual(
      expected.filter((field) => !out.includes(field)),
      [],
      'less than the policy opens',
    );
  });
