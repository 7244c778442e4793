// SPDX-License-Identifier: Apache-2.0
// Dates through the front door: asked for from the first hour, countered before everybody who is asked, and argued for where they are longer than the aim.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asTheyAre } from './names.ts';
import type { Tale } from './tale.ts';
import { libvirt, libvirtConfirmed, libvirtReport } from './tale-libvirt.ts';
import { qemu, qemuReport } from './tale-qemu.ts';

type Json = Awaited<ReturnType<Tale['see']>>['body'];

async function pageOf({ here }: Tale, project: string, id: string, who: string): Promise<string> {
  const cookie = `daylight-${project}=${await here.signIn(project, who)}`;
  return (await fetch(`${here.base}/${project}/cases/${id}`, { headers: { Cookie: cookie } })).text();
}

test('LIBVIRT-1 a new private case says by API and page that it has no embargo date and which it would get; with the date, and where an embargo is the exception, nobody is asked', async (t) => {
  const told = await libvirt(t, asTheyAre);
  const { case: id } = await told.report(libvirtReport);
  await told.take('mo', 'release-report');
  assert.equal((await told.see('anna')).body.end_by_default, '2026-11-16T09:00:00.000Z', 'two weeks, as the policy says');
  assert.match(await pageOf(told, 'libvirt', id, 'anna'), /No embargo date yet[\s\S]*it begins with confirmation/);
  assert.ok(!('end_by_default' in (await told.see('reporter')).body) || (await told.see('reporter')).body.end_by_default === null);
  await told.take('anna', 'take-up-case');
  assert.match(
    await pageOf(told, 'libvirt', id, 'anna'),
    /No embargo date yet[\s\S]*#do-propose-embargo/,
    'and offers to agree on another',
  );
  await told.take('anna', 'confirm-flaw', { reason: 'Seen.', severity: 'moderate' });
  const { body } = await told.see('anna');
  assert.deepEqual([body.end_by_default, body.state.embargo.until], [null, '2026-11-16T09:00:00.000Z']);
  assert.doesNotMatch(await pageOf(told, 'libvirt', id, 'anna'), /No embargo date yet/);
});

test('LIBVIRT-1 QEMU-2 where an embargo is the exception a new private case asks for no date', async (t) => {
  const told = await qemu(t, asTheyAre);
  const { case: id } = await told.report(qemuReport);
  assert.equal((await told.see('mei')).body.end_by_default, null);
  assert.doesNotMatch(await pageOf(told, 'qemu', id, 'mei'), /No embargo date yet/);
});

test('LIBVIRT-25 LIBVIRT-34 a vendor’s date is met with another: team, vendor and reporter see both, and who has agreed; it holds once the last has', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre);
  const first = (await told.state()).embargo.until;
  const [theirs, ours] = ['2026-11-12T09:00:00.000Z', '2026-11-13T15:00:00.000Z'];
  await told.take('viktor', 'propose-embargo', { until: '2026-11-12 09:00 UTC', reason: 'Our build is ready then.' });
  await told.take('anna', 'propose-embargo', { until: '2026-11-13 15:00 UTC', reason: 'The day after our release.' });
  const seen = async (who: string) => {
    const { proposal, decided, until } = (await told.see(who)).body.state.embargo;
    return [until, proposal?.until, proposal?.agreed, decided.map((one: Json) => [one.until, one.outcome ?? one.decision?.outcome])];
  };
  for (const who of ['anna', 'carl', 'viktor', 'reporter'])
    assert.deepEqual(await seen(who), [first, ours, [], [[theirs, 'countered']]], who);
  await told.take('viktor', 'agree-embargo');
  assert.deepEqual((await seen('reporter'))[2], ['vendor', 'set_embargo'], 'the reporter sees that the vendors agreed');
  assert.equal((await told.state()).embargo.until, first, 'and nothing moves while one is silent');
  await told.mine('agree-embargo');
  for (const who of ['anna', 'viktor', 'reporter']) assert.equal((await seen(who))[0], ours, who);
});

test('LIBVIRT-32 LIBVIRT-34 LIBVIRT-35 fourteen days are asked nothing, fifteen ask for circumstances, and past a month a deviation goes on record', async (t) => {
  const told = await libvirtConfirmed(t, asTheyAre);
  const gates = async (body: object) => {
    const answer = await told.try('anna', 'propose-embargo', body);
    assert.equal(answer.status, 422, JSON.stringify(answer.body));
    return answer.body.unmet.map(({ gate }: Json) => gate);
  };
  const shown = { circumstances: 'Three vendors rebuild.', evidence: 'Their build times.' };
  const fifteen = { until: '2026-11-17 09:00 UTC' };
  assert.deepEqual(await gates(fifteen), ['circumstances_shown'], 'a day beyond the aim');
  assert.deepEqual(await gates({ until: '2026-12-04 09:00 UTC', ...shown }), ['deviation_recorded']);
  await told.take('anna', 'propose-embargo', { ...fifteen, ...shown });
  assert.deepEqual((await told.state()).embargo.proposal.awaits.toSorted(), ['core', 'reporter', 'vendor']);
  const other = await told.try('viktor', 'propose-embargo', { until: '2026-11-16 08:00 UTC' });
  assert.equal(other.status, 200, `inside the aim nothing is asked: ${JSON.stringify(other.body)}`);
});
