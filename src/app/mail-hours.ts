// SPDX-License-Identifier: Apache-2.0
// One's own mail hours: what was chosen, and choosing anew. What waits already is looked at again at once.

import type { PersonActor } from '../core/model/actor.ts';
import type { Refused } from '../core/model/refusal.ts';
import { refused } from '../core/model/refusal.ts';
import { Temporal } from '../core/model/time.ts';
import type { MailHours } from '../core/people/mail-hours.ts';
import type { World } from './world.ts';

/** As typed: an hour `0` to `23` or nothing, `HH:MM` twice or nothing, an IANA zone. */
export interface TypedHours {
  readonly digest: string;
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

/** Whose hours they are. */
type Owner = Pick<PersonActor, 'project' | 'person'>;

export async function ownMailHours(world: World, { project, person }: Owner): Promise<TypedHours> {
  const hours = await world.store.as({ kind: 'process', project }, ({ accounts }) => accounts.mailHours(person));
  const { digestAt = null, quiet = null, zone = 'UTC' } = hours ?? {};
  return { digest: digestAt === null ? '' : String(digestAt), from: quiet?.from ?? '', to: quiet?.to ?? '', zone };
}

/** Undefined once they are kept. */
export async function chooseMailHours(world: World, { project, person }: Owner, typed: TypedHours): Promise<Refused | undefined> {
  const hours = readHours(typed);
  if ('refusal' in hours) return hours;
  await world.store.as({ kind: 'process', project }, async ({ accounts, outbox, jobs }) => {
    await accounts.keepMailHours(person, hours);
    await outbox.wake(person, world.clock.now());
    await jobs.enqueue({ task: 'tick' }, 'tick');
  });
  return undefined;
}

function readHours({ digest, from, to, zone }: TypedHours): MailHours | Refused {
  if (!isZone(zone)) return refused.invalid('zone', 'Name a zone as in Europe/Prague, or UTC.');
  if (digest !== '' && !/^(?:1?\d|2[0-3])$/.test(digest)) return refused.invalid('digest', 'Choose a full hour of the day, or none.');
  const times = [from, to];
  if (times.every((time) => time === '')) return { zone, digestAt: digest === '' ? null : Number(digest), quiet: null };
  if (!times.every((time) => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time)))
    return refused.invalid(from === '' ? 'from' : 'to', 'Give quiet hours from and to, as in 22:00 and 07:00, or neither.');
  if (from === to) return refused.invalid('to', 'Quiet hours have to end some time: from and to are the same.');
  return { zone, digestAt: digest === '' ? null : Number(digest), quiet: { from, to } };
}

/** A name of the zone database; an offset is none, for it knows no summer. */
function isZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,60}$/.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
