// SPDX-License-Identifier: Apache-2.0
// By when a reporter hears from the team next, for their own page.

import type { Child } from 'hono/jsx';
import type { CaseView } from '../../app/views.ts';
import { reporterOf } from '../../core/model/case.ts';
import type { ParticipantId } from '../../core/model/identifiers.ts';
import { newsDue } from '../../core/process/clocks/silence.ts';
import { Moment } from './moment.tsx';

/** P14: by when the reporter hears from the team next, and truthfully so when that has passed. */
export function nextNews({ state, policy, now }: CaseView, participant: ParticipantId): readonly (readonly [string, Child])[] {
  const own = reporterOf(state, participant);
  const at = own === undefined ? undefined : newsDue(state, policy, [own]);
  if (at === undefined) return [];
  const late = at <= now ? <span class="label">It has passed, and the team owes you a word.</span> : null;
  return [
    [
      'Next news',
      <>
        by <Moment at={at} now={now} />
        {late}
      </>,
    ],
  ];
}
