// SPDX-License-Identifier: Apache-2.0
// Roles that another system gives and takes: groups that it names at a sign-in, and projects of a forge, which are asked again every quarter of an hour (QEMU-17, LIBVIRT-9).

import type { PersonId, ProjectId, Role } from '../../core/model/identifiers.ts';
import { type Instant, shifted } from '../../core/model/time.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { GitlabRole } from '../../core/policy/words.ts';
import { OutsideFailure } from '../../ports/failure.ts';
import type { Confirmed } from '../../ports/identity-provider.ts';
import type { Transaction } from '../../ports/store/store.ts';
import { actOnPersonIn } from '../roster.ts';
import type { World } from '../world.ts';

/** What is known of somebody's place elsewhere; what is not known changes nothing. */
export interface Belonging {
  /** Null where nobody asked for groups. */
  readonly groups: readonly string[] | null;
  /** Access level in each project of the forge that was asked. */
  readonly levels: ReadonlyMap<string, number>;
}

/** GitLab's own numbers. */
const levelFor: Readonly<Record<GitlabRole, number>> = { Guest: 10, Reporter: 20, Developer: 30, Maintainer: 40, Owner: 50 };

const every = { minutes: 15 } as const;

/** When each project's members are asked for next, by this process. */
const nextCheck = new WeakMap<World, Map<ProjectId, Instant>>();

/** Of whoever comes in. A forge that does not answer keeps nobody out: what it gave stays until it is asked again. */
export async function belongingOf(world: World, project: ProjectId, { subject, groups }: Confirmed): Promise<Belonging> {
  try {
    return { groups, levels: await levelsOf(world, await activePolicy(world, project), subject) };
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    world.log('membership-unchecked', { project });
    return { groups, levels: new Map() };
  }
}

/**
 * What the other system gives and takes goes through the roster: bound to the terms like any role, and in its log (LIBVIRT-29).
 * `nothing-left`: it took the last role, and with it every way in has ended in this transaction (L-11).
 */
export async function bringRoles(
  world: World,
  transaction: Transaction,
  person: PersonId,
  belonging: Belonging,
): Promise<'brought' | 'nothing-left'> {
  const { policy } = await transaction.policies.active();
  const known = await transaction.roster.person(person);
  if (known === undefined) return 'brought';
  const before = known.state.roles;
  const { claimed, missing } = rolesBy(policy, belonging);
  const gained = claimed.filter((role) => !before.some((held) => held.role === role));
  const lost = missing.filter((role) => before.some((held) => held.role === role && held.origin === 'synced'));
  if (gained.length + lost.length === 0) return 'brought';
  const action = { kind: 'sync-roles', gained, lost } as const;
  await actOnPersonIn(world, transaction, known.state.project, { kind: 'process' }, { person, action });
  const at = world.clock.now();
  for (const role of gained) await transaction.signIn.log({ at, person, kind: 'role-came', detail: role });
  for (const role of lost) await transaction.signIn.log({ at, person, kind: 'role-ended', detail: role });
  return gained.length === 0 && before.length === lost.length ? 'nothing-left' : 'brought';
}

/** Orders the check where the policy has members by a project of the forge, the forge can be asked, and it was not asked for a while. */
export async function orderMemberCheck(world: World, project: ProjectId): Promise<void> {
  if (world.provider?.memberships == null) return;
  const next = nextCheck.get(world) ?? new Map<ProjectId, Instant>();
  nextCheck.set(world, next);
  const now = world.clock.now();
  if (now < (next.get(project) ?? now)) return;
  if (forgeProjects(await activePolicy(world, project)).length > 0)
    await world.store.as({ kind: 'process', project }, ({ jobs }) => jobs.enqueue({ task: 'check-members' }, 'check-members'));
  next.set(project, shifted(now, every));
}

/** Asks for everybody who is bound to the forge, one after the other; whoever left a project there loses here what it gave. @throws OutsideFailure temporary */
export async function checkMembers(world: World, project: ProjectId): Promise<void> {
  const process = { kind: 'process', project } as const;
  const policy = await activePolicy(world, project);
  const issuer = world.provider?.issuer ?? '';
  const identities = await world.store.as(process, ({ signIn }) => signIn.identitiesAt(issuer));
  for (const { subject, person } of identities) {
    const levels = await levelsOf(world, policy, subject);
    await world.store.as(process, async (transaction) => {
      // Whoever is suspended or removed has no new roles.
      if ((await transaction.accounts.member(person)) === undefined) return;
      await bringRoles(world, transaction, person, { groups: null, levels });
    });
  }
}

async function activePolicy(world: World, project: ProjectId): Promise<Policy> {
  return (await world.store.as({ kind: 'process', project }, ({ policies }) => policies.active())).policy;
}

async function levelsOf({ provider }: World, policy: Policy, subject: string): Promise<ReadonlyMap<string, number>> {
  const memberships = provider?.memberships ?? null;
  const levels = new Map<string, number>();
  if (memberships === null) return levels;
  for (const project of forgeProjects(policy)) levels.set(project, await memberships.levelOf(project, subject));
  return levels;
}

function forgeProjects({ roles }: Policy): readonly string[] {
  return [...new Set(Object.values(roles).flatMap(({ from }) => (from.kind === 'gitlab_project' ? [from.project] : [])))];
}

/** `roles.<role>.from`: the roles that this gives, and those that it would give and does not. */
function rolesBy(
  { roles }: Policy,
  { groups, levels }: Belonging,
): { readonly claimed: readonly Role[]; readonly missing: readonly Role[] } {
  const claimed: Role[] = [];
  const missing: Role[] = [];
  for (const [role, { from }] of Object.entries(roles)) {
    if (from.kind === 'oidc_group' && groups !== null) (groups.includes(from.group) ? claimed : missing).push(role as Role);
    const level = from.kind === 'gitlab_project' ? levels.get(from.project) : undefined;
    if (from.kind === 'gitlab_project' && level !== undefined)
      (level >= levelFor[from.leastRole ?? 'Guest'] ? claimed : missing).push(role as Role);
  }
  return { claimed, missing };
}
