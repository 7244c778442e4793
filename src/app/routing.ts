// SPDX-License-Identifier: Apache-2.0
// Routing: whose business a report is, by what it says of the code and what the project knows of its people (QEMU-7, VMT-3).

import type { CaseId, PersonId, ProjectId } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Chosen, Owned } from '../core/process/owners.ts';
import { coveringComponent, firstOwner, mayOwn, ownedBy } from '../core/process/owners.ts';
import { accountOf } from '../core/routing/coverage.ts';
import type { MaintainersFile, Subsystem } from '../core/routing/file.ts';
import { parseRoutes, people, sectionsIn, sectionsNamed } from '../core/routing/route.ts';
import type { Member } from '../ports/store/accounts.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';
import { base32, sha256 } from './encoding.ts';
import type { World } from './world.ts';

/** Where a report goes: who owns it, and who of the project's own file is asked and has no account. */
export interface Routing {
  readonly owner?: Chosen;
  /** A name that the policy, the members or the project's file know; a stranger's own words never become one. */
  readonly component: string | null;
  readonly strangers: readonly string[];
}

/** What a report says of the code that it concerns. */
export interface Concerned {
  readonly component: string;
  /** The whole report, in which source paths may stand. */
  readonly text: string;
}

/** More members than any project has. */
export const everybody = 10_000;

/** Whom a report that comes in now goes to. Nothing of it is kept. */
export function routingAtReceipt(world: World, project: ProjectId, id: CaseId, concerned: Concerned): Promise<Routing> {
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    const { policy } = await transaction.policies.active();
    const roster = await transaction.accounts.members(everybody);
    const sections = await concernedSections(transaction, policy, concerned);
    const component = knownComponent(policy, concerned.component, roster) ?? sections[0]?.title ?? null;
    const owned: Owned = { order: id, readers: policy.visibility.onReceipt, guests: [], few: [], component, owner: null };
    const asked = askedPeople(policy, component, sections, roster);
    const owner = firstOwner(policy, owned, roster, asked);
    return { ...(owner === undefined ? {} : { owner }), component, strangers: withoutAccount(sections, roster) };
  });
}

/** Who owns a report that a moderator lets through; nothing where the case is not there or nobody could. */
export function ownerOnRelease(world: World, project: ProjectId, id: CaseId): Promise<Chosen | undefined> {
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    const record = await transaction.cases.find(id);
    if (record === undefined) return undefined;
    const { policy, state } = record;
    const roster = await transaction.accounts.members(everybody);
    return firstOwner(
      policy,
      ownedBy(state, { readers: policy.visibility.onReceipt, few: [] }),
      roster,
      await askedIn(transaction, record, roster),
    );
  });
}

/** Those whose business the case is, beside its owner, among those who see it and may handle it (VMT-7, VMT-14). */
export async function askedMembers(transaction: Transaction, record: CaseRecord): Promise<readonly Member[]> {
  const roster = await transaction.accounts.members(everybody);
  const asked = await askedIn(transaction, record, roster);
  const owned = ownedBy(record.state, record.guarded);
  return roster.filter((one) => asked.includes(one.person) && one.person !== record.state.owner && mayOwn(one, owned, record.policy));
}

/** QEMU-7: maintainers of the project's file who have no account learn that something waits where they cannot see it, and nothing else. */
export async function tellStrangers(
  world: World,
  transaction: Transaction,
  id: CaseId,
  addresses: readonly string[],
  now: Instant,
): Promise<void> {
  for (const address of addresses)
    await transaction.outbox.put({
      id: base32(world.random(16)),
      case: id,
      key: `1:maintainer-without-account:address:${address}`,
      notice: 'maintainer-without-account',
      to: { kind: 'address', address },
      seq: 1,
      askedAt: now,
      heldUntil: null,
    });
}

/** The people whose business the case is, by the policy's way of routing. */
export async function askedIn(
  transaction: Transaction,
  { policy, state }: CaseRecord,
  roster: readonly Member[],
): Promise<readonly PersonId[]> {
  const sections = await concernedSections(transaction, policy, { component: state.component ?? '', text: '' });
  return askedPeople(policy, state.component, sections, roster);
}

function askedPeople(
  policy: Policy,
  component: string | null,
  sections: readonly Subsystem[],
  roster: readonly Member[],
): readonly PersonId[] {
  if (policy.ownership.routedBy === 'components') return coveringComponent(policy, component, roster);
  return people(sections).flatMap((one) => accountOf(one, roster)?.person ?? []);
}

function withoutAccount(sections: readonly Subsystem[], roster: readonly Member[]): readonly string[] {
  const asked = people(sections).filter((one) => one.role === 'maintainer' && accountOf(one, roster) === undefined);
  return [...new Set(asked.flatMap(({ address }) => address ?? []))];
}

/** Sections of the project's own file; none where the policy does not route by it. The section that most of the report speaks of, where none is named. */
async function concernedSections(transaction: Transaction, policy: Policy, { component, text }: Concerned): Promise<readonly Subsystem[]> {
  const { routedBy } = policy.ownership;
  if (routedBy !== 'maintainers_file' && routedBy !== 'codeowners') return [];
  const kept = await transaction.accounts.maintainersFile();
  if (kept === undefined) return [];
  const file = parsed(kept);
  const named = component.trim() === '' ? [] : sectionsNamed(file, component);
  return named.length > 0 ? named : sectionsIn(file, text).slice(0, 1);
}

/** The last few files, each parsed once: what has the same hash is the same for ever. */
const known = new Map<string, MaintainersFile>();

function parsed(text: string): MaintainersFile {
  const hash = sha256(text);
  const before = known.get(hash);
  if (before !== undefined) return before;
  const file = parseRoutes(text);
  if (known.size >= 20) known.clear();
  known.set(hash, file);
  return file;
}

/** The component as the project spells it, where the answer names one that it knows. */
function knownComponent(policy: Policy, answer: string, roster: readonly Member[]): string | null {
  const named = [...(policy.intake.form.choices['component'] ?? []), ...roster.flatMap((one) => one.covers)];
  return named.find((one) => one.toLowerCase() === answer.trim().toLowerCase()) ?? null;
}
