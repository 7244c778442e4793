// SPDX-License-Identifier: Apache-2.0
// An attack by a guest who counts on their end being missed: while the relay takes no mail, and with everything else of the case overdue and failing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseId, ProjectId } from '../../src/core/model/identifiers.ts';
import { instant } from '../../src/core/model/time.ts';
import { due } from '../../src/core/process/deadlines.ts';
import { startWorker } from '../../src/worker/worker.ts';
import { testDatabase } from '../support/database.ts';
import { courseOf, driveSecret, sendReport, stepsOf } from './secret.ts';
import { village } from './village.ts';

const preset = 'openstack-vmt';
const members = { ...courseOf(preset).members, tim: ['core_reviewer'] };
const say = (field: string, kind?: string) => (kind === 'address' ? 'rita@reporters.example' : `said: ${field}`);

const until = '2026-11-20 09:00 UTC';

test('L-11 of all that is overdue in a case a guest’s end comes first: a publication that fails again and again does not lengthen it', async (t) => {
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: preset, members }]);
  const secret = await driveSecret(here, 'alpha', preset, say);
  const { anna } = stepsOf(here, 'alpha', secret);
  await anna('add-person', { person: 'tim', until });
  await here.settle();
  const process = { kind: 'process', project: 'alpha' as ProjectId } as const;
  const record = await here.world.store.as(process, ({ cases }) => cases.find(secret.case as CaseId));
  assert.ok(record !== undefined);
  const kind = (at: string) => due(record.state, record.policy, instant(at))?.action.kind;
  assert.equal(kind('2026-11-20T08:59:00Z'), 'publish-case', 'until then that is what waits');
  assert.equal(kind('2026-11-20T09:00:00Z'), 'remove-person');
});

test('L-11 R-09 a guest’s access ends within seconds of its instant though the relay holds every mail for ever', async (t) => {
  const made = await testDatabase({ after: (done) => t.after(done as () => Promise<void>) });
  const here = await village((done) => t.after(done), [{ project: 'alpha', policy: preset, members }], { database: made });
  const sent = await sendReport(here, 'alpha', preset, say);
  await here.settle();
  const { anna } = stepsOf(here, 'alpha', sent);
  await anna('take-up-case');
  await anna('add-person', { person: 'tim', until });
  await here.settle();
  let letGo: () => void = () => undefined;
  const held = new Promise<never>((_, reject) => {
    letGo = () => reject(new Error('the relay hung up'));
  });
  held.catch(() => undefined);
  let holding = 0;
  const send = () => {
    holding += 1;
    return held;
  };
  Object.assign(here.world, { relay: { ...here.world.relay, send } });
  const opens = async () => (await here.call(`/api/v1/alpha/cases/${sent.case}`, { token: await here.signIn('alpha', 'tim') })).status;
  // Some mail is on its way when the instant comes.
  await anna('send-message', { body: 'We look at it.' });
  here.set('2026-11-20T08:59:00Z');
  const projects = async () => ['alpha' as ProjectId];
  const worker = await startWorker(here.world, { pool: made.database.jobsConnection, projects, tickEvery: 50 });
  const wait = async (holds: () => Promise<boolean> | boolean) => {
    for (const since = performance.now(); !(await holds()) && performance.now() - since < 8000; )
      await new Promise((resolve) => setTimeout(resolve, 100));
  };
  await wait(() => holding > 0);
  const before = [holding > 0, await opens()];
  await anna('add-note', { body: 'Nor does anybody who acts on the case wait for the relay.' });
  here.set('2026-11-20T09:00:00Z');
  await wait(async () => (await opens()) === 404);
  const after = await opens();
  letGo();
  await worker.stop();
  assert.deepEqual([before, after], [[true, 200], 404]);
});
