// SPDX-License-Identifier: Apache-2.0
// One plain action of every kind, for tests that ask who may take it and where, and not what comes of it.

import type { Actor } from '../../src/core/model/actor.ts';
import type { CaseId, FlawId, PersonId, RedactionId, Role } from '../../src/core/model/identifiers.ts';
import type { CaseAction } from '../../src/core/process/decide.ts';
import { content, flaw, patchFile, piece, reporterId, start } from '../support/core.ts';
import { everyPart, number } from './journey.ts';

const branch = { branch: 'master', component: null };

const plain: { readonly [Kind in CaseAction['kind']]: (actor: Actor) => Omit<Extract<CaseAction, { readonly kind: Kind }>, 'kind'> } = {
  'release-report': () => ({}),
  'discard-report': () => ({ reason: null }),
  'take-up-case': () => ({}),
  'add-person': () => ({ person: 'someone' as PersonId }),
  'remove-person': () => ({ person: 'someone' as PersonId }),
  'assign-owner': () => ({ person: 'someone' as PersonId }),
  'decide-eligibility': () => ({ verdict: 'in', rule: null, reason: content() }),
  'correct-answers': () => ({ answers: [{ ...content('field', 'shared'), field: 'version' }], proposal: null }),
  'confirm-flaw': () => ({
    flaws: [flaw],
    class: null,
    severity: { level: 'high', vector: null },
    reason: content(),
    summary: null,
    branches: [],
  }),
  'dismiss-flaw': () => ({ reason: content() }),
  'set-class': () => ({ class: 'A' }),
  'assess-severity': () => ({ level: 'high', vector: null }),
  'record-fact': () => ({ fact: 'rediscovered', since: start, evidence: content('evidence') }),
  'propose-embargo': () => ({ until: start, zone: 'UTC', reason: content(), restart: false }),
  'agree-embargo': () => ({}),
  'refuse-embargo': () => ({ reason: content() }),
  'end-embargo': () => ({ exit: 'early_agreed', reason: content() }),
  'propose-bundle': () => ({ summary: content('summary') }),
  'agree-bundle': () => ({}),
  'start-fixing': () => ({}),
  'judge-branch': () => ({ ...branch, group: 'development', affected: true }),
  'add-patch': () => ({ ...branch, patch: patchFile(), signedOff: true }),
  'approve-patch': () => branch,
  'record-posting': () => ({ ...branch, messageId: '<1@lists.example>' }),
  'record-merge': () => ({ ...branch, commit: 'a'.repeat(40) }),
  'record-release': () => ({ ...branch, tag: 'v1' }),
  'request-cve': () => ({ flaw }),
  'record-cve': () => ({ flaw, number }),
  'waive-cve': () => ({ flaw, reason: content() }),
  'describe-impact': () => ({ impact: content('impact') }),
  'approve-impact': () => ({}),
  'write-advisory': () => ({ advisory: content('advisory'), parts: everyPart }),
  'submit-advisory': () => ({}),
  'approve-advisory': () => ({}),
  'return-advisory': () => ({ reason: content() }),
  'decide-credit': () => ({ participant: reporterId, decision: 'declined', name: null }),
  'decide-own-credit': () => ({ as: 'patcher', decision: 'declined', name: null }),
  'go-on-call': (actor) => ({ role: (actor.kind === 'person' ? actor.roles[0] : undefined) ?? ('none' as Role) }),
  'approve-release': () => ({}),
  'stop-release': () => ({ reason: null }),
  'record-preparation': () => ({ documents: [] }),
  'publish-case': () => ({}),
  'publish-bundle': () => ({}),
  'confirm-channel': () => ({ channel: '0:site', evidence: null }),
  'close-case': () => ({}),
  'send-message': () => ({ body: content('message', 'shared'), to: [reporterId] }),
  'answer-team': () => ({ body: content('message', 'shared'), attachments: [] }),
  'add-note': () => ({ body: content('note') }),
  'mark-duplicate': () => ({ of: 'case2' as CaseId, independent: true, opens: false, reason: null, evidence: content('evidence') }),
  'undo-duplicate': () => ({ reason: content() }),
  'update-relations': () => ({}),
  'answer-rediscovery': () => ({ publish: false, reason: content() }),
  'split-case': () => ({ parts: [{ case: 'case2' as CaseId, codename: 'wide-otter', title: content('title') }], reason: content() }),
  'add-flaw': () => ({ flaw: 'flaw9' as FlawId, title: null }),
  'drop-flaw': () => ({ flaw, reason: content() }),
  'add-component': () => ({ component: 'nova', person: null, branches: [] }),
  'assign-component': () => ({ component: 'nova', person: 'someone' as PersonId }),
  'finish-component': () => ({ component: 'nova' }),
  'drop-component': () => ({ component: 'nova', reason: content() }),
  'classify-content': () => ({ piece: piece(), why: 'tokens' }),
  'propose-redaction': () => ({ redaction: 'redaction1' as RedactionId, piece: piece(), span: null, why: 'tokens', destroys: false }),
  'approve-redaction': () => ({ redaction: 'redaction1' as RedactionId, copy: content('note'), covers: ['redaction1' as RedactionId] }),
  'decline-redaction': () => ({ redaction: 'redaction1' as RedactionId }),
  'decide-proof': () => ({ open: true }),
  'open-proofs': () => ({}),
  'agree-to-opening': () => ({}),
  remind: () => ({ clock: 'clocks.claim' }),
  'pass-on-case': () => ({ person: 'somebody' as PersonId, how: 'rota', clock: 'clocks.claim' }),
};

export function actionOf(kind: CaseAction['kind'], actor: Actor): CaseAction {
  return { kind, ...plain[kind](actor) } as CaseAction;
}
