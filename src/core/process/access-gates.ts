// SPDX-License-Identifier: Apache-2.0
// Gates of access: a narrowed case lets nobody in by one word, and is widened by two.

import type { Gate } from './gate.ts';

export const accessGates = {
  not_narrowed: {
    sentence: 'The case is narrowed to a few people; two of them widen it before somebody is let in.',
    met: ({ state }) => state.narrowed === null,
  },
  is_narrowed: {
    sentence: 'The case is read by whoever the policy says; there is nothing to widen.',
    met: ({ state }) => state.narrowed !== null,
  },
  naming_second_person: {
    asksInput: true,
    sentence: 'You have named this person already; the second word must come from somebody else.',
    met: ({ state, actor }, action) =>
      action.kind !== 'name-reader' ||
      state.narrowed?.naming?.person !== action.person ||
      state.narrowed.naming.by !== (actor.kind === 'person' ? actor.person : action.voice),
  },
  widening_second_person: {
    sentence: 'Somebody asks for it, and another person of those who read the case does it.',
    met: ({ state, actor }) => actor.kind === 'person' && state.narrowed?.wideningBy != null && state.narrowed.wideningBy !== actor.person,
  },
} satisfies Record<string, Gate>;
