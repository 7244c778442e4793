// SPDX-License-Identifier: Apache-2.0
// What an attacker tries who knows every id: other spellings of an address, other methods and heads, bodies of the wrong shape. Sent as bytes, so that nothing mends them on the way.

import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { serve } from '@hono/node-server';
import { offeredActions } from '../../src/app/parse.ts';
import type { RegisteredRoute } from '../../src/app/registry.ts';
import type { Attempt, Loot, Sending } from './attack-from-own.ts';
import { fromOwn, json, posted } from './attack-from-own.ts';
import type { Village } from './village.ts';

type Address = (id: string) => string;

/** What stands for each parameter of a route but the case itself. */
const given = ({ attachment, message }: Loot): Readonly<Record<string, string>> => ({
  ':project': 'alpha',
  ':attachment': attachment,
  ':message': message,
});

/** Every address of a case, by what is registered: whoever adds a route adds it here. `:action` is left to be filled. */
function addressesOf(routes: readonly RegisteredRoute[], method: 'GET' | 'POST', loot: Loot): readonly Address[] {
  const values = given(loot);
  return routes
    .filter((route) => route.method === method && route.path.includes(':case'))
    .map(({ path }) => Object.entries(values).reduce((filled, [name, value]) => filled.replace(name, value), path))
    .map((path) => (id: string) => path.replace(':case', id));
}

/** What is read of a case by an address that names it otherwise than as a case. */
const besides = ({ attachment }: Loot): readonly Address[] => [
  (id) => `/alpha/advisories/records/${id}.html`,
  (id) => `/alpha/advisories/records/${id}.json`,
  (id) => `/alpha/advisories/${id}`,
  (id) => `/alpha/my-report/attachments/${attachment}?case=${id}`,
  (id) => `/api/v1/alpha/my-report?case=${id}`,
  (id) => `/alpha/my-report/${id}`,
  ...['csaf/2026', 'osv', 'records', 'advisories', 'feeds', '2026'].flatMap((folder) =>
    ['.json', '.json.asc', '.json.sha256', '.txt', '.txt.asc'].map((end) => (id: string) => `/alpha/advisories/${folder}/${id}${end}`),
  ),
  (id) => `/alpha/advisories/csaf/feed-tlp-white.json?case=${id}`,
  (id) => `/alpha/people/${id}`,
  (id) => `/api/v1/alpha/people/${id}`,
  (id) => `/alpha/policy/${id}`,
  (id) => `/alpha/policy/proposals/${id}`,
  (id) => `/api/v1/alpha/policy/proposals/${id}`,
  (id) => `/alpha/return/${id}`,
  (id) => `/alpha/enrol/${id}`,
  (id) => `/alpha/break-glass?case=${id}`,
];

const spellings: readonly ((path: string) => string)[] = [
  (path) => `${path}/`,
  (path) => `${path}.`,
  (path) => `${path}%2e`,
  (path) => `/${path}`,
  (path) => path.replace('/cases', '//cases'),
  (path) => path.replace('/cases/', '/cases/%2e/'),
  (path) => path.replace('/cases/', '/x/%2e%2e/cases/'),
  (path) => path.replace('/cases/', '/x/../cases/'),
  (path) => path.replace('/cases/', '/cases%2f'),
  (path) => path.replace('/cases/', '/cases%252f'),
  (path) => path.replace('/cases/', '/cases%5c'),
  (path) => path.replace('/cases/', '/CASES/'),
  (path) => path.replace('alpha', 'Alpha'),
  (path) => path.replace('alpha', '%61lpha'),
  (path) => path.replace('alpha', 'alpha.'),
  (path) => path.replace('alpha', 'alph%C3%A0'),
  (path) => path.replace('alpha', 'alpha%00'),
  (path) => path.replace('alpha', 'beta'),
  (path) => path.replace('/api/v1', '/api/V1'),
  (path) => path.replace('/api/v1', '/api/v1/%2e%2e/v1'),
  (path) => `${path}%00`,
  (path) => `${path}%20`,
  (path) => `${path}%E2%80%8B`,
  (path) => `${path}%CC%81`,
  (path) => `${path}%23`,
  (path) => `${path}%3F`,
  (path) => `${path}.json`,
  (path) => `${path}.csv`,
  (path) => `${path};jsessionid=1`,
  (path) => `${path}?_method=GET&format=json&format=csv&project=beta&case=x&case=y`,
  (path) => path.toUpperCase(),
  (path) => `http://127.0.0.1${path}`,
  (path) => `http://evil.example${path}`,
];

const heads = (id: string): readonly string[] => [
  'If-None-Match: "1"',
  'If-None-Match: *',
  'If-Match: *',
  'If-Modified-Since: Mon, 02 Nov 2026 09:00:00 GMT',
  'Range: bytes=0-9',
  'If-Range: "1"\r\nRange: bytes=0-9',
  'X-HTTP-Method-Override: POST',
  'X-Method-Override: GET\r\nX-HTTP-Method: GET',
  `X-Original-URL: /alpha/cases/${id}`,
  `X-Rewrite-URL: /api/v1/alpha/cases/${id}`,
  'X-Forwarded-For: 127.0.0.1',
  'X-Forwarded-Host: alpha\r\nX-Forwarded-Proto: https',
  'Forwarded: for=127.0.0.1;by=anna',
  'Host: evil.example',
  'Host: security.example.org.',
  'Host: alpha@127.0.0.1:1',
  'Accept: application/atom+xml',
  'Accept: text/csv, application/pdf;q=0.9',
  'Accept: text/calendar',
  'Accept-Encoding: identity;q=0, br',
  'Sec-Fetch-Site: same-origin',
  'Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate',
  'Origin: null',
];

/** Conditions of a write: answered before the right is asked, they would tell whether there is a version. */
const conditions = [
  'If-Match: *',
  'If-Match: "1"',
  'If-Match: W/"2", "3"',
  'If-None-Match: *',
  'If-Unmodified-Since: Mon, 02 Nov 2026 09:00:00 GMT',
  'Idempotency-Key: 00000000000000000000000000',
];

const methods = ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'COPY'];

const bodies = [
  '[]',
  'null',
  '"x"',
  '{"body":["x"]}',
  '{"body":{"toString":"x"},"person":{"$ne":null}}',
  '{"__proto__":{"roles":["coordinator"]},"constructor":{"prototype":{"x":1}},"body":"x"}',
  '{"body":1e999,"seen":"1"}',
  '{"body":"\\ud800\\u202e"}',
  '{"body":"a","body":"b"}',
  `${'{"a":'.repeat(500)}1${'}'.repeat(500)}`,
];

const oddIds = [
  'x'.repeat(7000),
  '-1',
  'null',
  '[object Object]',
  "' or 1=1 --",
  '%c0%ae%c0%ae',
  '%ff',
  '%ed%a0%80',
  '%E2%80%AE',
  '＊',
  '０'.repeat(26),
  '*',
  '%25',
  '..%2f..',
];

const urlencoded = 'Content-Type: application/x-www-form-urlencoded';

export function attempts(loot: Loot, routes: readonly RegisteredRoute[]): readonly Attempt[] {
  const read = addressesOf(routes, 'GET', loot);
  const often = read.filter((path) => /\/cases\/x(?:\/attachments\/\w+|\/record\.json)?$/.test(path('x')));
  return [
    ...[...read, ...besides(loot)].map((path) => ({ name: 'plain', of: (id: string) => ({ line: `GET ${path(id)}` }) })),
    ...read.map((path) => ({ name: 'HEAD', of: (id: string) => ({ line: `HEAD ${path(id)}` }) })),
    ...spellings.flatMap((spell, index) =>
      often.map((path) => ({ name: `spelling ${index}`, of: (id: string) => ({ line: `GET ${spell(path(id))}` }) })),
    ),
    ...methods.flatMap((method) =>
      often.slice(0, 2).map((path) => ({ name: method, of: (id: string) => ({ line: `${method} ${path(id)}` }) })),
    ),
    ...heads(loot.case).flatMap((_, index) =>
      often.slice(0, 4).map((path) => ({
        name: `head ${index}`,
        of: (id: string) => ({ line: `GET ${path(id)}`, head: heads(id)[index] ?? '' }),
      })),
    ),
    ...writing(loot, routes),
    ...fromOwn(loot),
    ...['after', 'order', 'case', 'case[]', 'token', 'after=x&after'].flatMap((name) => [
      { name: `queue by ${name}`, of: (id: string) => ({ line: `GET /api/v1/alpha/cases?${name}=${id}` }) },
      { name: `page by ${name}`, of: (id: string) => ({ line: `GET /alpha/queue?${name}=${id}` }) },
    ]),
    ...oddIds.flatMap((odd) =>
      ['/api/v1/alpha/cases/', '/alpha/cases/', '/alpha/advisories/records/'].map((place) => ({
        name: `id ${odd.slice(0, 20)}`,
        of: (id: string) => ({ line: `GET ${place}${encodeURI(odd).replaceAll('%25', '%')}?was=${id}` }),
      })),
    ),
  ];
}

/** Every action that there is, by both doors, and what else is sent about a case; forms carry the token of the attacker's own session. */
function writing(loot: Loot, routes: readonly RegisteredRoute[]): readonly Attempt[] {
  const write = addressesOf(routes, 'POST', loot);
  const isApi = (path: Address) => path('x').startsWith('/api/');
  const to = (path: Address, action: string) => (id: string) => path(id).replace(':action', action);
  const form = (id: string) =>
    new URLSearchParams({ csrf: loot.csrf ?? 'x', body: 'x', reason: 'x', case: id, cases: id, of: id }).toString();
  const send = (path: Address, body: string | null, name: string): Attempt => ({
    name,
    of: (id) => (body === null ? posted(path(id), form(id), urlencoded) : posted(path(id), body, json)),
  });
  const one = write.filter((path) => path('x').includes(':action'));
  const naming = (id: string) => ({ case: id, person: 'pat', reason: 'Somebody has to read this at last.', of: id, cases: [id] });
  const lists = ['/cases/mark-duplicates', '/break-glass', '/break-glass/readers'].map((path) => `/api/v1/alpha${path}`);
  const forms = ['/queue/mark-duplicates', '/break-glass', '/break-glass/readers', '/account/end-session'].map((path) => `/alpha${path}`);
  return [
    ...[...offeredActions, 'no-such-action'].flatMap((action) =>
      one.map((path) => send(to(path, action), isApi(path) ? '{}' : null, `${action} ${isApi(path) ? 'by API' : 'by form'}`)),
    ),
    ...bodies.flatMap((body) => one.filter(isApi).map((path) => send(to(path, 'add-note'), body, `add-note ${body.slice(0, 30)}`))),
    ...conditions.flatMap((head) =>
      one.filter(isApi).map((path) => ({
        name: `add-note, ${head}`,
        of: (id: string) => posted(to(path, 'add-note')(id), '{"body":"x"}', `${json}\r\n${head}`),
      })),
    ),
    ...write.filter((path) => !one.includes(path)).map((path) => send(path, isApi(path) ? '{}' : null, 'a message')),
    ...lists.map((path) => ({ name: path, of: (id: string) => posted(path, JSON.stringify(naming(id)), json) })),
    ...forms.map((path) => ({ name: path, of: (id: string) => posted(path, form(id), urlencoded) })),
  ];
}

export interface Wire {
  /** Everything that came back. Of a body all but the last letter is sent at once, and the last when `until` is over. */
  send(attempt: Sending, head: readonly string[], until?: Promise<void>): Promise<string>;
  readonly routes: readonly RegisteredRoute[];
}

/** The town's doors on a real port. */
export async function onTheWire(t: { after(done: () => Promise<void>): void }, here: Village): Promise<Wire> {
  const server = serve({ fetch: here.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  t.after(async () => {
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return {
    routes: here.routes,
    async send({ line, head, body = '' }, who, until) {
      const host = head?.startsWith('Host:') === true ? [] : ['Host: security.example.org'];
      const lines = [`${line} HTTP/1.1`, ...host, 'Connection: close', ...who, ...(head === undefined ? [] : [head])];
      const length = line.startsWith('POST') ? [`Content-Length: ${Buffer.byteLength(body)}`] : [];
      const socket = connect(port, '127.0.0.1');
      socket.setEncoding('latin1');
      let told = '';
      socket.on('data', (text) => {
        told += text;
      });
      socket.on('error', () => undefined);
      const closed = once(socket, 'close');
      socket.write(`${[...lines, ...length].join('\r\n')}\r\n\r\n${body.slice(0, -1)}`);
      await until;
      socket.write(body.slice(-1));
      await closed;
      return told;
    },
  };
}

/** The head by which somebody says who they are, in both ways at once. */
export function asSession(session: string): readonly string[] {
  return [`Authorization: Bearer ${session}`, `Cookie: __Host-daylight-alpha=${session}`];
}

/** An answer without what differs from one to the next: the day, and the id that was asked for. */
function plain(answer: string, id: string): string {
  return answer
    .replaceAll(id, 'ID')
    .replaceAll(id.toUpperCase(), 'ID')
    .replace(/^date: .*\r\n/im, '')
    .replace(/"now":"[^"]*"/, '');
}

/** Attempts that are answered otherwise for the hidden case than for none, or that show a mark. */
export async function successes(
  wire: Wire,
  who: readonly string[],
  loot: Loot,
  found: (answer: string) => readonly string[],
): Promise<{ readonly tried: number; readonly told: readonly string[]; readonly shown: readonly string[] }> {
  const never = '0'.repeat(loot.case.length);
  const all = attempts(loot, wire.routes);
  const told: string[] = [];
  const shown: string[] = [];
  for (let from = 0; from < all.length; from += 8)
    await Promise.all(
      all.slice(from, from + 8).map(async ({ name, of }) => {
        const [hidden, none] = [await wire.send(of(loot.case), who), await wire.send(of(never), who)];
        if (plain(hidden, loot.case) !== plain(none, never)) told.push(`${name}: ${of(loot.case).line}\n${hidden}\n${none}`);
        const marks = found(hidden);
        if (marks.length > 0) shown.push(`${name}: ${of(loot.case).line} shows ${marks.join()}`);
      }),
    );
  return { tried: all.length, told, shown };
}
