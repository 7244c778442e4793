// SPDX-License-Identifier: Apache-2.0
// The only way a case changes: lock it, decide, and commit the case, its events and what must follow in one transaction.

import type { CaseAction } from '../core/model/action.ts';
import type { Actor } from '../core/model/actor.ts';
import type { CaseState } from '../core/model/case.ts';
import type { Event } from '../core/model/event.ts';
import type { CaseId, PersonId } from '../core/model/identifiers.ts';
import type { Refused } from '../core/model/refusal.ts';
import { isRefusal, refused } from '../core/model/refusal.ts';
import { canSee, reach } from '../core/policy/access.ts';
import { rolesWith } from '../core/policy/policy.ts';
import { mayBeAdded, mayJoinNarrowed } from '../core/policy/when-added.ts';
import { decide, decideBeside } from '../core/process/decide.ts';
import { evolve } from '../core/process/evolve.ts';
import type { Chosen } from '../core/process/owners.ts';
import { familyOf, sharersOf } from '../core/process/shared.ts';
import type { Situation } from '../core/process/situation.ts';
import { partnersOf } from '../core/process/steps/duplicates.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';
import type { Contents } from './contents.ts';
import { newContents } from './contents.ts';
import { corrected } from './eligibility.ts';
import { saysFinding } from './findings-said.ts';
import { changedSince, versionAfter, versionTo } from './freshness.ts';
import type { Acted } from './keep.ts';
import { keep, stamped } from './keep.ts';
import { migrationTarget } from './migration.ts';
import { numberOf, numberYear } from './numbering.ts';
import { principalOf } from './principal.ts';
import { ownerOnRelease } from './routing.ts';
import { staleRules } from './sending-rules.ts';
import { ownSecrets } from './sign-in/reporters.ts';
import { endSecrets, secretSaid } from './sign-in/seen-secrets.ts';
import { proofMissing } from './sign-in/step-up.ts';
import { openParts, stoodIn } from './split.ts';
import { vendorsOf } from './vendors.ts';
import type { World } from './world.ts';

export interface Request {
  readonly action: CaseAction;
  readonly contents: Contents;
  /** Version of the case that the actor looked at; a change since then is a conflict, and nothing is lost. */
  readonly seen?: number;
  /** What was found in what would be opened, and in which version of the case. */
  readonly looked?: { readonly version: number; readonly open: number };
  /** Who owns the case from now on, where the action begins it. */
  readonly nextOwner?: Chosen;
}

/** What was done, and the version of the case from then on as its actor knows it. */
export interface Taken extends Acted {
  readonly version: number;
  /** Of signatures that were handed in together: those that were not taken, each with why. */
  readonly refusedSignatures?: readonly { readonly name: string; readonly sentence: string }[];
}

/** @throws OutsideFailure when the store cannot be reached; nothing has happened then. */
export async function act(world: World, actor: Actor, id: CaseId, request: Request): Promise<Taken | Refused> {
  const said = await secretsEnded(world, actor, request.contents);
  if (said !== undefined) return said;
  // Before the transaction, not inside it: whoever acts need not be somebody who may read who the members are.
  const nextOwner = request.action.kind === 'release-report' ? await ownerOnRelease(world, actor.project, id) : undefined;
  const complete = nextOwner === undefined ? request : { ...request, nextOwner };
  return world.store.as(principalOf(actor), async (transaction) => {
    const locked = await lockTogether(transaction, id, request.action);
    const acted = await actHolding(world, transaction, actor, id, complete, locked);
    return isRefusal(acted) ? acted : { ...acted, version: await versionAfter(actor, locked.get(id), acted.state, transaction) };
  });
}

/** Ends the keys of this site that stand in what came in; the team's words go on to others and are refused, a reporter's are kept, without the key. */
export async function secretsEnded(world: World, actor: Actor, { secrets }: Contents): Promise<Refused | undefined> {
  if (secrets.length === 0) return undefined;
  const own = actor.kind === 'reporter' ? await ownSecrets(world, actor, secrets) : [];
  await endSecrets(world, actor.project, secrets, own);
  return actor.kind === 'person' ? refused.invalid('', secretSaid) : undefined;
}

/** The same inside a transaction that does more: a job that reports back, the clock. */
export async function actIn(world: World, transaction: Transaction, actor: Actor, id: CaseId, request: Request): Promise<Acted | Refused> {
  return actHolding(world, transaction, actor, id, request, await lockTogether(transaction, id, request.action));
}

async function actHolding(
  world: World,
  transaction: Transaction,
  actor: Actor,
  id: CaseId,
  request: Request,
  locked: Hands['locked'],
): Promise<Acted | Refused> {
  const beside: Hands['beside'] = async (other, events) => {
    await keep(world, transaction, other, events, request.contents, world.clock.now());
  };
  return actOn(world, transaction, actor, id, request, { locked, beside });
}

/** The cases that a transaction has locked, and what becomes of the events that an action has for another than its own. */
export interface Hands {
  readonly locked: ReadonlyMap<CaseId, CaseRecord>;
  beside(other: CaseRecord, events: readonly Event[]): Promise<void>;
}

/** The same for cases that are locked already. Where it is refused nothing was written. */
export async function actOn(
  world: World,
  transaction: Transaction,
  actor: Actor,
  id: CaseId,
  request: Request,
  { locked, beside }: Hands,
): Promise<Acted | Refused> {
  const { contents, seen } = request;
  const record = locked.get(id);
  if (record === undefined) return refused.notFound();
  const { state, policy } = record;
  if (seen !== undefined && (await changedSince(seen, record, actor, transaction)))
    return refused.conflict(await versionTo(actor, record, transaction));
  if (request.looked !== undefined && request.looked.version !== state.version) return refused.conflict(state.version);
  if (strangers(request.action, state, locked)) return refused.conflict(state.version);
  const action = await completed(request.action, record, contents, transaction, locked);
  if (isRefusal(action)) return action;
  const now = world.clock.now();
  const year = numberYear(now);
  const running = allots(action.kind, state) ? await transaction.cases.nextNumber(policy.advisory.id, year) : 0;
  const nextNumber = numberOf(policy.advisory.id, year, running);
  const others = readableBy(actor, locked, id);
  const target = action.kind === 'migrate-policy' ? await migrationTarget(transaction, state, policy) : undefined;
  const vendors = await vendorsOf(transaction, record, actor);
  const found = { ...foundIn(request), saysFinding: saysFinding(action, contents, record, now) };
  const situation: Situation = { state, policy, actor, now, nextNumber, others, target, vendors, ...ownerOf(request), ...found };
  const decision = decide(action, situation);
  if (isRefusal(decision)) return decision;
  const stranger = await namesStranger(action, record, transaction);
  if (stranger !== undefined) return stranger;
  const events = stamped(decision.events, actor, now, state.version);
  const unproven = proofMissing(actor, action.kind, state, events, now);
  if (unproven !== undefined) return unproven;
  if (events.some((event) => event.kind === 'advisory-numbered')) await transaction.cases.takeNumber(policy.advisory.id, year, running);
  if (!(await ownNumbers(transaction, state, events))) return refused.invalid('number', numberElsewhere);
  for (const other of others) {
    const theirs = stamped(decideBeside(action, situation, other), actor, now, other.state.version);
    if (theirs.length > 0) await beside(other, theirs);
  }
  if (action.kind === 'split-case') await openParts(world, transaction, actor, record, action, contents);
  // From the event of a migration on, what is due and who reads is the new policy's matter.
  const governed = target === undefined || events.length === 0 ? record : { ...record, policy: target.policy };
  return keep(world, transaction, governed, events, contents, now);
}

/** Brings the next deadline of a case up to date without an event. */
export async function reschedule(world: World, transaction: Transaction, record: CaseRecord): Promise<void> {
  await keep(world, transaction, record, [], newContents(world.random), world.clock.now());
}

/**
 * The case and those that the action concerns beside it, each locked until the transaction ends, always in the order of their ids: two transactions
 * never hold what the other waits for. Which they are is looked up first, without a lock; if that has changed by then, it is a conflict.
 */
async function lockTogether(transaction: Transaction, id: CaseId, action: CaseAction): Promise<ReadonlyMap<CaseId, CaseRecord>> {
  const before = concerning.includes(action.kind) ? await transaction.cases.find(id) : undefined;
  const partners = before === undefined ? [] : await partnersIn(transaction, action, before.state);
  return byId(await transaction.cases.lockAll([...new Set([id, ...partners])]));
}

export function byId(records: readonly CaseRecord[]): Map<CaseId, CaseRecord> {
  return new Map(records.map((record) => [record.state.case, record]));
}

/** The clock tells of what happened to all that share something, however far apart they stand. */
async function partnersIn(transaction: Transaction, action: CaseAction, state: CaseState): Promise<readonly CaseId[]> {
  const partners = partnersOf(action, state);
  if (action.kind !== 'update-relations') return partners;
  return [...partners, ...(await sharersOf(state, async (id) => (await transaction.cases.find(id))?.state))];
}

/** Whether a case is concerned that was not, when it was looked up which are. */
function strangers(action: CaseAction, state: CaseState, locked: ReadonlyMap<CaseId, CaseRecord>): boolean {
  if (action.kind === 'mark-duplicate') return false;
  const known = [...locked.values()].map((one) => one.state);
  if (action.kind === 'update-relations' && familyOf(state, known) === undefined) return true;
  return partnersOf(action, state).some((one) => !locked.has(one));
}

/** The action with what has to be looked up while nothing moves. */
async function completed(
  action: CaseAction,
  record: CaseRecord,
  contents: Contents,
  transaction: Transaction,
  locked: ReadonlyMap<CaseId, CaseRecord>,
): Promise<CaseAction | Refused> {
  if (action.kind === 'correct-answers') return corrected(action, record, contents, transaction);
  if (action.kind === 'acknowledge-rules') return staleRules(action, record.policy) ?? action;
  if (action.kind === 'split-case') return { ...action, stood: await stoodIn(transaction, locked.values()) };
  return action;
}

/** Actions that concern more than one case. */
const concerning: readonly CaseAction['kind'][] = ['mark-duplicate', 'undo-duplicate', 'split-case', 'update-relations'];

/** What somebody does not read in full does not exist for an action of theirs (L-07). */
function readableBy(actor: Actor, locked: ReadonlyMap<CaseId, CaseRecord>, own: CaseId): readonly CaseRecord[] {
  const principal = principalOf(actor);
  return [...locked].flatMap(([id, record]) => (id !== own && reach(principal, record.guarded) === 'everything' ? [record] : []));
}

/** Actions that put somebody in charge, or let them in. */
const naming: readonly CaseAction['kind'][] = ['assign-owner', 'add-person', 'add-component', 'assign-component'];

/** Whoever is named has to be a member, and an owner one who sees the case and may handle it: anybody else would be called in vain (I8). */
async function namesStranger(action: CaseAction, record: CaseRecord, { accounts }: Transaction): Promise<Refused | undefined> {
  if (action.kind === 'narrow-access') return narrowsToStranger(action.people, record, accounts);
  if (action.kind === 'name-reader') return joinsAsStranger(action.person, record, accounts);
  const named = naming.includes(action.kind) && 'person' in action ? action.person : null;
  if (named === null) return undefined;
  const member = await accounts.member(named);
  if (member === undefined) return refused.invalid('person', 'This project has no such member.');
  const { project } = record.state;
  const sees = canSee({ kind: 'person', project, person: member.person, roles: member.roles }, record.guarded);
  const ofPart = action.kind === 'add-component' || action.kind === 'assign-component';
  const rights = ofPart ? (['handle', 'fix'] as const) : (['handle'] as const);
  const handles = member.roles.some((role) => rights.some((right) => rolesWith(record.policy, right).includes(role)));
  if (action.kind === 'add-person' && action.emergency === undefined && !mayBeAdded(member.roles, record.guarded, record.policy))
    return refused.invalid('person', 'The policy lets nobody of their roles be added to a case.');
  return action.kind === 'add-person' || (sees && handles)
    ? undefined
    : refused.invalid(
        'person',
        ofPart
          ? 'Who looks after a component has to see the case and may handle or fix it.'
          : 'The owner of a case has to see it and may handle it.',
      );
}

/** Whoever is let into a narrowed case would read it by the policy, and can work on it: the few are meant to look after it. */
async function joinsAsStranger(person: PersonId, { policy }: CaseRecord, accounts: Transaction['accounts']): Promise<Refused | undefined> {
  const member = await accounts.member(person);
  if (member !== undefined && mayJoinNarrowed(member.roles, policy)) return undefined;
  return refused.invalid('person', 'Name a member who would read the case if it were not narrowed, and may work on it.');
}

/** Nobody is let in by narrowing: whoever is named reads the case already. */
async function narrowsToStranger(people: readonly PersonId[], { state, guarded: what }: CaseRecord, accounts: Transaction['accounts']) {
  for (const person of people) {
    const member = await accounts.member(person);
    const { project } = state;
    if (member === undefined || reach({ kind: 'person', project, person, roles: member.roles }, what) !== 'everything')
      return refused.invalid('people', 'Each of them has to read the case already; give access first, then narrow.');
  }
  return undefined;
}

/** Says nothing of where it stands: that may be a case that the actor does not see. */
const numberElsewhere = 'This number cannot be recorded here. Compare it with what the assigner wrote: each number belongs to one flaw.';

/** Whether each number that is recorded now is the case's own (P9). Asked only where a number comes or goes. */
async function ownNumbers({ cases }: Transaction, state: CaseState, events: readonly Event[]): Promise<boolean> {
  if (!events.some(({ kind }) => kind === 'cve-assigned' || kind === 'cve-rejected')) return true;
  const { flaws } = events.reduce(evolve, state);
  const numbers = flaws.flatMap(({ number }) => (number === null ? [] : [number]));
  const recorded = events.flatMap((event) => (event.kind === 'cve-assigned' ? [event.number] : []));
  return cases.claimNumbers(state.case, numbers, recorded);
}

function foundIn({ looked }: Request): { readonly openFindings?: number } {
  return looked === undefined ? {} : { openFindings: looked.open };
}

function ownerOf({ nextOwner }: Request): { readonly nextOwner?: Chosen } {
  return nextOwner === undefined ? {} : { nextOwner };
}

/** Actions that may take the project's next advisory number; only these hold it for the length of their transaction. */
const numbering: readonly CaseAction['kind'][] = ['release-report', 'confirm-flaw', 'write-advisory', 'approve-release'];

function allots(kind: CaseAction['kind'], state: CaseState): boolean {
  return numbering.includes(kind) && state.advisory.number === null;
}
