// SPDX-License-Identifier: Apache-2.0
// T13 to T15, T21: the fix on each branch, from the first patch to the release.

import type { ActionKind } from '../../model/action.ts';
import { confirmed, published, weighed } from './places.ts';
import type { Row } from './row.ts';

/** An embargo that the policy counts from the fix begins when the fix is ready. */
const begun = { embargo: ['active', 'revising'] } as const;

export const branchRows = {
  'start-fixing': {
    label: 'Start fixing',
    from: { handling: ['confirmed'] },
    to: { handling: ['fixing'] },
    by: ['handle', 'fix'],
    gates: [],
    transition: 'T13',
  },
  'judge-branch': {
    label: 'Judge a branch',
    from: { handling: confirmed },
    to: { handling: ['fixing', 'fix_ready'], branch: ['affected', 'not_affected'] },
    ways: { handling: weighed },
    by: ['handle', 'fix'],
    gates: [],
    transition: 'T14',
  },
  'retire-branches': {
    label: 'Let go of branches that are maintained no more',
    from: {},
    to: { handling: ['fixing', 'fix_ready'], ...begun },
    by: ['process'],
    gates: [],
    transition: 'clock',
  },
  'end-branch': {
    label: 'Give up a branch',
    from: { branch: ['unknown', 'affected', 'patch_private', 'patch_approved'] },
    to: { branch: ['wont_fix', 'left_to_downstream'], handling: ['fix_ready'], ...begun },
    by: ['handle', 'fix'],
    gates: ['fix_not_promised'],
    transition: 'T14',
  },
  'add-patch': {
    label: 'Add a patch',
    from: { handling: confirmed, branch: ['affected', 'patch_private', 'patch_approved'] },
    to: { branch: ['patch_private'], handling: ['fixing'] },
    ways: { handling: { confirmed: ['fixing'] } },
    by: ['fix', 'reporter'],
    gates: ['signed_off', 'not_over_an_approved_patch'],
    transition: 'T14',
  },
  'record-patch-check': {
    label: 'Record what came of checking a patch',
    from: {},
    to: {},
    by: ['process'],
    gates: [],
    transition: 'T14',
  },
  'approve-patch': {
    label: 'Approve the patch',
    from: { branch: ['patch_private'] },
    to: { branch: ['patch_approved'], handling: ['fix_ready'], ...begun },
    by: ['review'],
    gates: ['not_the_patcher', 'patch_reviewer', 'tested_before_approval'],
    seconds: true,
    transition: 'T14 T15',
  },
  'judge-backport': {
    label: 'Vote on the backport',
    from: { branch: ['patch_private', 'patch_approved'] },
    to: {},
    by: ['review'],
    gates: ['not_the_patcher', 'backport_reviewer'],
    seconds: true,
    transition: 'T14',
  },
  'record-test': {
    label: 'Record a test of the patch',
    from: { branch: ['patch_private', 'patch_approved', 'posted', 'merged'] },
    to: {},
    by: ['fix', 'review', 'handle'],
    gates: [],
    transition: 'T14',
  },
  'record-posting': {
    label: 'Record that the patch was posted',
    from: { branch: ['affected', 'patch_private', 'patch_approved'] },
    to: { branch: ['posted'], ...published },
    by: ['fix', 'process'],
    gates: ['patch_there', 'approved_before_posting'],
    irreversible: true,
    transition: 'T19',
  },
  'record-merge': {
    label: 'Record that the fix was merged',
    from: { branch: ['unknown', 'affected', 'patch_private', 'patch_approved', 'posted', 'wont_fix', 'left_to_downstream'] },
    to: {
      branch: ['merged'],
      ...published,
      handling: ['fix_ready', ...published.handling],
      embargo: [...begun.embargo, ...published.embargo],
    },
    by: ['fix', 'process'],
    gates: ['approved_before_merge', 'pre_approved'],
    transition: 'T21',
  },
  'record-release': {
    label: 'Record the release',
    from: { branch: ['merged'] },
    to: { branch: ['released'], ...published },
    by: ['fix', 'process'],
    gates: [],
    transition: 'T21',
  },
} as const satisfies Partial<Record<ActionKind, Row>>;
