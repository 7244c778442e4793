// SPDX-License-Identifier: Apache-2.0
// A case as a told party sees it: what it needs to prepare, and nothing of who else was told, who works on it, or what was said inside.

import type { CaseState } from '../core/model/case.ts';
import type { EmbargoRequest, Voice } from '../core/model/embargo.ts';
import type { Event } from '../core/model/event.ts';
import type { AttachmentId, ContentId, PersonId, Role } from '../core/model/identifiers.ts';
import type { Party, PartyMessage } from '../core/model/party.ts';
import type { Instant } from '../core/model/time.ts';
import { reached } from '../core/process/conditions.ts';
import { toldParties, voiceOf } from '../core/process/parties.ts';
import { withCopies } from './opened.ts';
import { isHeld } from './orders.ts';
import { unrelated } from './related.ts';
import type { CaseView } from './views.ts';

interface Member {
  readonly person: PersonId;
  readonly roles: readonly Role[];
}

/** What the database shows of texts and files is the same for every party; here each gets its own column (L-02). */
export function forAParty(view: CaseView, who: Member): CaseView {
  const { state } = view;
  if (view.reach === 'terms')
    return {
      ...bare(view),
      possibilities: answers(view),
      state: { ...partyState(state, 'terms', who, view.now), version: partyVersion([]) },
    };
  const words = admitted(state, who).flatMap(({ notice, thread = [] }) => [
    ...(notice === null ? [] : [notice.id]),
    ...thread.filter((message) => isSaid(message, view.now)).map(({ body }) => body.id),
  ]);
  const readable = new Set<ContentId>([state.title.id, ...words, ...(state.impact === null ? [] : [state.impact.content.id])]);
  const shown = withCopies(view);
  const patches = patchesFor(state);
  return {
    ...bare(view),
    title: shown.get(state.title.id),
    state: { ...partyState(state, 'party', who, view.now), version: partyVersion(view.log) },
    texts: new Map([...shown].filter(([id]) => readable.has(id))),
    log: view.log.map((event, index) => ({ ...event, seq: index + 2, by: { kind: 'process' } })),
    attachments: view.attachments.filter(({ ref }) => patches.has(ref.id)),
  };
}

/** Files that a party reads: patches of the branches where one is approved. The database shows it every patch that was ever sent, whoever sent it. */
export function patchesFor({ branches }: CaseState): ReadonlySet<AttachmentId> {
  const approved = branches.filter((fix) => fix.state !== 'not_affected' && reached(fix, 'patch_approved'));
  return new Set(approved.flatMap(({ patches }) => patches.map(({ id }) => id)));
}

/** The version of a case to a party: how much of the log it reads. Of what is said and done beside it nothing can be counted (L-08). */
export function partyVersion(log: readonly Event[]): number {
  return log.length + 1;
}

/** The state alone, for lists. Of a party whose terms the reader has not accepted, that it was told; whoever left shows nothing more. */
export function partyState(state: CaseState, reach: 'party' | 'terms', who: Member, now: Instant): CaseState {
  const own = toldParties(state).filter((party) => party.role !== null && who.roles.includes(party.role));
  if (reach === 'terms') return beforeTerms(state, own);
  const open = admitted(state, who);
  const shown = own.map((party) => (open.includes(party) ? heard(party, now) : { ...party, notice: null, thread: [], done: [] }));
  return prepared(state, shown, open.map(voiceOf));
}

/** The thread as the party knows it: what the team may still take back is not said. */
function heard({ thread, ...party }: Party, now: Instant): Party {
  const said = (thread ?? []).filter((message) => isSaid(message, now));
  return said.length === 0 ? party : { ...party, thread: said };
}

function isSaid(message: PartyMessage, now: Instant): boolean {
  return message.from === 'party' || !isHeld(message, now);
}

/** The told parties through which the reader reads: in each they hold its role and accepted its terms themselves. */
function admitted(state: CaseState, { person, roles }: Member): readonly Party[] {
  return toldParties(state).filter((party) => party.role !== null && roles.includes(party.role) && party.accepted.includes(person));
}

/** Before the terms are accepted there is one answer; what else there would be to do says too much of the case. */
function answers({ possibilities }: CaseView): CaseView['possibilities'] {
  return possibilities.filter(({ action }) => action === 'accept-terms');
}

function bare(view: CaseView): CaseView {
  const nothing = {
    title: undefined,
    texts: new Map(),
    log: [],
    attachments: [],
    names: new Map(),
    deadlines: [],
    caps: [],
    cap: undefined,
  };
  return {
    ...view,
    ...nothing,
    outbox: [],
    goNoGo: [],
    assigners: [],
    recipients: [],
    rules: [],
    endByDefault: undefined,
    related: [],
    audience: 0,
    chain: { head: '' },
  };
}

/** Nobody's names, verdicts, facts and notes; of the parties, the reader's own. */
function prepared(state: CaseState, own: readonly Party[], voices: readonly Voice[]): CaseState {
  const inside = { owner: null, added: [], eligibility: null, assessment: null, severity: null, facts: [], bundle: null };
  const { impact } = state;
  const { heldAs: _, ...embargo } = state.embargo;
  return {
    ...state,
    ...inside,
    ...unrelated,
    attended: null,
    flawsReported: 1,
    untoldSince: null,
    reporters: [],
    onCall: [],
    rulesRead: [],
    agents: null,
    vendors: null,
    readiness: [],
    unfixed: state.unfixed === null ? null : { approvedBy: [], on: state.unfixed.on },
    deviations: [],
    filed: [],
    patchChecks: [],
    reminders: {},
    parties: own.map((party) => ({ ...party, accepted: [], screening: null })),
    branches: state.branches.map(({ heldAs: _held, ...fix }) => ({ ...fix, patchedBy: null, approvals: [], tests: [], backport: [] })),
    impact: impact === null ? null : { content: impact.content, frame: [], approvals: [], as: [] },
    embargo: {
      ...embargo,
      kept: [],
      ending: [],
      proposal: embargo.proposal === null ? null : asked(embargo.proposal, voices),
      decided: embargo.decided.map((one) => asked(one, voices)),
    },
  };
}

/** A date and who is asked for it, without the other parties and without what was said for it inside (LIBVIRT-25). */
function asked(request: EmbargoRequest, own: readonly Voice[]): EmbargoRequest {
  const shown = (all: readonly Voice[]) => all.filter((voice) => !voice.startsWith('party:') || own.includes(voice));
  return {
    ...request,
    askedBy: { kind: 'process' },
    reason: null,
    circumstances: null,
    evidence: null,
    severity: null,
    askedAs: shown(request.askedAs),
    awaits: shown(request.awaits),
    agreed: shown(request.agreed),
    decision: request.decision === null ? null : { ...request.decision, as: null, reason: null, missing: [] },
  };
}

/** That there is something, and its codename: the terms come first. */
function beforeTerms(state: CaseState, own: readonly Party[]): CaseState {
  const { embargo, ...shown } = prepared(state, own, []);
  return {
    ...shown,
    class: null,
    component: null,
    flaws: [],
    branches: [],
    impact: null,
    marks: {},
    unfixed: null,
    embargo: { ...embargo, state: 'none', from: null, until: null, zone: null, proposal: null, decided: [], kept: [], ending: [] },
  };
}
