// SPDX-License-Identifier: Apache-2.0
// Before parties are told: who would get it, and why each of them (P24). Nobody stands on it as chosen; each is told by name, or not at all.

import type { ContentRef } from '../core/model/content.ts';
import type { PersonId } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';
import { isCleared, isProposed, partiesIn, rulesOf } from '../core/process/parties.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';

export interface Recipient {
  readonly party: string;
  /** The list’s address, or the role whose members are told. */
  readonly to: { readonly kind: 'list'; readonly address: string } | { readonly kind: 'role'; readonly role: string };
  /** Who would get the mail, of a role, with what each looks after; a list's members are not known here. */
  readonly people: readonly { readonly name: string; readonly organisation: string | null; readonly covers: readonly string[] }[];
  /** Components of the case that one of its people looks after. */
  readonly covers: readonly string[];
  /** Who proposed it and why, and who cleared it: the reasons on record. */
  readonly reasons: readonly {
    readonly kind: 'proposed' | 'cleared' | 'not_cleared';
    readonly by: PersonId;
    readonly at: Instant;
    readonly reason: ContentRef;
  }[];
  /** Whether nothing of its own stands against telling it: the rest is asked when it is told. */
  readonly may: boolean;
}

/** Those that are not told yet, in the order of the policy. */
export async function recipientsOf({ accounts }: Transaction, { state, policy }: CaseRecord): Promise<readonly Recipient[]> {
  const listed = partiesIn(state, policy).filter((party) => party.state === 'listed');
  const roles = listed.flatMap(({ name }) => {
    const to = rulesOf(policy, name)?.to;
    return to?.kind === 'role' ? [to.role] : [];
  });
  if (state.visibility === 'public' || listed.length === 0) return [];
  const members = roles.length === 0 ? [] : await accounts.membersIn(roles);
  const concerned = [state.component, ...state.components.map(({ component }) => component)].filter((one) => one !== null);
  return listed.flatMap((party): readonly Recipient[] => {
    const to = rulesOf(policy, party.name)?.to;
    if (to === undefined) return [];
    const own = to.kind === 'role' ? members.filter((member) => member.roles.includes(to.role)) : [];
    const { proposed, screening } = party;
    return [
      {
        party: party.name,
        to,
        people: own.map(({ name, organisation, covers }) => ({ name, organisation, covers })),
        covers: concerned.filter((component) => own.some(({ covers }) => covers.includes(component))),
        reasons: [
          ...(proposed === null ? [] : [{ kind: 'proposed' as const, ...proposed }]),
          ...(screening === null
            ? []
            : [
                {
                  kind: screening.cleared ? ('cleared' as const) : ('not_cleared' as const),
                  by: screening.by,
                  at: screening.at,
                  reason: screening.reason,
                },
              ]),
        ],
        may: isProposed(party, policy) && isCleared(party, policy),
      },
    ];
  });
}
