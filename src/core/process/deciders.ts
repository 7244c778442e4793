// SPDX-License-Identifier: Apache-2.0
// One decider for each action on a case, in the order in which a case goes. An action without one does not compile.

import type { CaseAction } from '../model/action.ts';
import type { Decider } from './situation.ts';
import * as access from './steps/access.ts';
import * as advisory from './steps/advisory.ts';
import * as authority from './steps/authority.ts';
import * as components from './steps/components.ts';
import * as conversation from './steps/conversation.ts';
import * as disclosure from './steps/disclosure.ts';
import * as duplicates from './steps/duplicates.ts';
import * as eligibility from './steps/eligibility.ts';
import * as embargo from './steps/embargo.ts';
import * as ends from './steps/ends.ts';
import * as fix from './steps/fix.ts';
import * as flaws from './steps/flaws.ts';
import * as imports from './steps/import.ts';
import * as intake from './steps/intake.ts';
import * as migration from './steps/migration.ts';
import * as numbers from './steps/numbers.ts';
import * as parties from './steps/parties.ts';
import * as patches from './steps/patches.ts';
import * as record from './steps/record.ts';
import * as triage from './steps/triage.ts';
import * as versions from './steps/versions.ts';

export const deciders: { readonly [Kind in CaseAction['kind']]: Decider<Kind> } = {
  'release-report': intake.releaseReport,
  'discard-report': intake.discardReport,
  'take-up-case': triage.takeUpCase,
  'add-person': access.addPerson,
  'remove-person': access.removePerson,
  'narrow-access': access.narrowAccess,
  'name-reader': access.nameReader,
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
  'write-to-party': parties.writeToParty,
  'withdraw-party-message': parties.withdrawPartyMessage,
  'write-to-team': parties.writeToTeam,
  'accept-terms': parties.acceptTerms,
  'acknowledge-notice': parties.acknowledgeNotice,
  'say-ready': parties.sayReady,
  'raise-objection': parties.raiseObjection,
  'remove-party': parties.removeParty,
  'record-breach': parties.recordBreach,
  'record-duty': parties.recordDuty,
  'record-filing': authority.recordFiling,
  'propose-bundle': disclosure.proposeBundle,
  'agree-bundle': disclosure.agreeBundle,
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
  'complete-import': imports.completeImport,
  'record-preparation': disclosure.recordPreparation,
  'sign-documents': disclosure.signDocuments,
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
