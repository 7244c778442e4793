// SPDX-License-Identifier: Apache-2.0
// Beside the facts of a case: what was worked out with its severity, and the credits as they will stand.

import { creditsOf } from '../../app/advisory-draft.ts';
import type { CaseView } from '../../app/views.ts';
import { plain } from '../words.ts';

/** What stands beside the level: the score of the vector, weaknesses, a decision. */
export function Judged({ severity: { score, cwes = [], ssvc } }: { readonly severity: NonNullable<CaseView['state']['severity']> }) {
  return (
    <>
      {score === undefined ? null : (
        <span class="label">
          score {score.score.toFixed(1)}, {score.rating}
        </span>
      )}
      {cwes.length === 0 ? null : <span class="label id">{cwes.join(', ')}</span>}
      {ssvc === undefined ? null : <span class="label">SSVC: {plain(ssvc)}</span>}
    </>
  );
}

/** The credits as the advisory will name them: from what has been decided so far, or as the archive has them. */
export function Credits({ view: { state, policy, texts, names, archived } }: { readonly view: CaseView }) {
  const credits = archived === null ? creditsOf(state, policy, texts, names) : (archived.credits ?? []);
  if (credits.length === 0) return <span class="quiet">nobody is named so far</span>;
  return (
    <>
      <bdi>{credits.map(({ name, email, kind }) => `${name ?? email} (${kind})`).join(', ')}</bdi>
      <span class="label">as the advisory will name them</span>
    </>
  );
}
