// SPDX-License-Identifier: Apache-2.0
// Two towns that are the same but for one hidden case: whoever has no right on it must not be able to tell in which of the two they are.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offeredActions } from '../../src/app/parse.ts';
import type { RegisteredRoute } from '../../src/app/registry.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import type { Secret, Sent } from './secret.ts';
import { courseOf, driveSecret, presets, sendReport, stepsOf } from './secret.ts';
import type { Answer, Village } from './village.ts';
import { village } from './village.ts';

/** Both towns before the hidden case, with what is there to compare it to. */
interface Town {
  readonly here: Village;
  /** A private case of another reporter, in the same project. */
  readonly other: Sent;
  /** A case of the same project that everybody sees, with a file. */
  readonly open: Sent & { readonly attachment: string };
  /** Sessions by person, opened before the hidden case. */
  readonly sessions: Readonly<Record<string, string>>;
}

const say = (whose: string) => (field: string, kind?: string) =>
  kind === 'address' ? `${whose}@reporters.example` : `${whose} says: ${field}`;

async function settleTown(here: Village, preset: string): Promise<Town> {
  here.reseed('before');
  const other = await sendReport(here, 'alpha', preset, say('otto'));
  const open = await sendReport(here, 'alpha', preset, say('olga'));
  await here.settle();
  for (const { case: id, mine } of [other, open]) {
    const { maybe, anna } = stepsOf(here, 'alpha', { case: id, mine });
    if ('mo' in courseOf(preset).members) await maybe('mo', 'release-report');
    await anna('take-up-case');
  }
  const { anna } = stepsOf(here, 'alpha', open);
  await anna('decide-eligibility', { verdict: 'in', reason: 'In.' });
  await anna('dismiss-flaw', { reason: 'Not exploitable.' });
  const shown = await here.call(`/api/v1/alpha/cases/${open.case}`);
  assert.equal(shown.status, 200);
  await here.settle();
  const people = [...Object.keys(courseOf(preset).members).map((person) => ['alpha', person] as const), ['beta', 'ben'] as const];
  const sessions = Object.fromEntries(
    await Promise.all(people.map(async ([project, person]) => [person, await here.signIn(project, person)])),
  );
  const attachment = shown.json.attachments[0]?.id ?? 'none';
  return { here, other, open: { ...open, attachment }, sessions };
}

/** What happens in both towns after the hidden case is there: others write, are answered, and time passes. */
async function goOn({ here, other }: Town): Promise<void> {
  here.reseed('after');
  await here.appoint('alpha', 'rhea', []);
  const { anna, reporter } = stepsOf(here, 'alpha', other);
  await reporter('answer-team', { body: 'Any news?' });
  await anna('send-message', { body: 'Not yet.' });
  const elsewhere = await here.call('/api/v1/beta/reports', {
    body: { title: 'In beta', fields: { description: 'Something else' }, address: 'bea@reporters.example', consent: true },
  });
  assert.equal(elsewhere.status, 201);
  for (let hour = 0; hour < 3; hour++) {
    here.later(1);
    await here.settle();
  }
}

interface Visitor {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Asks in one format only: to the program they are like another visitor of this list. */
  readonly brief?: true;
  /** Fields that a form of theirs carries. */
  readonly form: Readonly<Record<string, string>>;
}

function visitors({ here, sessions }: Town): readonly Visitor[] {
  const signedIn = (name: string, project: string, person: string): Visitor => {
    const session = sessions[person] ?? '';
    return {
      name,
      headers: { Authorization: `Bearer ${session}`, Cookie: `__Host-daylight-${project}=${session}` },
      form: { csrf: csrfToken(here.world.derive('csrf'), session) },
    };
  };
  return [
    { name: 'anonymous', headers: {}, form: {} },
    signedIn('member of the other project', 'beta', 'ben'),
    { ...signedIn('the same session shown to this project', 'alpha', 'ben'), brief: true },
    signedIn('former member', 'alpha', 'rhea'),
    signedIn('member without a role', 'alpha', 'cleo'),
    {
      name: 'guessed token',
      brief: true,
      headers: { Authorization: `Bearer ${'7'.repeat(32)}`, Cookie: `__Host-daylight-alpha=${'7'.repeat(32)}` },
      form: {},
    },
  ];
}

interface Asked {
  readonly who: string;
  readonly path: string;
  readonly init: RequestInit;
}

/** Values for the parameters of a route: ids of the hidden case, of none, of others, and mixtures of them. */
function pools(town: Town, secret: Secret): Readonly<Record<string, readonly string[]>> {
  const never = '0'.repeat(26);
  return {
    ':project': ['alpha', 'beta', 'nowhere'],
    ':case': [secret.case, never, town.other.case, town.open.case, `${secret.case.toUpperCase()}%00`, secret.codename],
    ':attachment': [secret.attachments[0] ?? '', never, town.open.attachment],
    ':message': [secret.messages[0] ?? '', never],
    ':link': [town.other.token, secret.case, '0'.repeat(32)],
    ':action': ['add-note', 'answer-team', 'record-cve', 'no-such-action'],
    ':file': [`${secret.number}.html`, `${secret.number}.txt.asc`, 'index.html', 'key.asc', 'daylight.css', 'nothing'],
    ':hash': ['0'.repeat(16)],
    ':person': ['anna', 'nobody'],
  };
}

function filled(path: string, given: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const [parameter] = /:\w+/.exec(path) ?? [];
  if (parameter === undefined) return [path];
  const values = given[parameter];
  if (values === undefined) throw new Error(`no values for ${parameter} in ${path}`);
  return values.flatMap((value) => filled(path.replace(parameter, value), given));
}

const accepts = ['*/*', 'application/json', 'text/html', 'text/csv', 'application/xml', 'application/pdf'];

/** Forms are read by the web, JSON by the API; both name what the hidden case has. */
function bodyFor(path: string, visitor: Visitor, secret: Secret): { readonly headers: Record<string, string>; readonly body: string } {
  const fields = {
    body: `About ${secret.codename}`,
    flaw: secret.flaw,
    number: secret.cve,
    participant: secret.participant,
    decision: 'declined',
  };
  return path.startsWith('/api/')
    ? { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(fields) }
    : {
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...fields, ...visitor.form }).toString(),
      };
}

/**
 * What names the hidden case is asked in every format and method; what names another, or none, once a visitor;
 * and what is refused by its address alone is not sent as a form again and again.
 */
function script(routes: readonly RegisteredRoute[], town: Town, secret: Secret): readonly Asked[] {
  const given = pools(town, secret);
  const marks = [
    secret.case,
    secret.codename,
    secret.case.toUpperCase(),
    ...secret.attachments,
    ...secret.messages,
    secret.number ?? secret.case,
  ];
  const names = (address: string) => marks.some((mark) => address.includes(mark));
  return routes.flatMap(({ path, method }) =>
    filled(path, given)
      .filter((address) => !address.includes('nowhere') || !/:(?:case|link|file)/.test(path))
      .filter((address) => names(address) || method === 'GET' || !path.includes(':case') || address.includes(town.other.token))
      .flatMap((address) => visitors(town).flatMap((visitor) => requestsOf(method, address, visitor, secret, names(address)))),
  );
}

function requestsOf(method: RegisteredRoute['method'], path: string, visitor: Visitor, secret: Secret, named: boolean): readonly Asked[] {
  const plain = { ...visitor.headers };
  const ask = (init: RequestInit): Asked => ({ who: visitor.name, path, init });
  if (method === 'POST') {
    const sent = bodyFor(path, visitor, secret);
    const posted = ask({ method, headers: { ...plain, ...sent.headers }, body: sent.body });
    return named && /alpha.*(?:add-note|withdraw|take-back)/.test(path) ? [posted, ask({ method: 'OPTIONS', headers: plain })] : [posted];
  }
  if (!named || visitor.brief === true || !path.includes('alpha')) return [ask({ method, headers: plain })];
  return [
    ...accepts.map((Accept) => ask({ method, headers: { ...plain, Accept } })),
    ask({ method: 'HEAD', headers: plain }),
    ask({ method: 'OPTIONS', headers: plain }),
    ask({ method, headers: { ...plain, Range: 'bytes=0-3' } }),
    ask({ method, headers: { ...plain, 'If-None-Match': '"1"' } }),
  ];
}

/** Everything of an answer but the date on which it was given. */
function told({ status, headers, body }: Answer): string {
  const { date, ...others } = headers;
  return JSON.stringify([status, others, body.toString('latin1')]);
}

/** What changes nothing is asked side by side; what may change something, alone and in the same order in both towns. */
async function differing(town: Town, twin: Town, asked: readonly Asked[]): Promise<readonly string[]> {
  const found: string[] = [];
  const compare = async ({ who, path, init }: Asked, index: number) => {
    const [without, within] = await Promise.all(
      [town, twin].map(async ({ here }) => told(await here.request(path, init, `request ${index}`))),
    );
    if (without !== within) found.push(`${who} ${init.method} ${path}\n  without: ${without}\n  with:    ${within}`);
  };
  const rest = asked.map((one, index) => ({ one, index }));
  while (rest.length > 0) {
    const changes = rest.findIndex(({ one }) => one.init.method === 'POST');
    const together = rest.splice(0, Math.max(1, Math.min(12, changes === -1 ? 12 : changes)));
    await Promise.all(together.map(({ one, index }) => compare(one, index)));
  }
  return found;
}

/** Mails to those outside, one line each, without the random name of each; a former member's from the removal on. */
function mailsOf({ here, removed }: Town & { readonly removed: string }, insiders: readonly string[]): readonly string[] {
  const inside = [...insiders.map((person) => `${person}@members.example`), 'carla@reporters.example'];
  return here.relay.sent
    .filter(({ to, date }) => !inside.includes(to.address) && (to.address !== 'rhea@members.example' || date > removed))
    .map(({ messageId, ...mail }) => JSON.stringify(mail));
}

for (const preset of presets)
  test(`L-01 L-08 L-16 L-22 two towns that differ by one hidden case are the same to those without a right on it, under ${preset}`, async (t) => {
    const members = courseOf(preset).members;
    const projects = [
      { project: 'alpha', policy: preset, members },
      { project: 'beta', policy: 'minimal', members: { ben: ['team'] } },
    ];
    const [town, twin] = await Promise.all([1, 2].map(async () => settleTown(await village((done) => t.after(done), projects), preset)));
    if (town === undefined || twin === undefined) throw new Error('two towns');
    assert.deepEqual({ ...town, here: 0 }, { ...twin, here: 0 }, 'before the hidden case the towns are the same');
    town.here.reseed('hidden');
    twin.here.reseed('hidden');
    const secret = await driveSecret(twin.here, 'alpha', preset, say('carla'));
    await Promise.all([goOn(town), goOn(twin)]);
    const since = performance.now();
    const asked = script(town.here.routes, town, secret);
    const differences = await differing(town, twin, asked);
    assert.deepEqual(differences.slice(0, 5), [], `${differences.length} of ${asked.length} answers differ`);
    const insiders = Object.keys(members).filter((person) => !['rhea', 'cleo'].includes(person));
    const removed = '2026-11-02T09:00:00.000Z';
    const mails = mailsOf({ ...town, removed }, insiders);
    assert.deepEqual(mailsOf({ ...twin, removed }, insiders), mails, 'the mail of those outside differs');
    assert.ok(mails.length >= 4, 'there is mail to compare');
    const [site, twinSite] = await Promise.all([town.here.site(), twin.here.site()]);
    assert.deepEqual(twinSite, site, 'the public sites differ');
    t.diagnostic(`${asked.length} requests compared under ${preset} in ${Math.round(performance.now() - since)} ms`);

    const sight: Visitor = { name: 'anna', headers: { Authorization: `Bearer ${town.sessions['anna']}` }, form: {} };
    const seen = await differing(town, twin, [
      { who: 'anna', path: `/api/v1/alpha/cases/${secret.case}`, init: { method: 'GET', headers: sight.headers } },
      { who: 'anna', path: '/api/v1/alpha/cases', init: { method: 'GET', headers: sight.headers } },
    ]);
    assert.equal(seen.length, 2, 'a member with the right sees the difference, so this test can');
  });

test('the values that are tried name actions which exist', () => {
  const tried = ['add-note', 'answer-team', 'record-cve'];
  assert.deepEqual(
    tried.filter((action) => !(offeredActions as readonly string[]).includes(action)),
    [],
  );
});
