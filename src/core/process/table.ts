// SPDX-License-Identifier: Apache-2.0
// THE TABLE: every action, where it is possible, who may take it, and which gates guard it. Buttons, refusals and docs come from here.

import type { ActionKind } from '../model/action.ts';
import type { RegionStates } from '../model/regions.ts';
import { openHandling } from '../model/regions.ts';
import type { Right } from '../policy/words.ts';
import type { GateName, PolicyGates } from './gates.ts';

/** States in which the action is possible; a region that is not named does not matter. */
export type From = { readonly [Region in keyof RegionStates]?: readonly RegionStates[Region][] };

/** A right of the policy; the reporter of the case; the process itself (clock and jobs). Agents stand in no row: they propose (I7). */
export type By = Right | 'reporter' | 'process' | 'anyone';

export interface Row {
  /** Label of the button, which names the effect. */
  readonly label: string;
  readonly from: From;
  /** Where the action may move the case, for the process page; a region that is not named stays. */
  readonly to: From;
  readonly by: readonly By[];
  readonly gates: readonly GateName[];
  readonly policyGates?: PolicyGates;
  /** Cannot be taken back: shown apart, asked twice, and never by a plain key press. */
  readonly irreversible?: true;
  /** Its number: comments and tests cite it. */
  readonly transition: string;
}

const working = ['eligibility', 'assessing', 'confirmed', 'fixing', 'fix_ready'] as const;
const confirmed = ['confirmed', 'fixing', 'fix_ready'] as const;
const alive = ['received', ...working, 'disclosing', 'disclosed', 'public_bug', 'hardening'] as const;
const notEnded = ['held', ...alive] as const;
/** What follows from the last step that the publication waited for. */
const published = { handling: ['disclosing', 'disclosed'], visibility: ['public'], embargo: ['exited'], advisory: ['published'] } as const;

export const table = {
  'submit-report': {
    label: 'Send the report',
    from: {},
    to: { handling: ['held', 'received'] },
    by: ['anyone'],
    gates: [],
    transition: 'T1',
  },
  'release-report': {
    label: 'Let the report through',
    from: { handling: ['held'] },
    to: { handling: ['received'] },
    by: ['moderate'],
    gates: [],
    transition: 'T2',
  },
  'discard-report': {
    label: 'Discard as spam',
    from: { handling: ['held', 'received'] },
    to: { handling: ['spam'] },
    by: ['moderate'],
    gates: [],
    irreversible: true,
    transition: 'T2',
  },
  'take-up-case': {
    label: 'Take up the case as its owner',
    from: { handling: ['received'] },
    to: { handling: ['eligibility'] },
    by: ['handle'],
    gates: [],
    transition: 'T3',
  },
  'add-person': { label: 'Give a person access', from: { handling: alive }, to: {}, by: ['add_people'], gates: [], transition: 'T3' },
  'remove-person': { label: 'Take back a person’s access', from: {}, to: {}, by: ['add_people'], gates: [], transition: 'T3' },
  'assign-owner': { label: 'Change the owner', from: { handling: alive }, to: {}, by: ['handle', 'process'], gates: [], transition: 'T3' },
  'pass-on-case': { label: 'Pass the case on', from: { handling: openHandling }, to: {}, by: ['process'], gates: [], transition: 'T3' },
  'decide-eligibility': {
    label: 'Decide eligibility',
    from: { handling: ['eligibility'] },
    to: { handling: ['assessing', 'public_bug', 'not_ours', 'closed'], visibility: ['public'], embargo: ['active', 'revising', 'exited'] },
    by: ['handle'],
    gates: ['owner_set'],
    irreversible: true,
    transition: 'T5 T6 T7',
  },
  'correct-answers': {
    label: 'Correct the answers',
    from: { handling: ['received', 'eligibility', 'assessing'] },
    to: {},
    by: ['handle', 'reporter'],
    gates: [],
    transition: 'T5',
  },
  'confirm-flaw': {
    label: 'Confirm the flaw',
    from: { handling: ['eligibility', 'assessing'] },
    to: {
      handling: ['confirmed'],
      visibility: ['public'],
      embargo: ['active', 'revising', 'exited'],
      cve: ['undecided', 'required'],
      branch: ['affected'],
    },
    by: ['handle'],
    gates: ['eligibility_decided', 'owner_set', 'severity_recorded', 'class_recorded'],
    transition: 'T9',
  },
  'dismiss-flaw': {
    label: 'Record: not exploitable',
    from: { handling: ['eligibility', 'assessing'] },
    to: { handling: ['public_bug', 'hardening', 'closed'], visibility: ['public'], embargo: ['exited'] },
    by: ['handle'],
    gates: ['eligibility_decided', 'owner_set'],
    irreversible: true,
    transition: 'T8',
  },
  'set-class': {
    label: 'Set the class',
    from: { handling: working },
    to: { visibility: ['public'], embargo: ['exited'] },
    by: ['handle'],
    gates: ['eligibility_decided', 'classes_declared'],
    irreversible: true,
    transition: 'T8 T9',
  },
  'assess-severity': {
    label: 'Record the severity',
    from: { handling: working },
    to: {},
    by: ['handle'],
    gates: ['eligibility_decided'],
    transition: 'T9',
  },
  'record-fact': {
    label: 'Record a fact',
    from: { handling: alive },
    to: { embargo: ['exited'] },
    by: ['handle', 'set_embargo'],
    gates: [],
    transition: 'T12',
  },
  'propose-embargo': {
    label: 'Propose an embargo date',
    from: { handling: working, embargo: ['none', 'proposed', 'active', 'revising'] },
    to: { embargo: ['proposed', 'active', 'revising'] },
    by: ['set_embargo', 'reporter'],
    gates: ['embargo_allowed', 'embargo_possible'],
    transition: 'T10 T11',
  },
  'agree-embargo': {
    label: 'Agree to the date',
    from: { embargo: ['proposed', 'revising'] },
    to: { embargo: ['active'] },
    by: ['set_embargo', 'handle', 'reporter'],
    gates: ['embargo_possible', 'asked_to_agree'],
    transition: 'T10 T11',
  },
  'refuse-embargo': {
    label: 'Refuse the date',
    from: { embargo: ['proposed', 'revising'] },
    to: { embargo: ['none', 'active'] },
    by: ['set_embargo', 'reporter'],
    gates: ['asked_to_agree'],
    transition: 'T10 T11',
  },
  'end-embargo': {
    label: 'End the embargo now',
    from: { embargo: ['active', 'revising'] },
    to: { embargo: ['exited'] },
    by: ['set_embargo'],
    gates: [],
    irreversible: true,
    transition: 'T12',
  },
  'propose-bundle': {
    label: 'Propose what opens at the cap',
    from: { handling: confirmed },
    to: {},
    by: ['disclose'],
    gates: [],
    transition: 'T10',
  },
  'agree-bundle': {
    label: 'Agree to what opens at the cap',
    from: { handling: confirmed },
    to: {},
    by: ['disclose'],
    gates: ['bundle_proposed', 'second_person'],
    transition: 'T10',
  },
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
    to: { branch: ['affected', 'not_affected'] },
    by: ['handle', 'fix'],
    gates: [],
    transition: 'T14',
  },
  'add-patch': {
    label: 'Add a patch',
    from: { handling: confirmed, branch: ['affected', 'patch_private', 'patch_approved'] },
    to: { branch: ['patch_private'], handling: ['fixing'] },
    by: ['fix', 'reporter'],
    gates: ['signed_off', 'not_over_an_approved_patch'],
    transition: 'T14',
  },
  'approve-patch': {
    label: 'Approve the patch',
    from: { branch: ['patch_private'] },
    to: { branch: ['patch_approved'], handling: ['fix_ready'] },
    by: ['review'],
    gates: ['not_the_patcher', 'patch_reviewer'],
    transition: 'T14 T15',
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
    from: { branch: ['affected', 'patch_private', 'patch_approved', 'posted'] },
    to: { branch: ['merged'], ...published, handling: ['fix_ready', ...published.handling] },
    by: ['fix', 'process'],
    gates: ['approved_before_merge'],
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
  'request-cve': {
    label: 'Record that a number was asked for',
    from: { cve: ['undecided', 'required'] },
    to: { cve: ['requested'] },
    by: ['request_cve'],
    gates: [],
    transition: 'T16',
  },
  'record-cve': {
    label: 'Record the CVE number',
    from: { cve: ['undecided', 'required', 'requested'] },
    to: { cve: ['assigned'] },
    by: ['record_cve'],
    gates: ['number_unclaimed'],
    transition: 'T16',
  },
  'waive-cve': {
    label: 'Record: no number needed',
    from: { cve: ['undecided', 'required'] },
    to: { cve: ['not_needed'] },
    by: ['handle'],
    gates: [],
    transition: 'T16',
  },
  'describe-impact': {
    label: 'Describe the impact',
    from: { handling: confirmed },
    to: {},
    by: ['handle', 'write_advisory'],
    gates: [],
    transition: 'T9',
  },
  'approve-impact': {
    label: 'Approve the description',
    from: { handling: confirmed },
    to: {},
    by: ['review', 'reporter'],
    gates: ['impact_not_twice'],
    transition: 'T16',
  },
  'write-advisory': {
    label: 'Save the advisory',
    from: { handling: confirmed, advisory: ['none', 'draft', 'in_review', 'approved'] },
    to: { advisory: ['draft'] },
    by: ['write_advisory'],
    gates: ['advisory_wanted'],
    transition: 'T19',
  },
  'submit-advisory': {
    label: 'Ask for review',
    from: { advisory: ['draft'] },
    to: { advisory: ['in_review'] },
    by: ['write_advisory'],
    gates: ['advisory_complete'],
    transition: 'T19',
  },
  'approve-advisory': {
    label: 'Approve the advisory',
    from: { advisory: ['in_review'] },
    to: { advisory: ['approved'] },
    by: ['approve_advisory'],
    gates: ['not_the_author'],
    transition: 'T19',
  },
  'return-advisory': {
    label: 'Return it to its author',
    from: { advisory: ['in_review', 'approved'] },
    to: { advisory: ['draft'] },
    by: ['approve_advisory'],
    gates: [],
    transition: 'T19',
  },
  'decide-credit': {
    label: 'Decide the credit',
    from: { handling: notEnded },
    to: {},
    by: ['handle', 'reporter'],
    gates: [],
    transition: 'T19',
  },
  'decide-own-credit': {
    label: 'Decide on my own credit',
    from: { handling: confirmed },
    to: {},
    by: ['handle', 'fix', 'review'],
    gates: ['contributors_credited'],
    transition: 'T19',
  },
  'go-on-call': {
    label: 'Be there at the hour',
    from: { handling: confirmed },
    to: {},
    by: ['review', 'fix', 'disclose'],
    gates: [],
    transition: 'T17',
  },
  'approve-release': {
    label: 'Say go',
    from: { handling: confirmed },
    to: {},
    by: ['disclose'],
    gates: ['second_person', 'credit_decided', 'advisory_approved', 'branches_done', 'redactions_decided'],
    policyGates: 'disclosure',
    transition: 'T17',
  },
  'stop-release': { label: 'Stop the release', from: { handling: confirmed }, to: {}, by: ['disclose'], gates: [], transition: 'T17' },
  'record-preparation': {
    label: 'Keep the documents',
    from: { handling: confirmed },
    to: {},
    by: ['process'],
    gates: ['release_armed'],
    transition: 'T19',
  },
  'publish-case': {
    label: 'Publish now',
    from: { handling: confirmed },
    to: published,
    by: ['process', 'disclose'],
    gates: [
      'disclosure_due',
      'credit_decided',
      'advisory_approved',
      'branches_done',
      'redactions_decided',
      'release_armed',
      'documents_prepared',
    ],
    policyGates: 'disclosure',
    irreversible: true,
    transition: 'T19',
  },
  'publish-bundle': {
    label: 'Publish what was agreed for the cap',
    from: { handling: working, visibility: ['private'] },
    to: { visibility: ['public'], embargo: ['exited'] },
    by: ['process'],
    gates: ['cap_reached', 'bundle_agreed'],
    irreversible: true,
    transition: 'T12',
  },
  'confirm-channel': {
    label: 'Confirm that it is out',
    from: { handling: ['disclosing'] },
    to: { handling: ['disclosed'] },
    by: ['process', 'disclose'],
    gates: [],
    transition: 'T20',
  },
  'close-case': {
    label: 'Close the case',
    from: { handling: ['disclosed', 'public_bug', 'hardening', 'unfixed_public'] },
    to: { handling: ['closed'] },
    by: ['handle', 'process'],
    gates: ['is_public'],
    policyGates: 'closing',
    transition: 'T22',
  },
  'send-message': { label: 'Send to the reporters', from: { handling: notEnded }, to: {}, by: ['handle'], gates: [], transition: 'T3' },
  'answer-team': { label: 'Send to the team', from: { handling: notEnded }, to: {}, by: ['reporter'], gates: [], transition: 'T3' },
  'add-note': {
    label: 'Keep as an internal note',
    from: {},
    to: {},
    by: ['moderate', 'handle', 'fix', 'review'],
    gates: [],
    transition: 'T3',
  },
  'classify-content': {
    label: 'Say what becomes of a text or file',
    from: {},
    to: {},
    by: ['handle', 'fix', 'review', 'moderate', 'disclose', 'reporter'],
    gates: [],
    transition: 'T19',
  },
  'propose-redaction': {
    label: 'Propose to strike something out',
    from: {},
    to: {},
    by: ['disclose', 'handle'],
    gates: [],
    transition: 'T19',
  },
  'approve-redaction': {
    label: 'Approve striking it out',
    from: {},
    to: {},
    by: ['disclose'],
    gates: ['redaction_second_person', 'redaction_reviewer'],
    transition: 'T19',
  },
  'decline-redaction': {
    label: 'Leave it as it stands',
    from: {},
    to: {},
    by: ['disclose', 'handle'],
    gates: [],
    transition: 'T19',
  },
  'decide-proof': {
    label: 'Decide on your proof of concept',
    from: {},
    to: {},
    by: ['reporter'],
    gates: ['proof_is_the_reporters'],
    transition: 'T19',
  },
  'open-proofs': {
    label: 'Open the proofs of concept',
    from: { visibility: ['public'] },
    to: {},
    by: ['process'],
    gates: ['proofs_due'],
    transition: 'clock',
  },
  'agree-to-opening': {
    label: 'Agree that the discussion is opened',
    from: {},
    to: {},
    by: ['reporter'],
    gates: ['opening_needs_consent'],
    transition: 'T19',
  },
  remind: { label: 'Remind', from: {}, to: {}, by: ['process'], gates: [], transition: 'clock' },
} as const satisfies Record<ActionKind, Row>;

export function rowOf(kind: ActionKind): Row {
  return table[kind];
}
