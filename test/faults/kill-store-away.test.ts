// SPDX-License-Identifier: Apache-2.0
// the store is away, stopped or dead. Nobody is told that something was kept, nothing is lost, and it comes back by itself.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, mail, startRelay } from '../support/kill-clients.ts';
import { type Program, program } from '../support/kill-harness.ts';
import { hashOf, judge } from '../support/kill-ledger.ts';
import { cannotKill, prepare, project, settled, start } from '../support/kill-run.ts';
import { mailbox, messageOf, projects, reportByApi, reportByMail, type Stage } from '../support/kill-story.ts';

const options = { skip: cannotKill, timeout: 300_000 };

/** What the program itself gives a server that does not answer (120 s), and the longest pause before it tries again (30 s). */
const longest = 150_000;
/** Lines of which each request leaves one. */
const everyRequest = /"(?:mail-deferred|request-failed)"/;

async function stageOf(t: TestContext): Promise<Stage> {
  const relay = await startRelay(async () => undefined);
  t.after(() => relay.stop());
  const installed = await program({ projects, clock: start, relay: relay.port });
  t.after(() => installed.remove());
  const tokens = await prepare(installed);
  await installed.start();
  return { program: installed, ledger: { reports: [], actions: [], kills: [] }, tokens, arrivals: relay.arrivals };
}

interface Sent {
  readonly body: object;
  readonly headers: Record<string, string>;
  readonly bySmtp: string;
  readonly byLmtp: string;
}

/** A report by every door at once, and what each door said. */
async function everyDoor({ http, smtp, lmtp }: Program, sent: Sent) {
  const [api, bySmtp, byLmtp] = await Promise.all([
    ask(`${http}/api/v1/libvirt/reports`, { body: sent.body, headers: sent.headers, patience: 60_000 }),
    mail(smtp, mailbox, sent.bySmtp, 60_000),
    mail(lmtp, mailbox, sent.byLmtp, 60_000),
  ]);
  return { api, bySmtp, byLmtp };
}

function newReport(): Sent {
  const mark = randomBytes(16).toString('hex');
  return {
    body: { title: `Other ${mark}`, fields: { description: mark }, consent: true },
    headers: { 'Idempotency-Key': mark },
    bySmtp: messageOf(`${mark}s`),
    byLmtp: messageOf(`${mark}l`),
  };
}

async function refusesInWords(installed: Program, sent: Sent): Promise<void> {
  const [page, { api, bySmtp, byLmtp }] = await Promise.all([ask(`${installed.http}/libvirt/report`), everyDoor(installed, sent)]);
  assert.equal(page?.status, 503);
  assert.match(page.body, /try again/);
  assert.equal(api?.status, 503, JSON.stringify(api?.body));
  assert.match(api.body.title, /^Not available right now; nothing was changed$/);
  assert.equal(bySmtp, 451);
  assert.equal(byLmtp, 451);
}

/** The same reports are taken once the store is back, by the same process, and nothing is there twice. */
async function comesBack(stage: Stage, sent: Sent, pid: number): Promise<void> {
  const { program: installed } = stage;
  const until = performance.now() + longest;
  let said = await everyDoor(installed, sent);
  while (said.api?.status !== 201 || said.bySmtp !== 250 || said.byLmtp !== 250) {
    const others = () =>
      installed
        .said()
        .split('\n')
        .filter((line) => !everyRequest.test(line));
    assert.ok(performance.now() < until, `still away: ${JSON.stringify(said)}\n${others().join('\n').slice(-4000)}`);
    await pause(200);
    said = await everyDoor(installed, sent);
  }
  assert.equal(installed.pid(), pid);
  assert.equal(installed.diedByItself(), false);
  for (const report of [() => reportByApi(stage, 'Other after'), () => reportByMail(stage, 'smtp'), () => reportByMail(stage, 'lmtp')])
    await report();
  stage.ledger.reports.push(
    { door: 'api', case: said.api.body.case, pieces: [], sent: 2 },
    { door: 'smtp', case: null, pieces: [hashOf(sent.bySmtp)], sent: 2 },
    { door: 'lmtp', case: null, pieces: [hashOf(sent.byLmtp)], sent: 2 },
  );
  await settled(installed);
  await installed.stop();
  await installed.inside((installation) => judge(installation, project, stage.ledger, stage.arrivals));
}

test(
  'R-06 while PostgreSQL is stopped in its tracks, mail is deferred by 451 and the API answers 503; it comes back by itself',
  options,
  async (t) => {
    const stage = await stageOf(t);
    const { program: installed } = stage;
    await reportByApi(stage, 'Other before');
    await settled(installed);
    const pid = installed.pid();
    const sent = newReport();
    // The program ends the silent server and starts another. One that answered at once would keep the report of a door that was late to ask.
    const mend = await installed.spoilStarts();
    const stopped = installed.signalPostgres('SIGSTOP');
    assert.ok(stopped.length > 5);
    const began = performance.now();
    await refusesInWords(installed, sent);
    await mend();
    t.diagnostic(`answered after ${Math.round(performance.now() - began)} ms`);
    await comesBack(stage, sent, pid);
    t.diagnostic(`back after ${Math.round(performance.now() - began)} ms`);
  },
);

test(
  'R-06 while PostgreSQL dies at every start, mail is deferred by 451 and the API answers 503; it comes back by itself',
  options,
  async (t) => {
    const stage = await stageOf(t);
    const { program: installed } = stage;
    await reportByApi(stage, 'Other before');
    await settled(installed);
    const pid = installed.pid();
    const sent = newReport();
    const mend = await installed.spoilStarts();
    assert.ok(installed.signalPostgres('SIGKILL').length > 5);
    for (let round = 0; round < 5; round++) {
      await refusesInWords(installed, sent);
      await pause(300);
    }
    await mend();
    const began = performance.now();
    await comesBack(stage, sent, pid);
    t.diagnostic(`back after ${Math.round(performance.now() - began)} ms`);
  },
);

test('R-06 a stop that is shorter than patience is only waited for', options, async (t) => {
  const stage = await stageOf(t);
  const { program: installed } = stage;
  const sent = newReport();
  installed.signalPostgres('SIGSTOP');
  const answers = everyDoor(installed, sent);
  await pause(3_000);
  installed.signalPostgres('SIGCONT');
  const { api, bySmtp, byLmtp } = await answers;
  assert.deepEqual([api?.status, bySmtp, byLmtp], [201, 250, 250]);
  assert.doesNotMatch(installed.said(), /silent|started again/);
  await installed.stop();
});
