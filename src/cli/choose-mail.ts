// SPDX-License-Identifier: Apache-2.0
// `daylight person choose-mail`: when a member wants mail, shown or chosen by whoever runs the program.

import { chooseMailHours, ownMailHours, type TypedHours } from '../app/mail-hours.ts';
import type { World } from '../app/world.ts';
import type { PersonId, ProjectId } from '../core/model/identifiers.ts';
import { type ServerIo, sayRefused } from './server-command.ts';

/** What was given of the hours. `none` for a digest is none. */
export type GivenHours = Partial<TypedHours>;

export const mailOptions = {
  digest: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  zone: { type: 'string' },
} as const;

/** What is not given stays as it is; with nothing given the hours are shown. The exit code: 0 done, 3 no such member, 5 refused. */
export async function chooseMail(
  world: World,
  project: ProjectId,
  { person, name, given, json }: { readonly person: PersonId; readonly name: string; readonly given: GivenHours; readonly json: boolean },
  io: ServerIo,
): Promise<number> {
  const member = await world.store.as({ kind: 'process', project }, ({ accounts }) => accounts.member(person));
  if (member === undefined) {
    io.err(`daylight person: no member ${name}`);
    return 3;
  }
  const hours = { ...(await ownMailHours(world, { project, person })), ...withoutNone(given) };
  const refusal = Object.keys(given).length === 0 ? undefined : await chooseMailHours(world, { project, person }, hours);
  if (refusal !== undefined) return sayRefused('person', refusal, io);
  const { digest, from, to, zone } = hours;
  if (json)
    io.out(JSON.stringify({ person: name, digest: digest === '' ? null : Number(digest), from: from || null, to: to || null, zone }));
  else
    io.out(
      `${name}: ${digest === '' ? 'no digest' : `digest at ${digest}`}, ${from === '' ? 'no quiet hours' : `quiet ${from} to ${to}`}, ${zone}`,
    );
  return 0;
}

function withoutNone(given: GivenHours): GivenHours {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value === 'none' ? '' : value]));
}
