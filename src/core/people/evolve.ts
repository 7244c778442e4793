// SPDX-License-Identifier: Apache-2.0
// The fold of people: events to where a person stands.

import type { Role } from '../model/identifiers.ts';
import type { PersonEvent } from './event.ts';
import type { HeldRole, PersonState } from './person.ts';

export function evolvePerson(state: PersonState | undefined, event: PersonEvent): PersonState {
  const before = state ?? unknown(event);
  return { ...changed(before, event), version: event.seq };
}

export function replayPerson(events: readonly PersonEvent[]): PersonState | undefined {
  return events.reduce<PersonState | undefined>(evolvePerson, undefined);
}

function unknown({ project, person, at }: PersonEvent): PersonState {
  const terms = { accepted: null, acceptedAt: null, due: null };
  return { project, person, version: 0, standing: 'applicant', since: at, roles: [], application: null, terms, reminders: {} };
}

function changed(state: PersonState, event: PersonEvent): PersonState {
  switch (event.kind) {
    case 'person-founded':
      return {
        ...standing(state, event, 'active'),
        roles: event.roles.map((role) => held(event, role, { origin: 'founded', bound: false })),
      };
    case 'role-founded':
      return withRole(letIn(state, event), held(event, event.role, { origin: 'founded', bound: event.bound }));
    case 'membership-applied':
      return applied(state, event);
    case 'applicant-vouched':
      return withVouch(state, event);
    case 'member-admitted':
      return admitted(state, event);
    case 'application-declined':
    case 'application-withdrawn':
      return { ...(state.standing === 'applicant' ? standing(state, event, 'declined') : state), application: null };
    case 'terms-required':
      return { ...state, terms: { ...state.terms, due: event.digest } };
    case 'terms-accepted':
      return { ...state, terms: { ...state.terms, accepted: event.digest, acceptedAt: event.at } };
    case 'role-confirmed':
      return { ...role(state, event.role, { confirmedAt: event.at, lapsed: false }), reminders: {} };
    case 'role-lapsed':
      return role(state, event.role, { lapsed: true });
    case 'role-synced':
      return withRole(letIn(state, event), held(event, event.role, { origin: 'synced', bound: event.bound }));
    case 'role-ended':
      return { ...state, roles: state.roles.filter((one) => one.role !== event.role) };
    case 'member-suspended':
      return standing(state, event, 'suspended');
    case 'member-reinstated':
      return standing(state, event, 'active');
    case 'member-removed':
      return { ...standing(state, event, 'removed'), roles: [], application: null };
    case 'details-changed':
      return state;
    case 'person-reminded':
      return { ...state, reminders: { ...state.reminders, [event.clock]: event.at } };
  }
}

function standing(state: PersonState, { at }: PersonEvent, to: PersonState['standing']): PersonState {
  return state.standing === to && state.version > 0 ? state : { ...state, standing: to, since: at };
}

/** A suspended member stays so: another role does not take them back. */
function letIn(state: PersonState, event: PersonEvent): PersonState {
  return state.standing === 'suspended' ? state : standing(state, event, 'active');
}

function held(
  { at, by }: PersonEvent,
  what: Role,
  how: Pick<HeldRole, 'origin' | 'bound'> & { readonly until?: HeldRole['until'] },
): HeldRole {
  return { role: what, since: at, until: how.until ?? null, by, origin: how.origin, bound: how.bound, confirmedAt: at, lapsed: false };
}

function withRole(state: PersonState, added: HeldRole): PersonState {
  return { ...state, roles: [...state.roles.filter((one) => one.role !== added.role), added] };
}

function role(state: PersonState, which: Role, change: Partial<HeldRole>): PersonState {
  return { ...state, roles: state.roles.map((one) => (one.role === which ? { ...one, ...change } : one)) };
}

function applied(state: PersonState, event: Extract<PersonEvent, { kind: 'membership-applied' }>): PersonState {
  const { role: asked, stated, until, roleAddress, invited, by, at } = event;
  const invitedBy = invited && by.kind === 'person' ? by.person : null;
  const application = { role: asked, at, stated, until, roleAddress, invitedBy, vouches: [] };
  const before = state.standing === 'active' || state.standing === 'suspended' ? state : standing(state, event, 'applicant');
  return { ...before, application };
}

function withVouch(state: PersonState, { by, at }: PersonEvent): PersonState {
  if (state.application === null || by.kind !== 'person') return state;
  return { ...state, application: { ...state.application, vouches: [...state.application.vouches, { by: by.person, at }] } };
}

function admitted(state: PersonState, event: Extract<PersonEvent, { kind: 'member-admitted' }>): PersonState {
  const before = letIn(state, event);
  return {
    ...withRole(before, held(event, event.role, { origin: 'admitted', bound: event.bound, until: event.until })),
    application: null,
  };
}
