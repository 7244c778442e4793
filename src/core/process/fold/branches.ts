// SPDX-License-Identifier: Apache-2.0
// The fix, folded: what is judged, patched, approved, posted, merged and released, branch by branch.

import type { ActorMark } from '../../model/actor.ts';
import type { BranchFix, CaseState } from '../../model/case.ts';
import type { Envelope, EventOf } from '../../model/event.ts';
import type { Folds } from './fold.ts';
import { person, spoken } from './fold.ts';

export const branchFolds = {
  'fixing-started': () => ({ handling: 'fixing' }),
  // With a fix there is nothing to be published without one: a day that was announced for that is none any more.
  'fix-completed': (state, event) => ({ handling: 'fix_ready', marks: { ...state.marks, fix_ready: event.at }, unfixed: null }),
  // The words to go stand: the gates of the publication ask for every branch at the hour.
  'fix-reopened': ({ marks: { fix_ready: _, ...marks } }) => ({ handling: 'fixing', marks }),
  'branch-judged': branchJudged,
  'patch-added': (state, event) => ({
    ...unfinished(state, event.component),
    ...onBranch(state, event, (fix) => ({
      state: 'patch_private',
      patches: [...fix.patches, event.patch],
      patchedBy: author(event.by),
      approvals: [],
      tests: [],
      backport: [],
    })),
  }),
  'backport-judged': (state, event) => {
    const { at, as, held, verdict, reason } = event;
    const vote = { by: person(event.by), as, ...(held === undefined ? {} : { held }), at, verdict, reason };
    return onBranch(state, event, (fix) => ({ backport: [...fix.backport.filter((one) => one.by !== vote.by), vote] }));
  },
  'test-recorded': (state, event) => {
    const { at, passed, reproducer, statement } = event;
    const record = { by: person(event.by), at, passed, reproducer, statement };
    return onBranch(state, event, (fix) => ({ tests: [...fix.tests, record] }));
  },
  'patch-approved': (state, event) =>
    onBranch(state, event, (fix) => ({
      state: event.complete ? 'patch_approved' : fix.state,
      approvals: [...fix.approvals, person(event.by)],
      ...spoken(fix.heldAs, event),
    })),
  'patch-posted': (state, event) => onBranch(state, event, () => ({ state: 'posted', posted: event.messageId, postedAt: event.at })),
  'fix-merged': (state, event) =>
    onBranch(state, event, () => ({
      state: 'merged',
      commit: event.commit,
      mergedAt: event.at,
      ...(event.fastTrack === true ? { fastTrack: event.fastTrack } : {}),
    })),
  'branch-listed': (state, event) => ({ branches: [...state.branches, { ...unfixed({ ...event, required: false }), state: 'unknown' }] }),
  'branch-retired': (state, event) => onBranch(state, event, () => ({ required: false, retired: true })),
  'branch-ended': (state, event) => onBranch(state, event, () => ({ state: event.end })),
  'fix-released': (state, event) => onBranch(state, event, () => ({ state: 'released', tag: event.tag })),
} as const satisfies Folds;

type Named = Pick<BranchFix, 'branch' | 'component'>;

function onBranch(state: CaseState, named: Named, change: (fix: BranchFix) => Partial<BranchFix>): Partial<CaseState> {
  return { branches: state.branches.map((fix) => (isSame(fix, named) ? { ...fix, ...change(fix) } : fix)) };
}

function isSame(fix: Named, named: Named): boolean {
  return fix.branch === named.branch && fix.component === named.component;
}

/** A branch that is judged again keeps its patches, and a fix that it has, and goes to the end of the list. */
function branchJudged(state: CaseState, event: Envelope & EventOf<'branch-judged'>): Partial<CaseState> {
  const fix = state.branches.find((one) => isSame(one, event)) ?? unfixed(event);
  const others = state.branches.filter((one) => !isSame(one, event));
  const judged = event.affected ? 'affected' : 'not_affected';
  if (event.anew !== true) return { branches: [...others, { ...fix, state: judged }] };
  return { branches: [...others, { ...fix, group: event.group, required: true, state: hasFix.includes(fix.state) ? fix.state : judged }] };
}

const hasFix: readonly BranchFix['state'][] = ['patch_private', 'patch_approved', 'posted', 'merged', 'released'];

function unfixed(event: Pick<BranchFix, 'component' | 'branch' | 'group' | 'required'>): BranchFix {
  const { component, branch, group, required } = event;
  const nothing = {
    patches: [],
    patchedBy: null,
    approvals: [],
    tests: [],
    backport: [],
    posted: null,
    postedAt: null,
    commit: null,
    mergedAt: null,
    tag: null,
  };
  return { component, branch, group, required, state: 'affected', ...nothing };
}

/** A component that gets another patch is not done any more. */
function unfinished(state: CaseState, component: string | null): Partial<CaseState> {
  return { components: state.components.map((one) => (one.component === component ? { ...one, finished: false } : one)) };
}

function author(by: ActorMark): BranchFix['patchedBy'] {
  if (by.kind === 'person') return by.person;
  return by.kind === 'reporter' ? by.participant : null;
}
