// SPDX-License-Identifier: Apache-2.0
// The number of an advisory: a link to its page once it is published.

import type { CaseState } from '../../core/model/case.ts';
import { pathsOf } from '../paths.ts';

export function AdvisoryLink({ project, state }: { readonly project: string; readonly state: CaseState }) {
  const { number, published } = state.advisory;
  if (number === null) return <span class="quiet">no number yet</span>;
  if (published === 0) return <span class="id">{number}</span>;
  return (
    <a class="id" href={`${pathsOf(project).advisories}/${number}.html`}>
      {number}
    </a>
  );
}
