// SPDX-License-Identifier: Apache-2.0
// Telling people what happens at their own door: a way in that came or went, recovery, and attempts that look like somebody else's (ASVS 6.3.5, 6.3.7).

import type { PersonId } from '../../core/model/identifiers.ts';
import { dated, epoch } from '../../core/model/time.ts';
import type { SignInNoticeName } from '../../ports/store/project-mail.ts';
import type { LoggedSignIn } from '../../ports/store/sign-in.ts';
import type { Transaction } from '../../ports/store/store.ts';
import { base32 } from '../encoding.ts';
import type { World } from '../world.ts';
import { absentDays } from './limits.ts';

/** Puts in one mail to the holder. What goes wrong again and again is told once a day; the rest each time. */
export async function tellHolder(world: World, transaction: Transaction, person: PersonId, notice: SignInNoticeName): Promise<void> {
  const now = world.clock.now();
  const once = notice === 'sign-in-refused' ? dated(now) : base32(world.random(10));
  await transaction.projectMail.put({ key: `sign-in:${person}:${notice}:${once}`, notice, person, askedAt: now });
  await transaction.jobs.enqueue({ task: 'tick' }, 'tick');
}

const refusals: readonly LoggedSignIn['kind'][] = ['passkey-refused', 'counter-went-back', 'service-refused'];

/** A sign-in that was good, after attempts that were not, or after months without one. */
export async function tellOfSignIn(world: World, transaction: Transaction, person: PersonId): Promise<void> {
  const before = await transaction.signIn.logged(person, 50);
  const last = before.findIndex(({ kind }) => kind === 'signed-in');
  const since = last < 0 ? before : before.slice(0, last);
  const refusedSince = since.some(({ kind }) => refusals.includes(kind));
  const lastAt = before[last]?.at;
  const absent = lastAt !== undefined && epoch(world.clock.now()) - epoch(lastAt) > absentDays * 86_400_000;
  if (refusedSince || absent) await tellHolder(world, transaction, person, 'sign-in-unusual');
}
