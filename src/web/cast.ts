// SPDX-License-Identifier: Apache-2.0
// How people are called: members by their short names inside, reporters by their place in the case. Outside, a member is “the team”.

import type { CaseView } from '../app/views.ts';
import type { ParticipantId } from '../core/model/identifiers.ts';
import type { Cast } from './sentences.ts';

/** `own`: the reporter who reads, where one does. */
export function castOf({ state, names, reach }: CaseView, own?: ParticipantId): Cast {
  const stranger = reach === 'everything' ? 'a former member' : 'the team';
  return {
    person: (id) => names.get(id) ?? stranger,
    reporter: (id) => {
      if (id === own) return 'you';
      const place = state.reporters.findIndex((reporter) => reporter.participant === id);
      return place < 0 ? 'a reporter' : `Reporter ${place + 1}`;
    },
  };
}

/** At the beginning of a line. */
export function capital(name: string): string {
  return name === 'you' || name === 'the team' || name.startsWith('a ') ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}
