// SPDX-License-Identifier: Apache-2.0
// Who is written to about the date: those who are asked, those who asked, and those who plan by it. No mail says what it is about.

import type { ActorMark } from '../../model/actor.ts';
import type { CaseState } from '../../model/case.ts';
import type { Voice } from '../../model/embargo.ts';
import type { Event } from '../../model/event.ts';
import type { ParticipantId, PersonId, Role } from '../../model/identifiers.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Right } from '../../policy/words.ts';
import { dutiesOf, notReady, partyOf, readinessClock, toldParties, voiceOf } from '../parties.ts';
import { granter } from '../voices.ts';

interface Told {
  readonly notice:
    | 'embargo-refused'
    | 'date-asked'
    | 'date-asked-of-you'
    | 'date-stands'
    | 'embargo-ended'
    | 'party-told'
    | 'ready-asked'
    | 'party-answered'
    | 'party-wrote'
    | 'team-wrote'
    | 'reminder';
  readonly to:
    | { readonly kind: 'reporter'; readonly participant: ParticipantId }
    | { readonly kind: 'person'; readonly person: PersonId }
    | { readonly kind: 'right'; readonly right: Right }
    | { readonly kind: 'role'; readonly role: Role };
}

export function toldOfTheDate(event: Event, state: CaseState, policy: Policy): readonly Told[] {
  const roles = (notice: Told['notice'], all: readonly Role[]) => all.map((role): Told => ({ notice, to: { kind: 'role', role } }));
  switch (event.kind) {
    case 'embargo-proposed':
      return event.awaits.filter((voice) => !event.agreed.includes(voice)).flatMap((voice) => asked(voice, state));
    case 'embargo-end-proposed':
      return [{ notice: 'date-asked', to: { kind: 'right', right: 'set_embargo' } }];
    case 'embargo-refused':
      return refusedTo(event.by, state).map((participant) => ({ notice: 'embargo-refused', to: { kind: 'reporter', participant } }));
    case 'embargo-moved':
      return roles('date-stands', planning(state, policy));
    case 'embargo-exited':
      return roles('embargo-ended', planning(state, policy));
    case 'unfixed-announced':
    case 'unfixed-called-off':
      return roles('date-stands', planning(state, policy));
    case 'party-notified':
      return roles('party-told', [event.role]);
    case 'party-ready':
    case 'objection-raised':
      return [{ notice: 'party-answered', to: ownerOr(state, 'notify_parties') }];
    case 'party-wrote':
      return [{ notice: 'party-wrote', to: ownerOr(state, 'handle') }];
    case 'party-written-to':
      return partyOf(state, event.party).accepted.map((person) => ({ notice: 'team-wrote', to: { kind: 'person', person } }));
    case 'fix-completed':
      return state.embargo.state === 'active' ? roles('ready-asked', policy.disclosure.togetherWith) : [];
    case 'reminder-due':
      return reminded([event.clock, ...(event.also ?? [])], state, policy);
    default:
      return [];
  }
}

/** Beside the owner, who is called of everything: vendors and parties that have not said ready (LIBVIRT-26), and who owes a party what its rules ask (F3). */
function reminded(clocks: readonly string[], state: CaseState, policy: Policy): readonly Told[] {
  const owing = dutiesOf(state, policy).flatMap(({ done, owner }) => (done === null && owner !== null ? [owner] : []));
  const duties = clocks.includes('downstream.parties.duties') ? [...new Set(owing)].filter((person) => person !== state.owner) : [];
  return [
    ...(clocks.includes(readinessClock) ? askedOnceMore(state, policy) : []),
    ...duties.map((person): Told => ({ notice: 'reminder', to: { kind: 'person', person } })),
  ];
}

function askedOnceMore(state: CaseState, policy: Policy): readonly Told[] {
  const { vendors, parties } = notReady(state, policy);
  const people = new Set(vendors.flatMap((vendor) => vendor.people));
  const roles = parties.flatMap(({ role }) => (role === null ? [] : [role]));
  return [
    ...[...people].map((person): Told => ({ notice: 'ready-asked', to: { kind: 'person', person } })),
    ...roles.map((role): Told => ({ notice: 'ready-asked', to: { kind: 'role', role } })),
  ];
}

/** Whoever is asked for a date learns that there is a question (LIBVIRT-25). */
function asked(voice: Voice, state: CaseState): readonly Told[] {
  if (voice === 'reporter')
    return state.reporters.map(({ participant }) => ({ notice: 'date-asked-of-you', to: { kind: 'reporter', participant } }));
  if (voice === granter) return [{ notice: 'date-asked', to: ownerOr(state, 'set_embargo') }];
  const role = voice.startsWith('party:') ? state.parties.find((party) => voiceOf(party) === voice)?.role : (voice as Role);
  return role === null || role === undefined ? [] : [{ notice: 'date-asked', to: { kind: 'role', role } }];
}

/** The reporter whose request was refused last; who took it back knows that. */
function refusedTo(refuser: ActorMark, { embargo }: CaseState): readonly ParticipantId[] {
  const by = embargo.decided.at(-1)?.askedBy;
  const own = refuser.kind === 'reporter' && by?.kind === 'reporter' && refuser.participant === by.participant;
  return by?.kind === 'reporter' && !own ? [by.participant] : [];
}

/** Roles that plan by the date: parties that were told, and those who disclose at the same hour. */
function planning(state: CaseState, { disclosure }: Policy): readonly Role[] {
  const parties = toldParties(state).flatMap(({ role }) => (role === null ? [] : [role]));
  return [...new Set([...parties, ...disclosure.togetherWith])];
}

function ownerOr(state: CaseState, right: Right): Told['to'] {
  return state.owner === null ? { kind: 'right', right } : { kind: 'person', person: state.owner };
}
