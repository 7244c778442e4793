// SPDX-License-Identifier: Apache-2.0
// A case of libvirt brought by the API to where only the hour is missing: approved, armed, its documents signed and kept.

import assert from 'node:assert/strict';
import { until } from '../support/calls.ts';
import type { Demo } from '../support/demo-process.ts';

export const patch =
  'From: anna <anna@members.example>\nSubject: [PATCH] Close the descriptor\n\nSigned-off-by: anna <anna@members.example>\n---\n';

export interface ArmedCase {
  readonly id: string;
  /** Number of its advisory. */
  readonly number: string;
  /** When its embargo ends. */
  readonly until: string;
}

/** `mark` is a word that stands in its title and texts; `cve` the number that it gets. */
export async function armedCase(demo: Demo, mark: string, cve: string): Promise<ArmedCase> {
  const sent = await demo.call('/api/v1/libvirt/reports', {
    body: { title: `${mark} descriptor`, fields: { description: `${mark} leaks.` }, address: 'rp@reporters.example', consent: true },
  });
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  const id: string = sent.body.case;
  const take = (name: string, action: string, body: object = {}) => act(demo, id, name, action, body);
  await take('mo', 'release-report');
  await take('anna', 'take-up-case');
  await take('anna', 'confirm-flaw', { reason: 'Seen in the open files.', severity: 'moderate', summary: `${mark} leaks.` });
  await take('viktor', 'agree-bundle');
  await take('anna', 'add-patch', { branch: 'master', patch: { name: 'fix.patch', text: patch } });
  await take('jon', 'approve-patch', { branch: 'master' });
  await take('viktor', 'record-cve', { flaw: (await stateOf(demo, id)).flaws[0].flaw, number: cve });
  await take('anna', 'write-advisory', { advisory: advisoryOf(mark) });
  await take('anna', 'submit-advisory');
  await take('viktor', 'approve-advisory');
  await take('anna', 'decide-credit', { participant: (await stateOf(demo, id)).reporters[0].participant, decision: 'declined' });
  await take('anna', 'approve-release');
  await take('jon', 'approve-release');
  await until('the signed documents', async () => (await stateOf(demo, id)).disclosure.prepared !== null);
  const state = await stateOf(demo, id);
  return { id, number: state.advisory.number, until: state.embargo.until };
}

/** State of a case as the vendor of the team sees it. */
export async function stateOf(demo: Demo, id: string) {
  return (await demo.call(`/api/v1/libvirt/cases/${id}`, { token: await demo.signIn('libvirt', 'viktor') })).body.state;
}

/** Messages to the announcement list that carry the advisory of this number. */
export function announcements(demo: Demo, number: string) {
  return demo.sunk().filter((mail) => mail.to.includes('announce@lists.libvirt.org') && mail.raw.includes(number));
}

async function act(demo: Demo, id: string, name: string, action: string, body: object): Promise<void> {
  const answer = await demo.call(`/api/v1/libvirt/cases/${id}/${action}`, { token: await demo.signIn('libvirt', name), body });
  assert.equal(answer.status, 200, `${action}: ${JSON.stringify(answer.body)}`);
}

function advisoryOf(mark: string) {
  const branch = { name: 'master', status: 'fixed', fixedBy: ['b'.repeat(40)], vulnerableTags: ['v6.2.0'], fixedTags: ['v6.6.0'] };
  return {
    title: `${mark} descriptor leaks into guest processes`,
    summary: `${mark}: a descriptor is left open.`,
    description: 'The library opens a control file and does not close it.',
    impact: 'Whoever takes over a guest process reaches the device mapper.',
    workarounds: 'none-known',
    products: [{ name: 'libvirt', repository: 'libvirt.git', branches: [branch] }],
  };
}
