// SPDX-License-Identifier: Apache-2.0
// NUL, halves of characters and other things that are no text, in every field, name and header: taken or refused in words, and never a failure of ours.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csrfToken } from '../../src/web/cross-site.ts';
import { advisoryBody, courseOf, sendReport } from './secret.ts';
import type { Village } from './village.ts';
import { village } from './village.ts';

const odd = ['\u0000', 'a\u0000b', '\ud800', 'x\udfffy', '\u202e\ufeff\uffff', '\u0007\u001b[2J', '\r\n\r\nX: y', '', '💥'.repeat(300)];

const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);

/** Bodies that would be taken, at least as far as their form goes. */
const bodies: Readonly<Record<string, object>> = {
  'send-message': { body: 'text', to: ['text'] },
  'add-note': { body: 'text', deviation: 'text' },
  'take-up-case': {},
  'add-person': { person: 'viktor' },
  'assign-owner': { person: 'anna' },
  'decide-eligibility': { verdict: 'in', reason: 'text', rule: 'text' },
  'confirm-flaw': { reason: 'text', summary: 'text', severity: 'high', branches: ['development master'], class: 'text' },
  'record-fact': { fact: 'exposed', since: '2026-11-01 09:00 UTC', evidence: 'text' },
  'propose-embargo': { until: '2026-11-10 15:00 UTC', reason: 'text' },
  'assess-severity': { level: 'high', vector: 'text' },
  'add-patch': { branch: 'master', component: 'text', patch: { name: 'a.patch', mediaType: 'text/plain', text: 'text' } },
  'record-posting': { branch: 'master', messageId: '<1@lists.example>' },
  'record-merge': { branch: 'master', commit: 'a'.repeat(40) },
  'record-release': { branch: 'master', tag: 'v1' },
  'describe-impact': { impact: 'text' },
  'record-cve': { flaw: 'text', number: 'CVE-1900-10000' },
  'write-advisory': { advisory: advisoryBody(say) },
  'confirm-channel': { channel: 'text', evidence: 'text' },
};

/** `value` once for each text in it, with that text replaced. */
function replaced(value: unknown, by: string): readonly unknown[] {
  if (typeof value === 'string') return [by];
  if (typeof value !== 'object' || value === null) return [];
  const keys: readonly (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) =>
    replaced((value as Record<string | number, unknown>)[key], by).map((inner) =>
      Array.isArray(value) ? value.with(Number(key), inner) : { ...value, [key]: inner },
    ),
  );
}

interface Asked {
  readonly path: string;
  readonly init: RequestInit;
}

const json = (path: string, body: unknown, headers: Record<string, string> = {}): Asked => ({
  path,
  init: { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) },
});

const report = (by: string) =>
  replaced(
    {
      title: 'text',
      fields: { description: 'text', credit_name: 'text', version: 'text', component: 'nova', steps: 'text' },
      name: 'text',
      address: 'rita@reporters.example',
      files: [{ name: 'a.txt', mediaType: 'text/plain', purpose: 'evidence', base64: 'YQ==' }],
    },
    by,
  ).map((body) => json('/api/v1/alpha/reports', { consent: true, ...(body as object) }));

/** What a browser, or something that is none, may send as a form: the bytes of half a character too. */
function forms(path: string, fields: Readonly<Record<string, string>>, kept: string, cookie: string): readonly Asked[] {
  const bytes = ['%00', 'a%00b', '%ED%A0%80', '%FF', '%', '%F0%9F', '%E2%80%AE'];
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', ...(cookie === '' ? {} : { Cookie: cookie }) };
  return Object.keys(fields).flatMap((name) =>
    bytes.map((byte) => {
      const body = Object.entries({ ...fields, [name]: byte })
        .map(([key, value]) => `${key}=${value}`)
        .join('&');
      return { path, init: { method: 'POST', headers, body: `${body}&${kept}` } };
    }),
  );
}

function multipart(path: string, cookie: string, csrf: string): readonly Asked[] {
  return ['\u0000', 'a\u0000.txt', '\ud800', '../../x', '"; x="', '\r\n', '💥'.repeat(200)].map((name) => {
    const body = new FormData();
    body.set('csrf', csrf);
    body.set('version', '1');
    body.set('body', 'text');
    body.set('branch', 'development master');
    for (const field of ['attachments', 'patch', 'evidence']) body.append(field, new File(['x'], name, { type: 'text/plain' }));
    return { path, init: { method: 'POST', body, ...(cookie === '' ? {} : { headers: { Cookie: cookie } }) } };
  });
}

/** Every route that there is, with what is no text in the place of each of its parameters. */
function addressed({ routes }: Village, own: string, headers: Record<string, string>): readonly Asked[] {
  const filled = (path: string) =>
    path
      .replace(':project', 'alpha')
      .replace(':case', own.slice(own.lastIndexOf('/') + 1))
      .replace(/:\w+/g, 'anna');
  return routes
    .filter(({ method }) => method === 'GET')
    .flatMap(({ path }) =>
      [...path.matchAll(/:\w+/g)].flatMap(([parameter]) =>
        ['%00', 'a%00', '%FF'].map((piece) => ({ path: filled(path.replace(parameter, piece)), init: { headers } })),
      ),
    );
}

/** Forms that change no case: one's own sessions and keys, and what those do who run the system. */
async function besideCases(here: Village): Promise<readonly Asked[]> {
  const token = await here.signIn('alpha', 'ada');
  const [cookie, kept] = [`__Host-daylight-alpha=${token}`, `csrf=${csrfToken(here.world.derive('csrf'), token)}`];
  const why = 'Nobody else is left to read it, and it is urgent.';
  return [
    ...forms('/alpha/account/end-session', { session: 'text' }, kept, cookie),
    ...forms('/alpha/account/revoke-token', { token: 'text' }, kept, cookie),
    ...forms('/alpha/account/remove-passkey', { passkey: 'text' }, kept, cookie),
    ...forms('/alpha/account/choose-mail', { digest: '8', from: '', to: '', zone: 'UTC' }, kept, cookie),
    ...forms('/alpha/break-glass', { case: 'text', reason: why, hours: '4' }, kept, cookie),
    ...forms('/alpha/break-glass/readers', { case: 'text', person: 'viktor', reason: why }, kept, cookie),
    ...forms('/alpha/people/viktor/confirm', { reason: 'text', role: 'text' }, kept, cookie),
    ...forms('/alpha/queue/mark-duplicates', { cases: 'text', of: 'text' }, kept, cookie),
    ...forms('/alpha/my-report/open', { key: 'text' }, 'x=y', ''),
  ];
}

async function everything(here: Village): Promise<readonly Asked[]> {
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say);
  const token = await here.signIn('alpha', 'anna');
  const cookie = `__Host-daylight-alpha=${token}`;
  const csrf = csrfToken(here.world.derive('csrf'), token);
  const own = `/alpha/cases/${sent.case}`;
  const mine = await here.own('alpha', sent.token);
  const theirs = csrfToken(here.world.derive('csrf'), mine.session);
  const actions = Object.entries(bodies).flatMap(([action, body]) =>
    odd.flatMap((by) =>
      replaced(body, by).map((one) => json(`/api/v1/alpha/cases/${sent.case}/${action}`, one, { Authorization: `Bearer ${token}` })),
    ),
  );
  const answers = odd.flatMap((by) =>
    replaced({ body: 'text', attachments: [{ name: 'a.txt', text: 'text' }] }, by).map((one) =>
      json('/api/v1/alpha/my-report/answer-team', one, { Authorization: `Bearer ${sent.token}` }),
    ),
  );
  const addresses = ['%00', '%ED%A0%80', '%', '%FF', '..%2f..', 'a%00b', '%E2%80%AE', 'x'.repeat(3000)].flatMap((piece) =>
    [
      `/alpha/cases/${piece}`,
      `/${piece}/queue`,
      `/alpha/my-report/${piece}`,
      `${own}/attachments/${piece}`,
      `${own}?done=${piece}`,
      `/alpha/advisories/${piece}`,
      `/api/v1/${piece}/cases`,
      `/api/v1/alpha/cases/${piece}`,
      `/api/v1/alpha/my-report/${piece}`,
      `/static/${piece}/${piece}`,
    ].map((path) => ({ path, init: { headers: { Cookie: cookie, Authorization: `Bearer ${token}` } } })),
  );
  const headers = ['\u00ff', '%00', '"', '9'.repeat(5000), '"-1"', 'W/"1"', '=;=;', '\u0001'].flatMap((value) =>
    ['Cookie', 'Authorization', 'Idempotency-Key', 'If-Match', 'If-None-Match', 'Range', 'Accept', 'Content-Type', 'Origin'].map(
      (name) => ({
        path: name === 'Idempotency-Key' || name === 'Content-Type' ? '/api/v1/alpha/reports' : own,
        init: { method: name === 'Idempotency-Key' || name === 'Content-Type' ? 'POST' : 'GET', headers: { [name]: value } },
      }),
    ),
  );
  return [
    ...odd.flatMap(report),
    ...actions,
    ...answers,
    ...addresses,
    ...headers,
    ...addressed(here, own, { Cookie: cookie, Authorization: `Bearer ${token}` }),
    ...(await besideCases(here)),
    ...forms(`${own}/add-note`, { body: 'text', version: '1' }, `csrf=${csrf}`, cookie),
    ...forms(`${own}/confirm-flaw`, { reason: 'text', summary: 'text', codename: 'text' }, `csrf=${csrf}&version=1`, cookie),
    ...forms(`${mine.path}/answer-team`, { body: 'text', version: '1' }, `csrf=${theirs}`, mine.cookie),
    ...forms('/alpha/report/check', { title: 'text', description: 'text', name: 'text', address: 'text', credit_name: 'text' }, 'x=y', ''),
    ...forms(
      '/alpha/report/send',
      { title: 'text', description: 'text', component: 'nova', steps: 'text', version: 'text', name: 'text' },
      'consent=yes&sensitive=yes',
      '',
    ),
    ...forms('/alpha/preferences', { theme: 'dark', csrf: 'text' }, 'x=y', ''),
    ...multipart(`${own}/add-patch`, cookie, csrf),
    ...multipart(`${mine.path}/answer-team`, mine.cookie, theirs),
    ...multipart('/alpha/report/check', '', ''),
    ...['[', '"x', '{"a":'.repeat(20_000), '[]', '7', 'null', '{"__proto__":{"x":1},"body":"x"}', '{"body":{"toString":1}}'].map(
      (body) => ({
        path: `/api/v1/alpha/cases/${sent.case}/add-note`,
        init: { method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }, body },
      }),
    ),
  ];
}

test('L-53 whatever stands in a field, a name, an address or a header is taken or refused, and what was taken can be read', async (t) => {
  const members = { ...courseOf('openstack-vmt').members, ada: ['administrator'] };
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: 'openstack-vmt', members }]);
  const asked = await everything(here);
  const statuses: Record<number, number> = {};
  for (const { path, init } of asked) {
    let request: Request;
    try {
      request = new Request(`https://security.example.org${path}`, init);
    } catch {
      // No client can send such a header.
      continue;
    }
    const { status } = await here.request(path, init);
    statuses[status] = (statuses[status] ?? 0) + 1;
    assert.ok(status < 500, `${status} ${request.method} ${path} ${String(init.body).slice(0, 300)}`);
  }
  assert.deepEqual(
    here.lines.filter((line) => line.includes('request-failed')),
    [],
  );
  const session = await here.signIn('alpha', 'anna');
  const { rows } = (await here.call('/api/v1/alpha/cases', { token: session })).json;
  for (const { case: id } of rows.filter((_: object, index: number) => index % 4 === 0)) {
    const page = await here.request(`/alpha/cases/${id}`, { headers: { Cookie: `__Host-daylight-alpha=${session}` } });
    const view = await here.call(`/api/v1/alpha/cases/${id}`, { token: session });
    assert.deepEqual([page.status, view.status], [200, 200], id);
    for (const { id: file } of view.json.attachments) {
      const [read, got] = [
        await here.request(`/alpha/cases/${id}/attachments/${file}`, { headers: { Cookie: `__Host-daylight-alpha=${session}` } }),
        await here.call(`/api/v1/alpha/cases/${id}/attachments/${file}`, { token: session }),
      ];
      assert.deepEqual([read.status, got.status], [200, 200], file);
    }
  }
  await here.settle();
  assert.ok(rows.length > 20, `${rows.length} reports were taken`);
  t.diagnostic(`${asked.length} requests: ${JSON.stringify(statuses)}; ${rows.length} cases`);
});
