// SPDX-License-Identifier: Apache-2.0
// The audit is checked as a whole, and what no chain shows by itself, that its end was cut off, is found by the ends that somebody kept.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { headLines, headsIn, lostHeads, verifyChains } from '../../src/app/chains.ts';
import { actOnPerson } from '../../src/app/roster.ts';
import { audit } from '../../src/cli/audit.ts';
import type { Event } from '../../src/core/model/event.ts';
import type { PersonId, ProjectId } from '../../src/core/model/identifiers.ts';
import { replay } from '../../src/core/process/evolve.ts';
import { testDatabase } from '../support/database.ts';
import { courseOf, sendReport, stepsOf } from './secret.ts';
import { village } from './village.ts';

const alpha = 'alpha' as ProjectId;
const process = { kind: 'process', project: alpha } as const;
const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `canary ${field}`);

/** A town with a case, a member who left, a policy step, reads and sign-ins, all in their chains. */
async function audited(t: { after(done: () => Promise<void>): void }) {
  const database = await testDatabase({ after: (done) => t.after(done as () => Promise<void>) });
  const members = { ...courseOf('openstack-vmt').members, ada: ['administrator'] };
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: 'openstack-vmt', members }], { database });
  const sent = await sendReport(here, 'alpha', 'openstack-vmt', say);
  await stepsOf(here, 'alpha', sent).anna('take-up-case');
  await here.call(`/api/v1/alpha/cases/${sent.case}`, { token: await here.signIn('alpha', 'anna') });
  await actOnPerson(here.world, alpha, process, { person: 'rhea' as PersonId, action: { kind: 'suspend' }, note: 'Left.' });
  await here.world.store.as(process, async ({ policies }) => {
    await policies.lock();
    await policies.record([{ kind: 'security-txt-renewed', at: here.now(), by: 'anna' as PersonId }]);
  });
  await here.settle();
  here.later(1);
  const heads = async () => headsIn((await here.world.store.as(process, (one) => headLines(one, alpha, here.now()))).join('\n'));
  return { here, sent, heads, ask: database.ask };
}

type Audited = Awaited<ReturnType<typeof audited>>;

/** What somebody with the whole database in hand would do: the end goes, and what says where the end is goes with it. */
const cuts: Readonly<Record<string, (town: Audited) => Promise<void>>> = {
  async cases({ ask, sent }) {
    await ask('delete from daylight.event where case_id = $1 and seq = (select max(seq) from daylight.event where case_id = $1)', [
      sent.case,
    ]);
    const rows = (await ask('select envelope, hash from daylight.event where case_id = $1 order by seq', [sent.case])) as {
      envelope: Event;
      hash: Buffer;
    }[];
    const state = replay(rows.map(({ envelope }) => envelope));
    await ask('update daylight.cases set version = $2, head = $3, state = $4 where case_id = $1', [
      sent.case,
      rows.length,
      rows.at(-1)?.hash,
      JSON.stringify(state),
    ]);
  },
  async reads({ ask }) {
    await ask('delete from daylight.read_log where batch = (select max(batch) from daylight.read_batch)');
    await ask('delete from daylight.read_batch where batch = (select max(batch) from daylight.read_batch)');
  },
  async 'sign-ins'({ ask }) {
    await ask('delete from daylight.sign_in_log where batch = (select max(batch) from daylight.sign_in_batch)');
    await ask('delete from daylight.sign_in_batch where batch = (select max(batch) from daylight.sign_in_batch)');
  },
  async people({ ask }) {
    await ask(`delete from daylight.person_event`);
    await ask(`delete from daylight.roster_head`);
    await ask(`update daylight.member set roster = null, standing = 'active'`);
  },
  async policy({ ask }) {
    await ask('delete from daylight.policy_step where seq = (select max(seq) from daylight.policy_step)');
  },
};

for (const [chain, cut] of Object.entries(cuts))
  test(`L-33 the end of the chain of ${chain} is cut off: the chain shows nothing, the end that was kept finds it`, async (t) => {
    const town = await audited(t);
    const kept = await town.heads();
    assert.deepEqual(kept.map((one) => one.chain).sort(), Object.keys(cuts).sort(), 'every chain has an end by now');
    const broken = async () => (await verifyChains(town.here.world, alpha)).filter(({ brokenAt }) => brokenAt !== null);
    assert.deepEqual(await broken(), []);
    assert.deepEqual(await lostHeads(town.here.world, alpha, kept), []);
    await cut(town);
    assert.deepEqual(await broken(), [], 'by itself it looks whole');
    assert.deepEqual(
      (await lostHeads(town.here.world, alpha, kept)).map((one) => one.chain),
      [chain],
    );
  });

test('L-33 what happens afterwards loses no end that was kept before', async (t) => {
  const { here, sent, heads } = await audited(t);
  const kept = await heads();
  await stepsOf(here, 'alpha', sent).anna('add-note', { body: 'Later.' });
  await here.settle();
  assert.deepEqual(await lostHeads(here.world, alpha, kept), []);
});

test('a change in the middle of the log of sign-ins is found at its batch, and entries whose batch is gone', async (t) => {
  const { here, ask } = await audited(t);
  const signIns = async () => (await verifyChains(here.world, alpha)).find(({ chain }) => chain === 'sign-ins')?.brokenAt;
  assert.equal(await signIns(), null);
  await ask(`update daylight.sign_in_log set kind = 'signed-out' where id = (select min(id) from daylight.sign_in_log)`);
  assert.equal(await signIns(), 1);
});

test('once a day those who run the system get the ends by mail, and nothing of a case with them', async (t) => {
  const { here, ask } = await audited(t);
  const mails = () => here.relay.sent.filter(({ subject }) => subject.includes('Where the audit stands today'));
  assert.deepEqual(mails(), []);
  here.later(24);
  await here.settle();
  await here.settle();
  assert.deepEqual(
    mails().map(({ to }) => to.address),
    ['ada@members.example'],
  );
  const text = mails()[0]?.text ?? '';
  assert.ok(!text.includes('canary'));
  const kept = headsIn(text);
  assert.equal(kept.length, 5);
  assert.deepEqual(await lostHeads(here.world, alpha, kept), []);
  await cuts['reads']?.({ ask } as Audited);
  assert.deepEqual(
    (await lostHeads(here.world, alpha, kept)).map((one) => one.chain),
    ['reads'],
  );
  here.later(24);
  await here.settle();
  assert.equal(mails().length, 2);
});

test('daylight audit says whether the chains are whole, where they end, who can see a case and who has', async (t) => {
  const town = await audited(t);
  const { here, sent } = town;
  const settings = [
    { project: 'alpha', title: 'alpha', policy: 'openstack-vmt', sender: { name: 'alpha', address: 'reports@alpha.example' } },
  ];
  const run = async (...args: string[]) => {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await audit(args, {
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
      with: (work) => work(here.world, settings),
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  };
  const folder = await mkdtemp(join(tmpdir(), 'daylight-heads-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'heads.txt');
  const head = await run('head');
  assert.equal(head.code, 0);
  await writeFile(file, head.out);
  const whole = await run('verify', '--against', file);
  assert.equal(whole.code, 0, whole.out);
  assert.match(whole.out, /alpha cases: 1 of 1 unbroken\nalpha kept heads: 5 of 5 found again/);
  const can = await run('who-can-see', sent.codename);
  assert.equal(can.code, 0, can.err);
  assert.match(can.out, /^anna\t.*coordinator: reads every report\tsince 2026/m);
  assert.ok(!can.out.includes('canary') && !/^rhea|^lia/m.test(can.out));
  const has = await run('who-has-seen', sent.case);
  assert.match(has.out, /^anna\tread [1-9]/m);
  assert.match(has.out, /^the program, and this command\tread [12]\t/m);
  assert.equal(JSON.parse((await run('who-can-see', sent.case, '--json')).out).codename, sent.codename);
  assert.deepEqual(
    [(await run('who-can-see', 'no-case')).code, (await run('who-can-see', '0'.repeat(26))).code, (await run('look')).code],
    [3, 3, 2],
  );
  await cuts['policy']?.(town);
  const cut = await run('verify', '--against', file);
  assert.equal(cut.code, 1);
  assert.match(cut.out, /alpha policy: does not go through what was kept at \d+/);
});
