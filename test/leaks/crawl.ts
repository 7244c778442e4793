// SPDX-License-Identifier: Apache-2.0
// What those without a right on a case may ask of the program: every route in every method and format, with every id that they could guess.

import assert from 'node:assert/strict';
import type { RegisteredRoute } from '../../src/app/registry.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import type { Secret, Sent } from './secret.ts';
import { courseOf, sendReport, stepsOf } from './secret.ts';
import type { Village } from './village.ts';

/** What there is to mix the hidden case's ids with. */
export interface Crawled {
  readonly here: Village;
  /** A private case of another reporter, in the same project. */
  readonly other: Sent;
  /** A case of the same project that everybody sees, with a file. */
  readonly open: Sent & { readonly attachment: string };
  /** Sessions by person; opened anew when time has passed, for a session that nobody uses ends. */
  readonly sessions: Record<string, string>;
}

/** What a person says, with their name in it. */
export const says = (whose: string) => (field: string, kind?: string) =>
  kind === 'address' ? `${whose}@reporters.example` : `${whose} says: ${field}`;

/** A town with other cases in it and everybody signed in, before there is anything to hide. */
export async function settle(here: Village, preset: string): Promise<Crawled> {
  here.reseed('before');
  const other = await sendReport(here, 'alpha', preset, says('otto'));
  const open = await sendReport(here, 'alpha', preset, says('olga'));
  await here.settle();
  for (const { case: id, mine } of [other, open]) {
    const { maybe, anna } = stepsOf(here, 'alpha', { case: id, mine });
    if ('mo' in courseOf(preset).members) await maybe('mo', 'release-report');
    await anna('take-up-case');
  }
  const { anna } = stepsOf(here, 'alpha', open);
  await anna('decide-eligibility', { verdict: 'in', reason: 'In.' });
  await anna('dismiss-flaw', { reason: 'Not exploitable.', ...(preset === 'openstack-vmt' ? { class: 'E' } : {}) });
  const shown = await here.call(`/api/v1/alpha/cases/${open.case}`);
  assert.equal(shown.status, 200);
  await here.settle();
  const sessions = await signedIn(here, preset, other);
  const attachment = shown.json.attachments[0]?.id ?? 'none';
  return { here, other, open: { ...open, attachment }, sessions };
}

/** Everybody's session, opened now, that of the other reporter under `otto`. */
export async function signedIn(
  here: Village,
  preset: string,
  other: Sent,
  members: readonly string[] = Object.keys(courseOf(preset).members),
): Promise<Record<string, string>> {
  const people = [...members.map((person) => ['alpha', person] as const), ['beta', 'ben'] as const];
  const sessions: Record<string, string> = {};
  for (const [project, person] of people) sessions[person] = await here.signIn(project, person);
  sessions['otto'] = (await here.own('alpha', other.token)).session;
  return sessions;
}

export interface Visitor {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Asks in one format only: to the program they are like another visitor of this list. */
  readonly brief?: true;
  /** Fields that a form of theirs carries. */
  readonly form: Readonly<Record<string, string>>;
}

/** Somebody who asks with this session. */
export function visitor(here: Village, name: string, project: string, session: string): Visitor {
  return {
    name,
    headers: { Authorization: `Bearer ${session}`, Cookie: `__Host-daylight-${project}=${session}` },
    form: { csrf: csrfToken(here.world.derive('csrf'), session) },
  };
}

/** The reporter of the other case: their session, as the API and as the web take it. */
export function otherReporter({ here, sessions: { otto = '' } }: Crawled): Visitor {
  return {
    name: 'reporter of another case',
    headers: { Authorization: `Bearer ${otto}`, Cookie: `__Host-daylight-report=${otto}` },
    form: { csrf: csrfToken(here.world.derive('csrf'), otto) },
  };
}

/** Those without a right on the hidden case; a guest and a party where the town has them. */
export function visitors(town: Crawled): readonly Visitor[] {
  const { here, sessions } = town;
  const signedIn = (name: string, project: string, person: string) => visitor(here, name, project, sessions[person] ?? '');
  const some = (name: string, person: string) => (sessions[person] === undefined ? [] : [signedIn(name, 'alpha', person)]);
  return [
    { name: 'anonymous', headers: {}, form: {} },
    signedIn('member of the other project', 'beta', 'ben'),
    { ...signedIn('the same session shown to this project', 'alpha', 'ben'), brief: true },
    signedIn('former member', 'alpha', 'rhea'),
    signedIn('member without a role', 'alpha', 'cleo'),
    otherReporter(town),
    ...some('guest of another case', 'gus'),
    ...some('party told of another case', 'pat'),
    {
      name: 'guessed token',
      brief: true,
      headers: { Authorization: `Bearer ${'7'.repeat(32)}`, Cookie: `__Host-daylight-alpha=${'7'.repeat(32)}` },
      form: {},
    },
  ];
}

export interface Asked {
  readonly who: string;
  readonly path: string;
  readonly init: RequestInit;
  /** Though it is a write, nothing can come of it. */
  readonly idle?: true;
}

/** Values for the parameters of a route: ids of the hidden case, of none, of others, and mixtures of them. */
function pools(town: Crawled, secret: Secret): Readonly<Record<string, readonly string[]>> {
  const never = '0'.repeat(26);
  return {
    ':project': ['alpha', 'beta', 'nowhere'],
    ':case': [secret.case, never, town.other.case, town.open.case, `${secret.case.toUpperCase()}%00`, secret.codename],
    ':attachment': [secret.attachments[0] ?? '', never, town.open.attachment],
    ':message': [secret.messages[0] ?? '', never],
    ':token': ['0'.repeat(38)],
    ':deed': ['end-session', 'vouch', 'suspend', 'no-such-deed'],
    ':proposal': [secret.case, never],
    ':link': [secret.case, '0'.repeat(32)],
    ':action': ['add-note', 'answer-team', 'no-such-action'],
    ':file': [`${secret.number}.html`, `${secret.number}.txt.asc`, 'index.html', `${secret.case}.json`, 'daylight.css', 'nothing'],
    ':folder': ['records'],
    ':part': ['2026'],
    ':hash': ['0'.repeat(16)],
    ':person': ['anna', 'nobody'],
    ':name': ['libvirt-2023', 'nothing'],
    ':version': ['1', '0'],
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
export function script(
  routes: readonly RegisteredRoute[],
  town: Crawled,
  secret: Secret,
  who: readonly Visitor[] = visitors(town),
): readonly Asked[] {
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
  // Another spelling, or a guess at the codename, is asked in one format.
  const exactly = (address: string) => names(address) && !address.includes(secret.codename) && !/%00/.test(address);
  return routes.flatMap(({ path, method }) =>
    filled(path, given)
      .filter((address) => !address.includes('nowhere') || !/:(?:case|link|file)/.test(path))
      .filter((address) => names(address) || method === 'GET' || !path.includes(':case'))
      .flatMap((address) => who.flatMap((visitor) => requestsOf(method, address, visitor, secret, exactly(address)))),
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
