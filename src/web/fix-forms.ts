// SPDX-License-Identifier: Apache-2.0
// What the actions on branches ask of the person who takes them.

import type { CaseView } from '../app/views.ts';
import type { Field } from './fields.ts';
import { bare, type Make, one, text } from './form.ts';
import * as options from './options.ts';

const branch = (view: CaseView): Field => one('branch', 'Branch', options.branches(view));

export const fixForms = {
  'start-fixing': bare,
  'judge-branch': (view) => ({
    fields: [
      text('branch', 'Branch', 'As it is called in the repository.'),
      text('component', 'Component', 'Only where the project has several repositories.', false),
      one('group', 'Group', options.branchGroups(view)),
      { kind: 'choice', name: 'affected', label: 'Affected', required: true, options: options.yesNo },
    ],
  }),
  'add-patch': (view) => ({
    says: 'The patch is kept sealed with the case. It must carry a Signed-off-by line.',
    fields: [
      branch(view),
      { kind: 'file', name: 'patch', label: 'Patch', help: 'One file, as git format-patch writes it.', required: true },
    ],
  }),
  'record-test': (view) => ({
    says: 'What was tried with the newest patch, and on what. It stands with the patch; another patch begins anew.',
    fields: [
      branch(view),
      { kind: 'choice', name: 'passed', label: 'It passed', required: true, options: options.yesNo },
      { kind: 'tick', name: 'reproducer', label: 'The reporter’s own reproducer was run against it', required: false },
      { kind: 'textarea', name: 'statement', label: 'What was tried', rows: 3, required: true },
    ],
  }),
  'approve-patch': (view) => ({ ...untested(view), fields: [branch(view)] }),
  'record-posting': (view) => ({
    says: 'A posted patch is public. Where the policy says so, the case opens with it.',
    fields: [branch(view), text('messageId', 'Message-ID of the posting', 'The whole id, without the angle brackets.')],
  }),
  'judge-backport': (view) => ({
    says: 'Whether the newest patch may go to this branch. Each person has one vote on a patch; another patch begins anew.',
    fields: [
      branch(view),
      { kind: 'choice', name: 'verdict', label: 'Verdict', required: true, options: options.backportVerdicts },
      { kind: 'textarea', name: 'reason', label: 'What has to change, or why not', rows: 3, required: false },
    ],
  }),
  'record-merge': (view) => ({
    fields: [
      branch(view),
      text('commit', 'Commit', 'The full hash.'),
      { kind: 'tick', name: 'fast_track', label: 'Merged by fast track, on what was approved in private', required: false },
    ],
  }),
  'record-release': (view) => ({ fields: [branch(view), text('tag', 'Tag', 'The first tag that holds the fix.')] }),
} as const satisfies Readonly<Record<string, Make>>;

/** VMT-25: whoever approves sees first where nobody is on record to have tried the patch. */
function untested({ state, policy }: CaseView): { readonly says?: string } {
  const open = state.branches.filter((fix) => fix.state === 'patch_private' && fix.tests.at(-1)?.passed !== true);
  if (policy.reviews.tests === 'optional' || open.length === 0) return {};
  return {
    says: `No passed test is recorded for: ${open.map((fix) => fix.branch).join(', ')}. An approval without one is marked as such.`,
  };
}
