// SPDX-License-Identifier: Apache-2.0
// The fresh proof: what publishes, moves a date or lets somebody in asks for it, and goes on with what was typed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshMinutes } from '../../src/app/sign-in/limits.ts';
import { proofMissing } from '../../src/app/sign-in/step-up.ts';
import type { Actor, Proof } from '../../src/core/model/actor.ts';
import type { PersonId } from '../../src/core/model/identifiers.ts';
import { type Instant, shifted } from '../../src/core/model/time.ts';
import { rowOf, table } from '../../src/core/process/table.ts';
import { courseOf } from '../leaks/secret.ts';
import { authenticator } from '../support/authenticator.ts';
import { Bench, preset, project } from '../support/core.ts';
import { browserAt, csrfIn, enrol, enrolmentLink } from '../support/sign-in.ts';
import { town } from '../support/town.ts';

const people = [{ project: 'libvirt', policy: 'libvirt-2023', members: { anna: ['core'], ben: ['core'], mo: ['moderator'], viktor: [] } }];

test('every action that publishes, moves a date or lets somebody in asks for a fresh proof, and stopping asks for none', () => {
  const asks = (Object.keys(table) as (keyof typeof table)[]).filter((kind) => rowOf(kind).stepUp === true).sort();
  assert.deepEqual(asks, [
    'add-person',
    'agree-bundle',
    'agree-embargo',
    'announce-unfixed',
    'approve-release',
    'decide-agents',
    'end-embargo',
    'name-reader',
    'notify-party',
    'propose-bundle',
    'propose-embargo',
    'publish-case',
    'publish-unfixed',
    'record-notice',
    'widen-access',
  ]);
});

test('L-31 L-69 every action by every proof: what publishes, moves a date or lets somebody in is done by a fresh passkey or second factor, and by no token', () => {
  const bench = new Bench(preset('libvirt-2023'));
  const now = bench.now;
  const stale = shifted(now, { minutes: -freshMinutes });
  const actor = (proof: Proof, provenAt: Instant): Actor => ({
    kind: 'person',
    project,
    person: 'anna' as PersonId,
    roles: [],
    proof,
    provenAt,
  });
  const proofs: Readonly<Record<string, { readonly actor: Actor; readonly good: boolean }>> = {
    'fresh passkey': { actor: actor({ by: 'passkey', credential: 'c1' }, now), good: true },
    'stale passkey': { actor: actor({ by: 'passkey', credential: 'c1' }, stale), good: false },
    'fresh service': { actor: actor({ by: 'oidc', issuer: 'https://id.example' }, now), good: true },
    'stale service': { actor: actor({ by: 'oidc', issuer: 'https://id.example' }, stale), good: false },
    token: { actor: actor({ by: 'token', token: 't1' }, now), good: false },
    nothing: { actor: actor({ by: 'nothing' }, now), good: false },
  };
  const kinds = Object.keys(table) as (keyof typeof table)[];
  for (const kind of kinds)
    for (const [name, { actor: who, good }] of Object.entries(proofs)) {
      const missing = proofMissing(who, kind, bench.state, [], now);
      assert.equal(missing === undefined, good || rowOf(kind).stepUp !== true, `${kind} by ${name}`);
      if (missing !== undefined)
        assert.equal(missing.refusal.kind, name === 'token' ? 'not_permitted' : 'prove_again', `${kind} by ${name}`);
    }
  assert.ok(kinds.length > 60);
});

/** A town with a case in hand, and anna signed in by her passkey. */
async function settled(t: Parameters<typeof town>[0]) {
  const here = await town(t, people);
  const sent = await here.call('/api/v1/libvirt/reports', {
    body: { title: 'Crash in the driver', fields: { description: 'It crashes.' }, address: 'rita@reporters.example', consent: true },
  });
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  const id: string = sent.body.case;
  if (sent.body.held)
    await here.call(`/api/v1/libvirt/cases/${id}/release-report`, { token: await here.signIn('libvirt', 'mo'), body: {} });
  const browser = browserAt(here.base, 'libvirt');
  const device = authenticator(here.base);
  const { session } = await enrol(browser, (await enrolmentLink(here.world, 'libvirt', 'anna')).url, device);
  const page = (await browser.look(`/libvirt/cases/${id}`, session)).text;
  const taken = await browser.post(`/libvirt/cases/${id}/take-up-case`, { csrf: csrfIn(page), version: versionIn(page) }, session);
  assert.equal(taken.status, 303, 'an action that opens nothing asks for no proof');
  return { here, id, browser, device, session };
}

function versionIn(page: string): string {
  return /name="version" value="(\d+)"/.exec(page)?.[1] ?? '';
}

test('after five minutes a page asks for the passkey once more and goes on with what was typed', async (t) => {
  const { here, id, browser, device, session } = await settled(t);
  here.set(shifted(here.now(), { minutes: 6 }));
  const path = `/libvirt/cases/${id}/add-person`;
  const page = (await browser.look(`/libvirt/cases/${id}`, session)).text;
  const fields = { csrf: csrfIn(page), version: versionIn(page), person: 'viktor' };
  const asked = await browser.post(path, fields, session);
  assert.equal(asked.status, 403);
  assert.match(asked.text, /Prove it, then: Give a person access/);
  assert.match(asked.text, /name="person" value="viktor"/, 'what was typed goes along');
  const begin = async (csrf: string, token: string) =>
    JSON.parse((await browser.post('/libvirt/account/prove/begin', { csrf }, token)).text) as object;
  const forged = JSON.stringify(device.get(await begin(fields.csrf, session), { forged: true }));
  const failed = await browser.post(path, { ...fields, response: forged }, session);
  assert.equal(failed.status, 403);
  assert.match(failed.text, /That proof was not good/);
  assert.match(failed.text, /name="person" value="viktor"/);
  const response = JSON.stringify(device.get(await begin(fields.csrf, session)));
  const done = await browser.post(path, { ...fields, response }, session);
  assert.equal(done.status, 303, done.text);
  assert.notEqual(done.session, '');
  const token = await here.signIn('libvirt', 'ben');
  const { body } = await here.call(`/api/v1/libvirt/cases/${id}`, { token });
  assert.ok(
    body.log.some((event: { kind: string }) => event.kind === 'person-added'),
    'what was meant is done',
  );
  assert.equal((await browser.look('/libvirt/queue', session)).status, 404, 'the token before the proof is good no more');
  assert.equal((await browser.look('/libvirt/queue', done.session)).status, 200);
});

test('the API says that a proof is missing, and changes nothing', async (t) => {
  const { here, id, session } = await settled(t);
  here.set(shifted(here.now(), { minutes: 6 }));
  const before = await here.call(`/api/v1/libvirt/cases/${id}`, { token: session });
  const answer = await here.call(`/api/v1/libvirt/cases/${id}/add-person`, { token: session, body: { person: 'viktor' } });
  assert.equal(answer.status, 403);
  assert.equal(answer.body.type, '/problems/prove-again');
  const after = await here.call(`/api/v1/libvirt/cases/${id}`, { token: session });
  assert.equal(after.body.version, before.body.version);
});

test('whatever would make a private case public asks for a fresh proof, by whichever action', async (t) => {
  const here = await town(t, [{ project: 'qemu', policy: 'qemu-2026', members: { anna: ['maintainer'] } }]);
  const sent = await here.call('/api/v1/qemu/reports', {
    body: {
      title: 'Crash',
      fields: Object.fromEntries(courseOf('qemu-2026').fields.map((name) => [name, 'said'])),
      address: 'rita@reporters.example',
      consent: true,
    },
  });
  const id: string = sent.body.case;
  const browser = browserAt(here.base, 'qemu');
  const { session } = await enrol(browser, (await enrolmentLink(here.world, 'qemu', 'anna')).url, authenticator(here.base));
  const act = (action: string, body: object) => here.call(`/api/v1/qemu/cases/${id}/${action}`, { token: session, body });
  assert.equal((await act('take-up-case', {})).status, 200);
  assert.equal((await act('decide-eligibility', { verdict: 'in', reason: 'In.' })).status, 200, 'what opens nothing');
  here.set(shifted(here.now(), { minutes: 6 }));
  const answer = await act('dismiss-flaw', { reason: 'Not exploitable.' });
  assert.equal(answer.body.type, '/problems/prove-again', JSON.stringify(answer.body));
  assert.equal((await here.call(`/api/v1/qemu/cases/${id}`)).status, 404, 'it is private still');
});
