// SPDX-License-Identifier: Apache-2.0
// libvirt 2023, told through the API as far as the hour: a held report, triage, a number, a fix on master, a notice that two people release.

import type { TestContext } from 'node:test';
import type { Names } from './names.ts';
import type { Tale } from './tale.ts';
import { tale } from './tale.ts';

export const libvirtReport = {
  title: 'Canary-title: a descriptor stays open',
  fields: { description: 'Canary-description: look at the open files of the process.' },
  name: 'Rita E. Porter',
  address: 'canary-address@reporters.example',
  consent: true,
};

const libvirtAdvisory = {
  title: 'Open descriptor leaks into guest processes',
  summary: 'A descriptor of the device mapper is left open.',
  description: 'The library opens a control file and does not close it.',
  impact: 'Whoever takes over a guest process reaches the device mapper.',
  workarounds: 'none-known',
  products: [{ name: 'libvirt', repository: 'libvirt.git', branches: [{ name: 'master', status: 'fixed', fixedBy: ['b'.repeat(40)] }] }],
};

export function libvirt(t: TestContext, names: Names, policy = 'libvirt-2023'): Promise<Tale> {
  const members = { anna: ['core'], carl: ['core'], viktor: ['vendor'], mo: ['moderator'] };
  return tale(t, names, { project: 'libvirt', policy, members, insider: 'viktor' });
}

/** A report that was let through, taken up and confirmed, with a summary proposed for the cap. */
export async function libvirtConfirmed(
  t: TestContext,
  names: Names,
  report: object = libvirtReport,
  policy = 'libvirt-2023',
): Promise<Tale> {
  const told = await libvirt(t, names, policy);
  await told.report(report);
  await told.take('mo', 'release-report');
  await told.take('anna', 'take-up-case');
  await told.take('anna', 'confirm-flaw', { reason: 'Seen.', severity: 'moderate', summary: 'Canary-summary: a descriptor leaks.' });
  return told;
}

/** The fix and its notice, approved, with the reporter's credit; only the release is left to say. */
export async function libvirtWritten(told: Tale, { numbered = true } = {}): Promise<void> {
  await told.take('anna', 'add-patch', {
    branch: 'master',
    patch: { name: 'fix.patch', text: 'Signed-off-by: anna <anna@members.example>\n' },
  });
  await told.take('viktor', 'approve-patch', { branch: 'master' });
  const [{ flaw }] = (await told.state()).flaws;
  if (numbered) await told.take('viktor', 'record-cve', { flaw, number: 'CVE-1900-10001' });
  await told.take('anna', 'write-advisory', { advisory: libvirtAdvisory });
  await told.take('anna', 'submit-advisory');
  await told.take('viktor', 'approve-advisory');
  await told.mine('decide-credit', { decision: 'named', name: 'R. E. Porter' });
}

export async function libvirtReleased(told: Tale, why: { readonly deviation?: string } = {}): Promise<void> {
  await told.take('anna', 'approve-release', why);
  await told.take('viktor', 'approve-release');
  await told.until('the documents are prepared', (state) => state.disclosure.prepared !== null);
}

/** What stays to be done by hand once the case is public. */
export async function libvirtOut(told: Tale): Promise<void> {
  await told.until('site and mail are out', ({ disclosure: { channels } }) => {
    const open = channels.filter((one: { state: string }) => one.state !== 'confirmed');
    return channels.length > 1 && open.every((one: { channel: string }) => one.channel === '1:git');
  });
  await told.take('anna', 'confirm-channel', { channel: '1:git', evidence: 'Pushed by hand.' });
}
