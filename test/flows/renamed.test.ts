// SPDX-License-Identifier: Apache-2.0
// Presets are data: the same story under a preset with other names for itself and its roles answers, writes and publishes the same bytes.

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { presetNames, presetText, renamed } from '../support/policies.ts';
import type { Names } from './names.ts';
import { asTheyAre, otherwise } from './names.ts';
import type { Tale } from './tale.ts';
import { libvirtConfirmed, libvirtOut, libvirtReleased, libvirtReport, libvirtWritten } from './tale-libvirt.ts';
import { minimalByHand } from './tale-minimal.ts';
import { confirmsByHand, openstackEmbargoed } from './tale-openstack.ts';
import { qemuInScope } from './tale-qemu.ts';

async function libvirtToTheEnd(t: TestContext, names: Names): Promise<Tale> {
  const told = await libvirtConfirmed(t, names);
  await libvirtWritten(told);
  await libvirtReleased(told);
  told.here.set((await told.state()).embargo.until);
  await told.until('the case is public', (state) => state.visibility === 'public');
  await libvirtOut(told);
  await told.until('the case is disclosed', (state) => state.handling === 'disclosed');
  return told;
}

/** The first text: a stable branch is left out with a reason, and two lists are told without a site before them. */
async function libvirt2012ToTheEnd(t: TestContext, names: Names): Promise<Tale> {
  const told = await libvirtConfirmed(t, names, libvirtReport, 'libvirt-2012');
  await libvirtWritten(told);
  assert.equal((await told.try('anna', 'approve-release')).status, 422, 'LIBVIRT-39 no stable branch is judged');
  await libvirtReleased(told, { deviation: 'No stable branch is maintained at this time.' });
  told.here.set((await told.state()).embargo.until);
  await told.until('the case is disclosed', (state) => state.handling === 'disclosed');
  const lists = told.here.relay.sent.map(({ to }) => to.address).filter((address) => address.startsWith('libvir'));
  assert.deepEqual(lists.toSorted(), ['libvir-list@redhat.com', 'libvirt-announce@redhat.com'], 'LIBVIRT-19');
  return told;
}

async function openstackToTheEnd(t: TestContext, names: Names): Promise<Tale> {
  const told = await openstackEmbargoed(t, names);
  told.here.set((await told.state()).embargo.until);
  await told.until('the case is public', (state) => state.visibility === 'public');
  await confirmsByHand(told);
  return told;
}

const stories: Readonly<Record<string, (t: TestContext, names: Names) => Promise<Tale>>> = {
  'libvirt-2012': libvirt2012ToTheEnd,
  'libvirt-2023': libvirtToTheEnd,
  minimal: minimalByHand,
  'openstack-vmt': openstackToTheEnd,
  'qemu-2026': qemuInScope,
  'qemu-2026-draft': (t, names) => qemuInScope(t, names, 'qemu-2026-draft'),
};

/** The names as they are, in a text that was written out again as the renamed one was: published policies show theirs to the letter. */
const asWritten: Names = { ...asTheyAre, policy: (preset) => renamed(presetText(preset), preset, preset) };

/** Until nothing more is on its way: the same number of mails and events twice in a row. */
async function settled(told: Tale): Promise<Tale> {
  let before = '';
  await told.here.until('everything has settled', async () => {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const now = `${told.here.relay.sent.length} ${JSON.stringify(await told.state())}`;
    const same = now === before;
    before = now;
    return same;
  });
  return told;
}

test('every preset has its story here', () => {
  assert.deepEqual(Object.keys(stories).toSorted(), presetNames.toSorted());
});

for (const [preset, story] of Object.entries(stories))
  test(`VMT-39 QEMU-46 ${preset} under other names for itself and its roles tells the same story to the byte`, async (t) => {
    const names = otherwise(preset);
    const other = names.policy(preset);
    assert.ok(!other.includes(`name: ${preset}\n`) && names.back(other) !== other, 'the names are other ones');
    const plain = await (await settled(await story(t, asWritten))).transcript();
    const turned = await (await settled(await story(t, names))).transcript();
    assert.ok(plain.length > 10_000, `${plain.length} characters`);
    assert.equal(firstDifference(plain, turned), '');
    assert.ok(presetText(preset).includes(preset));
  });

/** The first place where two texts part, with what stands around it. */
function firstDifference(one: string, other: string): string {
  if (one === other) return '';
  let at = 0;
  while (one[at] === other[at]) at++;
  return `at ${at} of ${one.length} and ${other.length}:\n${one.slice(Math.max(0, at - 200), at + 200)}\n--- but\n${other.slice(Math.max(0, at - 200), at + 200)}`;
}
