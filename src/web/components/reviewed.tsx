// SPDX-License-Identifier: Apache-2.0
// What a case says of its readers: how many people have looked at a private fix and what that suggests, and whether agents get anything of it.

import type { CaseView } from '../../app/views.ts';
import { closedToAgents } from '../../core/policy/agents.ts';
import { reviewHints } from '../../core/process/review-hints.ts';
import { count, plain } from '../words.ts';
import { Part } from './part.tsx';

/** Hints only: nothing is done by them (VMT-24). */
export function Reviewed({ view }: { readonly view: CaseView }) {
  const hints = reviewHints(view.state, view.policy);
  if (hints === undefined) return null;
  return (
    <div class="stack">
      <p>Reviewed in private by {count(hints.reviewers.length, 'person', 'people')}.</p>
      {hints.add.length === 0 ? null : (
        <p class="quiet">Few have looked at it. More could be added by name: {hints.add.map(plain).join(', ')}.</p>
      )}
      {hints.complex === null ? null : (
        <p class="quiet">
          The fix is complex, {count(hints.complex, 'commit', 'commits')}. It may be reviewed better in the open: think of going public.
        </p>
      )}
    </div>
  );
}

/** The switch as it stands, by default on under an embargo (P21). */
export function NoAgents({ view }: { readonly view: CaseView }) {
  if (view.state.visibility === 'public') return null;
  return (
    <Part title="AI agents" remark="" id="agents">
      <p>{closedToAgents(view.state, view.policy) ?? 'An agent may be given one task of this case by a person.'}</p>
    </Part>
  );
}
