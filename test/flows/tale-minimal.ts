// SPDX-License-Identifier: Apache-2.0
// The smallest policy, told through the API: one team, everything else by default, published by hand when it is ready.

import type { TestContext } from 'node:test';
import type { Names } from './names.ts';
import type { Tale } from './tale.ts';
import { tale } from './tale.ts';

export async function minimalByHand(t: TestContext, names: Names): Promise<Tale> {
  const members = { ada: ['team'], ben: ['team'] };
  const told = await tale(t, names, { project: 'small', policy: 'minimal', members, insider: 'ben' });
  await told.report({ title: 'Overflow', fields: { description: 'A long name ends the program.' }, consent: true });
  await told.take('ada', 'take-up-case');
  await told.take('ada', 'decide-eligibility', { verdict: 'in', reason: 'Ours.' });
  await told.take('ben', 'confirm-flaw', { reason: 'Seen.', branches: 'development main' });
  await told.take('ada', 'add-patch', { branch: 'main', patch: { name: 'fix.patch', text: 'Signed-off-by: ada <ada@members.example>\n' } });
  await told.take('ben', 'approve-patch', { branch: 'main' });
  const advisory = {
    title: 'Overflow of a name',
    description: 'A long name ends the program.',
    products: [{ name: 'small', branches: [{ name: 'main', status: 'fixed', fixedBy: ['d'.repeat(40)] }] }],
  };
  await told.take('ada', 'write-advisory', { advisory });
  await told.take('ada', 'submit-advisory');
  await told.take('ben', 'approve-advisory');
  await told.mine('decide-credit', { decision: 'declined' });
  for (const name of ['ada', 'ben']) await told.take(name, 'approve-release');
  await told.until('it is published', (state) => state.handling === 'disclosed');
  await told.take('ada', 'record-merge', { branch: 'main', commit: 'd'.repeat(40) });
  await told.take('ada', 'close-case');
  return told;
}
