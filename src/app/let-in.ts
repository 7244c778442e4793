// SPDX-License-Identifier: Apache-2.0
// Letting somebody into a narrowed case that too few are left to read: two people do it, of whom one at least runs the system. The case stays narrowed.

import { z } from 'zod';
import type { PersonActor } from '../core/model/actor.ts';
import type { CaseId, PersonId } from '../core/model/identifiers.ts';
import type { Refused } from '../core/model/refusal.ts';
import { isRefusal, refused } from '../core/model/refusal.ts';
import { reach } from '../core/policy/access.ts';
import { mayJoinNarrowed } from '../core/policy/when-added.ts';
import type { Member } from '../ports/store/accounts.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';
import { actIn } from './act.ts';
import { found, mayBreakGlass } from './break-glass.ts';
import { newContents } from './contents.ts';
import { leftIn } from './narrowed.ts';
import { succeed } from './owners.ts';
import { principalOf } from './principal.ts';
import { everybody } from './routing.ts';
import { isFresh } from './sign-in/sessions.ts';
import type { World } from './world.ts';

/** What an administrator says: the case, who is to read it, and why. */
export const readerNamed = z.object({
  case: z.string({ error: 'Name the case: its codename or its id.' }).trim().min(1, 'Name the case: its codename or its id.').max(200),
  person: z.string({ error: 'Name the person.' }).trim().min(1, 'Name the person.').max(200),
  reason: z.string({ error: 'Say why.' }).trim().min(20, 'Say why, in a sentence: everybody who reads the case reads it.').max(2000),
});

export type ReaderNamed = z.output<typeof readerNamed>;

/** A narrowed case that fewer than two can act on: its codename, and nothing of what it is about. */
export interface Stranded {
  readonly case: CaseId;
  readonly codename: string;
  /** How many of the few are left: nobody, or one, who cannot let anybody in alone. */
  readonly left: 0 | 1;
  /** Who was named by one, and waits for another's word. */
  readonly naming: { readonly person: PersonId; readonly name: string; readonly by: string; readonly own: boolean } | null;
  /** Who could be let in: whoever would read the case if it were not narrowed, and may work on it. */
  readonly candidates: readonly { readonly person: PersonId; readonly name: string }[];
}

/** Narrowed cases that too few are left to read, for those who may break the glass. Undefined for everybody else. */
export async function strandedCases(world: World, actor: PersonActor): Promise<readonly Stranded[] | undefined> {
  if (!(await mayBreakGlass(world, actor))) return undefined;
  return world.store.as({ kind: 'process', project: actor.project }, async (transaction) => {
    const members = await transaction.accounts.members(everybody);
    const ids = await transaction.cases.narrowedTo(null);
    const records = await Promise.all(ids.map((id) => transaction.cases.find(id)));
    return records.flatMap((record) => (record === undefined ? [] : (strandedOf(record, members, actor) ?? [])));
  });
}

function strandedOf(record: CaseRecord, members: readonly Member[], actor: PersonActor): Stranded | undefined {
  const { state } = record;
  const [first, second] = leftIn(record, members);
  if (second !== undefined || reach(principalOf(actor), record.guarded) === 'everything') return undefined;
  const nameOf = (person: PersonId) => members.find((one) => one.person === person)?.name ?? person;
  const { naming } = state.narrowed ?? {};
  return {
    case: state.case,
    codename: state.codename,
    left: first === undefined ? 0 : 1,
    naming:
      naming === undefined
        ? null
        : { person: naming.person, name: nameOf(naming.person), by: nameOf(naming.by), own: naming.by === actor.person },
    candidates: members
      .filter(
        (one) => mayJoinNarrowed(one.roles, record.policy) && one.person !== actor.person && !state.narrowed?.people.includes(one.person),
      )
      .map(({ person, name }) => ({ person, name })),
  };
}

/**
 * The word of one who runs the system for letting somebody into a narrowed case; it takes two people, and as long as two of its readers can act it is
 * theirs alone. @returns whether the person reads the case now; undefined where there is no such case, or the actor may not.
 */
export async function nameReader(
  world: World,
  actor: PersonActor,
  asked: ReaderNamed,
): Promise<{ readonly case: CaseId; readonly named: boolean } | Refused | undefined> {
  if (!(await mayBreakGlass(world, actor))) return undefined;
  if (actor.proof.by === 'token') return refused.notPermitted('No token does this: a person does, signed in.');
  if (!isFresh(actor, world.clock.now())) return refused.proveAgain('This lets somebody in. Prove once more that it is you.');
  const process = { kind: 'process', project: actor.project } as const;
  return world.store.as(process, async (transaction) => {
    const id = await found(transaction, asked.case);
    const record = id === undefined ? undefined : await transaction.cases.lock(id);
    if (id === undefined || record === undefined || record.guarded.public || record.state.narrowed === null) return undefined;
    const refusal = await isTheirs(record, transaction, actor);
    if (refusal !== undefined) return refusal;
    const contents = newContents(world.random);
    const reason = contents.text({ kind: 'reason', audience: 'team' }, asked.reason);
    const action = { kind: 'name-reader', person: asked.person as PersonId, reason, voice: actor.person } as const;
    const acted = await actIn(world, transaction, process, id, { action, contents });
    if (isRefusal(acted)) return acted;
    const named = acted.state.narrowed?.people.includes(action.person) === true;
    const ids = { person: actor.person, case: id };
    if (!named) world.log('reader-proposed', ids);
    else {
      world.log('reader-named', ids);
      await succeed(world, transaction, id);
    }
    return { case: id, named };
  });
}

/** Why the word is not the administrator's to say: two of its readers can, or they read it themselves. */
async function isTheirs(record: CaseRecord, { accounts }: Transaction, actor: PersonActor): Promise<Refused | undefined> {
  if (reach(principalOf(actor), record.guarded) === 'everything')
    return refused.invalid('case', 'You read this case: let somebody in on its page.');
  if (leftIn(record, await accounts.members(everybody)).length < 2) return undefined;
  const sentence = 'The case is narrowed to a few people, and two of them can act: they let somebody in, or widen it.';
  return refused.gates([{ gate: 'not_narrowed', strength: 'must', sentence }]);
}
