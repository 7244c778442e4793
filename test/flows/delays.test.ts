// SPDX-License-Identifier: Apache-2.0
// Other projects' rules of delay through the API: no embargo at all, sixty days from a human answer, and days that are counted from the fix.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectFolder } from '../support/policies.ts';
import type { Answer } from '../support/town.ts';
import { asTheyAre } from './names.ts';
import type { Tale } from './tale.ts';
import { tale } from './tale.ts';
import { qemuReport } from './tale-qemu.ts';

/** The policy that a script of test/golden/simulate plays. */
function played(folder: string, name: string): string {
  return readFileSync(join(projectFolder, 'test', 'golden', 'simulate', folder, `${name}.yaml`), 'utf8');
}

const gates = ({ body }: Answer): readonly string[] => (body.unmet ?? []).map(({ gate }: { gate: string }) => gate);

test('QEMU-M10 where the policy knows no embargo nobody’s request is taken, however severe the flaw, and no mail speaks of one', async (t) => {
  const policy = played('43-qemu-no-embargo-at-all', 'qemu-no-embargo');
  const members = { mei: ['maintainer'], jon: ['maintainer'] };
  const told = await tale(t, asTheyAre, { project: 'qemu', policy, members, insider: 'jon' });
  await told.report({ ...qemuReport, address: 'rita@reporters.example' });
  await told.take('mei', 'take-up-case');
  await told.take('mei', 'decide-eligibility', { verdict: 'in', reason: 'A guest reaches it.' });
  await told.take('mei', 'confirm-flaw', { reason: 'Seen.', severity: { level: 'critical' }, summary: 'A guest may reach its host.' });
  const request = { until: '2026-11-16 15:00 UTC', reason: 'Hosters.', circumstances: 'They run guests.', evidence: 'Their letter.' };
  for (const refused of [await told.try('mei', 'propose-embargo', request), await told.tryMine('propose-embargo', request)])
    assert.deepEqual([refused.status, gates(refused)], [422, ['embargo_allowed']], JSON.stringify(refused.body));
  const { embargo, visibility } = await told.state();
  assert.deepEqual([embargo.state, embargo.until, embargo.proposal, visibility], ['none', null, null, 'private']);
  const mails = told.here.relay.sent.filter(({ to }) => to.address === 'rita@reporters.example');
  assert.ok(mails.length > 0 && mails.every(({ text }) => !/embargo/i.test(text)));
});

test('QEMU-M12 sixty days are counted from the first human answer, not from the receipt, and what was agreed opens then without any embargo', async (t) => {
  const policy = played('42-qemu-2021', 'qemu-2021');
  const members = { prasad: ['team'], mauro: ['team'], vera: ['vendor'] };
  const told = await tale(t, asTheyAre, { project: 'qemu', policy, members, insider: 'prasad' });
  await told.report({ title: 'Past the ring', fields: { description: 'The index wraps.' }, origin: 'manual', consent: true });
  const cap = async () => (await told.see('prasad')).body.cap?.at;
  assert.equal(await cap(), undefined, 'the automatic receipt starts nothing');
  await told.take('prasad', 'take-up-case');
  told.here.set('2026-11-05T09:00:00Z');
  assert.equal(await cap(), undefined);
  await told.take('prasad', 'send-message', { body: 'Thank you. We look at it.' });
  const end = '2027-01-04T09:00:00.000Z';
  assert.equal(await cap(), end, 'sixty days from the answer');
  await told.take('prasad', 'confirm-flaw', {
    reason: 'Reproduced.',
    severity: { level: 'important' },
    summary: 'A guest may read memory of its host.',
    branches: 'development master',
  });
  await told.take('mauro', 'agree-bundle');
  told.here.set('2027-01-04T08:59:59Z');
  await new Promise((resolve) => setTimeout(resolve, 400));
  assert.equal((await told.see('anyone')).status, 404, 'not one second before');
  told.here.set(end);
  await told.until('what was agreed is open', ({ visibility }) => visibility === 'public');
  const { embargo, publicSince } = await told.state();
  assert.deepEqual([embargo.state, embargo.until, publicSince], ['none', null, end]);
});

test('F6 a delay is counted from the fix: seven days for testing and for no other purpose, and fourteen at most', async (t) => {
  const policy = played('40-linux-kernel', 'linux-kernel');
  const told = await tale(t, asTheyAre, {
    ...{ project: 'kernel', policy, insider: 'wolf' },
    members: { greta: ['officer'], wolf: ['officer'] },
  });
  await told.report({
    title: 'A driver writes behind its buffer',
    fields: { description: 'No check.', version: '7.1', reproducer: 'See the file.', found_with: 'By hand.' },
    origin: 'manual',
    consent: true,
  });
  await told.take('greta', 'take-up-case');
  await told.take('greta', 'confirm-flaw', { reason: 'Reproduced.', summary: 'A driver trusts a length.', branches: 'development master' });
  await told.take('wolf', 'agree-bundle');
  const delay = (until: string, purpose: string) => ({ until, reason: 'A large user.', purposes: [purpose] });
  told.here.set('2026-11-05T09:00:00Z');
  await told.take('greta', 'add-patch', {
    branch: 'master',
    patch: { name: 'fix.patch', text: 'Signed-off-by: Greta <greta@members.example>\n' },
  });
  await told.take('wolf', 'approve-patch', { branch: 'master' });
  assert.equal(await granted(told, delay('2026-11-11 12:00 UTC', 'vendor_packages')), 'refused: purpose: qa, rollout');
  assert.equal(await granted(told, delay('2026-11-11 12:00 UTC', 'qa')), '2026-11-11T12:00:00.000Z');
  const longer = await told.try('greta', 'propose-embargo', delay('2026-11-20 12:00 UTC', 'qa'));
  assert.deepEqual([longer.status, longer.body.errors?.[0].pointer], [422, '#/until'], 'fourteen days from the fix are the most');
});

/** The reporter asks and an officer agrees: the end that holds then, or what stood against it; what was refused is taken off the table. */
async function granted(told: Tale, wish: object): Promise<string> {
  const asked = await told.tryMine('propose-embargo', wish);
  const agreed = asked.status < 300 ? await told.try('greta', 'agree-embargo') : asked;
  if (agreed.status < 300) return (await told.state()).embargo.until;
  if (asked.status < 300) await told.take('greta', 'refuse-embargo');
  return `refused: ${[...gates(agreed), ...(agreed.body.errors ?? []).map(({ pointer }: { pointer: string }) => pointer.slice(2))].join(', ')}`;
}
