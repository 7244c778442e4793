// SPDX-License-Identifier: Apache-2.0
// A patch that came, looked at: what its commits say, and whether it applies to its branch. What was found is kept; the words stay sealed.

import { trailerNames } from '../core/commits/lint.ts';
import { commitsIn, factsOf } from '../core/commits/series.ts';
import type { CaseState } from '../core/model/case.ts';
import type { AttachmentId, CaseId, ProjectId } from '../core/model/identifiers.ts';
import type { Policy } from '../core/policy/policy.ts';
import { act } from './act.ts';
import { newContents } from './contents.ts';
import { issueAddress } from './issue-address.ts';
import { whole } from './pieces.ts';
import type { World } from './world.ts';

/** Longest file of which the messages are read; beyond it, it is tried and no more. */
const mostRead = 4 * 1024 * 1024;

export async function checkPatch(world: World, project: ProjectId, id: CaseId, file: AttachmentId): Promise<void> {
  const read = await world.store.as({ kind: 'process', project }, async (transaction) => {
    const record = await transaction.cases.find(id);
    const found = record === undefined ? undefined : await transaction.cases.attachment(id, file);
    return record === undefined || found === undefined ? undefined : { ...record, bytes: await whole(found.bytes) };
  });
  if (read === undefined) return;
  const { state, policy, bytes } = read;
  const branch = branchFor(state, policy, file);
  const applies = await world.repository.applies(project, branch, bytes);
  const text = bytes.length > mostRead ? '' : new TextDecoder().decode(bytes);
  const issue = issueAddress(world, project, id);
  const commits = commitsIn(text).map((commit) => factsOf(commit, issue, trailerNames(policy.commits)));
  await act(world, { kind: 'process', project }, id, {
    action: { kind: 'record-patch-check', check: { patch: file, branch, applies, commits } },
    contents: newContents(world.random),
  });
}

/** The branch that the patch was added to; one that came with a report is for the development branch, the default one where no name is given. */
function branchFor({ branches }: CaseState, policy: Policy, file: AttachmentId): string | null {
  const fix = branches.find(({ patches }) => patches.some(({ id }) => id === file));
  return fix?.branch ?? policy.branches.groups['development']?.find((name) => !name.includes('*')) ?? null;
}
