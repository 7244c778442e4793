// SPDX-License-Identifier: Apache-2.0
// The embargo, folded: request, agreement, end; and the bundle that is agreed for its hard cap.

import type { CaseState } from '../../model/case.ts';
import type { Embargo, EmbargoDecision, EmbargoRequest } from '../../model/embargo.ts';
import type { Envelope, EventOf } from '../../model/event.ts';
import type { EmbargoExit } from '../../model/regions.ts';
import type { Folds } from './fold.ts';
import { person, spoken } from './fold.ts';
import { askedAnew } from './parties.ts';
import { disarmed } from './publication.ts';

export const embargoFolds = {
  'embargo-proposed': embargoProposed,
  'embargo-agreed': ({ embargo }, event) =>
    embargo.proposal === null
      ? {}
      : { embargo: { ...embargo, proposal: { ...embargo.proposal, agreed: [...embargo.proposal.agreed, event.as] } } },
  'embargo-refused': ({ embargo }, { at, as, reason, missing }) => ({
    embargo: {
      ...decided(embargo, { outcome: 'refused', at, as, reason, missing }),
      state: embargo.until === null ? 'none' : 'active',
    },
  }),
  'embargo-kept': ({ embargo }, { fact, at }) => ({ embargo: { ...embargo, kept: [...embargo.kept, { fact, at }] } }),
  'embargo-activated': ({ embargo, agents }, { at, from, until, zone }) => {
    const agreed = granted(embargo, at, until);
    // What was opened to agents before is closed by the embargo, until somebody opens it again (P21).
    return {
      agents: agents?.allowed === true ? null : agents,
      embargo: { ...agreed, state: agreed.proposal === null ? 'active' : 'revising', from, until, zone },
    };
  },
  'embargo-moved': embargoMoved,
  'embargo-end-proposed': ({ embargo }, event) => ({
    embargo: { ...embargo, ending: [...embargo.ending, person(event.by)], ...spoken(embargo.heldAs, event) },
  }),
  'embargo-exited': ({ embargo, disclosure }, { at, exit }) => ({
    embargo: {
      ...(exit === 'withdrawn' ? embargo : decided(embargo, { outcome: 'ended', at, as: null, reason: null, missing: [] })),
      state: 'exited',
      ending: [],
      exit,
      exitedAt: at,
    },
    ...(endsEarly(exit) ? { disclosure: { ...disclosure, prepared: null } } : {}),
  }),
  'bundle-proposed': (_, event) => ({
    bundle: { summary: event.summary, agreedBy: [person(event.by)], ...spoken(undefined, event), agreed: false },
  }),
  'bundle-agreed': ({ bundle }, event) =>
    bundle === null
      ? {}
      : {
          bundle: { ...bundle, agreedBy: [...bundle.agreedBy, person(event.by)], ...spoken(bundle.heldAs, event), agreed: event.complete },
        },
} as const satisfies Folds;

/** A withdrawal that is taken back while nothing is public changes no agreement: the same end, the same open question, and so the same caps. */
export function resumed({ embargo, visibility }: Pick<CaseState, 'embargo' | 'visibility'>): Embargo {
  if (embargo.exit !== 'withdrawn' || visibility === 'public') return embargo;
  const asked = embargo.proposal !== null;
  const state = embargo.until === null ? (asked ? 'proposed' : 'none') : asked ? 'revising' : 'active';
  return { ...embargo, state, exit: null, exitedAt: null };
}

/** Another date on the table answers the one before it: a counter-proposal. */
function embargoProposed(state: CaseState, event: Envelope & EventOf<'embargo-proposed'>): Partial<CaseState> {
  const { by, at, until, zone, reason, restarts, circumstances, evidence, purposes, askedAs, awaits, agreed } = event;
  const earlier = decided(state.embargo, { outcome: 'countered', at, as: askedAs[0] ?? null, reason, missing: [] });
  const proposal: EmbargoRequest = {
    ...{ until, zone, reason, restarts, circumstances, evidence, purposes, askedAs, awaits, agreed },
    askedBy: by,
    askedAt: at,
    severity: state.severity?.level ?? null,
    decision: null,
  };
  return { embargo: { ...earlier, state: earlier.until === null ? 'proposed' : 'revising', proposal } };
}

function embargoMoved(state: CaseState, { at, until, zone, restarted }: Envelope & EventOf<'embargo-moved'>): Partial<CaseState> {
  const agreed = granted(state.embargo, at, until);
  const embargo: Embargo = {
    ...agreed,
    state: agreed.proposal === null ? 'active' : 'revising',
    from: restarted ? at : state.embargo.from,
    until,
    zone,
    ending: [],
    moves: state.embargo.moves + 1,
    restarts: state.embargo.restarts + (restarted ? 1 : 0),
  };
  return { ...askedAnew(state), embargo, disclosure: disarmed(state) };
}

/** The open request, decided and laid with the others. */
function decided(embargo: Embargo, decision: EmbargoDecision): Embargo {
  if (embargo.proposal === null) return embargo;
  return { ...embargo, proposal: null, decided: [...embargo.decided, { ...embargo.proposal, decision }] };
}

/** A date that begins by default, or that a party's limit brings nearer, leaves the discussion of another one open. */
function granted(embargo: Embargo, at: Envelope['at'], until: Embargo['until']): Embargo {
  const { proposal } = embargo;
  const complete = proposal !== null && proposal.until === until && proposal.awaits.every((voice) => proposal.agreed.includes(voice));
  return complete ? decided(embargo, { outcome: 'granted', at, as: null, reason: null, missing: [] }) : embargo;
}

/** Before the agreed instant: documents that were made for it carry a date that will not come. */
function endsEarly(exit: EmbargoExit): boolean {
  return exit === 'early_agreed' || exit === 'already_public' || exit === 'leak' || exit === 'exploited';
}
