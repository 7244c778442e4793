// SPDX-License-Identifier: Apache-2.0
// Gates of what binds cases and teams together: components that others wait for, and the question after a rediscovery.

import { reached, required } from './conditions.ts';
import type { Gate } from './gate.ts';

export const relationGates = {
  components_finished: {
    sentence: 'A component is not finished; the publication waits for all of them.',
    met: ({ state }) => state.components.every((one) => one.finished),
  },
  component_fixed: {
    asksInput: true,
    sentence: 'A branch of this component that must be fixed has no approved patch.',
    met: ({ state }, action) =>
      action.kind !== 'finish-component' ||
      required(state).every((fix) => fix.component !== action.component || reached(fix, 'patch_approved')),
  },
  rediscovery_asked: {
    sentence: 'Nobody asks whether to publish now: no second report was attached since it was answered.',
    met: ({ state }) => state.askedSince !== null,
  },
} satisfies Record<string, Gate>;
