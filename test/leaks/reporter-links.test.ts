// SPDX-License-Identifier: Apache-2.0
// How a reporter comes back. The link of a mail opens their own thread once and for a time, and a look at it changes nothing; the return key stands in no address.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newSecret } from '../../src/app/sign-in/tokens.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import { courseOf, sendReport, stepsOf } from './secret.ts';
import type { Answer, Village } from './village.ts';
import { village } from './village.ts';

const preset = 'openstack-vmt';
const rita = 'rita@reporters.example';
const say = (field: string, kind?: string) => (kind === 'address' ? rita : `said: ${field}`);
const projects = [
  { project: 'alpha', policy: preset, members: courseOf(preset).members },
  { project: 'beta', policy: 'minimal', members: { ben: ['team'] } },
];

/** Paths of the links in all mail to the reporter, oldest first. */
function linksTo(here: Village, address: string): readonly string[] {
  return here.relay.sent
    .filter(({ to }) => to.address === address)
    .map(({ text }) => new URL(/https:\/\/\S+\/return\/\S+/.exec(text)?.[0] ?? 'https://no.example').pathname);
}

const press = (here: Village, path: string, cookie = '', fields: Record<string, string> = {}): Promise<Answer> =>
  here.request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...(cookie === '' ? {} : { Cookie: cookie }) },
    body: new URLSearchParams(fields).toString(),
  });

const cookieOf = (answer: Answer) => (answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';
const page = (here: Village, cookie: string) => here.request('/alpha/my-report', { headers: { Cookie: cookie } });

async function withMail(t: { after(done: () => Promise<void>): void }) {
  const here = await village((done) => t.after(done), projects);
  const sent = await sendReport(here, 'alpha', preset, say);
  await here.settle();
  const [link = ''] = linksTo(here, rita);
  return { here, sent, link };
}

test('L-13 the link of a mail opens the reporter’s own page once, after a press; a look at it spends nothing and holds nothing', async (t) => {
  const { here, sent, link } = await withMail(t);
  for (let look = 0; look < 3; look++) {
    const shown = await here.request(link);
    assert.equal(shown.status, 200);
    assert.ok(!shown.body.includes(sent.codename) && !shown.body.includes('said: '));
    assert.equal(shown.headers['set-cookie'], undefined);
  }
  const opened = await press(here, link);
  assert.deepEqual([opened.status, opened.headers['location']], [303, '/alpha/my-report']);
  assert.match(opened.headers['set-cookie'] ?? '', /^__Host-daylight-report=dlv\w+;.*HttpOnly; Secure; SameSite=Lax/);
  assert.ok((await page(here, cookieOf(opened))).body.includes('said: title'));
  const again = await press(here, link);
  assert.equal(again.status, 403);
  assert.equal(again.headers['set-cookie'], undefined);
});

test('L-13 a link is good for three days, a session for four hours and until it is left, and each for its own project', async (t) => {
  const { here, sent, link } = await withMail(t);
  assert.equal((await press(here, link.replace('/alpha/', '/beta/'))).status, 403);
  const cookie = cookieOf(await press(here, link));
  const of = (project: string) => here.request(`/${project}/my-report`, { headers: { Cookie: cookie } });
  assert.ok(!(await of('beta')).body.includes(sent.codename));
  here.later(3.9);
  assert.ok((await page(here, cookie)).body.includes(sent.codename));
  here.later(0.2);
  assert.ok(!(await page(here, cookie)).body.includes(sent.codename));
  await stepsOf(here, 'alpha', sent).anna('send-message', { body: 'Is it this line?' });
  here.later(1);
  await here.settle();
  const [, second = ''] = linksTo(here, rita);
  assert.notEqual(second, link);
  const next = cookieOf(await press(here, second));
  const csrf = csrfToken(here.world.derive('csrf'), next.slice(next.indexOf('=') + 1));
  assert.equal((await press(here, '/alpha/my-report/leave', next, { csrf })).status, 303);
  assert.ok(!(await page(here, next)).body.includes(sent.codename), 'left');
  here.later(73);
  assert.equal((await press(here, second)).status, 403);
});

test('L-20 L-69 the session of a reporter sees their own case and nothing else, and its forms are its own', async (t) => {
  const { here, sent, link } = await withMail(t);
  const other = await sendReport(here, 'alpha', preset, (field, kind) =>
    kind === 'address' ? 'otto@reporters.example' : `other: ${field}`,
  );
  const cookie = cookieOf(await press(here, link));
  const session = cookie.slice(cookie.indexOf('=') + 1);
  for (const path of [`/alpha/cases/${sent.case}`, `/alpha/cases/${other.case}`, '/alpha/queue', '/alpha/people', '/alpha/account']) {
    assert.equal((await here.request(path, { headers: { Cookie: cookie } })).status, 404, path);
    const asMember = { Cookie: `__Host-daylight-alpha=${session}` };
    assert.equal((await here.request(path, { headers: asMember })).status, 404, `${path} as a member’s session`);
  }
  for (const path of [`/api/v1/alpha/cases/${sent.case}`, '/api/v1/alpha/people'])
    assert.equal((await here.call(path, { token: session })).status, 404, path);
  const own = await here.call('/api/v1/alpha/my-report', { token: session });
  assert.equal(own.json.case ?? own.json.id ?? own.json.state?.case, sent.case);
  const fields = { version: String(own.json.version), body: 'One thing more.' };
  assert.equal((await press(here, '/alpha/my-report/answer-team', cookie, fields)).status, 403, 'without the token of the session');
  const csrf = csrfToken(here.world.derive('csrf'), session);
  assert.equal((await press(here, '/alpha/my-report/answer-team', cookie, { ...fields, csrf })).status, 303);
  const typed = await press(here, '/alpha/my-report/answer-team', '', { ...fields, csrf });
  assert.ok(typed.status === 403 && typed.body.includes('One thing more.'), 'nothing that was typed is lost');
});

test('L-22 who asks for another link gets the same answer whether there is such a report; the mail goes to its address, and not without end', async (t) => {
  const { here, link } = await withMail(t);
  await press(here, link);
  const before = here.relay.sent.length;
  const never = `/alpha/return/${newSecret('reporter-link', here.world.random)}`;
  const [known, unknown] = [await press(here, `${link}/again`), await press(here, `${never}/again`)];
  const masked = ({ body }: Answer, path: string) => body.toString().replaceAll(path, 'LINK');
  assert.deepEqual([known.status, masked(known, link)], [unknown.status, masked(unknown, never)]);
  assert.deepEqual(masked(await press(here, never), never), masked(await press(here, link), link), 'spent, and never issued');
  await here.settle();
  const letters = here.relay.sent.slice(before);
  assert.deepEqual(
    letters.map(({ to }) => to.address),
    [rita],
  );
  const fresh = linksTo(here, rita).at(-1) ?? '';
  assert.ok((await page(here, cookieOf(await press(here, fresh)))).body.includes('said: title'));
  for (let ask = 0; ask < 5; ask++) assert.equal((await press(here, `${link}/again`)).status, 200);
  await here.settle();
  assert.equal(here.relay.sent.length - before, 2, 'two in a quarter of an hour');
});

test('L-32 a session of a reporter that is pasted ends; a link that is quoted in an answer to its mail stays good', async (t) => {
  const { here, sent, link } = await withMail(t);
  const token = link.slice(link.lastIndexOf('/') + 1);
  assert.equal((await here.call(`${sent.mine}/answer-team`, { body: { body: `> ${here.world.baseUrl}${link}` } })).status, 200);
  assert.ok(!JSON.stringify((await here.call(sent.mine)).json.texts).includes(token), 'no text keeps it');
  const cookie = cookieOf(await press(here, link));
  const session = cookie.slice(cookie.indexOf('=') + 1);
  assert.ok((await page(here, cookie)).body.includes(sent.codename));
  await here.call(`${sent.mine}/answer-team`, { body: { body: `My cookie is ${session}` } });
  assert.ok(!(await page(here, cookie)).body.includes(sent.codename));
});

test('L-11 L-32 a return key, or a link, that was seen where it should not be ends the sessions that it opened, and no other', async (t) => {
  const { here, sent, link } = await withMail(t);
  const byKey = async () => cookieOf(await press(here, '/alpha/my-report/open', '', { key: sent.token }));
  const [first, second, byLink] = [await byKey(), await byKey(), cookieOf(await press(here, link))];
  const opens = async (cookie: string) => {
    const asked = cookie.slice(cookie.indexOf('=') + 1);
    const api = await here.call('/api/v1/alpha/my-report', { token: asked });
    return [(await page(here, cookie)).body.includes(sent.codename), api.status];
  };
  for (const cookie of [first, second, byLink]) assert.deepEqual(await opens(cookie), [true, 200]);
  const { maybe } = stepsOf(here, 'alpha', sent);
  assert.equal((await maybe('anna', 'add-note', { body: `They use ${sent.token}.` })).status, 422);
  for (const cookie of [first, second]) assert.deepEqual(await opens(cookie), [false, 404], 'who had come with the key is out with it');
  assert.deepEqual(await opens(byLink), [true, 200], 'who came with the link of a mail did not come with the key');
  await maybe('anna', 'add-note', { body: `They came by ${here.world.baseUrl}${link}` });
  assert.deepEqual(await opens(byLink), [false, 404]);
});

test('L-56 L-69 the return key is shown once, stands in no address, opens the page by a form and for four hours, and is good for a year', async (t) => {
  const { here, sent } = await withMail(t);
  assert.match(sent.token, /^dlk[0-9a-z]{35}$/);
  for (const path of [`/alpha/my-report/${sent.token}`, `/api/v1/alpha/my-report/${sent.token}`, `/alpha/my-report?key=${sent.token}`])
    assert.ok(!(await here.request(path)).body.includes(sent.codename), `${path} opens nothing`);
  const { headers, status } = await press(here, '/alpha/my-report/open', '', { key: `  The key: ${sent.token}\n` });
  assert.deepEqual([status, headers['location']], [303, '/alpha/my-report'], 'with whatever was pasted around it');
  const cookie = (headers['set-cookie'] ?? '').split(';')[0] ?? '';
  assert.ok((await page(here, cookie)).body.includes('said: title'));
  here.later(4.1);
  assert.ok(!(await page(here, cookie)).body.includes('said: title'));
  here.later(24 * 364);
  assert.equal((await press(here, '/alpha/my-report/open', '', { key: sent.token })).status, 303);
  here.later(24);
  assert.equal((await press(here, '/alpha/my-report/open', '', { key: sent.token })).status, 403, 'a year is over');
});

test('L-22 L-32 a key of another project, one that was never given and one that was ended get the same answer, and nobody tries without end', async (t) => {
  const { here, sent } = await withMail(t);
  const send = (project: string, key: string) => press(here, `/${project}/my-report/open`, '', { key });
  const never = await send('alpha', newSecret('return-key', here.world.random));
  assert.equal(never.status, 403);
  assert.equal(never.headers['set-cookie'], undefined);
  assert.equal((await send('beta', sent.token)).status, 403);
  for (const key of ['', 'dlk', '\0', 'x'.repeat(5000), sent.token.slice(0, -1)])
    assert.deepEqual(await send('alpha', key), never, 'what is no key at all');
  await stepsOf(here, 'alpha', sent).maybe('anna', 'add-note', { body: `The reporter uses ${sent.token}.` });
  assert.deepEqual(await send('alpha', sent.token), never, 'it was seen in a note, and is ended');
  for (let attempt = 0; attempt < 30; attempt++) await send('alpha', 'dlk');
  assert.equal((await send('alpha', sent.token)).status, 429);
});
