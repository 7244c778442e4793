// SPDX-License-Identifier: Apache-2.0
// Looking at changes of the policy: what is proposed, how it differs from what holds, what the linter says, and which open cases would notice.

import type { PersonActor } from '../core/model/actor.ts';
import type { PolicyRef } from '../core/model/case.ts';
import type { CaseId, PersonId, ProjectId } from '../core/model/identifiers.ts';
import { isRefusal } from '../core/model/refusal.ts';
import type { Instant } from '../core/model/time.ts';
import { guarded, reach } from '../core/policy/access.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Holding, PolicyProposal } from '../core/process/policy-change.ts';
import { acceptPolicy, mayLookAtChanges, mayPropose, proposals, same, withdrawPolicy, wordsAsked } from '../core/process/policy-change.ts';
import type { PolicyEffect } from '../core/process/policy-effect.ts';
import { effectOf } from '../core/process/policy-effect.ts';
import type { Difference } from '../policy/difference.ts';
import { differences } from '../policy/difference.ts';
import type { Problem } from '../policy/problem.ts';
import { isFatal } from '../policy/problem.ts';
import type { PolicyVersion } from '../ports/store/policies.ts';
import type { Transaction } from '../ports/store/store.ts';
import { refOf } from './policy-change.ts';
import { examineWithKeys } from './policy-keys.ts';
import { principalOf } from './principal.ts';
import { keysToWatch } from './project-keys.ts';
import { everybody } from './routing.ts';
import { expiresAt, firstWarning } from './security-txt.ts';
import type { World } from './world.ts';

export interface ChangesView {
  readonly now: Instant;
  readonly holds: { readonly ref: PolicyRef; readonly since: Instant };
  readonly mayPropose: boolean;
  /** Whose word a change takes, beside its proposer's: `one person of core`; empty where nobody's. */
  readonly asks: string;
  /** The newest first. */
  readonly proposals: readonly ProposalView[];
  /** Those that sign now; none where nothing is signed. */
  readonly signingKeys: readonly SigningKey[];
  readonly securityTxt: { readonly confirmedAt: Instant; readonly expires: Instant; readonly isNear: boolean };
  /** Length of the log of changes and the hash of its last step, so that a copy can be compared. */
  readonly log: { readonly steps: number; readonly brokenAt: number | null; readonly head: string };
}

export interface SigningKey {
  readonly fingerprint: string;
  readonly whose: 'person' | 'program';
  readonly expires: Instant | null;
  readonly isNear: boolean;
}

export interface ProposalView {
  readonly proposal: PolicyProposal;
  /** Names of the people who appear. */
  readonly names: ReadonlyMap<PersonId, string>;
  /** Whose word is still asked for; empty where nobody's. */
  readonly asks: string;
  readonly mayAccept: boolean;
  readonly mayWithdraw: boolean;
}

/** A text beside the policy that it would replace. */
export interface Look {
  readonly problems: readonly Problem[];
  /** Null where the text cannot be used as a policy. */
  readonly changes: readonly Difference[] | null;
  /** Open cases that the reader sees and that would notice, if they were moved. */
  readonly cases: readonly CaseEffect[];
  /** Roles that the text declares with rights and that nobody here holds. */
  readonly empty: readonly string[];
}

export interface Upkeep {
  /** Changes that wait for the actor's word. */
  readonly waiting: number;
  /** The end of security.txt, where it is near; else null. */
  readonly expires: Instant | null;
}

export interface CaseEffect extends PolicyEffect {
  readonly case: CaseId;
  readonly codename: string;
}

/** Undefined for who may neither propose nor is asked: then there is nothing here. */
export function readChanges(world: World, actor: PersonActor): Promise<ChangesView | undefined> {
  return looking(world, actor, async (transaction, holding, { activeSince, confirmedAt }) => {
    const now = world.clock.now();
    const expires = expiresAt(confirmedAt);
    const all = await proposalViews(transaction, actor, holding, now);
    return {
      now,
      holds: { ref: holding.ref, since: activeSince },
      mayPropose: mayPropose(actor, holding),
      asks: wordsAsked(holding.policy.reviews.policyChange, []),
      proposals: all.toReversed(),
      signingKeys: await signingKeys(world, actor.project, holding.policy, now),
      securityTxt: { confirmedAt, expires, isNear: firstWarning(expires) <= now },
      log: await transaction.policies.verify(),
    };
  });
}

async function signingKeys(world: World, project: ProjectId, policy: Policy, now: Instant): Promise<readonly SigningKey[]> {
  const all = await keysToWatch(world, project, policy);
  return all.map(({ fingerprint, whose, expires }) => ({
    fingerprint,
    whose,
    expires,
    isNear: expires !== null && firstWarning(expires) <= now,
  }));
}

export function readProposal(
  world: World,
  actor: PersonActor,
  id: string,
): Promise<{ readonly view: ProposalView; readonly look: Look; readonly now: Instant } | undefined> {
  return looking(world, actor, async (transaction, holding) => {
    const now = world.clock.now();
    const view = (await proposalViews(transaction, actor, holding, now)).find((one) => one.proposal.id === id);
    if (view === undefined) return undefined;
    const { replaces, state, text } = view.proposal;
    const before = (await transaction.policies.all()).find((one) => same(refOf(one), replaces));
    const look = await lookAt(world, transaction, actor, before?.policy ?? holding.policy, text, state === 'open');
    return { view, look, now };
  });
}

/** The text of a file before it is proposed; nothing is kept of it. */
export function lookAtText(world: World, actor: PersonActor, text: string): Promise<Look | undefined> {
  return looking(world, actor, (transaction, holding) => lookAt(world, transaction, actor, holding.policy, text, true));
}

/** How many changes wait for the actor's word, and whether security.txt ends soon: what the queue says on top. Undefined where neither concerns them. */
export function readUpkeep(world: World, actor: PersonActor): Promise<Upkeep | undefined> {
  return looking(world, actor, async ({ policies }, holding, { confirmedAt }) => {
    const now = world.clock.now();
    const expires = expiresAt(confirmedAt);
    const waiting = proposals(await policies.steps(), holding.ref).filter((one) => !isRefusal(acceptPolicy(actor, one, holding, now)));
    return { waiting: waiting.length, expires: firstWarning(expires) <= now ? expires : null };
  });
}

function looking<Result>(
  world: World,
  actor: PersonActor,
  show: (transaction: Transaction, holding: Holding, active: PolicyVersion) => Promise<Result | undefined>,
): Promise<Result | undefined> {
  return world.store.as(principalOf(actor), async (transaction) => {
    const active = await transaction.policies.active();
    const holding: Holding = { policy: active.policy, ref: refOf(active) };
    return mayLookAtChanges(actor, holding) ? show(transaction, holding, active) : undefined;
  });
}

async function proposalViews(
  { policies, accounts }: Transaction,
  actor: PersonActor,
  holding: Holding,
  now: Instant,
): Promise<readonly ProposalView[]> {
  const names = new Map((await accounts.members(everybody)).map(({ person, name }) => [person, name]));
  return proposals(await policies.steps(), holding.ref).map((proposal) => ({
    proposal,
    names,
    asks: proposal.state === 'open' ? wordsAsked(holding.policy.reviews.policyChange, proposal.accepted) : '',
    mayAccept: !isRefusal(acceptPolicy(actor, proposal, holding, now)),
    mayWithdraw: !isRefusal(withdrawPolicy(actor, proposal, null, holding, now)),
  }));
}

async function lookAt(
  world: World,
  transaction: Transaction,
  actor: PersonActor,
  before: Policy,
  text: string,
  open: boolean,
): Promise<Look> {
  const { policy, problems } = await examineWithKeys('policy', text, world.verifier, world.clock.now());
  if (policy === null || problems.some(isFatal)) return { problems, changes: null, cases: [], empty: [] };
  const held = new Set((await transaction.accounts.members(everybody)).flatMap((one) => one.roles as readonly string[]));
  const empty = Object.entries(policy.roles).flatMap(([role, { may }]) => (may.length > 0 && !held.has(role) ? [role] : []));
  return { problems, changes: differences(before, policy), cases: open ? await casesThatDiffer(transaction, actor, policy) : [], empty };
}

/** Those that the actor reads anyway: who may change the policy learns of no case by it. */
async function casesThatDiffer(transaction: Transaction, actor: PersonActor, target: Policy): Promise<readonly CaseEffect[]> {
  const entries = await transaction.cases.queue({ open: true, limit: 200 });
  return entries.flatMap(({ state, policy }) => {
    if (reach(principalOf(actor), guarded(state, policy)) !== 'everything') return [];
    const effect = effectOf(state, policy, target);
    return effect.differs.length === 0 && effect.obstacle === null ? [] : [{ case: state.case, codename: state.codename, ...effect }];
  });
}
