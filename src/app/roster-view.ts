// SPDX-License-Identifier: Apache-2.0
// The roster as somebody sees it: who holds what since when and by whose word, who asks to be let in, and what the viewer may do about it.

import type { PersonActor } from '../core/model/actor.ts';
import type { PersonId, Role } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';
import type { PersonActionKind } from '../core/people/action.ts';
import { admissible, statementsOf } from '../core/people/admission.ts';
import { lapsesAt } from '../core/people/deadlines.ts';
import { offeredForPerson } from '../core/people/decide.ts';
import type { PersonEvent } from '../core/people/event.ts';
import { counts, type HeldRole, owesTerms, type PersonState, type RosterMark } from '../core/people/person.ts';
import { termsText } from '../core/people/terms.ts';
import { type Policy, rolesWith } from '../core/policy/policy.ts';
import type { ApplicantStatement } from '../core/policy/words.ts';
import type { PersonDetails, RosterEntry } from '../ports/store/roster.ts';
import type { Transaction } from '../ports/store/store.ts';
import { isOutside } from './people.ts';
import { principalOf } from './principal.ts';
import { termsDigest } from './roster.ts';
import type { World } from './world.ts';

export interface HeldRoleView {
  readonly role: Role;
  readonly since: Instant;
  /** In words: who gave it, and how. */
  readonly by: string;
  readonly until: Instant | null;
  readonly counts: boolean;
  /** When it lapses unless it is confirmed; null where the policy asks for no renewal. */
  readonly lapsesAt: Instant | null;
  readonly lapsed: boolean;
}

export interface PersonView {
  readonly person: PersonId;
  readonly details: PersonDetails;
  readonly standing: PersonState['standing'];
  /** Null for those whom the configuration named before there was a log. */
  readonly since: Instant | null;
  readonly roles: readonly HeldRoleView[];
  readonly owesTerms: boolean;
  readonly application: {
    readonly role: Role;
    readonly at: Instant;
    readonly until: Instant | null;
    readonly vouchedBy: readonly string[];
  } | null;
  readonly offered: readonly PersonActionKind[];
}

export interface RosterView {
  readonly people: readonly PersonView[];
  /** Roles to which the viewer may invite; empty for whoever may not. */
  readonly invitable: readonly RoleAsked[];
}

export interface RoleAsked {
  readonly role: Role;
  readonly states: readonly ApplicantStatement[];
}

export interface PersonPageView {
  readonly person: PersonView;
  readonly isSelf: boolean;
  /** What happened, newest first; empty for whoever may not read it. */
  readonly history: readonly { readonly at: Instant; readonly event: PersonEvent; readonly by: string; readonly note: string | null }[];
  readonly invitable: readonly RoleAsked[];
}

const everybody = 10_000;

/** Undefined for somebody without a role of the project, who is told of their own case alone, and for members of a downstream party. */
export async function readRoster(world: World, actor: PersonActor): Promise<RosterView | undefined> {
  if (actor.roles.length === 0) return undefined;
  return world.store.as(principalOf(actor), async (transaction) => {
    const context = await contextOf(world, transaction, actor);
    if (isOutside(actor, context.policy)) return undefined;
    const here = context.entries.filter(({ state }) => state.standing !== 'removed' && state.standing !== 'declined');
    return { people: here.map((entry) => viewOf(context, entry)), invitable: invitable(context) };
  });
}

/** One person, for members, and for themselves whatever they hold. */
export async function readPerson(world: World, actor: PersonActor, person: PersonId): Promise<PersonPageView | undefined> {
  return world.store.as(principalOf(actor), async (transaction) => {
    const context = await contextOf(world, transaction, actor);
    const isSelf = actor.person === person;
    if (!isSelf && (actor.roles.length === 0 || isOutside(actor, context.policy))) return undefined;
    const entry = context.entries.find(({ state }) => state.person === person);
    if (entry === undefined) return undefined;
    const lines = await transaction.roster.history(person);
    const history = lines.map(({ event, note }) => ({ at: event.at, event, by: nameOf(context, event.by), note })).reverse();
    return { person: viewOf(context, entry), isSelf, history, invitable: invitable(context) };
  });
}

/** The terms that hold, and whether this person still owes their word. */
export async function readTerms(
  world: World,
  actor: PersonActor,
): Promise<{ readonly text: string; readonly digest: string; readonly owed: boolean }> {
  return world.store.as(principalOf(actor), async ({ policies, roster }) => {
    const { policy } = await policies.active();
    const entry = await roster.person(actor.person);
    return { text: termsText(policy), digest: termsDigest(policy), owed: entry !== undefined && owesTerms(entry.state) };
  });
}

/** Roles for which anybody may apply, with what they ask an applicant to state (LIBVIRT-27). */
export function openRoles(policy: Policy): readonly RoleAsked[] {
  return asked(
    policy,
    admissible(policy).filter((role) => policy.roles[role]?.admission != null),
  );
}

interface Context {
  readonly policy: Policy;
  readonly entries: readonly RosterEntry[];
  readonly names: ReadonlyMap<PersonId, string>;
  readonly actor: PersonActor;
  readonly admitters: readonly PersonId[];
  readonly now: Instant;
}

async function contextOf(world: World, { policies, roster }: Transaction, actor: PersonActor): Promise<Context> {
  const { policy } = await policies.active();
  const entries = await roster.all(everybody);
  const now = world.clock.now();
  const admit = rolesWith(policy, 'admit');
  const admitters = entries.filter(({ state }) => state.roles.some((held) => admit.includes(held.role) && counts(state, held, now)));
  const names = new Map(entries.map(({ state, details }) => [state.person, details.name]));
  return { policy, entries, names, actor, admitters: admitters.map(({ state }) => state.person), now };
}

function viewOf(context: Context, { state, details }: RosterEntry): PersonView {
  const { policy, actor, admitters, now } = context;
  const { person, standing, since, application } = state;
  const offered = offeredForPerson({ state, policy, terms: termsDigest(policy), actor, now, admitters });
  const asks = application && {
    role: application.role,
    at: application.at,
    until: application.until,
    vouchedBy: application.vouches.map(({ by }) => context.names.get(by) ?? by),
  };
  return {
    person,
    details,
    standing,
    since: state.version === 0 ? null : since,
    roles: state.roles.map((held) => heldView(context, state, held)),
    owesTerms: owesTerms(state),
    application: asks,
    offered,
  };
}

function heldView(context: Context, state: PersonState, held: HeldRole): HeldRoleView {
  const { role, since, until, lapsed } = held;
  return {
    role,
    since,
    until,
    lapsed,
    by: givenBy(context, held),
    counts: counts(state, held, context.now),
    lapsesAt: lapsesAt(held, context.policy) ?? null,
  };
}

function givenBy(context: Context, { origin, by }: HeldRole): string {
  switch (origin) {
    case 'founded':
      return 'written down when the project began';
    case 'synced':
      return 'by the membership of another system';
    case 'admitted':
      return `admitted by ${nameOf(context, by)}`;
  }
}

function nameOf({ names }: Context, by: RosterMark): string {
  switch (by.kind) {
    case 'person':
      return names.get(by.person) ?? by.person;
    case 'process':
      return 'the process itself';
    case 'outsider':
      return 'the applicant';
  }
}

function invitable({ policy, actor, admitters }: Context): readonly RoleAsked[] {
  const admits = rolesWith(policy, 'admit');
  const all = admissible(policy);
  if (actor.roles.some((role) => admits.includes(role))) return asked(policy, all);
  if (!actor.roles.some((role) => role === 'administrator')) return [];
  return asked(
    policy,
    all.filter((role) => policy.roles[role] === undefined || (admitters.length === 0 && admits.includes(role))),
  );
}

function asked(policy: Policy, roles: readonly Role[]): readonly RoleAsked[] {
  return roles.map((role) => ({ role, states: statementsOf(policy, role) }));
}
