// SPDX-License-Identifier: Apache-2.0
// Where a case stands, region by region, in words; and what of it an action changed.

import type { BranchFix, CaseState } from '../../core/model/case.ts';
import type { Party } from '../../core/model/party.ts';
import type { Instant } from '../../core/model/time.ts';
import { Temporal } from '../../core/model/time.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { type WordWanted, wordsWanted } from '../../core/process/words-wanted.ts';
import type { Change } from './transcript.ts';

/** `2026-11-16 15:00 UTC`, in the zone given. */
export function moment(at: Instant, zone: string): string {
  const zoned = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  return `${zoned.toPlainDate()} ${zoned.toPlainTime().toString({ smallestUnit: 'minute' })} ${zone}`;
}

/** `related`: with what binds the case to others of the script. */
export function standing(state: CaseState, policy: Policy, related: boolean): readonly Change[] {
  const { zone } = policy.calendar;
  const parts: readonly (readonly [string, string | null])[] = [
    ['handling', state.handling],
    ['visibility', state.visibility],
    ['owner', state.owner],
    ...(related ? relations(state) : []),
    ['severity', state.severity?.level ?? null],
    ['class', state.class],
    ...state.facts.map(({ fact }, index): [string, string] => [`fact ${index + 1}`, fact]),
    ['embargo', `${embargo(state, zone)}${needs('end-embargo', state, policy)}`],
    ['bundle', bundle(state, policy)],
    ...state.flaws.map(({ cve, number }, index): [string, string] => [`CVE ${index + 1}`, number === null ? cve : `${cve} ${number}`]),
    ...state.branches.map((fix): [string, string] => [
      `branch ${branchName(fix)}`,
      fix.required ? `${fix.state}${onBranch(fix, state, policy)}` : `${fix.state} (not waited for)`,
    ]),
    ...state.parties.map((one): [string, string] => [`party ${one.name}`, party(one)]),
    ['withdrawal', state.withdrawal === null || state.handling === 'withdrawn' ? null : 'asked for'],
    ['publication without a fix', unfixed(state, policy)],
    ['advisory', `${advisory(state)}${needs('approve-advisory', state, policy)}`],
    ['impact', state.impact === null ? null : `described, ${approvals(state.impact.as)}`],
    ...state.reporters.flatMap(({ participant, credit }): [string, string][] =>
      credit === 'undecided' ? [] : [[`credit of ${participant}`, credit]],
    ),
    ...state.onCall.map(({ role, person }): [string, string] => [`on call as ${role}`, person]),
    ['release', release(state, policy)],
    ...state.disclosure.channels.map(({ channel, state: progress }): [string, string] => [`channel ${channel}`, progress]),
  ];
  return parts.flatMap(([what, to]) => (to === null ? [] : [{ what, to: to.replaceAll('_', ' ') }]));
}

/** What differs; before the first action there is nothing. */
export function changes(before: CaseState | null, after: CaseState, policy: Policy, related: boolean): readonly Change[] {
  const known = new Map(before === null ? [] : standing(before, policy, related).map(({ what, to }) => [what, to]));
  const now = standing(after, policy, related);
  const gone = [...known.keys()].filter((what) => !now.some((one) => one.what === what));
  return [...now.filter(({ what, to }) => known.get(what) !== to), ...gone.map((what) => ({ what, to: 'none' }))];
}

function relations({ reporters, duplicateOf, splitFrom, record }: CaseState): readonly (readonly [string, string | null])[] {
  return [
    ['reporters', reporters.map(({ participant }) => participant).join(', ')],
    ['credited', reporters.flatMap(({ participant, credited }) => (credited ? [participant] : [])).join(', ') || 'nobody'],
    ['belongs to another case', duplicateOf === null ? null : 'as a duplicate'],
    ['is part of another case', splitFrom === null ? null : 'by a split'],
    ['waits for the other parts', record.shared.length === 0 ? null : 'what they share stays closed'],
  ];
}

function embargo({ embargo: { state, until, exit, proposal } }: CaseState, zone: string): string {
  if (exit !== null) return `${state}: ${exit}`;
  const end = until === null ? '' : ` until ${moment(until, zone)}`;
  if (proposal === null) return `${state}${end}`;
  const open = proposal.awaits.filter((voice) => !proposal.agreed.includes(voice));
  return `${state}${end}, ${moment(proposal.until, zone)} waits for ${open.join(', ')}`;
}

function approvals(as: readonly string[]): string {
  return as.length === 0 ? 'not approved' : `approved by ${as.join(', ')}`;
}

function party({ state, screening, accepted }: Party): string {
  const judged = state === 'listed' && screening !== null ? (screening.cleared ? ', cleared' : ', not cleared') : '';
  return accepted.length === 0 ? `${state}${judged}` : `${state}, terms accepted by ${accepted.join(', ')}`;
}

function bundle(state: CaseState, policy: Policy): string | null {
  if (state.bundle === null) return null;
  if (state.bundle.agreed) return 'agreed';
  return state.visibility === 'public' ? 'not needed any more' : `proposed${needs('agree-bundle', state, policy)}`;
}

function unfixed(state: CaseState, policy: Policy): string | null {
  const { unfixed: announced, visibility } = state;
  if (announced === null || visibility === 'public') return null;
  return announced.on === null
    ? `asked for by ${announced.approvedBy.join(', ')}${needs('announce-unfixed', state, policy)}`
    : `announced for ${moment(announced.on, policy.calendar.zone)}`;
}

function branchName({ branch, component }: BranchFix): string {
  return component === null ? branch : `${component} ${branch}`;
}

function advisory({ advisory: { state, number } }: CaseState): string {
  return number === null ? state : `${state}, ${number}`;
}

/** Who has said go, and who else has to: a release that waits for a second person says so. */
function release(state: CaseState, policy: Policy): string | null {
  const { armed, approvedBy } = state.disclosure;
  if (armed) return 'armed';
  return approvedBy.length === 0 ? null : `${approvedBy.join(', ')} said go${needs('approve-release', state, policy)}`;
}

/** Whose word is still asked for, once somebody has said theirs. */
function needs(action: WordWanted['action'], state: CaseState, policy: Policy): string {
  const one = wordsWanted(state, policy).find((wanted) => wanted.action === action);
  return one === undefined ? '' : `; still needed: ${one.of}`;
}

function onBranch({ branch, component, approvals }: BranchFix, state: CaseState, policy: Policy): string {
  const one = wordsWanted(state, policy).find(
    (wanted) => wanted.action === 'approve-patch' && wanted.branch === branch && (wanted.component ?? null) === component,
  );
  return one === undefined || approvals.length === 0 ? '' : `, approved by ${approvals.join(', ')}; still needed: ${one.of}`;
}
