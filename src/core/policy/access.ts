// SPDX-License-Identifier: Apache-2.0
// THE ACCESS RULE: who may see which case and which of its contents. Row-level security says the same in SQL, and a test compares the two.

import type { CaseState } from '../model/case.ts';
import { ownReporters } from '../model/case.ts';
import type { AttachmentRef, Audience, ContentKind } from '../model/content.ts';
import type { EventKind } from '../model/event.ts';
import type { CaseId, ContentId, ParticipantId, PersonId, PieceId, ProjectId, Role } from '../model/identifiers.ts';
import { closedPieces, publicVersion } from '../model/record.ts';
import type { Opening } from '../model/regions.ts';
import type { Policy } from './policy.ts';
import { rolesWith } from './policy.ts';
import { toldForANumber, toldToParties } from './told-in-part.ts';

/** Somebody who looks. A principal belongs to one project and sees nothing of another. */
export type Principal =
  | { readonly kind: 'anonymous'; readonly project: ProjectId }
  | { readonly kind: 'person'; readonly project: ProjectId; readonly person: PersonId; readonly roles: readonly Role[] }
  | { readonly kind: 'reporter'; readonly project: ProjectId; readonly case: CaseId; readonly participant: ParticipantId }
  | { readonly kind: 'process'; readonly project: ProjectId };

type Person = Extract<Principal, { kind: 'person' }>;

export type { Opening };

/** A case as far as access goes: each is a column that row-level security reads. */
export interface Guarded {
  readonly project: ProjectId;
  readonly case: CaseId;
  readonly public: boolean;
  readonly opening: Opening;
  /** Roles that read the whole case now. */
  readonly readers: readonly Role[];
  /** Roles that read what a CVE number needs, and no more (QEMU-32). */
  readonly cveReaders: readonly Role[];
  /** People added to this case by name: they read by the invitation, whatever they hold. */
  readonly guests: readonly PersonId[];
  /** Of a narrowed case: its few, each in the roles that would read it; they read it while they hold one of those. */
  readonly few: readonly Membership[];
  /** Roles that are a party which was told: they learn that the case exists. */
  readonly parties: readonly Role[];
  /** Their members who have accepted the terms, each in the role of that party: they read what it reads, while they hold the role. */
  readonly partyMembers: readonly Membership[];
  /** What each of those parties was told in words, and what it and the team wrote to each other; no other party reads it (L-02). */
  readonly partyNotices: readonly PartyNotice[];
  /** Reporters whose proofs of concept are open with the record. */
  readonly proofs: readonly ParticipantId[];
}

/** Somebody in a role: who belongs to two parties accepts the terms of each. */
export interface Membership {
  readonly role: Role;
  readonly person: PersonId;
}

export interface PartyNotice {
  readonly role: Role;
  readonly content: ContentId;
}

export function guarded(state: CaseState, policy: Policy): Guarded {
  return {
    project: state.project,
    case: state.case,
    public: state.visibility === 'public',
    opening: openingOf(state, policy),
    readers: readersOf(state, policy),
    cveReaders: cveReadersOf(state, policy),
    guests: guestsOf(state),
    few: fewOf(state, policy),
    parties: told(state).flatMap(({ role }) => (role === null ? [] : [role])),
    partyMembers: told(state).flatMap(({ role, accepted }) => (role === null ? [] : accepted.map((person) => ({ role, person })))),
    partyNotices: told(state).flatMap(wordsOf),
    proofs: proofsOf(state, policy),
  };
}

function wordsOf({ role, notice, thread = [] }: CaseState['parties'][number]): readonly PartyNotice[] {
  const said = [...(notice === null ? [] : [notice]), ...thread.map(({ body }) => body)];
  return role === null ? [] : said.map(({ id }) => ({ role, content: id }));
}

/** People who read this case by invitation: whoever was added, and where it is narrowed, those of them who are among the few. */
export function guestsOf(state: CaseState): readonly PersonId[] {
  return isNarrowed(state) ? state.added.filter((one) => state.narrowed?.people.includes(one)) : state.added;
}

/** Narrowing takes from what the roles give and gives nothing: a name among the few does not outlive the role of who bears it. */
function fewOf(state: CaseState, policy: Policy): readonly Membership[] {
  if (!isNarrowed(state)) return [];
  const roles = rolesOfFew(state, policy);
  return (state.narrowed?.people ?? []).flatMap((person) => roles.map((role) => ({ role, person })));
}

/** What is public is read by everybody; who reads the rest of it is the policy's matter again. */
function isNarrowed({ narrowed, visibility }: CaseState): boolean {
  return narrowed !== null && visibility === 'private';
}

/** Parties that take part; whoever broke the embargo, or was removed, sees nothing more (T27). */
function told({ parties }: CaseState): CaseState['parties'] {
  return parties.filter((party) => party.notifiedAt !== null && party.state !== 'left');
}

function readersOf(state: CaseState, policy: Policy): readonly Role[] {
  if (isNarrowed(state)) return [];
  return moderated(state) ? rolesWith(policy, 'moderate') : policy.visibility.onReceipt;
}

/** By which one of the few reads. Whoever read it goes on when it is discarded: it may have been a mistake. */
export function rolesOfFew(state: CaseState, policy: Policy): readonly Role[] {
  return [...new Set([...policy.visibility.onReceipt, ...(moderated(state) ? rolesWith(policy, 'moderate') : [])])];
}

/** A held or discarded report is seen by those who moderate, and by nobody else (LIBVIRT-10); so is one that was taken back before it had an owner. */
function moderated({ handling, owner }: CaseState): boolean {
  return handling === 'held' || handling === 'spam' || (handling === 'withdrawn' && owner === null);
}

function cveReadersOf(state: CaseState, policy: Policy): readonly Role[] {
  if (isNarrowed(state)) return [];
  return state.flaws.some((flaw) => flaw.cve === 'required' || flaw.cve === 'requested') ? policy.visibility.cveQueue : [];
}

function openingOf(state: CaseState, policy: Policy): Opening {
  if (state.visibility === 'private' || state.disclosure.bundleOnly || state.handling === 'imported') return 'nothing';
  const { scope, reports } = policy.publication;
  if (scope === 'fix_only' && !state.record.startedPublic && !agreedToOpening(state)) return 'nothing';
  // What opens with another case opens as far as that one, and no further.
  if (state.duplicateOf?.opening != null) return state.duplicateOf.opening;
  if (state.record.startedPublic) return scope === 'full_record' ? scope : 'issue';
  if (reports === 'confirmed_flaws' && state.marks.confirmation === undefined) return 'nothing';
  switch (scope) {
    case 'fix_only':
      return 'issue';
    case 'notice':
      return state.handling === 'public_bug' || state.disclosure.begunAt === null ? 'issue' : 'nothing';
    case 'issue':
      return 'issue';
    case 'full_record':
      return 'full_record';
  }
}

/** Everybody who reported in this case; who reported in another is asked there. */
function agreedToOpening(state: CaseState): boolean {
  return ownReporters(state).every((reporter) => state.record.consents.includes(reporter.participant));
}

function proofsOf({ reporters, record }: CaseState, policy: Policy): readonly ParticipantId[] {
  const everybody = reporters.map((reporter) => reporter.participant);
  switch (policy.publication.proofOfConcept.kind) {
    case 'with_record':
      return everybody;
    case 'withheld':
      return [];
    case 'reporter_decides':
      return record.proofs.filter((one) => one.open).map((one) => one.participant);
    case 'after_disclosure':
      return record.proofsOpenedAt === null ? [] : everybody;
  }
}

/** May `who` know that this case exists? */
export function canSee(who: Principal, what: Guarded): boolean {
  if (who.project !== what.project) return false;
  if (what.public) return true;
  switch (who.kind) {
    case 'anonymous':
      return false;
    case 'process':
      return true;
    case 'reporter':
      return who.case === what.case;
    case 'person':
      return (
        who.roles.some((role) => what.readers.includes(role) || what.cveReaders.includes(role) || what.parties.includes(role)) ||
        readsByName(who, what)
      );
  }
}

/** Invited, or one of the few in a role that still reads. */
export function readsByName(who: Omit<Person, 'kind' | 'project'>, { guests, few }: Pick<Guarded, 'guests' | 'few'>): boolean {
  return guests.includes(who.person) || few.some(({ role, person }) => person === who.person && who.roles.includes(role));
}

/**
 * How much of a case somebody reads who may see it. `party`: what a told party needs to prepare; `terms`: that there is something, before the terms are
 * accepted; `bundle`: what was agreed for the hard cap, and nothing else.
 */
export type Reach = 'everything' | 'own_thread' | 'for_a_number' | 'party' | 'terms' | 'bundle' | Opening;

/** May an event of this kind be read by who reaches so far? */
export function canReadEvent(reached: Reach, kind: EventKind): boolean {
  if (reached === 'party') return toldToParties.includes(kind);
  if (reached === 'for_a_number') return toldForANumber.includes(kind);
  return reached !== 'nothing' && reached !== 'terms' && reached !== 'bundle';
}

/** What the public reads once the cap has come and no more is out: the reports with their titles, and the summary that was agreed on. */
export function bundleOf(state: CaseState): readonly ContentId[] {
  if (!state.disclosure.bundleOnly || state.bundle?.agreed !== true) return [];
  const closed = closedPieces(state.record);
  return [state.title, ...ownReporters(state).flatMap((reporter) => reporter.report), state.bundle.summary]
    .filter((content) => content.audience !== 'withheld' && content.audience !== 'proof')
    .map((content) => publicVersion(state.record, content.id))
    .filter((id) => !closed.has(id));
}

export function reach(who: Principal, what: Guarded): Reach {
  if (!canSee(who, what)) return 'nothing';
  if (who.kind === 'process') return 'everything';
  if (who.kind === 'reporter' && who.case === what.case) return 'own_thread';
  if (who.kind !== 'person') return what.opening;
  if (who.roles.some((role) => what.readers.includes(role)) || readsByName(who, what)) return 'everything';
  if (what.public) return what.opening;
  if (admittedAs(who, what).length > 0) return 'party';
  return who.roles.some((role) => what.cveReaders.includes(role)) ? 'for_a_number' : 'terms';
}

/** The roles in which somebody belongs to a told party and has accepted its terms. */
function admittedAs(who: Principal, { partyMembers }: Pick<Guarded, 'partyMembers'>): readonly Role[] {
  if (who.kind !== 'person') return [];
  return partyMembers.flatMap(({ role, person }) => (person === who.person && who.roles.includes(role) ? [role] : []));
}

/** A text or file as far as access goes. `closed`: struck out, replaced by a copy, or classified as never to be opened. */
export interface Readable {
  readonly id: PieceId;
  readonly kind: ContentKind | 'attachment';
  readonly audience: Audience;
  readonly participant?: ParticipantId;
  readonly closed?: boolean;
  readonly purpose?: AttachmentRef['purpose'];
}

/** Whether a text or file that is not closed belongs to what is opened. */
function opens(opening: Exclude<Opening, 'nothing'>, { audience, participant }: Readable, proofs: readonly ParticipantId[]): boolean {
  switch (audience) {
    case 'shared':
      return true;
    case 'team':
      return opening === 'full_record';
    case 'proof':
      return participant !== undefined && proofs.includes(participant);
    case 'withheld':
      return false;
  }
}

/** Title, impact and approved patches are the same for every party; what was said to one in words is its own. */
function readByParty(who: Principal, content: Readable, what: Pick<Guarded, 'partyMembers' | 'partyNotices'>): boolean {
  if (content.kind === 'attachment') return content.purpose === 'patch' && content.audience === 'shared';
  if (content.kind !== 'party_notice' && content.kind !== 'party_message') return content.kind === 'title' || content.kind === 'impact';
  const roles = admittedAs(who, what);
  return what.partyNotices.some((notice) => notice.content === content.id && roles.includes(notice.role));
}

/** May `who`, who reaches so far, read this content? `what` is its case. */
export function canRead(
  who: Principal,
  reached: Reach,
  content: Readable,
  what: Pick<Guarded, 'proofs' | 'partyMembers' | 'partyNotices'>,
): boolean {
  switch (reached) {
    case 'everything':
      return true;
    case 'own_thread':
      return (
        who.kind === 'reporter' &&
        (content.participant === who.participant ||
          (content.audience === 'shared' && content.participant === undefined && content.closed !== true))
      );
    case 'for_a_number':
      return content.closed !== true && (content.kind === 'title' || content.kind === 'impact');
    case 'party':
      return content.closed !== true && readByParty(who, content, what);
    case 'issue':
    case 'full_record':
      return content.closed !== true && opens(reached, content, what.proofs);
    case 'terms':
    case 'bundle':
    case 'nothing':
      return false;
  }
}
