// SPDX-License-Identifier: Apache-2.0
// Every read leaves exactly one row: whoever they are, through whichever route, in whichever door; and an answer that shows nothing leaves none.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RegisteredRoute } from '../../src/app/registry.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import { testDatabase } from '../support/database.ts';
import { openstackWithPackagers } from '../support/parties.ts';
import { courseOf, driveSecret, presets, type Secret, sendReport, stepsOf } from './secret.ts';
import { type Village, village } from './village.ts';

const canary = 'canary-of-the-case';
const say = (field: string, kind?: string) => (kind === 'address' ? `${canary}@reporters.example` : `${canary} ${field}`);

interface Row {
  readonly principal: string;
  readonly case_id: string | null;
  readonly what: string;
  readonly shown: readonly string[];
}

interface Looking {
  readonly name: string;
  /** As the log names them; null leaves no row anywhere. */
  readonly mark: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly csrf: string;
}

function lookers(here: Village, sessions: Record<string, string>): readonly Looking[] {
  const people = Object.entries(sessions).map(([person, session]) => ({
    name: person,
    mark: `person:${person}`,
    headers: { Authorization: `Bearer ${session}`, Cookie: `__Host-daylight-alpha=${session}` },
    csrf: csrfToken(here.world.derive('csrf'), session),
  }));
  return [...people, { name: 'anybody', mark: null, headers: {}, csrf: '' }];
}

async function reporter(here: Village, secret: Secret): Promise<Looking> {
  const { session, cookie } = await here.own('alpha', secret.token);
  const headers = { Authorization: `Bearer ${session}`, Cookie: cookie };
  return { name: 'the reporter', mark: `reporter:${secret.participant}`, headers, csrf: csrfToken(here.world.derive('csrf'), session) };
}

function addresses(path: string, secret: Secret): readonly string[] {
  const values: Readonly<Record<string, readonly string[]>> = {
    ':project': ['alpha'],
    ':case': [secret.case],
    ':attachment': secret.attachments,
    ':action': path.includes('my-report') ? ['answer-team'] : ['add-note'],
    ':message': ['0'.repeat(26)],
    ':person': ['anna'],
    ':deed': ['end-session'],
    ':file': ['index.html'],
    ':hash': ['0'.repeat(16)],
    ':token': ['0'.repeat(38)],
    ':name': ['none'],
    ':version': ['1'],
    ':proposal': ['0'.repeat(26)],
    ':change': ['0'.repeat(26)],
  };
  const [parameter] = /:\w+/.exec(path) ?? [];
  if (parameter === undefined) return [path];
  return (values[parameter] ?? ['0'.repeat(26)]).flatMap((value) => addresses(path.replace(parameter, value), secret));
}

/** Asks a route, and says what the log of reads gained by it. */
async function asked(here: Village, rowsSince: () => Promise<readonly Row[]>, { method }: RegisteredRoute, path: string, who: Looking) {
  await rowsSince();
  const form = { method, headers: { ...who.headers, 'Content-Type': 'application/x-www-form-urlencoded' }, body: `csrf=${who.csrf}&body=` };
  const json = { method, headers: { ...who.headers, 'Content-Type': 'application/json' }, body: '{}' };
  const init = method === 'GET' ? { headers: who.headers } : path.startsWith('/api/') ? json : form;
  const answer = await here.request(path, init);
  return { status: answer.status, shows: answer.body.includes(canary), rows: await rowsSince() };
}

async function watching(t: { after(done: () => Promise<void>): void }) {
  const database = await testDatabase({ after: (done) => t.after(done as () => Promise<void>) });
  let last = '0';
  const rowsSince = async () => {
    const rows = (await database.ask('select id, principal, case_id, what, shown from daylight.read_log where id > $1 order by id', [
      last,
    ])) as (Row & {
      id: string;
    })[];
    last = rows.at(-1)?.id ?? last;
    return rows;
  };
  return { database, rowsSince };
}

/** Rules of routes that show cases; through the others two look, and find nothing. */
const ofCases: readonly RegisteredRoute['rule'][] = ['member', 'case', 'reporter'];

/** Ways of leaving or entering, after which a session is another. */
const ends = /sign-out|sign-in|my-report\/(?:leave|open)|\/account\/:deed|demo/;

for (const preset of presets)
  test(`L-33 each read of a confidential case leaves exactly one row with who, what and which case, under ${preset}`, async (t) => {
    const { database, rowsSince } = await watching(t);
    const members = courseOf(preset).members;
    const here = await village((done) => t.after(done), [{ project: 'alpha', policy: preset, members }], { database });
    const secret = await driveSecret(here, 'alpha', preset, say);
    if (preset === 'openstack-vmt') await stepsOf(here, 'alpha', secret).anna('add-person', { person: 'lia' });
    const sessions: Record<string, string> = {};
    for (const person of Object.keys(members)) sessions[person] = await here.signIn('alpha', person);
    const everybody = [await reporter(here, secret), ...lookers(here, sessions).toReversed()];
    const read = new Set<string>();
    for (const route of here.routes)
      for (const path of ends.test(route.path) ? [] : addresses(route.path, secret))
        for (const who of ofCases.includes(route.rule) ? everybody : everybody.slice(0, 2)) {
          const { status, shows, rows } = await asked(here, rowsSince, route, path, who);
          const about = `${route.method} ${path} as ${who.name}: ${status}`;
          if (shows) assert.equal(rows.length, 1, `${about} shows the case and left ${JSON.stringify(rows)}`);
          else assert.ok(rows.length <= 1, `${about} left ${JSON.stringify(rows)}`);
          if (status === 404 && !shows) assert.deepEqual(rows, [], about);
          for (const row of rows) {
            assert.equal(row.principal, who.mark, about);
            assert.ok(row.case_id === secret.case || (row.case_id === null && row.shown.includes(secret.case)), about);
            read.add(`${row.principal.split(':')[0]} ${row.what.split(':')[0]}`);
          }
        }
    for (const expected of [
      'person case',
      'person queue',
      'person attachment',
      'person preview',
      'person advisory',
      'person access',
      'reporter case',
      'reporter attachment',
      'person action',
    ])
      assert.ok(read.has(expected), `${expected} was never read: ${[...read]}`);
  });

test('L-33 a told party leaves a row like anybody, before the terms and after', async (t) => {
  const { database, rowsSince } = await watching(t);
  const members = { ...courseOf('openstack-vmt').members, pia: ['packager'] };
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: openstackWithPackagers(), members }], { database });
  const secret = await driveSecret(here, 'alpha', 'openstack-vmt', say);
  const { anna } = stepsOf(here, 'alpha', secret);
  await anna('screen-party', { party: 'packagers', cleared: true, reason: 'Cleared.' });
  await anna('notify-party', { party: 'packagers', text: `${canary} notice` });
  const token = await here.signIn('alpha', 'pia');
  const look = async () => {
    await rowsSince();
    const page = await here.call(`/api/v1/alpha/cases/${secret.case}`, { token });
    return {
      shows: page.body.includes(canary),
      rows: (await rowsSince()).map(({ principal, what, case_id }) => [principal, what, case_id]),
    };
  };
  const row = ['person:pia', 'case', secret.case];
  assert.deepEqual(await look(), { shows: false, rows: [row] });
  const accepted = await here.call(`/api/v1/alpha/cases/${secret.case}/accept-terms`, { token, body: {} });
  assert.equal(accepted.status, 200, accepted.body.toString());
  assert.deepEqual(await look(), { shows: true, rows: [row] });
});

test('L-33 who has seen a case is complete: pages, files, and titles in lists, of those too who may not any more', async (t) => {
  const { database } = await watching(t);
  const here = await village(
    (done) => t.after(done),
    [{ project: 'alpha', policy: 'openstack-vmt', members: courseOf('openstack-vmt').members }],
    {
      database,
    },
  );
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say);
  const [rhea, anna] = [await here.signIn('alpha', 'rhea'), await here.signIn('alpha', 'anna')];
  const page = await here.call(`/api/v1/alpha/cases/${sent.case}`, { token: rhea });
  for (const { id } of page.json.attachments) await here.call(`/api/v1/alpha/cases/${sent.case}/attachments/${id}`, { token: rhea });
  for (let times = 0; times < 2; times++) await here.call('/api/v1/alpha/cases', { token: rhea });
  await here.call(sent.mine);
  await here.appoint('alpha', 'rhea', []);
  const seen = (await here.call(`/api/v1/alpha/cases/${sent.case}/access`, { token: anna })).json;
  const files = page.json.attachments.length;
  assert.deepEqual(
    seen.former.map(({ name, reads, files: taken, listed }: Record<string, unknown>) => ({ name, reads, taken, listed })),
    [{ name: 'rhea', reads: 1 + files, taken: files, listed: 2 }],
  );
  assert.deepEqual(
    seen.reporters.map(({ reads }: { reads: number }) => reads),
    [1],
  );
  const again = (await here.call(`/api/v1/alpha/cases/${sent.case}/access`, { token: anna })).json;
  const own = again.people.find(({ person }: { person: string }) => person === 'anna');
  assert.equal(own.reads, 2, 'looking at who has seen it is a read itself');
  for (const who of [rhea, await here.signIn('alpha', 'lia'), await here.signIn('alpha', 'cleo')])
    assert.equal((await here.call(`/api/v1/alpha/cases/${sent.case}/access`, { token: who })).status, 404);
});
