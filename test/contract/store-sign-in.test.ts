// SPDX-License-Identifier: Apache-2.0
// What the store keeps of signing in: sessions, passkeys, identities, tokens and what is good once; for the process of the project and for nobody else.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { Instant } from '../../src/core/model/time.ts';
import { shifted } from '../../src/core/model/time.ts';
import type { Principal } from '../../src/core/policy/access.ts';
import type { SignIn } from '../../src/ports/store/sign-in.ts';
import type { Transaction } from '../../src/ports/store/store.ts';
import { testDatabase } from '../support/database.ts';
import { anna, anyone, ben, libvirt, morning, personOf, processOf, qemu, receive, report, settle } from './store-material.ts';

const { store } = await testDatabase();
await settle(store);
const hash = () => randomBytes(32).toString('hex');
const noon = shifted(morning, { hours: 4 });
const evening = shifted(morning, { hours: 12 });
const within = <Result>(work: (signIn: SignIn) => Promise<Result>, who: Principal = processOf(libvirt)) =>
  store.as(who, ({ signIn }: Transaction) => work(signIn));

async function session(tokenHash: string, expires: Instant = evening): Promise<void> {
  await store.as(processOf(libvirt), ({ accounts }) =>
    accounts.openSession({ tokenHash, person: anna, proof: 'passkey', opened: morning, expires }),
  );
}

test('sessions of a person are listed by an id that opens nothing, and ended one by one or all but one', async () => {
  const [one, two, three] = [hash(), hash(), hash()];
  for (const each of [one, two, three]) await session(each);
  const listed = async () => (await within((signIn) => signIn.sessionsOf(anna, noon))).map(({ id }) => id);
  assert.deepEqual((await listed()).toSorted(), [one, two, three].map((each) => each.slice(0, 16)).toSorted());
  assert.equal(await within((signIn) => signIn.endSession(ben, one.slice(0, 16))), false, 'not another’s');
  assert.equal(await within((signIn) => signIn.endSession(anna, one.slice(0, 16))), true);
  assert.equal(await within((signIn) => signIn.endSessions(anna, three)), 1);
  assert.deepEqual(await listed(), [three.slice(0, 16)]);
  assert.deepEqual(await within((signIn) => signIn.sessionsOf(anna, evening)), [], 'none after its end');
  await within((signIn) => signIn.sessionSeen(three, noon));
  await within((signIn) => signIn.sessionSeen(three, morning));
  assert.equal((await within((signIn) => signIn.sessionsOf(anna, noon)))[0]?.seen, noon, 'seen goes forward only');
});

test('a passkey is kept once, counts on, and is removed by its holder only', async () => {
  const passkey = {
    person: anna,
    credential: 'c1',
    publicKey: randomBytes(77),
    counter: 0,
    transports: ['usb'],
    name: 'blue',
    added: morning,
  };
  await within((signIn) => signIn.addPasskey(passkey));
  await assert.rejects(within((signIn) => signIn.addPasskey({ ...passkey, person: ben })));
  await within((signIn) => signIn.passkeyUsed('c1', 2 ** 32 - 1, noon));
  const kept = await within((signIn) => signIn.passkey('c1'));
  assert.deepEqual([kept?.counter, kept?.used, kept && Buffer.from(kept.publicKey)], [2 ** 32 - 1, noon, passkey.publicKey]);
  assert.equal(await within((signIn) => signIn.passkey('c1'), processOf(qemu)), undefined, 'of this project only');
  assert.equal(await within((signIn) => signIn.removePasskey(ben, 'c1')), false);
  assert.equal(await within((signIn) => signIn.removePasskey(anna, 'c1')), true);
  assert.deepEqual(await within((signIn) => signIn.passkeysOf(anna)), []);
});

test('an identity belongs to one person of a project, whoever binds it again', async () => {
  const identity = { issuer: 'https://id.example', subject: '17' };
  const bind = (person: typeof anna, who?: Principal) => within((signIn) => signIn.bindIdentity({ ...identity, person }, morning), who);
  assert.deepEqual([await bind(anna), await bind(anna), await bind(ben)], [true, true, false]);
  assert.equal(await bind(ben, processOf(qemu)), true, 'another project has its own');
  assert.equal((await within((signIn) => signIn.identity(identity.issuer, '17')))?.person, anna);
  assert.equal(await within((signIn) => signIn.identity('https://other.example', '17')), undefined);
  await within((signIn) => signIn.unbindIdentities(anna));
  assert.deepEqual(await within((signIn) => signIn.identitiesOf(anna)), []);
});

test('L-24 a token is found by its hash until its end, and by nothing shorter', async () => {
  const tokenHash = hash();
  const token = { tokenHash, person: anna, name: 'robot', scopes: ['case:read'], made: morning, expires: evening };
  await within((signIn) => signIn.addApiToken(token));
  const find = (given: string, now = noon) => within((signIn) => signIn.apiToken(given, now));
  assert.equal((await find(tokenHash))?.person, anna);
  for (const given of [tokenHash.slice(0, 16), tokenHash.toUpperCase(), `${tokenHash}0`, '', '%', `${tokenHash.slice(0, 63)}_`])
    assert.equal(await find(given), undefined, given);
  assert.equal(await find(tokenHash, evening), undefined);
  const [listed] = await within((signIn) => signIn.apiTokensOf(anna, noon));
  assert.equal(listed?.id, tokenHash.slice(0, 16));
  assert.equal(await within((signIn) => signIn.revokeApiToken(ben, listed?.id ?? '')), false);
  assert.equal(await within((signIn) => signIn.revokeApiToken(anna, listed?.id ?? '')), true);
  assert.equal(await find(tokenHash), undefined);
});

test('what is good once is taken by one of many at once, for its purpose, in its project, before its end', async () => {
  const put = async (expires: Instant = evening) => {
    const tokenHash = hash();
    await within((signIn) => signIn.putOneTime(tokenHash, 'challenge', { person: null, data: { aim: 'sign-in' }, expires }));
    return tokenHash;
  };
  const one = await put();
  const take = (given: string, now = noon, purpose: Parameters<SignIn['takeOneTime']>[1] = 'challenge', who?: Principal) =>
    within((signIn) => signIn.takeOneTime(given, purpose, now), who);
  assert.equal(await take(one, noon, 'enrolment'), undefined);
  assert.equal(await take(one, noon, 'challenge', processOf(qemu)), undefined);
  assert.equal(await take(one, evening), undefined);
  assert.deepEqual(
    (await within((signIn) => signIn.lookOneTime(one, 'challenge', noon)))?.data,
    { aim: 'sign-in' },
    'a look spends nothing',
  );
  const taken = await Promise.all(Array.from({ length: 5 }, () => take(one)));
  assert.equal(taken.filter((each) => each !== undefined).length, 1);
});

test('the same secret put in again is good anew, and a person’s are dropped together', async () => {
  const [one, other] = [hash(), hash()];
  for (const person of [anna, anna]) await within((signIn) => signIn.putOneTime(one, 'enrolment', { person, data: {}, expires: noon }));
  await within((signIn) => signIn.putOneTime(one, 'enrolment', { person: anna, data: {}, expires: evening }));
  assert.ok(await within((signIn) => signIn.lookOneTime(one, 'enrolment', noon)));
  await within((signIn) => signIn.putOneTime(other, 'enrolment', { person: ben, data: {}, expires: evening }));
  await within((signIn) => signIn.dropOneTimes(anna));
  assert.equal(await within((signIn) => signIn.lookOneTime(one, 'enrolment', noon)), undefined);
  assert.ok(await within((signIn) => signIn.lookOneTime(other, 'enrolment', noon)));
});

test('the sweep deletes what has expired, links of reporters too, and nothing that is good', async () => {
  const one = await receive(store, report(libvirt));
  const [old, good] = [hash(), hash()];
  await store.as(processOf(libvirt), async ({ accounts, signIn }) => {
    for (const [tokenHash, expires] of [
      [old, noon],
      [good, evening],
    ] as const) {
      await accounts.addCaseLink({ tokenHash, case: one.id, participant: one.participant, expires });
      await signIn.putOneTime(tokenHash, 'reporter-link', { person: null, data: {}, expires });
    }
    await signIn.sweepOneTimes(noon);
  });
  const link = (given: string) => store.as(anyone(libvirt), ({ accounts }) => accounts.caseLink(given, morning));
  const once = (given: string) => within((signIn) => signIn.lookOneTime(given, 'reporter-link', morning));
  assert.deepEqual([await link(old), await once(old)], [undefined, undefined]);
  assert.ok((await link(good)) && (await once(good)));
});

test('attempts are counted for a stretch of time that begins with the first', async () => {
  const key = hash();
  const tries = (seconds: number) => within((signIn) => signIn.attempt(key, shifted(morning, { seconds }), 900));
  assert.deepEqual([await tries(0), await tries(1), await tries(899), await tries(900), await tries(901)], [1, 2, 3, 1, 2]);
  const together = await Promise.all(Array.from({ length: 5 }, () => tries(902)));
  assert.deepEqual(together.toSorted(), [3, 4, 5, 6, 7], 'and none is lost when they come at once');
});

test('L-32 whatever has one of these hashes ends, of whichever kind, and says whose it was', async () => {
  const one = await receive(store, report(libvirt));
  const hashes = { session: hash(), token: hash(), link: hash(), once: hash(), never: hash() };
  await session(hashes.session);
  await store.as(processOf(libvirt), async ({ accounts, signIn }) => {
    const token = { person: ben, name: 'robot', scopes: [], made: morning, expires: evening };
    await signIn.addApiToken({ tokenHash: hashes.token, ...token });
    await accounts.addCaseLink({ tokenHash: hashes.link, case: one.id, participant: one.participant, expires: evening });
    await signIn.putOneTime(hashes.once, 'enrolment', { person: anna, data: {}, expires: evening });
  });
  const ended = await within((signIn) => signIn.revoke(Object.values(hashes)));
  assert.deepEqual(ended.map(({ kind, person }) => `${kind} ${person}`).toSorted(), [
    'api-token ben',
    'case-link null',
    'enrolment anna',
    'session anna',
  ]);
  assert.deepEqual(await within((signIn) => signIn.revoke(Object.values(hashes))), []);
});

test('the log of sign-ins is read newest first and of one person', async () => {
  for (const [person, kind] of [
    [ben, 'signed-in'],
    [anna, 'signed-in'],
    [ben, 'signed-out'],
  ] as const)
    await within((signIn) => signIn.log({ at: morning, person, kind, detail: null }));
  const kinds = (await within((signIn) => signIn.logged(ben, 10))).map(({ kind }) => kind);
  assert.deepEqual(kinds, ['signed-out', 'signed-in']);
});

test('nobody but the process reads or writes what signing in keeps', async () => {
  const works: readonly ((signIn: SignIn) => Promise<unknown>)[] = [
    (signIn) => signIn.sessionsOf(anna, noon),
    (signIn) => signIn.passkeysOf(anna),
    (signIn) => signIn.identitiesOf(anna),
    (signIn) => signIn.apiTokensOf(anna, noon),
    (signIn) => signIn.oneTimes('recovery', noon),
    (signIn) => signIn.logged(anna, 5),
    (signIn) => signIn.attempt(hash(), noon, 900),
    (signIn) => signIn.revoke([hash()]),
    (signIn) => signIn.putOneTime(hash(), 'enrolment', { person: anna, data: {}, expires: evening }),
    (signIn) => signIn.log({ at: noon, person: anna, kind: 'signed-in', detail: null }),
  ];
  const one = await receive(store, report(libvirt));
  for (const who of [anyone(libvirt), personOf(libvirt, anna), one.reporter])
    for (const [index, work] of works.entries()) await assert.rejects(within(work, who), /42501/, `${who.kind} ${index}`);
});
