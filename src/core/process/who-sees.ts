// SPDX-License-Identifier: Apache-2.0
// The access rule asked the other way round: who can see this case, by what, and since when. It asks `canSee` and knows no rule of its own.

import type { CaseState } from '../model/case.ts';
import type { Event } from '../model/event.ts';
import type { PersonId, Role } from '../model/identifiers.ts';
import type { Instant } from '../model/time.ts';
import { canSee, type Guarded, guarded, type Principal, type Reach, reach, readsByName } from '../policy/access.ts';
import type { Policy } from '../policy/policy.ts';
import { evolve, opened } from './evolve.ts';

/** `role`: reads by it; `added`: by name; `party`: belongs to a told party; `number`: enters CVE numbers; `public`: as everybody. */
export type SeesBy = 'role' | 'added' | 'party' | 'number' | 'public';

export interface Member {
  readonly person: PersonId;
  /** Those that count now. */
  readonly roles: readonly Role[];
}

export interface Seer {
  readonly person: PersonId;
  readonly reach: Reach;
  readonly by: readonly { readonly how: SeesBy; readonly role: Role | null }[];
}

/** Exactly those of `members` who see the case. */
export function whoCanSee(what: Guarded, members: readonly Member[]): readonly Seer[] {
  return members.flatMap((member) => {
    const who = principalOf(what, member);
    return canSee(who, what) ? [{ person: member.person, reach: reach(who, what), by: reasons(what, member) }] : [];
  });
}

function reasons(what: Guarded, { person, roles }: Member): Seer['by'] {
  const through = (how: SeesBy, allowed: readonly Role[]) => roles.filter((role) => allowed.includes(role)).map((role) => ({ how, role }));
  const found = [
    ...through('role', what.readers),
    ...(readsByName({ person, roles }, what) ? [{ how: 'added' as const, role: null }] : []),
    ...through('party', what.parties),
    ...through('number', what.cveReaders),
  ];
  return found.length > 0 ? found : [{ how: 'public', role: null }];
}

/** Since when each of them has seen it without a break, by the log and with the roles that they hold now; nobody before they held those. */
export function seenSince(log: readonly Event[], policy: Policy, members: readonly Member[]): ReadonlyMap<PersonId, Instant> {
  const since = new Map<PersonId, Instant>();
  let state: CaseState | undefined;
  let before = '';
  for (const event of log) {
    state = state === undefined ? opened(event) : evolve(state, event);
    const what = guarded(state, policy);
    const now = JSON.stringify([what.readers, what.guests, what.few, what.parties, what.cveReaders, what.public]);
    if (now === before) continue;
    before = now;
    for (const member of members) {
      if (!canSee(principalOf(what, member), what)) since.delete(member.person);
      else if (!since.has(member.person)) since.set(member.person, event.at);
    }
  }
  return since;
}

function principalOf({ project }: Guarded, { person, roles }: Member): Principal {
  return { kind: 'person', project, person, roles };
}
