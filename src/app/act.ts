// SPDX-License-Identifier: Apache-2.0
// The only way a case changes: lock it, decide, and commit the case, its events and what must follow in one transaction.

import type { Actor } from '../core/model/actor.ts';
import { mark } from '../core/model/actor.ts';
import type { CaseState, PolicyRef } from '../core/model/case.ts';
import type { Event, EventData } from '../core/model/event.ts';
import { eventVersion } from '../core/model/event.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import type { Refused } from '../core/model/refusal.ts';
import { isRefusal, refused } from '../core/model/refusal.ts';
import type { Instant } from '../core/model/time.ts';
import type { Principal } from '../core/policy/access.ts';
import { canSee, guarded } from '../core/policy/access.ts';
import type { Policy } from '../core/policy/policy.ts';
import { rolesWith } from '../core/policy/policy.ts';
import { consequences } from '../core/process/consequences.ts';
import { nextDeadline } from '../core/process/deadlines.ts';
import type { CaseAction } from '../core/process/decide.ts';
import { decide } from '../core/process/decide.ts';
import { evolve, opened } from '../core/process/evolve.ts';
import type { Append, CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';
import type { Contents } from './contents.ts';
import { newContents, usedBy } from './contents.ts';
import { numberOf, numberYear } from './numbering.ts';
import { order } from './orders.ts';
import type { World } from './world.ts';

export interface Request {
  readonly action: CaseAction;
  readonly contents: Contents;
  /** Version of the case that the actor looked at; a change since then is a conflict, and nothing is lost. */
  readonly seen?: number;
}

export interface Acted {
  readonly state: CaseState;
  readonly events: readonly Event[];
}

/** @throws OutsideFailure when the store cannot be reached; nothing has happened then. */
export function act(world: World, actor: Actor, id: CaseId, request: Request): Promise<Acted | Refused> {
  return world.store.as(principalOf(actor), (transaction) => actIn(world, transaction, actor, id, request));
}

/** The same inside a transaction that does more: a job that reports back, the clock. */
export async function actIn(world: World, transaction: Transaction, actor: Actor, id: CaseId, request: Request): Promise<Acted | Refused> {
  const record = await transaction.cases.lock(id);
  if (record === undefined) return refused.notFound();
  const { state, policy } = record;
  if (request.seen !== undefined && (await changedSince(request.seen, state, transaction))) return refused.conflict(state.version);
  const now = world.clock.now();
  const year = numberYear(now);
  const running = allots(request.action.kind, state) ? await transaction.cases.nextNumber(policy.advisory.id, year) : 0;
  const nextNumber = numberOf(policy.advisory.id, year, running);
  const decision = decide(request.action, { state, policy, actor, now, nextNumber });
  if (isRefusal(decision)) return decision;
  const stranger = await namesStranger(request.action, record, transaction);
  if (stranger !== undefined) return stranger;
  const events = stamped(decision.events, actor, now, state.version);
  if (events.some((event) => event.kind === 'advisory-numbered')) await transaction.cases.takeNumber(policy.advisory.id, year, running);
  return keep(world, transaction, record, events, request.contents, now);
}

/** Opens a case with its first events. The caller has drawn the id and knows that it is new. */
export async function openIn(
  world: World,
  transaction: Transaction,
  opening: {
    readonly actor: Actor;
    readonly policy: Policy;
    readonly policyRef: PolicyRef;
    readonly events: readonly EventData[];
    readonly contents: Contents;
  },
): Promise<Acted> {
  const now = world.clock.now();
  const [first, ...rest] = stamped(opening.events, opening.actor, now, 0);
  if (first === undefined) throw new Error('a case opens with an event');
  const state = rest.reduce(evolve, opened(first));
  const events = [first, ...rest];
  await transaction.cases.open(state.case, opening.policyRef, addition(state, opening.policy, events, opening.contents));
  await order(world, transaction, state.case, consequences(events, state, opening.policy), now);
  return { state, events };
}

/** Brings the next deadline of a case up to date without an event. */
export async function reschedule(world: World, transaction: Transaction, record: CaseRecord): Promise<void> {
  await keep(world, transaction, record, [], newContents(world.random), world.clock.now());
}

export function principalOf(actor: Actor): Principal {
  switch (actor.kind) {
    case 'person':
      return { kind: 'person', project: actor.project, person: actor.person, roles: actor.roles };
    case 'reporter':
      return { kind: 'reporter', project: actor.project, case: actor.case, participant: actor.participant };
    case 'process':
      return { kind: 'process', project: actor.project };
    case 'agent':
      return { kind: 'anonymous', project: actor.project };
  }
}

async function keep(
  world: World,
  transaction: Transaction,
  record: CaseRecord,
  events: readonly Event[],
  contents: Contents,
  now: Instant,
): Promise<Acted> {
  const { policy } = record;
  const state = events.reduce(evolve, record.state);
  await transaction.cases.append(state.case, addition(state, policy, events, contents));
  await order(world, transaction, state.case, consequences(events, state, policy), now);
  return { state, events };
}

function addition(state: CaseState, policy: Policy, events: readonly Event[], contents: Contents): Append {
  const used = usedBy(events, contents);
  return {
    events,
    state,
    guarded: guarded(state, policy),
    nextDeadline: nextDeadline(state, policy),
    contents: used.texts,
    attachments: used.files,
  };
}

/** Whoever is named has to be a member, and an owner one who sees the case and may handle it: anybody else would be called in vain (I8). */
async function namesStranger(action: CaseAction, record: CaseRecord, { accounts }: Transaction): Promise<Refused | undefined> {
  if (action.kind !== 'assign-owner' && action.kind !== 'add-person') return undefined;
  const member = await accounts.member(action.person);
  if (member === undefined) return refused.invalid('person', 'This project has no such member.');
  const { project } = record.state;
  const sees = canSee({ kind: 'person', project, person: member.person, roles: member.roles }, record.guarded);
  const handles = member.roles.some((role) => rolesWith(record.policy, 'handle').includes(role));
  return action.kind === 'add-person' || (sees && handles)
    ? undefined
    : refused.invalid('person', 'The owner of a case has to see it and may handle it.');
}

/** Actions that may take the project's next advisory number; only these hold it for the length of their transaction. */
const numbering: readonly CaseAction['kind'][] = ['release-report', 'confirm-flaw', 'write-advisory', 'approve-release'];

function allots(kind: CaseAction['kind'], state: CaseState): boolean {
  return numbering.includes(kind) && state.advisory.number === null;
}

function stamped(data: readonly EventData[], actor: Actor, at: Instant, version: number): readonly Event[] {
  const by = mark(actor);
  return data.map((one, index): Event => ({ seq: version + index + 1, at, by, v: eventVersion, ...one }));
}

/** Reminders and what people say do not make a form stale; whatever moves the case does. */
async function changedSince(seen: number, state: CaseState, transaction: Transaction): Promise<boolean> {
  if (seen === state.version) return false;
  if (seen < 1 || seen > state.version) return true;
  const harmless: readonly Event['kind'][] = [
    'reminder-due',
    'note-added',
    'message-sent',
    'message-withdrawn',
    'message-received',
    'report-acknowledged',
  ];
  const log = await transaction.cases.log(state.case);
  return log.some((event) => event.seq > seen && !harmless.includes(event.kind));
}
