// SPDX-License-Identifier: Apache-2.0
// The only way the roster changes: lock it, decide, and keep the person, the events, and what must follow in one transaction.

import type { PersonId, ProjectId } from '../core/model/identifiers.ts';
import { isRefusal, type Refused, refused } from '../core/model/refusal.ts';
import type { PersonAction, RosterActor } from '../core/people/action.ts';
import { personNotices } from '../core/people/consequences.ts';
import { nextForPerson } from '../core/people/deadlines.ts';
import { decidePerson } from '../core/people/decide.ts';
import type { PersonChange, PersonEvent } from '../core/people/event.ts';
import { evolvePerson } from '../core/people/evolve.ts';
import { inForce, type PersonState, type RosterMark } from '../core/people/person.ts';
import { termsText } from '../core/people/terms.ts';
import { type Policy, rolesWith } from '../core/policy/policy.ts';
import type { PersonDetails, RosterEntry, RosterNote } from '../ports/store/roster.ts';
import type { Transaction } from '../ports/store/store.ts';
import { base32, sha256 } from './encoding.ts';
import { endInvitations } from './invitations.ts';
import { succeedOf } from './owners.ts';
import { endAccess, endAccessWithoutRole } from './sign-in/sessions.ts';
import type { World } from './world.ts';

export interface RosterRequest {
  /** Null for somebody who is not known yet: `apply` and `invite`. `found` names them. */
  readonly person: PersonId | null;
  readonly action: PersonAction;
  /** Why, or what the applicant says of themselves. */
  readonly note?: string;
  readonly details?: Partial<PersonDetails>;
}

/** More people than any project has. */
const everybody = 10_000;

/** Digest by which the terms are accepted. */
export function termsDigest(policy: Policy): string {
  return sha256(termsText(policy));
}

/** @throws OutsideFailure when the store cannot be reached; nothing has happened then. */
export function actOnPerson(world: World, project: ProjectId, actor: RosterActor, request: RosterRequest): Promise<PersonState | Refused> {
  return world.store.as({ kind: 'process', project }, (transaction) => actOnPersonIn(world, transaction, project, actor, request));
}

/** The same inside a transaction of the process that does more. */
export async function actOnPersonIn(
  world: World,
  transaction: Transaction,
  project: ProjectId,
  actor: RosterActor,
  { person, action, note, details }: RosterRequest,
): Promise<PersonState | Refused> {
  await transaction.roster.lock();
  const { policy } = await transaction.policies.active();
  const known = person === null ? undefined : await transaction.roster.person(person);
  if (person !== null && known === undefined && action.kind !== 'found') return refused.notFound();
  const admitters = (await transaction.accounts.membersIn(rolesWith(policy, 'admit'))).map((one) => one.person);
  const noted = note !== undefined && note.trim() !== '';
  const by = await ofThisMoment(transaction, actor);
  const situation = { state: known?.state, policy, terms: termsDigest(policy), actor: by, now: world.clock.now(), admitters, noted };
  const decision = decidePerson(situation, action);
  if (isRefusal(decision)) return decision;
  const id = person ?? (base32(world.random(16)) as PersonId);
  return keep(world, transaction, { project, person: id, by: markOf(actor), policy, known, details }, decision, noted ? note : undefined);
}

/** Asked under the lock: of two who end each other's roles at once, one comes first and the other has none any more (L-11). */
async function ofThisMoment({ accounts }: Transaction, actor: RosterActor): Promise<RosterActor> {
  return actor.kind === 'person' ? { ...actor, roles: (await accounts.member(actor.person))?.roles ?? [] } : actor;
}

/** The whole roster, for whoever runs the program. */
export function everybodyKnown(world: World, project: ProjectId): Promise<readonly RosterEntry[]> {
  return world.store.as({ kind: 'process', project }, ({ roster }) => roster.all(everybody));
}

/** By id, or by a name that only one has; somebody new goes by the name that is given. */
export function named(known: readonly RosterEntry[], name: string): PersonId {
  const byName = known.filter(({ details }) => details.name === name);
  const exact = known.some(({ state }) => state.person === name);
  return !exact && byName.length === 1 && byName[0] !== undefined ? byName[0].state.person : (name as PersonId);
}

function markOf(actor: RosterActor): RosterMark {
  return actor.kind === 'person' ? { kind: 'person', person: actor.person } : { kind: actor.kind };
}

interface Target {
  readonly project: ProjectId;
  readonly person: PersonId;
  readonly by: RosterMark;
  readonly policy: Policy;
  readonly known: RosterEntry | undefined;
  readonly details: Partial<PersonDetails> | undefined;
}

const nobodyYet: PersonDetails = { name: '', address: null, organisation: null, nominatedBy: null, covers: [] };

async function keep(
  world: World,
  transaction: Transaction,
  target: Target,
  changes: readonly PersonChange[],
  note: string | undefined,
): Promise<PersonState> {
  const { policy, known, details } = target;
  const now = world.clock.now();
  const notes: RosterNote[] = [];
  const { state, events } = changes.reduce<{ state: PersonState | undefined; events: readonly PersonEvent[] }>(
    ({ state: before, events: earlier }, change) => {
      const seq = (before?.version ?? 0) + 1;
      const said = note !== undefined && change === changes[0] ? { seq, salt: world.random(16), text: note } : undefined;
      if (said !== undefined) notes.push(said);
      const digest = said === undefined ? {} : { note: sha256(said.salt, said.text) };
      const event: PersonEvent = {
        v: 1,
        project: target.project,
        person: target.person,
        seq,
        at: now,
        by: target.by,
        ...digest,
        ...change,
      };
      return { state: evolvePerson(before, event), events: [...earlier, event] };
    },
    begun(world, target),
  );
  if (state === undefined) throw new Error('an action about a person that changes nothing must not be kept');
  const nextDeadline = nextForPerson(state, policy)?.at ?? null;
  const kept = { ...(known?.details ?? nobodyYet), ...details };
  if (events.length > 0 || details !== undefined)
    await transaction.roster.append({ state, events, notes, inForce: inForce(state, now), nextDeadline, details: kept });
  for (const event of events) await order(world, transaction, policy, event);
  if (known !== undefined) await settle(world, transaction, known.state, state);
  if (events.length > 0) await transaction.jobs.enqueue({ task: 'tick' }, 'tick');
  return state;
}

/** Whoever lost what they had: their cases pass on, invitations end with the membership, and with their standing or their last role every way in ends in this transaction (L-11). */
async function settle(
  world: World,
  transaction: Transaction,
  before: PersonState,
  { project, person, standing, roles }: PersonState,
): Promise<void> {
  const held = roles.map(({ role }) => role);
  if (standing === 'removed') await endInvitations(world, transaction, project, person);
  await succeedOf(world, transaction, person, held);
  if (standing !== 'active' && standing !== 'applicant') await endAccess(world, transaction, person, standing === 'removed');
  else await endAccessWithoutRole(world, transaction, person, before.roles, held);
}

/** Whoever was written down before there was a log of people begins theirs with what they held then. */
function begun(world: World, { project, person, known }: Target): { state: PersonState | undefined; events: readonly PersonEvent[] } {
  if (known === undefined || known.state.version > 0) return { state: known?.state, events: [] };
  const roles = known.state.roles.map(({ role }) => role);
  const founding = {
    v: 1,
    project,
    person,
    seq: 1,
    at: world.clock.now(),
    by: { kind: 'process' },
    kind: 'person-founded',
    roles,
  } as const;
  const state = evolvePerson(undefined, founding);
  return { state, events: [founding] };
}

/** Puts in the mail that follows: to the person, or to everybody who may admit now (L-36: one message each). */
async function order(world: World, transaction: Transaction, policy: Policy, event: PersonEvent): Promise<void> {
  for (const { notice, to } of personNotices(event)) {
    const people = to === 'themselves' ? [event.person] : await admittersBut(transaction, policy, event);
    for (const person of people) {
      const key = `person:${event.person}:${event.seq}:${notice}:${person}`;
      await transaction.projectMail.put({ key, notice, person, askedAt: world.clock.now() });
    }
  }
}

async function admittersBut({ accounts }: Transaction, policy: Policy, { by }: PersonEvent): Promise<readonly PersonId[]> {
  const all = await accounts.membersIn(rolesWith(policy, 'admit'));
  return all.map(({ person }) => person).filter((person) => by.kind !== 'person' || by.person !== person);
}

/** Asks everybody whose role binds them for the terms that hold now; those who accepted the same words keep their roles. */
export async function askForTerms(world: World, transaction: Transaction): Promise<void> {
  const { policy } = await transaction.policies.active();
  const digest = termsDigest(policy);
  const people = await transaction.roster.all(everybody);
  for (const { state } of people) {
    const bound = (state.standing === 'active' || state.standing === 'suspended') && state.roles.some((held) => held.bound);
    if (!bound || state.terms.due === digest) continue;
    const request = { person: state.person, action: { kind: 'require-terms', digest } } as const;
    await actOnPersonIn(world, transaction, state.project, { kind: 'process' }, request);
  }
}
