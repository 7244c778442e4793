// SPDX-License-Identifier: Apache-2.0
// The embargo, folded: proposal, agreement, end; and the bundle that is agreed for its hard cap.

import type { EmbargoExit } from '../../model/regions.ts';
import type { Folds } from './fold.ts';
import { person } from './fold.ts';
import { disarmed } from './publication.ts';

export const embargoFolds = {
  'embargo-proposed': ({ embargo }, { until, zone, reason, restarts, awaits, agreed }) => ({
    embargo: {
      ...embargo,
      state: embargo.until === null ? 'proposed' : 'revising',
      proposal: { until, zone, reason, restarts, awaits, agreed },
    },
  }),
  'embargo-agreed': ({ embargo }, event) =>
    embargo.proposal === null
      ? {}
      : { embargo: { ...embargo, proposal: { ...embargo.proposal, agreed: [...embargo.proposal.agreed, event.as] } } },
  'embargo-refused': ({ embargo }) => ({
    embargo: { ...embargo, state: embargo.until === null ? 'none' : 'active', proposal: null },
  }),
  'embargo-activated': ({ embargo }, { from, until, zone }) => ({
    embargo: { ...embargo, state: 'active', from, until, zone, proposal: null },
  }),
  'embargo-moved': (state, { at, until, zone, restarted }) => ({
    embargo: {
      ...state.embargo,
      state: 'active',
      from: restarted ? at : state.embargo.from,
      until,
      zone,
      proposal: null,
      moves: state.embargo.moves + 1,
      restarts: state.embargo.restarts + (restarted ? 1 : 0),
    },
    disclosure: disarmed(state),
  }),
  'embargo-exited': ({ embargo, disclosure }, event) => ({
    embargo: { ...embargo, state: 'exited', proposal: null, exit: event.exit, exitedAt: event.at },
    ...(endsEarly(event.exit) ? { disclosure: { ...disclosure, prepared: null } } : {}),
  }),
  'bundle-proposed': (_, event) => ({ bundle: { summary: event.summary, agreedBy: [person(event.by)], agreed: false } }),
  'bundle-agreed': ({ bundle }, event) =>
    bundle === null ? {} : { bundle: { ...bundle, agreedBy: [...bundle.agreedBy, person(event.by)], agreed: event.complete } },
} as const satisfies Folds;

/** Before the agreed instant: documents that were made for it carry a date that will not come. */
function endsEarly(exit: EmbargoExit): boolean {
  return exit === 'early_agreed' || exit === 'already_public' || exit === 'leak' || exit === 'exploited';
}
