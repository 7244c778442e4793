// SPDX-License-Identifier: Apache-2.0
// Whatever goes wrong inside, the answer is an id and the log a name: neither quotes what the failure quoted (L-28).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyActor } from '../../src/app/identify.ts';
import type { RegisteredRoute } from '../../src/app/registry.ts';
import { openOwnThread } from '../../src/app/sign-in/reporters.ts';
import type { World } from '../../src/app/world.ts';
import type { ProjectId } from '../../src/core/model/identifiers.ts';
import { OutsideFailure } from '../../src/ports/failure.ts';
import { csrfToken } from '../../src/web/cross-site.ts';
import { openDoors } from './doors.ts';
import { marks } from './marks.ts';
import { overheard } from './overheard.ts';
import type { Secret } from './secret.ts';
import { courseOf, driveSecret } from './secret.ts';
import { village } from './village.ts';

const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);
const projects = [{ project: 'alpha', policy: 'openstack-vmt', members: courseOf('openstack-vmt').members }];
const settings = projects.map(({ project, policy }) => ({
  project,
  title: project,
  policy,
  sender: { name: project, address: `reports@${project}.example` },
}));

interface Who {
  readonly session: string;
  readonly csrf: string;
  /** The cookie of the reporter's own page. */
  readonly own: string;
}

function requestFor({ method, path }: RegisteredRoute, secret: Secret, who: Who): Request {
  const { session, csrf, own } = who;
  const address = path
    .replace(':project', 'alpha')
    .replace(':case', secret.case)
    .replace(':attachment', secret.attachments[0] ?? '')
    .replace(':message', secret.messages[0] ?? '')
    .replace(':link', '0'.repeat(38))
    .replace(':action', path.includes('my-report') ? 'answer-team' : 'add-note')
    .replace(':file', 'index.html');
  const shown = path.includes('my-report') ? secret.token : session;
  const headers = { Authorization: `Bearer ${shown}`, Cookie: `__Host-daylight-alpha=${session}; ${own}` };
  const fields = { key: secret.token, body: 'A word.', csrf, title: 'A title', description: 'Words', component: 'nova', consent: 'yes' };
  const sent = address.startsWith('/api/')
    ? {
        type: 'application/json',
        body: JSON.stringify(
          path.endsWith('/reports') ? { title: 'A', fields: { description: 'B', component: 'nova' }, consent: true } : fields,
        ),
      }
    : { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() };
  return new Request(`https://security.example.org${address}`, {
    method,
    headers: method === 'POST' ? { ...headers, 'Content-Type': sent.type } : headers,
    ...(method === 'POST' ? { body: sent.body } : {}),
  });
}

/** The world whose store fails at the transaction of that number since `begin`, before it starts or at the first thing asked within. */
function failingAt(
  world: World,
  number: number,
  where: 'before' | 'within',
  failure: () => Error,
): { readonly world: World; begin(): void } {
  let begun = 0;
  const broken = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get: (target, name) => {
        const value = Reflect.get(target, name) as unknown;
        return typeof value === 'function'
          ? () => Promise.reject(failure())
          : typeof value === 'object' && value !== null
            ? broken(value)
            : value;
      },
    });
  const store: World['store'] = {
    as: (principal, work) => {
      begun += 1;
      if (begun !== number) return world.store.as(principal, work);
      return where === 'before' ? Promise.reject(failure()) : world.store.as(principal, (transaction) => work(broken(transaction)));
    },
  };
  return {
    world: { ...world, store },
    begin: () => {
      begun = 0;
    },
  };
}

test('L-28 L-29 a failure in any route, at any step, is answered by an id alone and logged by its name alone', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const secret = await driveSecret(here, 'alpha', 'openstack-vmt', say);
  const session = await here.signIn('alpha', 'anna');
  const member = { session, csrf: csrfToken(here.world.derive('csrf'), session) };
  const reporter = await keyActor(here.world, 'alpha' as ProjectId, secret.token);
  assert.ok(reporter);
  const planting = marks();
  const words = () => `duplicate key (title)=(${planting.mark('title')}) at /srv/daylight/${planting.mark('path')}`;
  const failures = [
    () => new Error(words()),
    () => Object.assign(new TypeError(words()), { detail: words() }),
    () => new OutsideFailure('temporary', words()),
  ];
  const log: string[] = [];
  const statuses = new Map<string, Set<number>>();
  let asked = 0;
  const said = await overheard(async () => {
    for (const number of [1, 2, 3, 4, 5])
      for (const where of ['before', 'within'] as const)
        for (const failure of failures) {
          const world = { ...here.world, log: (event: string, ids: object) => log.push(JSON.stringify({ event, ...ids })) };
          const failing = failingAt(world, number, where, failure);
          const doors = openDoors(failing.world, settings);
          const own = `__Host-daylight-report=${(await openOwnThread(here.world, reporter, secret.token)).token}`;
          for (const route of here.routes) {
            failing.begin();
            const answer = await doors.fetch(requestFor(route, secret, { ...member, own }));
            const bytes = `${JSON.stringify([...answer.headers])}\n${await answer.text()}`;
            asked += 1;
            const name = `${route.method} ${route.path}`;
            statuses.set(name, (statuses.get(name) ?? new Set()).add(answer.status));
            if (answer.status < 500) continue;
            assert.deepEqual(planting.found(bytes), [], `${name} quotes the failure`);
            assert.doesNotMatch(bytes, /said: |\bat \S+:\d+:\d+|node_modules|\/src\//, `${name} shows more than an id`);
            const [id] = /(?<="id":"|request <span class="id">)[0-9a-z]{16}/.exec(bytes) ?? [];
            assert.ok(id !== undefined && log.some((line) => line.includes(id)), `${name}: the id of the answer is in the log`);
          }
        }
  });
  assert.deepEqual(planting.found(log.join('\n')), []);
  assert.deepEqual(planting.found(said), [], 'the standard streams quote the failure');
  const touching = [...statuses].filter(([, seen]) => [...seen].some((status) => status >= 500)).map(([name]) => name);
  const untouched = [...statuses.keys()].filter((name) => !touching.includes(name));
  assert.deepEqual(
    untouched.toSorted(),
    ['GET /', 'GET /.well-known/security.txt', 'GET /api/v1/openapi.json', 'GET /static/:hash/:file', 'POST /api/v1/:project/return'],
    'routes that ask the store for nothing',
  );
  t.diagnostic(`${asked} requests, ${log.length} lines`);
});

test('L-28 what cannot be read as an address, a form or JSON is no failure of ours', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const odd = [
    '%00',
    '%ff',
    '%c0%af',
    '..%2f..%2fetc',
    '%',
    '%2500',
    'x'.repeat(4000),
    '%f0%9f%90%9b',
    "'%20or%201=1--",
    '%0d%0aSet-Cookie:a=b',
  ];
  for (const { method, path } of here.routes)
    for (const value of odd) {
      const address = path.replace(/:(?!project)\w+/g, value).replace(':project', path.includes('api') ? value : 'alpha');
      const answer = await here.request(address, { method });
      const name = `${method} ${address.slice(0, 120)}: ${answer.status} ${answer.body.toString().slice(0, 120)}`;
      assert.ok(answer.status < 500, name);
      assert.doesNotMatch(answer.headers['set-cookie'] ?? '', /a=b/, name);
    }
  for (const { path } of here.routes.filter(({ method }) => method === 'POST'))
    for (const [type, body] of [
      ['application/json', '{'],
      ['application/json', '[1,2]'],
      ['application/json', 'null'],
      ['application/json', '"text"'],
      ['text/plain', 'text'],
      ['multipart/form-data', 'no boundary'],
      ['application/x-www-form-urlencoded', '%ff%00=%00&__proto__.x=1&constructor=2'],
    ]) {
      const address = path.replace(':project', 'alpha').replace(/:\w+/g, 'x');
      const answer = await here.request(address, { method: 'POST', headers: { 'Content-Type': type ?? '' }, body: body ?? '' });
      assert.ok(answer.status < 500, `POST ${address} ${type} ${body}: ${answer.status} ${answer.body.toString().slice(0, 200)}`);
    }
});
