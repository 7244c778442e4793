// SPDX-License-Identifier: Apache-2.0
// The one place where an action is allowed or refused: who, where, which gates, and then what happened.

import type { Action, ActionKind } from '../model/action.ts';
import type { CaseState } from '../model/case.ts';
import { branchOf, flawOf } from '../model/case.ts';
import type { EventData } from '../model/event.ts';
import type { Refused, UnmetGate } from '../model/refusal.ts';
import { isRefusal, refused } from '../model/refusal.ts';
import type { RegionStates } from '../model/regions.ts';
import { closedToAgents } from '../policy/agents.ts';
import { answeredByWords, conditionsOf, isKnownBefore, rightHolders, unmet } from './gates.ts';
import { ownParty, partiesIn, partiesOfActor, partyOf } from './parties.ts';
import type { Decider, Other, Situation } from './situation.ts';
import { hasRight, rolesOf } from './situation.ts';
import * as access from './steps/access.ts';
import * as advisory from './steps/advisory.ts';
import * as authority from './steps/authority.ts';
import * as components from './steps/components.ts';
import * as conversation from './steps/conversation.ts';
import * as disclosure from './steps/disclosure.ts';
import * as duplicates from './steps/duplicates.ts';
import * as eligibility from './steps/eligibility.ts';
import * as embargo from './steps/embargo.ts';
import { missingFor } from './steps/embargo-terms.ts';
import * as ends from './steps/ends.ts';
import * as fix from './steps/fix.ts';
import * as flaws from './steps/flaws.ts';
import * as intake from './steps/intake.ts';
import * as migration from './steps/migration.ts';
import * as numbers from './steps/numbers.ts';
import * as parties from './steps/parties.ts';
import * as patches from './steps/patches.ts';
import * as record from './steps/record.ts';
import * as triage from './steps/triage.ts';
import * as versions from './steps/versions.ts';
import type { By, Row } from './table/row.ts';
import { rowOf } from './table.ts';
import { granter, voicesAsked } from './voices.ts';

export interface Decision {
  /** In order; empty when the action changes nothing because it was done before. */
  readonly events: readonly EventData[];
}

/** Every action but the first of a case; `submitReport` in steps/intake.ts opens it. */
export type CaseAction = Exclude<Action, { readonly kind: 'submit-report' }>;

const deciders: { readonly [Kind in CaseAction['kind']]: Decider<Kind> } = {
  'release-report': intake.releaseReport,
  'discard-report': intake.discardReport,
  'take-up-case': triage.takeUpCase,
  'add-person': access.addPerson,
  'remove-person': access.removePerson,
  'narrow-access': access.narrowAccess,
  'propose-widening': access.proposeWidening,
  'widen-access': access.widenAccess,
  'assign-owner': triage.assignOwner,
  'decide-eligibility': eligibility.decideEligibility,
  'correct-answers': eligibility.correctAnswers,
  'pass-on-case': triage.passOnCase,
  'confirm-flaw': triage.confirmFlaw,
  'dismiss-flaw': triage.dismissFlaw,
  'set-class': triage.setClass,
  'assess-severity': triage.assessSeverity,
  'record-fact': embargo.recordFact,
  'propose-embargo': embargo.proposeEmbargo,
  'agree-embargo': embargo.agreeEmbargo,
  'refuse-embargo': embargo.refuseEmbargo,
  'end-embargo': embargo.endEmbargo,
  'keep-embargo': embargo.keepEmbargo,
  'propose-party': parties.proposeParty,
  'acknowledge-rules': parties.acknowledgeRules,
  'decide-agents': access.decideAgents,
  'screen-party': parties.screenParty,
  'notify-party': parties.notifyParty,
  'record-notice': parties.recordNotice,
  'record-answer': parties.recordAnswer,
  'accept-terms': parties.acceptTerms,
  'acknowledge-notice': parties.acknowledgeNotice,
  'say-ready': parties.sayReady,
  'raise-objection': parties.raiseObjection,
  'remove-party': parties.removeParty,
  'record-breach': parties.recordBreach,
  'record-duty': parties.recordDuty,
  'record-filing': authority.recordFiling,
  'propose-bundle': (action) => [{ kind: 'bundle-proposed', summary: action.summary }],
  'agree-bundle': () => [{ kind: 'bundle-agreed', complete: true }],
  'start-fixing': fix.startFixing,
  'judge-branch': fix.judgeBranch,
  'end-branch': fix.endBranch,
  'add-patch': fix.addPatch,
  'approve-patch': fix.approvePatch,
  'judge-backport': fix.judgeBackport,
  'record-test': fix.recordTest,
  'record-posting': fix.recordPosting,
  'record-merge': fix.recordMerge,
  'record-release': fix.recordRelease,
  'request-cve': numbers.requestCve,
  'record-cve': numbers.recordCve,
  'record-cve-refusal': numbers.recordCveRefusal,
  'record-cve-publication': numbers.recordCvePublication,
  'reject-cve': numbers.rejectCve,
  'dispute-cve': numbers.disputeCve,
  'waive-cve': numbers.waiveCve,
  'describe-impact': numbers.describeImpact,
  'approve-impact': numbers.approveImpact,
  'write-advisory': advisory.writeAdvisory,
  'submit-advisory': advisory.submitAdvisory,
  'approve-advisory': advisory.approveAdvisory,
  'return-advisory': advisory.returnAdvisory,
  'correct-advisory': versions.correctAdvisory,
  'add-late-number': versions.addLateNumber,
  'decide-credit': advisory.decideCredit,
  'decide-own-credit': advisory.decideOwnCredit,
  'go-on-call': disclosure.goOnCall,
  'approve-release': disclosure.approveRelease,
  'stop-release': disclosure.stopRelease,
  'record-preparation': disclosure.recordPreparation,
  'publish-case': disclosure.publishCase,
  'publish-bundle': disclosure.publishBundle,
  'confirm-channel': disclosure.confirmChannel,
  'close-case': disclosure.closeCase,
  'reopen-case': ends.reopenCase,
  'answer-forwarding': ends.answerForwarding,
  'record-forwarding': ends.recordForwarding,
  'ask-withdrawal': ends.askWithdrawal,
  'decide-withdrawal': ends.decideWithdrawal,
  'announce-unfixed': ends.announceUnfixed,
  'call-off-unfixed': ends.callOffUnfixed,
  'publish-unfixed': ends.publishUnfixed,
  'send-message': conversation.sendMessage,
  'withdraw-message': conversation.withdrawMessage,
  'answer-team': conversation.answerTeam,
  'add-note': conversation.addNote,
  'mark-duplicate': duplicates.markDuplicate,
  'undo-duplicate': duplicates.undoDuplicate,
  'update-relations': duplicates.updateRelations,
  'retire-branches': fix.retireBranches,
  'answer-rediscovery': duplicates.answerRediscovery,
  'split-case': flaws.splitCase,
  'add-flaw': flaws.addFlaw,
  'drop-flaw': flaws.dropFlaw,
  'add-component': components.addComponent,
  'assign-component': components.assignComponent,
  'finish-component': components.finishComponent,
  'drop-component': components.dropComponent,
  'classify-content': record.classifyContent,
  'keep-finding': record.keepFinding,
  'propose-redaction': record.proposeRedaction,
  'approve-redaction': record.approveRedaction,
  'decline-redaction': record.declineRedaction,
  'decide-proof': record.decideProof,
  'open-proofs': record.openProofs,
  'record-patch-check': patches.recordPatchCheck,
  'agree-to-opening': record.agreeToOpening,
  'migrate-policy': migration.migratePolicy,
  remind: conversation.remind,
};

/** Decides one action on an existing case. Whether the actor may see the case at all was asked before (core/policy/access.ts). */
export function decide(action: CaseAction, situation: Situation): Decision | Refused {
  const row = rowOf(action.kind);
  if (!row.by.some((by) => entitled(by, situation))) return refused.notPermitted(whoMay(row, situation));
  const misplaced = wrongState(row, action, situation);
  if (misplaced !== undefined) return misplaced;
  const missing = unmet(row.gates, row.policyGates ?? 'nothing', situation, action);
  if (missing.some((gate) => gate.strength === 'must') || (missing.length > 0 && action.deviation === undefined))
    return refused.gates(missing);
  const events = (deciders[action.kind] as Decider<CaseAction['kind']>)(action, situation);
  if (isRefusal(events)) return events;
  const all = [...deviations(missing, row, action, situation), ...events];
  return { events: [...all, ...disclosure.stoppedByFinding(situation, all), ...parties.vendorsAsked(situation, all)] };
}

/** The events that an action brings to another case which is locked together with its own. Asked once the action itself was decided. */
export function decideBeside(action: CaseAction, situation: Situation, other: Other): readonly EventData[] {
  switch (action.kind) {
    case 'mark-duplicate':
      return duplicates.attached(action, situation, { ...situation, ...other });
    case 'undo-duplicate':
      return duplicates.detached(situation, other);
    case 'split-case':
      return flaws.sharedBeside(action, situation, other);
    case 'update-relations':
      return duplicates.updatedBeside(other, situation);
    default:
      return [];
  }
}

/** What an actor could do now, and what stands in the way of the rest: the buttons of the case page. */
export interface Possibility {
  readonly action: ActionKind;
  readonly unmet: readonly UnmetGate[];
}

/** Offered beside the message that waits, which the outbox knows and the case does not. */
const besideItsMessage: ActionKind = 'withdraw-message';
/** In the order in which possibilities are told. */
export const offerable = (Object.keys(deciders) as CaseAction['kind'][]).filter((kind) => kind !== besideItsMessage);

/** Actions that this actor may take where the case stands, each with the gates that are not met yet. Flaw and branch actions appear when any of theirs fits. */
export function possibilities(situation: Situation): readonly Possibility[] {
  return offerable.flatMap((kind) => possibility(kind, situation) ?? []);
}

/** The same for one action; nothing where it is not this actor's, or not possible here. */
export function possibility(kind: CaseAction['kind'], situation: Situation): Possibility | undefined {
  const row = rowOf(kind);
  if (!fitsSomewhere(row, situation) || !row.by.some((by) => by !== 'process' && entitled(by, situation))) return undefined;
  const known = unmet(row.gates.filter(isKnownBefore), row.policyGates ?? 'nothing', situation, { kind } as CaseAction);
  return { action: kind, unmet: [...known, ...lacking(kind, situation)] };
}

/** Whoever would grant a request sees what it lacks before they press. */
function lacking(kind: CaseAction['kind'], situation: Situation): readonly UnmetGate[] {
  return kind === 'agree-embargo' && voicesAsked(situation).includes(granter) ? missingFor(situation, false).unmet : [];
}

function entitled(by: By, situation: Situation): boolean {
  switch (by) {
    case 'anyone':
      return true;
    case 'reporter':
      return situation.actor.kind === 'reporter';
    case 'party':
      return partiesOfActor(situation.actor, situation.state).length > 0;
    case 'together':
      return rolesOf(situation.actor).some((role) => situation.policy.disclosure.togetherWith.includes(role));
    case 'process':
      return situation.actor.kind === 'process';
    default:
      return hasRight(situation, by);
  }
}

function whoMay(row: Row, { state, policy, actor }: Situation): string {
  const closed = actor.kind === 'agent' ? closedToAgents(state, policy) : undefined;
  if (closed !== undefined) return closed;
  const rights = row.by.filter((by) => by !== 'anyone' && by !== 'process' && by !== 'reporter' && by !== 'party' && by !== 'together');
  const roles = rightHolders(policy, rights);
  const reporter = row.by.includes('reporter') ? ['the reporter'] : [];
  const party = row.by.includes('party') ? ['a party that was told'] : [];
  const together = row.by.includes('together') ? ['those who disclose at the same hour'] : [];
  const who = [...(roles === '' ? [] : [roles]), ...reporter, ...party, ...together].join(', or ');
  return who === '' ? 'Only the process itself does this.' : `This is done by: ${who}.`;
}

function wrongState(row: Row, action: CaseAction, { state, actor }: Situation): Refused | undefined {
  const standing = where(action, state, actor);
  for (const [region, expected] of Object.entries(row.from) as [keyof RegionStates, readonly string[]][]) {
    const is = standing[region];
    if (is !== undefined && expected.includes(is)) continue;
    const sentence =
      is === undefined
        ? `The case has no such ${region}.`
        : `“${row.label}” is not possible while ${region} is ${is.replaceAll('_', ' ')}.`;
    return { refusal: { kind: 'wrong_state', region, is: is ?? 'absent', expected, sentence } };
  }
  return undefined;
}

/** Where the case stands in each region; the CVE, branch and party regions are those of the flaw, branch or party that the action names, or the actor’s own party. */
function where(action: CaseAction, state: CaseState, actor: Situation['actor']): Partial<RegionStates> {
  const flaw = 'flaw' in action ? flawOf(state, action.flaw)?.cve : undefined;
  const party = 'party' in action ? partyOf(state, action.party) : ownParty(rowOf(action.kind).from.party, state, actor);
  const branch = 'branch' in action ? branchOf(state, action.branch, action.component)?.state : undefined;
  return {
    handling: state.handling,
    visibility: state.visibility,
    embargo: state.embargo.state,
    advisory: state.advisory.state,
    ...(party === undefined ? {} : { party: party.state }),
    ...(flaw === undefined ? {} : { cve: flaw }),
    ...(branch === undefined ? {} : { branch }),
  };
}

function fitsSomewhere(row: Row, { state, policy, actor }: Situation): boolean {
  const { handling, visibility, embargo: embargoed, advisory: written, cve, branch, party } = row.from;
  const own = partiesOfActor(actor, state);
  const parties = row.by.includes('party') ? own : partiesIn(state, policy);
  return (
    (handling?.includes(state.handling) ?? true) &&
    (visibility?.includes(state.visibility) ?? true) &&
    (embargoed?.includes(state.embargo.state) ?? true) &&
    (written?.includes(state.advisory.state) ?? true) &&
    (cve === undefined || state.flaws.some((flaw) => cve.includes(flaw.cve))) &&
    (party === undefined || parties.some((one) => party.includes(one.state))) &&
    (branch === undefined || state.branches.some((one) => branch.includes(one.state)))
  );
}

function deviations(missing: readonly UnmetGate[], row: Row, { deviation }: CaseAction, situation: Situation): readonly EventData[] {
  if (deviation === undefined) return [];
  const gates = answeredByWords(missing, conditionsOf(row.policyGates ?? 'nothing', situation));
  return gates.map((gate) => ({ kind: 'deviation-recorded', gate, reason: deviation }));
}
