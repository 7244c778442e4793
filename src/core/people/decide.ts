// SPDX-License-Identifier: Apache-2.0
// Deciding about people: person, action and actor to events, or to a refusal. Nobody gives themselves a role, and the last who may admit stays.

import type { PersonId, Role } from '../model/identifiers.ts';
import { type Refused, refused } from '../model/refusal.ts';
import type { Instant } from '../model/time.ts';
import { type Policy, rolesWith } from '../policy/policy.ts';
import type { PersonAction, PersonActionKind, RosterActor } from './action.ts';
import { admissible, statementsOf, systemRoles, unmetForAdmission } from './admission.ts';
import type { PersonChange } from './event.ts';
import { inForce, owesTerms, type PersonState } from './person.ts';
import { peopleTable, personRow, type RosterVoice } from './table.ts';
import { isBound } from './terms.ts';

export interface RosterSituation {
  /** Undefined for somebody who is not known yet. */
  readonly state: PersonState | undefined;
  readonly policy: Policy;
  /** Digest of the terms that hold now. */
  readonly terms: string;
  readonly actor: RosterActor;
  readonly now: Instant;
  /** Everybody whose role with the right to admit counts now. */
  readonly admitters: readonly PersonId[];
  /** Whether a sentence comes with the action. */
  readonly noted: boolean;
}

type Decision = readonly PersonChange[] | Refused;

/** What a page offers to this actor: the row allows it, and there is something to do it to. Gates may still refuse it in words. */
export function offeredForPerson(situation: Omit<RosterSituation, 'noted'>): readonly PersonActionKind[] {
  const { state } = situation;
  const open = state?.application != null;
  return (Object.keys(peopleTable) as PersonActionKind[]).filter((kind) => {
    const row = personRow(kind);
    if (!row.from.includes(state?.standing ?? 'nobody')) return false;
    if (!row.by.some((voice) => voice !== 'process' && speaks({ ...situation, noted: true }, voice))) return false;
    switch (kind) {
      case 'vouch':
      case 'admit':
      case 'decline':
      case 'withdraw-application':
        return open;
      case 'invite':
        return !open;
      case 'accept-terms':
        return state !== undefined && owesTerms(state);
      case 'confirm':
      case 'end-role':
        return (state?.roles.length ?? 0) > 0;
      default:
        return true;
    }
  });
}

export function decidePerson(situation: RosterSituation, action: PersonAction): Decision {
  const row = personRow(action.kind);
  const { state, noted } = situation;
  if (!row.by.some((voice) => speaks(situation, voice))) return refused.notPermitted(`${row.label} is not yours to do here.`);
  if (!row.from.includes(state?.standing ?? 'nobody')) return refused.invalid('person', standsElsewhere(state));
  if (row.reason && !noted && situation.actor.kind !== 'process')
    return refused.invalid('note', 'Say why, in a sentence; it is kept with the decision.');
  return decided(situation, action);
}

function speaks({ actor, state, policy, admitters }: RosterSituation, voice: RosterVoice): boolean {
  if (actor.kind !== 'person') return actor.kind === voice;
  switch (voice) {
    case 'admit':
      return actor.roles.some((role) => rolesWith(policy, 'admit').includes(role)) && actor.person !== state?.person;
    // Who runs the system names the first who may admit, and afterwards only who else runs or audits it.
    case 'administrator':
      return isAdministrator(actor) && (actor.person !== state?.person || admitters.length === 0);
    case 'member':
      return actor.roles.some((role) => !systemRoles.includes(role)) && actor.person !== state?.person;
    case 'self':
      return actor.person === state?.person;
    case 'outsider':
    case 'process':
      return false;
  }
}

function isAdministrator(actor: RosterActor): boolean {
  return actor.kind === 'person' && actor.roles.some((role) => role === 'administrator');
}

function standsElsewhere(state: PersonState | undefined): string {
  return state === undefined ? 'Nobody is known here by this name.' : `Not possible for somebody who is ${state.standing}.`;
}

function decided(situation: RosterSituation, action: PersonAction): Decision {
  switch (action.kind) {
    case 'found':
      return founded(situation, action.roles);
    case 'apply':
    case 'invite':
      return applied(situation, action);
    case 'vouch':
      return vouched(situation);
    case 'admit':
      return admitted(situation, action.deviation);
    case 'decline':
      return situation.state?.application == null ? noApplication() : [{ kind: 'application-declined' }];
    case 'withdraw-application':
      return situation.state?.application == null ? noApplication() : [{ kind: 'application-withdrawn' }];
    case 'accept-terms':
      return accepted(situation, action.digest);
    case 'confirm':
      return held(situation, action.role) ? [{ kind: 'role-confirmed', role: action.role }] : notHeld(action.role);
    case 'end-role':
      return ended(situation, action.role);
    case 'suspend':
      // A stolen session is stopped whosever it is; then who runs the system names somebody who may admit.
      return onlyAdmitter(situation) && !isAdministrator(situation.actor) && situation.actor.kind !== 'process'
        ? lastOne()
        : [{ kind: 'member-suspended' }];
    case 'reinstate':
      return [{ kind: 'member-reinstated' }];
    case 'remove':
      return onlyAdmitter(situation) ? lastOne() : [{ kind: 'member-removed' }];
    case 'change-details':
      return action.fields.length === 0
        ? refused.invalid('fields', 'Nothing was changed.')
        : [{ kind: 'details-changed', fields: action.fields }];
    case 'sync-roles':
      return synced(situation, action);
    case 'lapse':
      return lapsed(situation, action.role);
    case 'require-terms':
      return situation.state?.terms.due === action.digest ? [] : [{ kind: 'terms-required', digest: action.digest }];
    case 'remind':
      return [{ kind: 'person-reminded', clock: action.clock }];
  }
}

/** Whom people have decided on, people go on deciding on: this writes down only who has no log yet. */
function founded({ state, policy, terms }: RosterSituation, roles: readonly Role[]): Decision {
  if (state !== undefined && state.version > 0)
    return refused.invalid('person', 'They are in the roster already; roles are given on the page of people.');
  const fresh = roles.filter((role) => !state?.roles.some((one) => one.role === role));
  const unknown = fresh.find((role) => policy.roles[role] === undefined && !systemRoles.includes(role));
  if (unknown !== undefined) return refused.invalid('role', `This policy has no role ${unknown}.`);
  if (state === undefined && fresh.length === 0) return refused.invalid('role', 'Nobody is written down without a role.');
  const given = fresh.map((role) => ({ kind: 'role-founded', role, bound: isBound(policy, role) }) as const);
  const binds = given.some(({ bound }) => bound) && state?.terms.due !== terms;
  return [...given, ...(binds ? [{ kind: 'terms-required', digest: terms } as const] : [])];
}

function applied(
  situation: RosterSituation,
  { kind, role, stated, until, roleAddress }: Extract<PersonAction, { kind: 'apply' | 'invite' }>,
): Decision {
  const { state, policy, now } = situation;
  if (!admissible(policy).includes(role)) return refused.invalid('role', `Nobody is admitted to the role ${role}.`);
  if (kind === 'apply' && policy.roles[role]?.admission == null)
    return refused.invalid('role', `The role ${role} is by invitation; nobody applies for it.`);
  if (!mayName(situation, role))
    return refused.notPermitted('Who runs the system names the first who may admit, and otherwise nobody who reads cases.');
  if (state?.application != null) return refused.invalid('person', 'An application of theirs is open already.');
  if (held(situation, role)) return refused.invalid('role', `They hold the role ${role} already.`);
  const [missing] = statementsOf(policy, role).filter((one) => !stated.includes(one));
  if (missing !== undefined) return refused.invalid(missing, `The role ${role} asks for: ${missing.replaceAll('_', ' ')}.`);
  if (until !== null && until <= now) return refused.invalid('until', 'The end lies in the past.');
  return [{ kind: 'membership-applied', role, stated, until, roleAddress, invited: kind === 'invite' }];
}

/** An administrator alone names who runs or audits the system, and, while nobody may admit, who may. */
function mayName({ actor, policy, admitters }: RosterSituation, role: Role): boolean {
  if (actor.kind !== 'person' || actor.roles.some((one) => rolesWith(policy, 'admit').includes(one))) return true;
  return systemRoles.includes(role) || (admitters.length === 0 && rolesWith(policy, 'admit').includes(role));
}

function vouched({ state, actor }: RosterSituation): Decision {
  const application = state?.application;
  if (application == null || actor.kind !== 'person') return noApplication();
  if (application.vouches.some(({ by }) => by === actor.person)) return refused.invalid('person', 'You have vouched for them already.');
  return [{ kind: 'applicant-vouched' }];
}

function admitted(situation: RosterSituation, deviation: boolean): Decision {
  const { state, policy, actor, terms, noted } = situation;
  const application = state?.application;
  if (application == null || actor.kind !== 'person') return noApplication();
  if (!mayName(situation, application.role)) return refused.notPermitted('Who runs the system admits nobody who reads cases.');
  const unmet = unmetForAdmission(policy, application, actor.person);
  const must = unmet.filter(({ strength }) => strength === 'must');
  if (must.length > 0 || (unmet.length > 0 && !(deviation && noted))) return refused.gates(unmet);
  const bound = isBound(policy, application.role);
  return [
    { kind: 'member-admitted', role: application.role, until: application.until, bound, deviation: unmet.length > 0 },
    ...(bound && state?.terms.due !== terms ? [{ kind: 'terms-required', digest: terms } as const] : []),
  ];
}

/** What was shown is what is accepted: another text is another question. */
function accepted({ state, terms }: RosterSituation, digest: string): Decision {
  if (digest !== terms) return refused.invalid('digest', 'The terms have changed since they were shown to you; read them again.');
  return state?.terms.accepted === digest
    ? refused.invalid('digest', 'You have accepted these terms already.')
    : [{ kind: 'terms-accepted', digest }];
}

function ended(situation: RosterSituation, role: Role): Decision {
  const { actor, policy, state, now } = situation;
  const one = state?.roles.find((each) => each.role === role);
  if (one === undefined) return notHeld(role);
  if (actor.kind === 'process') return [{ kind: 'role-ended', role, why: one.until !== null && one.until <= now ? 'expired' : 'ended' }];
  const others = state?.roles.filter((each) => each.role !== role).map((each) => each.role) ?? [];
  const stillAdmits = others.some((each) => rolesWith(policy, 'admit').includes(each));
  return onlyAdmitter(situation) && !stillAdmits ? lastOne() : [{ kind: 'role-ended', role, why: 'ended' }];
}

function synced({ state, policy }: RosterSituation, { gained, lost }: Extract<PersonAction, { kind: 'sync-roles' }>): Decision {
  const before = state?.roles ?? [];
  const fresh = gained.filter((role) => !before.some((one) => one.role === role));
  // Only what came that way goes that way.
  const gone = lost.filter((role) => before.some((one) => one.role === role && one.origin === 'synced'));
  return [
    ...fresh.map((role) => ({ kind: 'role-synced', role, bound: isBound(policy, role) }) as const),
    ...gone.map((role) => ({ kind: 'role-ended', role, why: 'synced' }) as const),
  ];
}

function lapsed(situation: RosterSituation, role: Role): Decision {
  const one = situation.state?.roles.find((each) => each.role === role);
  return one === undefined || one.lapsed ? [] : [{ kind: 'role-lapsed', role }];
}

function held({ state }: RosterSituation, role: Role): boolean {
  return state?.roles.some((one) => one.role === role) ?? false;
}

/** Whether nobody could admit anybody without this person. */
function onlyAdmitter({ state, admitters, policy, now }: RosterSituation): boolean {
  if (state === undefined || !inForce(state, now).some((role) => rolesWith(policy, 'admit').includes(role))) return false;
  return admitters.every((one) => one === state.person);
}

function notHeld(role: Role): Refused {
  return refused.invalid('role', `They do not hold the role ${role}.`);
}

function noApplication(): Refused {
  return refused.invalid('person', 'No application of theirs is open.');
}

function lastOne(): Refused {
  return refused.invalid('person', 'Somebody else must be able to admit people first; nobody else can now.');
}
