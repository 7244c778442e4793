// SPDX-License-Identifier: Apache-2.0
// The parallel regions of a case and their states. Every state stands here once, in the order in which a case passes it.

/** The main path, which most cases pass to its end. */
export const mainPath = [
  'received',
  'eligibility',
  'assessing',
  'confirmed',
  'fixing',
  'fix_ready',
  'disclosing',
  'disclosed',
  'closed',
] as const;

export const handlingStates = [
  'held',
  ...mainPath,
  'spam',
  'duplicate',
  'public_bug',
  'hardening',
  'not_ours',
  'withdrawn',
  'unfixed_public',
  /** Published elsewhere before, and taken over from an archive: no process here, and none begins. */
  'imported',
] as const;
export type Handling = (typeof handlingStates)[number];

/** What of the record the public may read once the case is public: nothing but the advisory, the reports and messages, or the inside as well. */
export type Opening = 'nothing' | 'issue' | 'full_record';

/** One way only: private to public (I1). */
export const visibilityStates = ['private', 'public'] as const;
export type Visibility = (typeof visibilityStates)[number];

export const embargoStates = ['none', 'proposed', 'active', 'revising', 'exited'] as const;
export type EmbargoState = (typeof embargoStates)[number];

export const embargoExits = [
  'date_reached',
  'early_agreed',
  'already_public',
  'leak',
  'exploited',
  'max_reached',
  'process_public',
  /** The report was withdrawn: what was agreed rests, and is there again when the case goes on. */
  'withdrawn',
] as const;
export type EmbargoExit = (typeof embargoExits)[number];

export const cveStates = [
  'undecided',
  'not_needed',
  'required',
  'requested',
  'assigned',
  'record_published',
  'refused',
  'rejected',
  'disputed',
] as const;
export type CveState = (typeof cveStates)[number];

export const branchStates = [
  'unknown',
  'not_affected',
  'affected',
  'patch_private',
  'patch_approved',
  'posted',
  'merged',
  'released',
  'wont_fix',
  'left_to_downstream',
] as const;
export type BranchState = (typeof branchStates)[number];

/** Ends of a branch that gets no fix from the project. */
export const branchEnds = ['wont_fix', 'left_to_downstream'] as const satisfies readonly BranchState[];
export type BranchEnd = (typeof branchEnds)[number];

export const advisoryStates = ['none', 'draft', 'in_review', 'approved', 'published', 'errata'] as const;
export type AdvisoryState = (typeof advisoryStates)[number];

/** `silent`: told, and had not answered when the case became public. `left`: takes part no more. */
export const partyStates = ['listed', 'notified', 'acknowledged', 'ready', 'released', 'objected', 'silent', 'left'] as const;
export type PartyState = (typeof partyStates)[number];

/** What each region can say; an action that names a flaw, a branch or a party speaks of that one. */
export interface RegionStates {
  readonly handling: Handling;
  readonly visibility: Visibility;
  readonly embargo: EmbargoState;
  readonly cve: CveState;
  readonly branch: BranchState;
  readonly party: PartyState;
  readonly advisory: AdvisoryState;
}
export type Region = keyof RegionStates;

/** Handling states from which a case still moves towards disclosure: it has exactly one owner meanwhile (I8). */
export const openHandling: readonly Handling[] = [
  'received',
  'eligibility',
  'assessing',
  'confirmed',
  'fixing',
  'fix_ready',
  'unfixed_public',
  'disclosing',
];

/** Why a case that had ended goes on. `disputed`: a verdict that sent it away was wrong. */
export const reopeningCauses = ['incomplete_fix', 'regression', 'new_flaw', 'disputed'] as const;
export type ReopeningCause = (typeof reopeningCauses)[number];

/** Facts with evidence, who and when; never undone. */
export const facts = ['already_public', 'exploit_public', 'exploited', 'leaked', 'rediscovered', 'exposed'] as const;
export type FactName = (typeof facts)[number];
