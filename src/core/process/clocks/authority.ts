// SPDX-License-Identifier: Apache-2.0
// The clocks of what is owed to an authority: somebody is called at half the time, when it is over, and each day from then on (F14).

import type { CaseState } from '../../model/case.ts';
import { epoch, shifted } from '../../model/time.ts';
import type { Policy } from '../../policy/policy.ts';
import { type Owed, owedReports } from '../authority.ts';
import type { Deadline } from './clock.ts';
import { daily } from './clock.ts';

/** Of the reports that are not filed; a case that is closed still owes them. */
export function authorityClocks(state: CaseState, policy: Policy): readonly Deadline[] {
  return owedReports(state, policy)
    .filter(({ filedAt }) => filedAt === null)
    .map((owed) => call(owed, state));
}

function call({ clock, from, due }: Owed, { reminders }: CaseState): Deadline {
  const half = shifted(from, { seconds: Math.floor((epoch(due) - epoch(from)) / 2000) });
  const last = reminders[clock]?.at;
  const at = last === undefined || last < from ? half : last < due ? due : shifted(last, daily);
  return { clock, at, first: due, action: { kind: 'remind', clock } };
}
