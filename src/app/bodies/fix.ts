// SPDX-License-Identifier: Apache-2.0
// Bodies of the fix: branches, patches, and what is seen of them in public.

import { z } from 'zod';
import { backportVerdicts } from '../../core/model/backport.ts';
import type { Entries } from './body.ts';
import { entry, filed, fileInput, maybe, nothing, optionalText, optionalWord, said, text, word, yesOrNo } from './body.ts';

/** Fields that name a branch. */
export const onBranch = { branch: word, component: optionalWord };

export const fixBodies = {
  'start-fixing': entry(nothing, () => ({ kind: 'start-fixing' })),
  'judge-branch': entry(z.object({ ...onBranch, group: word, affected: yesOrNo }), (body) => ({
    kind: 'judge-branch',
    ...branchOf(body),
    group: body.group,
    affected: body.affected,
  })),
  'add-patch': entry(z.object({ ...onBranch, patch: fileInput }), (body, c) => ({
    kind: 'add-patch',
    ...branchOf(body),
    patch: filed(c, body.patch, 'patch'),
    signedOff: /^Signed-off-by: \S/m.test(new TextDecoder().decode(body.patch.bytes)),
  })),
  'record-test': entry(z.object({ ...onBranch, passed: yesOrNo, reproducer: yesOrNo.optional(), statement: text }), (body, c) => ({
    kind: 'record-test',
    ...branchOf(body),
    passed: body.passed,
    reproducer: body.reproducer ?? false,
    statement: said(c, 'evidence', 'team', body.statement),
  })),
  'approve-patch': entry(z.object(onBranch), (body) => ({ kind: 'approve-patch', ...branchOf(body) })),
  'judge-backport': entry(
    z.object({
      ...onBranch,
      verdict: z.enum(backportVerdicts, { error: `Choose one of ${backportVerdicts.join(', ')}.` }),
      reason: optionalText,
    }),
    (body, c) => ({ kind: 'judge-backport', ...branchOf(body), verdict: body.verdict, reason: maybe(c, 'reason', 'team', body.reason) }),
  ),
  'record-posting': entry(z.object({ ...onBranch, messageId: word }), (body) => ({
    kind: 'record-posting',
    ...branchOf(body),
    messageId: body.messageId,
  })),
  'record-merge': entry(z.object({ ...onBranch, commit: word, fast_track: yesOrNo.optional() }), (body) => ({
    kind: 'record-merge',
    ...branchOf(body),
    commit: body.commit,
    ...(body.fast_track === true ? { fastTrack: true as const } : {}),
  })),
  'record-release': entry(z.object({ ...onBranch, tag: word }), (body) => ({ kind: 'record-release', ...branchOf(body), tag: body.tag })),
} as const satisfies Entries;

function branchOf(body: { readonly branch: string; readonly component?: string | undefined }) {
  return { branch: body.branch, component: body.component ?? null };
}
