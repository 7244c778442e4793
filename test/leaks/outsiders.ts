// SPDX-License-Identifier: Apache-2.0
// Those who have a right on one case and none on another: a guest of one case until a date, and a party that is told of one, where the policy has parties.

import { openstackWithPackagers, partyName } from '../support/parties.ts';
import type { Crawled, Visitor } from './crawl.ts';
import { says, visitor } from './crawl.ts';
import { courseOf, driveSecret, type Secret, type Sent, stepsOf } from './secret.ts';
import { toldCase } from './told.ts';
import type { Village, VillageProject } from './village.ts';

/** Only OpenStack has somebody who may tell a party (`notify_parties`); its own parties are lists, so two whose members read here stand beside them. */
const hasParties = (preset: string) => preset === 'openstack-vmt';

/** The project with these people in it. Hana's party is the one that is told of the hidden case. */
export function peopled(preset: string): VillageProject {
  const parties = hasParties(preset) ? { pat: ['packager'], hana: ['hoster'] } : {};
  const policy = hasParties(preset) ? openstackWithPackagers() : preset;
  // Where a role reviews and reads no case of itself, the guest has it.
  const gus = hasParties(preset) ? ['core_reviewer'] : [];
  return { project: 'alpha', policy, members: { ...courseOf(preset).members, gus, ...parties } };
}

/** Members of the project who have no right on the hidden case. */
export const outside = ['rhea', 'cleo', 'gus', 'pat'];

export interface Outsiders {
  /** The case that the party is told of, in which nothing is hidden from it but what is not in its column. */
  readonly told: Sent | null;
}

/** Invites the guest and tells the party, before there is anything to hide. */
export async function letIn(here: Village, preset: string, { other }: Pick<Crawled, 'other'>): Promise<Outsiders> {
  here.reseed('outsiders');
  await stepsOf(here, 'alpha', other).anna('add-person', { person: 'gus', until: '2026-12-01 09:00 UTC' });
  const told = hasParties(preset) ? await toldCase(here, says('tim'), [partyName, 'hosters']) : null;
  if (told !== null) await stepsOf(here, 'alpha', told).as('pat', 'accept-terms');
  await here.settle();
  return { told };
}

/** The hidden case; where there are parties, another party than the observer's is told of it. */
export function hide(here: Village, preset: string): Promise<Secret> {
  return hasParties(preset) ? toldCase(here, says('carla'), ['hosters']) : driveSecret(here, 'alpha', preset, says('carla'));
}

/** Somebody outside, with the addresses at which they read and write a case of their own. */
export interface Own {
  readonly who: Visitor;
  readonly addresses: readonly string[];
  /** Whether their page of it has forms: a guest without a role only reads. */
  readonly acts: boolean;
}

/** Who has a case of their own to name the hidden one from. */
export function owners({ here, other, sessions }: Crawled, { told }: Outsiders, reporter: Visitor): readonly Own[] {
  const member = (name: string, person: string, id: string): Own => ({
    who: visitor(here, name, 'alpha', sessions[person] ?? ''),
    addresses: [`/api/v1/alpha/cases/${id}`, `/alpha/cases/${id}`],
    acts: told !== null,
  });
  return [
    member('guest of another case', 'gus', other.case),
    ...(told === null ? [] : [member('party told of another case', 'pat', told.case)]),
    { who: reporter, addresses: ['/api/v1/alpha/my-report', '/alpha/my-report'], acts: true },
  ];
}
