// SPDX-License-Identifier: Apache-2.0
// The labels that a case wears: a function of its regions and of the policy's label map. A forge that mirrors a case sets these and no others.

import type { BranchFix, CaseState } from '../model/case.ts';
import type { BranchState, CveState, Handling } from '../model/regions.ts';
import type { Labels } from '../policy/disclosure-rules.ts';
import type { CveLabel, HandlingLabel } from '../policy/words.ts';

/**
 * Every label once, in the order in which the case came by them. A label replaces what stands in its scope (`Scope::`), and one without a scope stays.
 * Of the `cve` labels a case wears those of one state: the furthest that has a name and that every number in question has reached (QEMU-37).
 */
export function labelsOf(state: CaseState, map: Labels): readonly string[] {
  if (state.handling === 'held' || state.handling === 'spam') return [];
  return worn([...stepsOf(state, map), ...numberLabels(state, map)]);
}

function worn(set: readonly string[]): readonly string[] {
  return set.reduce<readonly string[]>((before, label) => {
    const scope = scopeOf(label);
    return [...before.filter((one) => one !== label && (scope === null || scopeOf(one) !== scope)), label];
  }, []);
}

/** `Workflow` of `Workflow::Confirmed`: the part before the last `::`, as GitLab reads it. */
function scopeOf(label: string): string | null {
  const end = label.lastIndexOf('::');
  return end <= 0 ? null : label.slice(0, end);
}

/** Handling and fix together, because a policy may name one scope in both. Posting comes before the disclosure, and merging after it. */
function stepsOf(state: CaseState, { handling, fix }: Labels): readonly string[] {
  const passed = passedBy(state);
  const fixed = fixOf(state.branches);
  const of = (...names: readonly HandlingLabel[]) => names.filter((name) => passed.has(name)).flatMap((name) => handling[name] ?? []);
  const ofFix = (name: 'posted' | 'merged' | 'released') => (rank(fixed) >= rank(name) ? (fix[name] ?? []) : []);
  return [
    ...of('received', 'eligibility', 'assessing', 'confirmed', 'fixing', 'fix_ready', 'unfixed_public'),
    ...ofFix('posted'),
    ...of('disclosed'),
    ...ofFix('merged'),
    ...ofFix('released'),
    ...of('closed', 'public_bug', 'hardening', 'duplicate', 'not_ours'),
  ];
}

const line: readonly (Handling & HandlingLabel)[] = [
  'received',
  'eligibility',
  'assessing',
  'confirmed',
  'fixing',
  'fix_ready',
  'disclosed',
];

/** What lies behind a case, and where it stands. A case that goes on after an end wears the label of that end no more. */
function passedBy({ handling, marks }: CaseState): ReadonlySet<string> {
  const place = handling === 'disclosing' ? line.indexOf('fix_ready') : (line as readonly Handling[]).indexOf(handling);
  if (place >= 0) return new Set(line.slice(0, place + 1));
  // An end: the milestones say how far the case had come.
  const behind: readonly (readonly [HandlingLabel, boolean])[] = [
    ['assessing', marks.acceptance !== undefined],
    ['confirmed', marks.confirmation !== undefined],
    ['fixing', handling === 'closed' && marks.confirmation !== undefined],
    ['fix_ready', marks.fix_ready !== undefined],
    ['disclosed', marks.disclosure !== undefined],
  ];
  return new Set(['received', 'eligibility', ...behind.filter(([, passed]) => passed).map(([name]) => name), handling]);
}

/** The state that every branch has reached that needs the fix; where none is needed, every branch that gets one. */
function fixOf(branches: readonly BranchFix[]): BranchState {
  const getting = branches.filter(({ state }) => rank(state) >= 0);
  const needed = getting.filter(({ required }) => required);
  const [first, ...others] = needed.length > 0 ? needed : getting;
  if (first === undefined) return 'unknown';
  return others.reduce((least, { state }) => (rank(state) < rank(least) ? state : least), first.state);
}

const towards: readonly BranchState[] = ['unknown', 'affected', 'patch_private', 'patch_approved', 'posted', 'merged', 'released'];

/** How far a fix is; below zero where none is to come. */
function rank(state: BranchState): number {
  return towards.indexOf(state);
}

const numbered: readonly CveLabel[] = ['required', 'requested', 'assigned', 'published'];
const labelOf: Readonly<Partial<Record<CveState, CveLabel>>> = {
  required: 'required',
  requested: 'requested',
  assigned: 'assigned',
  disputed: 'assigned',
  record_published: 'published',
};

/** A state without a name keeps the label of the state before it: `requested` may have none. */
function numberLabels({ flaws }: CaseState, { cve }: Labels): readonly string[] {
  const reached = flaws.flatMap((flaw) => (labelOf[flaw.cve] === undefined ? [] : [numbered.indexOf(labelOf[flaw.cve] as CveLabel)]));
  if (reached.length === 0) return [];
  const upTo = numbered.slice(0, Math.min(...reached) + 1);
  return upTo.map((name) => cve[name] ?? []).findLast((names) => names.length > 0) ?? [];
}
