// SPDX-License-Identifier: Apache-2.0
// A project's policy changes while it runs: one proposes, another accepts, both are on record, and cases that are open keep what they have (LIBVIRT-42).

import type { PersonActor } from '../core/model/actor.ts';
import type { PolicyRef } from '../core/model/case.ts';
import type { PersonId, Role } from '../core/model/identifiers.ts';
import type { PolicyStep, ProposalId } from '../core/model/policy-step.ts';
import type { Refused } from '../core/model/refusal.ts';
import { isRefusal, refused } from '../core/model/refusal.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Holding, PolicyProposal } from '../core/process/policy-change.ts';
import {
  acceptPolicy,
  concernedBy,
  mayLookAtChanges,
  originOf,
  proposals,
  proposePolicy,
  withdrawPolicy,
} from '../core/process/policy-change.ts';
import type { Problem } from '../policy/problem.ts';
import { formatProblem, isFatal } from '../policy/problem.ts';
import { examinePolicy } from '../policy/read-policy.ts';
import type { PolicyVersion } from '../ports/store/policies.ts';
import type { Transaction } from '../ports/store/store.ts';
import { base32, sha256 } from './encoding.ts';
import { examineWithKeys } from './policy-keys.ts';
import { coverageGaps } from './projects.ts';
import { askForTerms } from './roster.ts';
import { everybody } from './routing.ts';
import type { World } from './world.ts';

/** Longest policy file that is taken, in characters. */
const mostText = 300_000;

export interface Published {
  readonly proposal: PolicyProposal;
  /** What the linter says of it. */
  readonly problems: readonly Problem[];
}

type Outcome = Published | Refused;

export function refOf({ policy, sha256: hash }: Pick<PolicyVersion, 'policy' | 'sha256'>): PolicyRef {
  return { name: policy.name, version: policy.version, sha256: hash };
}

/** Proposes the text; where the policy that holds asks for no second person, it holds from now on. Undefined for who must not know of proposals. */
export async function proposeChange(
  world: World,
  actor: PersonActor,
  { text, reason }: { readonly text: string; readonly reason: string },
): Promise<Outcome | undefined> {
  return changing(world, actor, async (transaction, holding, steps) => {
    const file = await examinedFile(world, text);
    if ('refusal' in file) return file;
    const ref: PolicyRef = { name: file.policy.name, version: file.policy.version, sha256: sha256(text) };
    const kept = (await transaction.policies.all()).map(refOf);
    const id = base32(world.random(16)) as ProposalId;
    return proposePolicy(actor, { id, ref, reason, text }, holding, kept, steps, world.clock.now());
  });
}

export function acceptChange(world: World, actor: PersonActor, id: string): Promise<Outcome | undefined> {
  return changing(world, actor, async (transaction, holding, steps) => {
    const one = proposals(steps, holding.ref).find((proposal) => proposal.id === id);
    if (one === undefined) return refused.notFound();
    const decided = acceptPolicy(actor, one, holding, world.clock.now());
    if (isRefusal(decided) || !decided.some((step) => step.kind === 'policy-published')) return decided;
    const file = await examinedFile(world, one.text);
    if ('refusal' in file) return file;
    const gaps = await coverageGaps(transaction, file.policy);
    return gaps === undefined ? decided : refused.gates([{ gate: 'coverage', strength: 'must', sentence: `${gaps}.` }]);
  });
}

export function withdrawChange(world: World, actor: PersonActor, id: string, reason: string | null): Promise<Outcome | undefined> {
  return changing(world, actor, async (_transaction, holding, steps) => {
    const one = proposals(steps, holding.ref).find((proposal) => proposal.id === id);
    return one === undefined ? refused.notFound() : withdrawPolicy(actor, one, reason, holding, world.clock.now());
  });
}

type Decide = (transaction: Transaction, holding: Holding, steps: readonly PolicyStep[]) => Promise<readonly PolicyStep[] | Refused>;

/** One change after the other: what holds, and what was proposed, is read and written under the project's lock. */
function changing(world: World, actor: PersonActor, decide: Decide): Promise<Outcome | undefined> {
  return world.store.as({ kind: 'process', project: actor.project }, async (transaction) => {
    const { policies } = transaction;
    await policies.lock();
    const active = await policies.active();
    const holding: Holding = { policy: active.policy, ref: refOf(active) };
    if (!mayLookAtChanges(actor, holding)) return undefined;
    const before = await policies.steps();
    const decided = await decide(transaction, holding, before);
    if (isRefusal(decided)) return decided;
    await policies.record(decided);
    const proposal = await settled(world, transaction, holding, [...before, ...decided], decided);
    return { proposal, problems: examinePolicy(`${proposal.policy.name}.yaml`, proposal.text).problems };
  });
}

/** The proposal as it stands now; with the last word the policy holds in the same transaction, and those whom it concerns are told. */
async function settled(
  world: World,
  transaction: Transaction,
  holding: Holding,
  steps: readonly PolicyStep[],
  decided: readonly PolicyStep[],
): Promise<PolicyProposal> {
  const [first] = decided;
  const id = first !== undefined && 'proposal' in first ? first.proposal : undefined;
  const published = decided.find((step) => step.kind === 'policy-published');
  const proposal = proposals(steps, published?.policy ?? holding.ref).find((one) => one.id === id);
  if (proposal === undefined) throw new Error('a step without its proposal');
  if (published !== undefined) await activate(world, transaction, proposal);
  if (published !== undefined) await tell(world, transaction, concernedBy(holding), 'policy-published', proposal, null);
  else if (first?.kind === 'policy-proposed')
    await tell(world, transaction, concernedBy(holding), 'policy-proposed', proposal, proposal.by);
  return proposal;
}

async function activate(world: World, transaction: Transaction, proposal: PolicyProposal): Promise<void> {
  const { policies, accounts } = transaction;
  const { policy } = examinePolicy('', proposal.text);
  if (policy === null) throw new Error('a proposal that is no policy');
  const { sha256: hash } = proposal.policy;
  const at = world.clock.now();
  const names = new Map((await accounts.members(everybody)).map(({ person, name }) => [person, name]));
  const origin = originOf(proposal, (person) => names.get(person) ?? person);
  const version = { policy, text: proposal.text, sha256: hash, activeSince: at, confirmedAt: at, origin };
  if ((await policies.activate(version)) === 'text_differs') throw new Error('another text was kept under this version');
  await askForTerms(world, transaction);
}

async function tell(
  world: World,
  { accounts, projectMail, jobs }: Transaction,
  roles: readonly Role[],
  notice: 'policy-proposed' | 'policy-published',
  { id }: PolicyProposal,
  butFor: PersonId | null,
): Promise<void> {
  for (const { person } of await accounts.membersIn(roles))
    if (person !== butFor) await projectMail.put({ key: `${notice}:${id}:${person}`, notice, person, askedAt: world.clock.now() });
  await jobs.enqueue({ task: 'tick' }, 'tick');
}

async function examinedFile(world: World, text: string): Promise<{ readonly policy: Policy } | Refused> {
  if (text.length > mostText) return refused.invalid('policy', `A policy file has at most ${mostText} characters.`);
  const { policy, problems } = await examineWithKeys('policy', text, world.verifier, world.clock.now());
  const fatal = problems.filter(isFatal);
  if (policy !== null && fatal.length === 0) return { policy };
  return refused.invalid('policy', fatal.map((one) => formatProblem(one).replace(/\s+/g, ' ')).join('\n'));
}
