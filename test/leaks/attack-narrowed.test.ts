// SPDX-License-Identifier: Apache-2.0
// An attack from inside the team, by whoever is kept out of a narrowed case: its ids, its codename and its number named in every action at a case of their own.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csrfToken } from '../../src/web/cross-site.ts';
import { fitBodies } from './fit-bodies.ts';
import { marks } from './marks.ts';
import { courseOf, driveSecret, type Secret, sendReport, stepsOf } from './secret.ts';
import type { Answer, Village } from './village.ts';
import { village } from './village.ts';

const preset = 'openstack-vmt';
const projects = [{ project: 'alpha', policy: preset, members: { ...courseOf(preset).members, ada: ['administrator'] } }];

/** The same ids of nothing: as long, and made of the same letters. */
const noneLike = (secret: Secret): Secret => {
  const like = (id: string) => id.replaceAll(/[0-9a-z]/g, '0');
  return {
    ...secret,
    case: like(secret.case),
    codename: 'quiet-nowhere',
    flaw: like(secret.flaw),
    participant: like(secret.participant),
    attachments: secret.attachments.map(like),
    messages: secret.messages.map(like),
  };
};

/** Every way to name it: each action by both doors, the lists of copies, the last resort, and what the queue is asked for. */
function namings(own: string, secret: Secret, csrf: string): readonly (readonly [string, RequestInit])[] {
  const asForm = (body: object) => {
    const plain = Object.entries(body).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    return {
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams([...plain, ['csrf', csrf]]).toString(),
    };
  };
  const asJson = (body: object) => ({ headers: { 'Content-Type': 'application/json', 'If-Match': '*' }, body: JSON.stringify(body) });
  const actions = [...fitBodies(secret)].filter(([action]) => action !== 'record-cve') as [string, object][];
  const reason = 'It is the same flaw as the other one.';
  const lists = [
    { cases: [secret.case], of: own, reason },
    { cases: [own], of: secret.case, reason },
  ];
  const named = [secret.case, secret.codename].map((of) => ({ of, reason, codename: secret.codename, independent: 'no' }));
  const post = (path: string, init: RequestInit) => [path, { method: 'POST', ...init }] as const;
  return [
    ...actions.flatMap(([action, body]) => [
      post(`/api/v1/alpha/cases/${own}/${action}`, asJson(body)),
      post(`/alpha/cases/${own}/${action}`, asForm(body)),
    ]),
    ...named.map((body) => post(`/alpha/cases/${own}/mark-duplicate`, asForm(body))),
    ...lists.flatMap((body) => [
      post('/api/v1/alpha/cases/mark-duplicates', asJson(body)),
      post('/alpha/queue/mark-duplicates', asForm({ ...body, cases: body.cases[0], of: secret.codename })),
    ]),
    ...[secret.case, secret.codename].flatMap((name) => [
      post('/api/v1/alpha/break-glass', asJson({ case: name, reason, hours: 2 })),
      post('/api/v1/alpha/break-glass/readers', asJson({ case: name, person: 'rhea', reason })),
      post('/alpha/break-glass', asForm({ case: name, reason, hours: '2' })),
      [`/alpha/queue?after=${name}&find=${name}&q=${name}`, { method: 'GET' }] as const,
      [`/api/v1/alpha/cases?after=${name}`, { method: 'GET' }] as const,
    ]),
  ];
}

async function tell(
  here: Village,
  session: string,
  own: string,
  [path, init]: readonly [string, RequestInit],
  secret: Secret,
): Promise<string> {
  const headers = { Authorization: `Bearer ${session}`, Cookie: `__Host-daylight-alpha=${session}`, 'Sec-Fetch-Site': 'same-origin' };
  const read = await here.request(`/api/v1/alpha/cases/${own}`, { headers });
  // A form is of the version that stands; one of another is refused before it is looked at.
  const version = `&version=${(read.headers['etag'] ?? '').replaceAll('"', '')}`;
  const body = typeof init.body === 'string' && !path.startsWith('/api/') ? { body: init.body + version } : {};
  return plain(await here.request(path, { ...init, ...body, headers: { ...headers, ...init.headers } }, path), secret);
}

/** Without what moves with every step of the own case, and without what was named, now or before. */
function plain({ status, headers, body }: Answer, secret: Secret): string {
  const { date: _, etag: __, 'content-length': ___, ...others } = headers;
  const names = [secret, noneLike(secret)].flatMap(({ case: id, codename, flaw, participant, attachments, messages }) => [
    Buffer.from(`About ${codename}`).toString('base64'),
    ...[id, codename, flaw, participant, ...attachments, ...messages],
  ]);
  const text = names.reduce((shown, name) => shown.replaceAll(name, 'ID'), JSON.stringify([status, others, body.toString()]));
  return text.replaceAll(/(version\D{1,20})\d+/g, '$1');
}

test('L-07 L-18 L-22 an attack by a member who is kept out of a narrowed case: whatever names it is answered like what names none', async (t) => {
  const here = await village((done) => t.after(done), projects);
  const { mark, found } = marks();
  const secret = await driveSecret(here, 'alpha', preset, (field, kind) =>
    kind === 'address' ? `${mark(field)}@reporters.example` : `says ${mark(field)}`,
  );
  const { anna, state } = stepsOf(here, 'alpha', secret);
  await anna('narrow-access', { people: ['anna', 'viktor'], reason: 'One of the team works for the vendor concerned.' });
  const own = await sendReport(here, 'alpha', preset, (field, kind) => (kind === 'address' ? 'otto@reporters.example' : `other: ${field}`));
  await here.settle();
  await stepsOf(here, 'alpha', own).as('rhea', 'take-up-case');
  const before = await state();
  const session = await here.signIn('alpha', 'rhea');
  const csrf = csrfToken(here.world.derive('csrf'), session);
  const none = noneLike(secret);
  const [hidden, never] = [namings(own.case, secret, csrf), namings(own.case, none, csrf)];
  const told: string[] = [];
  for (const [index, naming] of hidden.entries()) {
    const other = never[index];
    assert.ok(other !== undefined);
    // A step that is taken once is refused the second time: what names none is asked before and after.
    const [first, asked, second] = [
      await tell(here, session, own.case, other, secret),
      await tell(here, session, own.case, naming, secret),
      await tell(here, session, own.case, other, secret),
    ];
    if (asked !== first && asked !== second) told.push(`${naming[0]}\n${asked}\n${first}\n${second}`);
    assert.deepEqual(found(asked), [], naming[0]);
  }
  assert.deepEqual(told.slice(0, 2), [], `${told.length} of ${hidden.length} ways of naming it tell that it is there`);
  const after = await state();
  assert.deepEqual(
    [after.version, after.narrowed, after.duplicateOf],
    [before.version, before.narrowed, before.duplicateOf],
    'nothing was done to it',
  );
  t.diagnostic(`${hidden.length} ways of naming it`);
});
