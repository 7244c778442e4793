// SPDX-License-Identifier: Apache-2.0
// What an attacker tries who knows every id: other spellings of an address, other methods and heads, bodies of the wrong shape. Sent as bytes, so that nothing mends them on the way.

import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { serve } from '@hono/node-server';
import type { Village } from './village.ts';

/** Ids that the attacker got hold of. */
export interface Loot {
  readonly case: string;
  readonly codename: string;
  readonly attachment: string;
  readonly message: string;
}

export interface Attempt {
  readonly name: string;
  /** The request about a case, as it goes through the wire, without the head that says who asks. */
  readonly of: (id: string) => { readonly line: string; readonly head?: string; readonly body?: string };
}

/** Every address of a case that something is read from. */
const addresses = ({ attachment }: Loot): readonly ((id: string) => string)[] => [
  (id) => `/alpha/cases/${id}`,
  (id) => `/api/v1/alpha/cases/${id}`,
  (id) => `/alpha/cases/${id}/access`,
  (id) => `/api/v1/alpha/cases/${id}/access`,
  (id) => `/alpha/cases/${id}/preview`,
  (id) => `/api/v1/alpha/cases/${id}/preview`,
  (id) => `/api/v1/alpha/cases/${id}/record`,
  (id) => `/alpha/records/${id}/record.json`,
  (id) => `/alpha/cases/${id}/attachments/${attachment}`,
  (id) => `/api/v1/alpha/cases/${id}/attachments/${attachment}`,
];

const spellings: readonly ((path: string) => string)[] = [
  (path) => path,
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => path.replace('/cases', '//cases'),
  (path) => path.replace('/cases/', '/cases/%2e/'),
  (path) => path.replace('/cases/', '/x/%2e%2e/cases/'),
  (path) => path.replace('/cases/', '/x/../cases/'),
  (path) => path.replace('/cases/', '/cases%2f'),
  (path) => path.replace('/cases/', '/cases%5c'),
  (path) => path.replace('/cases/', '/CASES/'),
  (path) => path.replace('alpha', 'Alpha'),
  (path) => path.replace('alpha', '%61lpha'),
  (path) => path.replace('alpha', 'beta'),
  (path) => path.replace('/api/v1', '/api/V1'),
  (path) => path.replace('/api/v1', '/api/v1/%2e%2e/v1'),
  (path) => `${path}%00`,
  (path) => `${path}%20`,
  (path) => `${path}%E2%80%8B`,
  (path) => `${path}.json`,
  (path) => `${path};jsessionid=1`,
  (path) => `${path}?_method=GET&format=json&format=csv&project=beta&case=x`,
  (path) => path.toUpperCase(),
  (path) => `http://127.0.0.1${path}`,
  (path) => `http://evil.example${path}`,
];

const heads = (id: string): readonly string[] => [
  'If-None-Match: "1"',
  'If-None-Match: *',
  'If-Modified-Since: Mon, 02 Nov 2026 09:00:00 GMT',
  'Range: bytes=0-9',
  'X-HTTP-Method-Override: POST',
  `X-Original-URL: /alpha/cases/${id}`,
  `X-Rewrite-URL: /api/v1/alpha/cases/${id}`,
  'X-Forwarded-For: 127.0.0.1',
  'X-Forwarded-Host: alpha',
  'Forwarded: for=127.0.0.1;by=anna',
  'Accept: application/atom+xml',
  'Accept: text/calendar',
  'Sec-Fetch-Site: same-origin',
];

const methods = ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'COPY'];

const actions = [
  'add-note',
  'add-person',
  'name-reader',
  'widen-access',
  'mark-duplicate',
  'split-case',
  'record-cve',
  'publish-case',
  'no-such-action',
  'remind',
];

const bodies = [
  '{}',
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

export function attempts(loot: Loot): readonly Attempt[] {
  const read = addresses(loot);
  const json = 'Content-Type: application/json';
  const posted = (path: string, body: string, head = json) => ({ line: `POST ${path}`, head, body });
  return [
    ...spellings.flatMap((spell, index) =>
      read.map((path) => ({ name: `spelling ${index}`, of: (id: string) => ({ line: `GET ${spell(path(id))}` }) })),
    ),
    ...methods.flatMap((method) =>
      read.slice(0, 3).map((path) => ({ name: method, of: (id: string) => ({ line: `${method} ${path(id)}` }) })),
    ),
    ...heads(loot.case).flatMap((_, index) =>
      [read[0], read[1], read[9]].map((path) => ({
        name: `head ${index}`,
        of: (id: string) => ({ line: `GET ${path?.(id)}`, head: heads(id)[index] ?? '' }),
      })),
    ),
    ...actions.flatMap((action) =>
      (action === 'add-note' ? bodies : bodies.slice(0, 2)).map((body) => ({
        name: `${action} ${body.slice(0, 30)}`,
        of: (id: string) => posted(`/api/v1/alpha/cases/${id}/${action}`, body),
      })),
    ),
    ...actions.map((action) => ({
      name: `form ${action}`,
      of: (id: string) =>
        posted(`/alpha/cases/${id}/${action}`, `body=x&csrf=x&case=${id}`, 'Content-Type: application/x-www-form-urlencoded'),
    })),
    { name: 'a message', of: (id) => posted(`/api/v1/alpha/cases/${id}/messages/${loot.message}/withdraw`, '{}') },
    { name: 'a list of copies', of: (id) => posted('/api/v1/alpha/cases/mark-duplicates', JSON.stringify({ of: id, cases: [id] })) },
    ...['after', 'order', 'case', 'case[]', 'token', 'access_token'].flatMap((name) => [
      { name: `queue by ${name}`, of: (id: string) => ({ line: `GET /api/v1/alpha/cases?${name}=${id}` }) },
      { name: `page by ${name}`, of: (id: string) => ({ line: `GET /alpha/queue?${name}=${id}` }) },
    ]),
    ...['x'.repeat(7000), '-1', 'null', '[object Object]', "' or 1=1 --", '%c0%ae%c0%ae', '%ff', '＊', '*', '%25'].map((odd) => ({
      name: `id ${odd.slice(0, 20)}`,
      of: (id: string) => ({ line: `GET /api/v1/alpha/cases/${encodeURI(odd).replaceAll('%25', '%')}?was=${id}` }),
    })),
    ...['/my-report/', '/advisories/', '/people/', '/policy/'].map((place) => ({
      name: place,
      of: (id: string) => ({ line: `GET /alpha${place}${id}` }),
    })),
  ];
}

export interface Wire {
  /** Everything that came back. */
  send(attempt: ReturnType<Attempt['of']>, head: readonly string[]): Promise<string>;
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
    async send({ line, head, body }, who) {
      const lines = [`${line} HTTP/1.1`, 'Host: security.example.org', 'Connection: close', ...who, ...(head === undefined ? [] : [head])];
      const length = body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
      const socket = connect(port, '127.0.0.1');
      socket.setEncoding('latin1');
      let told = '';
      socket.on('data', (text) => {
        told += text;
      });
      socket.on('error', () => undefined);
      socket.write(`${[...lines, ...length].join('\r\n')}\r\n\r\n${body ?? ''}`);
      await once(socket, 'close');
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
  const all = attempts(loot);
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
