// SPDX-License-Identifier: Apache-2.0
// Who lost their way in gets another by two people, never by one and never by mail; who is removed has none, at once.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askRecovery, confirmRecovery, inviteMember, openRecoveries } from '../../src/app/sign-in/enrolment.ts';
import { endAccess, sessionActor } from '../../src/app/sign-in/sessions.ts';
import type { PersonActor } from '../../src/core/model/actor.ts';
import type { PersonId, ProjectId } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import { authenticator } from '../support/authenticator.ts';
import { browserAt, enrol, enrolmentLink, signInWith } from '../support/sign-in.ts';
import { type Town, town } from '../support/town.ts';

const project = 'libvirt' as ProjectId;
const anna = 'anna' as PersonId;
const people = [
  { project, policy: 'libvirt-2023', members: { anna: ['core'], mo: ['moderator'], cara: ['administrator'], dora: ['administrator'] } },
];

async function actor(here: Town, name: string): Promise<PersonActor> {
  const found = await sessionActor(here.world, project, await here.signIn(project, name));
  assert.ok(found);
  return found;
}

test('L-31 access is recovered by two people who are not the one who lost it, and what was lost opens nothing any more', async (t) => {
  const here = await town(t, people);
  const browser = browserAt(here.base, project);
  const lost = authenticator(here.base);
  const before = await enrol(browser, (await enrolmentLink(here.world, project, anna)).url, lost);
  const [cara, dora, mo, her] = await Promise.all(['cara', 'dora', 'mo', anna].map((name) => actor(here, name)));
  assert.ok(cara && dora && mo && her);
  const refusedTo = async (answer: Promise<object | string>) => {
    const value = await answer;
    return typeof value === 'object' && isRefusal(value);
  };
  assert.ok(await refusedTo(inviteMember(here.world, cara, anna)), 'one person alone gives nobody a second way in');
  assert.ok(await refusedTo(confirmRecovery(here.world, dora, anna)), 'nobody has asked');
  assert.ok(await refusedTo(askRecovery(here.world, mo, anna)), 'who admits nobody recovers nobody');
  assert.ok(await refusedTo(askRecovery(here.world, her, anna)), 'not oneself');
  assert.equal(await askRecovery(here.world, cara, anna), 'asked');
  assert.deepEqual(
    (await openRecoveries(here.world, dora)).map(({ person, by }) => [person, by]),
    [['anna', 'cara']],
  );
  assert.ok(await refusedTo(confirmRecovery(here.world, cara, anna)), 'the one who asked is not the second');
  const link = await confirmRecovery(here.world, dora, anna);
  assert.ok(!isRefusal(link));
  assert.equal((await signInWith(browser, project, lost)).status, 303, 'until the link is used nothing has changed');
  const found = authenticator(here.base);
  const after = await enrol(browser, link.url, found);
  assert.equal(after.status, 303);
  assert.equal((await browser.look('/libvirt/queue', before.session)).status, 404);
  assert.equal((await signInWith(browser, project, lost)).status, 403);
  assert.equal((await signInWith(browser, project, found)).status, 303);
});

test('L-11 when access ends, every session ends with it, and a passkey opens nothing', async (t) => {
  const here = await town(t, people);
  const browser = browserAt(here.base, project);
  const device = authenticator(here.base);
  const { session } = await enrol(browser, (await enrolmentLink(here.world, project, anna)).url, device);
  assert.equal((await browser.look('/libvirt/queue', session)).status, 200);
  await here.world.store.as({ kind: 'process', project }, (transaction) => endAccess(here.world, transaction, anna, true));
  assert.equal((await browser.look('/libvirt/queue', session)).status, 404);
  assert.equal((await signInWith(browser, project, device)).status, 403);
});
