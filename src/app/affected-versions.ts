// SPDX-License-Identifier: Apache-2.0
// Affected branches, commits and tags as the project's own repository knows them, proposed for a draft; and those that a person chose, taken over.

import { askedOf, type History, type Proposal, proposalsOf, withProposals } from '../core/advisory/affected.ts';
import type { AdvisoryDraft } from './advisory-draft.ts';
import type { CaseView } from './views.ts';
import type { World } from './world.ts';

export interface ProposedVersions {
  /** What the repository said of each product, in their order. */
  readonly histories: readonly History[];
  readonly proposals: readonly Proposal[];
}

/** Asks the repository about the commits that the draft names, and those of the case that are merged. Nothing is changed. */
export async function proposeVersions(
  world: World,
  { state }: Pick<CaseView, 'state'>,
  products: AdvisoryDraft['products'],
): Promise<ProposedVersions> {
  const histories: History[] = [];
  for (const at of products.keys()) histories.push(await world.repository.history(state.project, askedOf(products, at, state.branches)));
  const proposals = products.flatMap((product, at) => {
    const history = histories[at];
    return history === undefined ? [] : proposalsOf(product, at, history);
  });
  return { histories, proposals };
}

/** As a form or a request names a proposal: the product's place, and the branch. */
export function proposalName({ product, branch }: Proposal): string {
  return `${product}:${branch.name}`;
}

/** The draft with the chosen rows, as the repository tells them now. */
export function withChosen(draft: AdvisoryDraft, { proposals }: ProposedVersions, chosen: readonly string[]): AdvisoryDraft {
  const taken = proposals.filter((one) => chosen.includes(proposalName(one)));
  return { ...draft, products: withProposals(draft.products, taken) as AdvisoryDraft['products'] };
}
