// SPDX-License-Identifier: Apache-2.0
// Credit: how somebody wants to be named, and which parts in a case are offered it beside its reporters.

import type { ContentRef } from './content.ts';
import type { PersonId } from './identifiers.ts';

/** Who is offered credit beside the reporters, where `publication.credit` names them. */
export type ContributorRole = 'patcher' | 'reviewer' | 'coordinator';
export type CreditDecision = 'undecided' | 'named' | 'pseudonym' | 'declined';

export interface Contributor {
  readonly person: PersonId;
  readonly as: ContributorRole;
  readonly credit: CreditDecision;
  readonly creditName: ContentRef | null;
}
