// SPDX-License-Identifier: Apache-2.0
// Events into state: the fold that rebuilds a case from its log (I13). It reads envelopes only, never content, and never refuses.

import type { ActorMark } from '../model/actor.ts';
import type { BranchFix, CaseState, Flaw } from '../model/case.ts';
import { branchOf } from '../model/case.ts';
import type { Event, EventOf } from '../model/event.ts';
import type { PersonId } from '../model/identifiers.ts';
import type { EmbargoExit } from '../model/regions.ts';

/** The case that a first event opens. @throws Error when the log does not begin with a report: such a log is corrupt. */
export function opened(event: Event): CaseState {
  if (event.kind !== 'report-submitted' || event.seq !== 1) throw new Error(`a log begins with report-submitted, not ${event.kind}`);
  return {
    project: event.project,
    case: event.case,
    codename: event.codename,
    policy: event.policy,
    version: 1,
    handling: event.handling,
    visibility: event.public ? 'public' : 'private',
    publicSince: event.public ? event.at : null,
    title: event.title,
    class: null,
    component: event.component,
    owner: null,
    added: [],
    reporters: [reporter(event)],
    eligibility: null,
    assessment: null,
    severity: null,
    facts: [],
    embargo: { state: 'none', from: null, until: null, zone: null, proposal: null, moves: 0, restarts: 0, exit: null, exitedAt: null },
    bundle: null,
    flaws: [],
    branches: [],
    advisory: { state: 'none', number: null, draft: 0, content: null, parts: [], author: null, approvals: [], published: 0 },
    impact: null,
    onCall: [],
    disclosure: { approvedBy: [], armed: false, prepared: null, begunAt: null, bundleOnly: false, channels: [] },
    deviations: [],
    marks: { receipt: event.at },
    reminders: {},
  };
}

/** The case after one more event. */
export function evolve(state: CaseState, event: Event): CaseState {
  const changed = { ...state, ...changes(state, event), version: event.seq };
  return retracts(state, event) && state.disclosure.begunAt === null ? { ...changed, disclosure: disarmed(changed) } : changed;
}

/** The case that a whole log tells. @throws Error when the log is empty or has a gap. */
export function replay(events: readonly Event[]): CaseState {
  const [first, ...rest] = events;
  if (first === undefined) throw new Error('an empty log tells no case');
  return rest.reduce((state, event) => {
    if (event.seq !== state.version + 1) throw new Error(`event ${event.seq} follows ${state.version}`);
    return evolve(state, event);
  }, opened(first));
}

function changes(state: CaseState, event: Event): Partial<CaseState> {
  switch (event.kind) {
    case 'report-submitted':
      return { reporters: [...state.reporters, reporter(event)] };
    case 'report-released':
      return { handling: 'received' };
    case 'report-discarded':
      return { handling: 'spam' };
    case 'report-acknowledged':
      return { marks: { acknowledgement: event.at, ...state.marks } };
    case 'person-added':
      return { added: [...state.added, event.person] };
    case 'person-removed':
      return { added: state.added.filter((person) => person !== event.person) };
    case 'owner-assigned':
      return { owner: event.person };
    case 'case-taken-up':
      return { handling: 'eligibility' };
    case 'eligibility-decided':
      return eligibilityDecided(state, event);
    case 'flaw-confirmed':
      return flawConfirmed(state, event);
    case 'flaw-dismissed':
      return { handling: event.to, assessment: assessment(event, 'not_exploitable', null) };
    case 'severity-assessed':
      return { severity: { level: event.level, vector: event.vector, by: person(event.by), at: event.at } };
    case 'fact-recorded':
      return { facts: [...state.facts, { fact: event.fact, since: event.since, recordedAt: event.at, evidence: event.evidence }] };
    case 'message-sent':
    case 'message-received':
    case 'note-added':
      return {};
    case 'deviation-recorded':
      return { deviations: [...state.deviations, event.gate] };
    case 'reminder-due':
      return { reminders: { ...state.reminders, [event.clock]: { at: event.at, count: (state.reminders[event.clock]?.count ?? 0) + 1 } } };
    case 'case-closed':
      return { handling: 'closed' };
    default:
      return regionChanges(state, event);
  }
}

type RegionEvent = Exclude<Event, { readonly kind: HandlingKind }>;
type HandlingKind =
  | 'report-submitted'
  | 'report-released'
  | 'report-discarded'
  | 'report-acknowledged'
  | 'person-added'
  | 'person-removed'
  | 'owner-assigned'
  | 'case-taken-up'
  | 'eligibility-decided'
  | 'flaw-confirmed'
  | 'flaw-dismissed'
  | 'severity-assessed'
  | 'fact-recorded'
  | 'message-sent'
  | 'message-received'
  | 'note-added'
  | 'deviation-recorded'
  | 'reminder-due'
  | 'case-closed';

function regionChanges(state: CaseState, event: RegionEvent): Partial<CaseState> {
  switch (event.kind) {
    case 'embargo-proposed':
    case 'embargo-agreed':
    case 'embargo-refused':
    case 'embargo-activated':
    case 'embargo-moved':
    case 'embargo-exited':
      return embargoChanges(state, event);
    case 'bundle-proposed':
      return { bundle: { summary: event.summary, agreedBy: [person(event.by)], agreed: false } };
    case 'bundle-agreed':
      return state.bundle === null
        ? {}
        : { bundle: { ...state.bundle, agreedBy: [...state.bundle.agreedBy, person(event.by)], agreed: event.complete } };
    case 'fixing-started':
      return { handling: 'fixing' };
    case 'fix-completed':
      return { handling: 'fix_ready', marks: { ...state.marks, fix_ready: event.at } };
    case 'branch-judged':
    case 'patch-added':
    case 'patch-approved':
    case 'patch-posted':
    case 'fix-merged':
    case 'fix-released':
      return { branches: branchChanges(state, event) };
    case 'cve-required':
    case 'cve-waived':
    case 'cve-requested':
    case 'cve-assigned':
      return { flaws: state.flaws.map((flaw) => (flaw.flaw === event.flaw ? { ...flaw, ...cveChange(event), since: event.at } : flaw)) };
    case 'impact-described':
      return { impact: { content: event.impact, approvals: [], as: [] } };
    case 'impact-approved':
      return impactApproved(state, event);
    case 'credit-decided':
      return {
        reporters: state.reporters.map((one) =>
          one.participant === event.participant ? { ...one, credit: event.decision, creditName: event.name } : one,
        ),
      };
    case 'on-call-agreed':
      return { onCall: [...state.onCall, { role: event.role, person: person(event.by) }] };
    default:
      return publicationChanges(state, event);
  }
}

type PublicationEvent = Extract<
  Event,
  {
    readonly kind:
      | 'advisory-numbered'
      | 'advisory-written'
      | 'advisory-submitted'
      | 'advisory-approved'
      | 'advisory-returned'
      | 'release-approved'
      | 'release-stopped'
      | 'publication-prepared'
      | 'disclosure-begun'
      | 'case-opened'
      | 'channel-confirmed'
      | 'case-disclosed';
  }
>;

function publicationChanges(state: CaseState, event: PublicationEvent): Partial<CaseState> {
  const { advisory, disclosure } = state;
  switch (event.kind) {
    case 'advisory-numbered':
      return { advisory: { ...advisory, number: event.number } };
    case 'advisory-written':
      return {
        advisory: {
          ...advisory,
          state: 'draft',
          draft: advisory.draft + 1,
          content: event.advisory,
          parts: event.parts,
          author: person(event.by),
          approvals: [],
        },
        disclosure: disarmed(state),
      };
    case 'advisory-submitted':
      return { advisory: { ...advisory, state: 'in_review' } };
    case 'advisory-approved':
      return {
        advisory: { ...advisory, state: event.complete ? 'approved' : 'in_review', approvals: [...advisory.approvals, person(event.by)] },
      };
    case 'advisory-returned':
      return { advisory: { ...advisory, state: 'draft', approvals: [] }, disclosure: disarmed(state) };
    case 'release-approved':
      return { disclosure: { ...disclosure, approvedBy: [...disclosure.approvedBy, person(event.by)], armed: event.armed } };
    case 'release-stopped':
      return { disclosure: disarmed(state) };
    case 'publication-prepared':
      return { disclosure: { ...disclosure, prepared: event.documents } };
    case 'disclosure-begun':
      return {
        handling: event.bundleOnly ? state.handling : 'disclosing',
        disclosure: {
          ...disclosure,
          begunAt: event.at,
          bundleOnly: event.bundleOnly,
          channels: event.channels.map((channel) => ({ channel, state: 'due', at: null })),
        },
        advisory:
          advisory.state === 'approved' && !event.bundleOnly
            ? { ...advisory, state: 'published', published: advisory.published + 1 }
            : advisory,
      };
    case 'case-opened':
      return { visibility: 'public', publicSince: state.publicSince ?? event.at };
    case 'channel-confirmed':
      return {
        disclosure: {
          ...disclosure,
          channels: disclosure.channels.map((one) => (one.channel === event.channel ? { ...one, state: 'confirmed', at: event.at } : one)),
        },
      };
    case 'case-disclosed':
      return { handling: 'disclosed', marks: { ...state.marks, disclosure: event.at } };
  }
}

function embargoChanges(
  state: CaseState,
  event: Extract<
    Event,
    {
      readonly kind: 'embargo-proposed' | 'embargo-agreed' | 'embargo-refused' | 'embargo-activated' | 'embargo-moved' | 'embargo-exited';
    }
  >,
): Partial<CaseState> {
  const { embargo } = state;
  switch (event.kind) {
    case 'embargo-proposed': {
      const { until, zone, reason, restarts, awaits, agreed } = event;
      return {
        embargo: {
          ...embargo,
          state: embargo.until === null ? 'proposed' : 'revising',
          proposal: { until, zone, reason, restarts, awaits, agreed },
        },
      };
    }
    case 'embargo-agreed':
      return embargo.proposal === null
        ? {}
        : { embargo: { ...embargo, proposal: { ...embargo.proposal, agreed: [...embargo.proposal.agreed, event.as] } } };
    case 'embargo-refused':
      return { embargo: { ...embargo, state: embargo.until === null ? 'none' : 'active', proposal: null } };
    case 'embargo-activated':
      return { embargo: { ...embargo, state: 'active', from: event.from, until: event.until, zone: event.zone, proposal: null } };
    case 'embargo-moved':
      return {
        embargo: {
          ...embargo,
          state: 'active',
          from: event.restarted ? event.at : embargo.from,
          until: event.until,
          zone: event.zone,
          proposal: null,
          moves: embargo.moves + 1,
          restarts: embargo.restarts + (event.restarted ? 1 : 0),
        },
        disclosure: disarmed(state),
      };
    case 'embargo-exited':
      return {
        embargo: { ...embargo, state: 'exited', proposal: null, exit: event.exit, exitedAt: event.at },
        ...(endsEarly(event.exit) ? { disclosure: { ...state.disclosure, prepared: null } } : {}),
      };
  }
}

function branchChanges(
  state: CaseState,
  event: Extract<
    Event,
    { readonly kind: 'branch-judged' | 'patch-added' | 'patch-approved' | 'patch-posted' | 'fix-merged' | 'fix-released' }
  >,
): readonly BranchFix[] {
  const same = (fix: BranchFix) => fix.branch === event.branch && fix.component === event.component;
  if (event.kind === 'branch-judged') {
    const fix: BranchFix = state.branches.find(same) ?? unfixed(event);
    return [...state.branches.filter((one) => !same(one)), { ...fix, state: event.affected ? 'affected' : 'not_affected' }];
  }
  return state.branches.map((fix) => (same(fix) ? { ...fix, ...branchChange(fix, event) } : fix));
}

function branchChange(
  fix: BranchFix,
  event: Extract<Event, { readonly kind: 'patch-added' | 'patch-approved' | 'patch-posted' | 'fix-merged' | 'fix-released' }>,
): Partial<BranchFix> {
  switch (event.kind) {
    case 'patch-added':
      return { state: 'patch_private', patches: [...fix.patches, event.patch], patchedBy: author(event.by), approvals: [] };
    case 'patch-approved':
      return { state: event.complete ? 'patch_approved' : fix.state, approvals: [...fix.approvals, person(event.by)] };
    case 'patch-posted':
      return { state: 'posted', posted: event.messageId };
    case 'fix-merged':
      return { state: 'merged', commit: event.commit };
    case 'fix-released':
      return { state: 'released', tag: event.tag };
  }
}

function cveChange(
  event: Extract<Event, { readonly kind: 'cve-required' | 'cve-waived' | 'cve-requested' | 'cve-assigned' }>,
): Partial<Flaw> {
  switch (event.kind) {
    case 'cve-required':
      return { cve: 'required' };
    case 'cve-waived':
      return { cve: 'not_needed' };
    case 'cve-requested':
      return { cve: 'requested' };
    case 'cve-assigned':
      return { cve: 'assigned', number: event.number };
  }
}

function eligibilityDecided(state: CaseState, event: EventOf<'eligibility-decided'> & Event): Partial<CaseState> {
  const eligibility = assessment(event, event.verdict, event.rule);
  switch (event.verdict) {
    case 'in':
      return { handling: 'assessing', eligibility, marks: { ...state.marks, acceptance: event.at } };
    case 'out':
      return { handling: 'public_bug', eligibility };
    case 'elsewhere':
      return { handling: 'not_ours', eligibility };
  }
}

function flawConfirmed(state: CaseState, event: EventOf<'flaw-confirmed'> & Event): Partial<CaseState> {
  return {
    handling: 'confirmed',
    class: event.class,
    assessment: assessment(event, 'exploitable', null),
    flaws: event.flaws.map((flaw) => ({ flaw, cve: 'undecided', number: null, since: event.at })),
    marks: { ...state.marks, acceptance: state.marks.acceptance ?? event.at, confirmation: event.at },
  };
}

function impactApproved(state: CaseState, event: EventOf<'impact-approved'> & Event): Partial<CaseState> {
  if (state.impact === null) return {};
  const by = event.as === 'reporter' ? 'reporter' : person(event.by);
  const { approvals, as } = state.impact;
  return { impact: { ...state.impact, approvals: [...approvals, by], as: [...as, event.as] } };
}

function reporter(event: EventOf<'report-submitted'> & Event) {
  const { participant, channel, name, address, creditName, origin, deadline, report, attachments } = event;
  return {
    participant,
    channel,
    since: event.at,
    name,
    address,
    credit: 'undecided' as const,
    creditName,
    origin,
    deadline,
    report,
    attachments,
  };
}

function unfixed(event: EventOf<'branch-judged'>): BranchFix {
  const { component, branch, group, required } = event;
  return {
    component,
    branch,
    group,
    required,
    state: 'affected',
    patches: [],
    patchedBy: null,
    approvals: [],
    posted: null,
    commit: null,
    tag: null,
  };
}

function assessment<V extends string>(event: Event & { readonly reason: CaseState['title'] }, verdict: V, rule: string | null) {
  return { at: event.at, by: person(event.by), verdict, rule, reason: event.reason };
}

/** Whether the event changes what the advisory says without a new draft: a credit, a number, a severity, another patch. */
function retracts(state: CaseState, event: Event): boolean {
  switch (event.kind) {
    case 'credit-decided':
    case 'severity-assessed':
    case 'cve-assigned':
    case 'cve-waived':
      return true;
    case 'patch-added':
      return branchOf(state, event.branch, event.component)?.required ?? false;
    default:
      return false;
  }
}

/** Before the agreed instant: documents that were made for it carry a date that will not come. */
function endsEarly(exit: EmbargoExit): boolean {
  return exit === 'early_agreed' || exit === 'already_public' || exit === 'leak' || exit === 'exploited';
}

/** Whatever changes what would be published takes back the people's word and the documents made from it. */
function disarmed(state: CaseState): CaseState['disclosure'] {
  return { ...state.disclosure, approvedBy: [], armed: false, prepared: null };
}

/** The person behind an event that only persons cause. @throws Error on a log that says otherwise. */
function person(by: ActorMark): PersonId {
  if (by.kind !== 'person') throw new Error(`an event that only a person causes is marked ${by.kind}`);
  return by.person;
}

function author(by: ActorMark): BranchFix['patchedBy'] {
  if (by.kind === 'person') return by.person;
  return by.kind === 'reporter' ? by.participant : null;
}
