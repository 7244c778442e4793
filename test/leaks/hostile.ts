// SPDX-License-Identifier: Apache-2.0
// The same story told twice: with hostile texts in every field, and with harmless words of the same shape. What was written and what was served then.

import assert from 'node:assert/strict';
import { acceptMail } from '../../src/mail/accept.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import { harmless, payloads } from './payloads.ts';
import type { Say, Secret } from './secret.ts';
import { courseOf, driveSecret, stepsOf } from './secret.ts';
import type { Answer, Village } from './village.ts';
import { village } from './village.ts';

/** One page, document or answer, with its hostile and its harmless texts. `name` is its address, with `CASE` and `LINK` for what is random. */
interface Served {
  readonly name: string;
  readonly type: string;
  readonly hostile: string;
  readonly plain: string;
}

export interface Told {
  readonly served: readonly Served[];
  /** The texts that were written somewhere. */
  readonly used: ReadonlySet<string>;
}

/** The presets, with the first of the texts that each begins with: together they write them all. */
export const beginnings: Readonly<Record<string, number>> = { 'libvirt-2023': 0, 'openstack-vmt': 165, 'qemu-2026': 330 };

type Twist = (text: string, field?: string) => string;

/** Whoever is credited goes by another letter than all other words: a description that names them would be no CVE record (CNA 5.2.4). */
const plainly: Twist = (text, field) => (field?.endsWith('credit name') ? harmless(text).replaceAll('x', 'y') : harmless(text));

/** Long fields hold several texts, each on lines of its own; names, titles and file names one. */
const together = 8;

/** Other texts for each field, from `first` on; or their harmless shapes. */
function saying(first: number, twist: Twist, used: Set<string>): Say {
  let next = first;
  return (field, kind) => {
    if (kind === 'address') return 'rita@reporters.example';
    const single = kind !== undefined || field.endsWith('title');
    const texts = Array.from({ length: single ? 1 : together }, () => payloads[next++ % payloads.length] ?? '');
    for (const text of texts) used.add(text);
    const written = kind === undefined ? texts.join('\n') : texts.join('\n').replace(/[\p{Cc}\u2028\u2029]/gu, ' ');
    return twist(kind === 'file' ? written.slice(0, 200) : written, field);
  };
}

/** Tells the story under a preset twice, in two towns, and gives what was served in both, in the same order. */
export async function toldTwice(after: (done: () => Promise<void>) => void, preset: string): Promise<Told> {
  const used = new Set<string>();
  const first = beginnings[preset] ?? 0;
  const [hostile, plain] = await Promise.all([tell(after, preset, first, (text) => text, used), tell(after, preset, first, plainly, used)]);
  assert.deepEqual(
    plain.map(({ name, type }) => [name, type]),
    hostile.map(({ name, type }) => [name, type]),
  );
  return { served: hostile.map((one, index) => ({ ...one, hostile: one.body, plain: plain[index]?.body ?? '' })), used };
}

interface Page {
  readonly name: string;
  readonly type: string;
  readonly body: string;
}

async function tell(
  cleanUp: (done: () => Promise<void>) => void,
  preset: string,
  first: number,
  twist: Twist,
  used: Set<string>,
): Promise<readonly Page[]> {
  const { members, branch, advisory } = courseOf(preset);
  const here = await village(cleanUp, [{ project: 'alpha', policy: preset, members }]);
  here.reseed('markup');
  const secret = await driveSecret(here, 'alpha', preset, saying(first, twist, used));
  const ids = { [secret.case]: 'CASE', [secret.token]: 'LINK' };
  const before = await pagesOf(here, secret, ids, twist);
  const mail = await mailed(here, preset, twist);
  here.set(secret.until ?? '');
  await here.settle();
  if (!advisory) await stepsOf(here, 'alpha', secret).maybe('anna', 'record-posting', { ...branch, messageId: '<1@lists.example>' });
  assert.equal((await here.call(`/api/v1/alpha/cases/${secret.case}`)).status, 200, 'the case is public');
  const after = await pagesOf(here, secret, { ...ids, [mail.case]: 'MAILED' }, twist);
  return [...before, ...mail.pages, ...after, ...(await documentsOf(here))];
}

const form = (fields: Record<string, string>, session?: string): RequestInit => ({
  method: 'POST',
  headers: {
    'Content-Type': 'application/x-www-form-urlencoded',
    ...(session === undefined ? {} : { Cookie: `__Host-daylight-alpha=${session}` }),
  },
  body: new URLSearchParams(fields).toString(),
});

const asReporter = (Cookie: string, init: RequestInit): RequestInit => ({ ...init, headers: { ...init.headers, Cookie } });

/** Every page that shows what was written: inside, to the reporter and in public, and what is shown again because it was refused. */
async function pagesOf(here: Village, secret: Secret, ids: Ids, twist: Twist): Promise<readonly Page[]> {
  const session = await here.signIn('alpha', 'anna');
  const cookie = { headers: { Cookie: `__Host-daylight-alpha=${session}` } };
  const reporter = await here.own('alpha', secret.token);
  const theirs = { csrf: csrfToken(here.world.derive('csrf'), reporter.session) };
  const mine = { headers: { Cookie: reporter.cookie } };
  const own = `/alpha/cases/${secret.case}`;
  const csrf = csrfToken(here.world.derive('csrf'), session);
  const word = twist(payloads[3] ?? '');
  const asked: readonly (readonly [string, RequestInit?])[] = [
    ...[own, `${own}/advisory`, '/alpha/queue', '/alpha/people'].map((path) => [path, cookie] as const),
    [reporter.path, mine],
    ...[own, '/alpha/advisories', '/alpha/policy'].map((path) => [path] as const),
    [`${reporter.path}/answer-team`, asReporter(reporter.cookie, form({ ...theirs, version: '1', body: word }))],
    [`${own}/propose-embargo`, form({ csrf, until: word, reason: word }, session)],
    [`${own}/add-note`, form({ csrf, version: '1', body: word }, session)],
    [`${own}/confirm-flaw`, form({ csrf, reason: word, codename: word }, session)],
    ['/alpha/report', form({ title: word, description: word, address: word, name: word })],
    ['/alpha/report/check', form({ title: word, description: word, component: word, name: word })],
    ['/alpha/report/check', form({ title: '', description: word, deadline: word, address: word })],
    [`/alpha/${encodeURIComponent(word)}`],
    [`/alpha/cases/${encodeURIComponent(word)}?done=${encodeURIComponent(word)}`],
  ];
  return Promise.all(
    asked.map(async ([path, init], index) => shown(`${index} ${path.split('?')[0]}`, await here.request(path, init), ids, word)),
  );
}

/** A report by mail with texts in its subject, its sender's name, its body and its file's name, as the queue and its page show it. */
async function mailed(here: Village, preset: string, twist: Twist): Promise<{ readonly case: string; readonly pages: readonly Page[] }> {
  const word = (at: number) => twist((payloads[at] ?? '').replace(/[\p{Cc}]/gu, ' '));
  const coded = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
  const raw = [
    `From: ${coded(word(5))} <mia@reporters.example>`,
    `Subject: ${coded(word(2))}`,
    'Message-ID: <1@reporters.example>',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(
      payloads
        .slice(0, 30)
        .map((text) => twist(text))
        .join('\n'),
    ).toString('base64'),
    '--b',
    `Content-Type: text/plain; name="${coded(word(0))}"`,
    '',
    'x',
    '--b--',
    '',
  ].join('\r\n');
  const address = 'reports@alpha.example';
  const [kept] = await acceptMail(
    here.world,
    { intake: [{ project: 'alpha', address, former: false, accepts: 'reports' }], replyDomain: 'reply.example', own: [] },
    new Uint8Array(Buffer.from(raw)),
    { from: 'mia@reporters.example', to: [address] },
  );
  assert.ok(kept?.kind === 'kept');
  const reader = 'mo' in courseOf(preset).members ? 'mo' : 'anna';
  const session = await here.signIn('alpha', reader);
  const { rows } = (await here.call('/api/v1/alpha/cases', { token: session })).json;
  const { case: id } = rows.find((one: { codename: string }) => one.codename === kept.reference);
  const cookie = { headers: { Cookie: `__Host-daylight-alpha=${session}` } };
  const answer = await here.request(`/alpha/cases/${id}`, cookie);
  assert.equal(answer.status, 200);
  return { case: id, pages: [shown('mailed', answer, { [id]: 'MAILED' }, word(0))] };
}

/** The files of the public site, as they are served. */
async function documentsOf(here: Village): Promise<readonly Page[]> {
  const names = [...(await here.site()).keys()]
    .map((path) => path.replace(/^.*?\/site\//, ''))
    // Records that became public at one moment stand in the order of their random ids.
    .filter((name) => /\.(?:html|xml|txt|json)$|\/search\.js$/.test(name) && name !== 'records/index.json');
  const served = [...new Set(names)].sort().map(async (name): Promise<Page> => {
    const answer = await here.request(`/alpha/advisories/${name}`);
    assert.equal(answer.status, 200, name);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff', name);
    return { name: nameless(name), type: typeOf(answer), body: nameless(answer.body.toString()) };
  });
  // Records go by random ids: which is which is told by how long their logs are.
  const events = ({ body }: Page) => body.split(/id="event-|"envelope"/).length;
  return (await Promise.all(served)).toSorted((one, other) =>
    one.name === other.name ? events(one) - events(other) : one.name < other.name ? -1 : 1,
  );
}

/** The one opened record and its files go by ids. */
function nameless(text: string): string {
  return text.replaceAll(/[0-9a-z]{26}(?=\.(?:html|json))|(?<=\/(?:cases|attachments)\/)[0-9a-z]{26}/g, 'CASE');
}

/** What is random, and what it is called instead. */
type Ids = Readonly<Record<string, string>>;

/** Ids differ between the towns, and a word in an address is where it was asked for. */
function shown(name: string, answer: Answer, ids: Ids, word: string): Page {
  const all = { ...ids, [encodeURIComponent(word)]: 'WORD' };
  const settled = (text: string) =>
    Object.entries(all)
      .reduce((done, [random, called]) => done.replaceAll(random, called), text)
      // Cases that this one is related to.
      .replaceAll(/\/cases\/[0-9a-z]{26}(?=[/"])/g, '/cases/OTHER');
  return { name: settled(name), type: typeOf(answer), body: settled(answer.body.toString()) };
}

function typeOf({ headers }: Answer): string {
  return (headers['content-type'] ?? '').replace(/;.*/, '');
}

/** Whoever writes an advisory is told, in the list and at the field, of characters that nobody sees, of which harmless words have none. */
export function withoutRemarks(document: string): string {
  return document.replaceAll(/<li[^>]*>(?:(?!<\/li>)[\s\S])*(?:characters that nobody would see|whole by Text, HTML\.)[\s\S]*?<\/li>/g, '');
}
