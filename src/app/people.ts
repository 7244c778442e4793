// SPDX-License-Identifier: Apache-2.0
// The people of a project and what they cover, as its members see them (L-37: nobody else does).

import type { PersonActor } from '../core/model/actor.ts';
import type { Policy } from '../core/policy/policy.ts';
import { coverage } from '../core/routing/coverage.ts';
import { parseRoutes } from '../core/routing/route.ts';
import type { Member } from '../ports/store/accounts.ts';
import type { Transaction } from '../ports/store/store.ts';
import { principalOf } from './principal.ts';
import type { PeopleView } from './views.ts';
import type { World } from './world.ts';

/** Undefined for somebody without a role of the project: who has left, was added to one case by name, or belongs to a downstream party, is told of that case alone. */
export async function readPeople(world: World, actor: PersonActor): Promise<PeopleView | undefined> {
  if (actor.roles.length === 0) return undefined;
  return world.store.as(principalOf(actor), async (transaction) => {
    const members = await transaction.accounts.members(1000);
    const { policy } = await transaction.policies.active();
    if (isOutside(actor, policy)) return undefined;
    const people = members.map(({ name, roles, covers, organisation }) => ({ name, roles, covers, organisation }));
    return { people, coverage: coverageOf(policy, members), file: await fileCoverage(transaction, policy, members) };
  });
}

/** Members of a downstream party and of nothing else: they are not told who works for the project. */
export function isOutside({ roles }: PersonActor, { downstream }: Policy): boolean {
  const parties = downstream.parties.flatMap(({ to }) => (to.kind === 'role' ? [to.role] : []));
  return roles.every((role) => parties.includes(role));
}

/** None where the policy does not ask for it, or no file is kept. */
async function fileCoverage({ accounts }: Transaction, { ownership }: Policy, members: readonly Member[]): Promise<PeopleView['file']> {
  const routed = ownership.routedBy === 'maintainers_file' || ownership.routedBy === 'codeowners';
  const text = routed && ownership.coverage !== 'none' ? await accounts.maintainersFile() : undefined;
  if (text === undefined) return null;
  const { withoutAccount, uncovered } = coverage(parseRoutes(text), members);
  return {
    withoutAccount: withoutAccount.map(({ person, subsystems }) => ({ name: person.name, of: subsystems })),
    uncovered: uncovered.map(({ title }) => title),
  };
}

function coverageOf(policy: Policy, members: readonly Member[]): PeopleView['coverage'] {
  return Object.entries(policy.roles).flatMap(([role, { per }]): PeopleView['coverage'][number][] => {
    if (per === 'project') return [];
    const holders = members.filter((member) => member.roles.some((held) => held === role));
    const all = [...new Set(holders.flatMap((member) => member.covers))].sort();
    const covered = all.map((what) => ({
      what,
      by: holders.filter((member) => member.covers.includes(what)).map((member) => member.name),
    }));
    return [{ role, per, covered, unsaid: holders.filter((member) => member.covers.length === 0).map((member) => member.name) }];
  });
}
