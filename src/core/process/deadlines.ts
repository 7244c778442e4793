// SPDX-License-Identifier: Apache-2.0
// THE CLOCK: what is due when, as a function of the case and its policy. A process that was down asks again and catches up (I12).

import type { CaseState } from '../model/case.ts';
import { openHandling } from '../model/regions.ts';
import type { Instant } from '../model/time.ts';
import type { Policy } from '../policy/policy.ts';
import type { Right } from '../policy/words.ts';
import { accessClocks } from './clocks/access.ts';
import { agreementClocks, partyClocks } from './clocks/agreement.ts';
import { authorityClocks } from './clocks/authority.ts';
import type { Deadline } from './clocks/clock.ts';
import { disclosureClocks, mismatchClocks } from './clocks/disclosure.ts';
import { capWarnings, embargoClocks, promiseClock } from './clocks/embargo.ts';
import { endClocks } from './clocks/ends.ts';
import { fixClocks } from './clocks/fix.ts';
import { leakClock } from './clocks/leak.ts';
import { relationClocks } from './clocks/relations.ts';
import { silenceClocks } from './clocks/silence.ts';
import { triageClocks } from './clocks/triage.ts';
import { proofsDueAt } from './proofs-due.ts';

export type { Deadline } from './clocks/clock.ts';

/** Everything that will come due if nobody acts, in order of time. */
export function deadlines(state: CaseState, policy: Policy): readonly Deadline[] {
  // The clocks of a duplicate are those of the case that it belongs to.
  if (state.handling === 'duplicate') return [...relationClocks(state), ...accessClocks(state)].sort((a, b) => (a.at < b.at ? -1 : 1));
  return [
    ...relationClocks(state),
    ...accessClocks(state),
    ...triageClocks(state, policy),
    ...silenceClocks(state, policy),
    ...leakClock(state),
    // What was agreed for a report that is another project's rests, as that of a withdrawn one, until the case goes on (T6, T26).
    ...(openHandling.includes(state.handling) ? [...embargoClocks(state, policy), ...agreementClocks(state, policy)] : []),
    ...partyClocks(state, policy),
    ...capWarnings(state, policy),
    ...promiseClock(state, policy),
    ...disclosureClocks(state, policy),
    ...mismatchClocks(state, policy),
    ...fixClocks(state, policy),
    ...endClocks(state, policy),
    ...authorityClocks(state, policy),
    ...proofClock(state, policy),
  ].sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** What was promised for a deadline: a reminder that comes again moves nothing. */
export function promisedAt({ at, first }: Deadline): Instant {
  return first ?? at;
}

/** The instant at which the case must be looked at next; nothing when no clock runs. */
export function nextDeadline(state: CaseState, policy: Policy): Instant | null {
  return deadlines(state, policy)[0]?.at ?? null;
}

/**
 * What is to be done now. After a time of silence several may be due: an access that has ended goes first, for nothing that fails may lengthen it (L-11);
 * a publication goes before the reminders that it makes idle, then what gives the
 * case another owner; and the rest, as far as it calls the same people, is one reminder that names every clock.
 */
export function due(state: CaseState, policy: Policy, now: Instant): Deadline | undefined {
  const all = deadlines(state, policy).filter((deadline) => deadline.at <= now);
  const ended = all.find((one) => one.action.kind === 'remove-person');
  return ended ?? all.find((one) => one.action.kind !== 'remind') ?? all.find((one) => one.ask !== undefined) ?? together(all);
}

function together([first, ...rest]: readonly Deadline[]): Deadline | undefined {
  if (first === undefined) return undefined;
  const also = rest.map(({ clock }) => clock).filter((clock) => callsThose(clock) === callsThose(first.clock));
  return also.length === 0 ? first : { ...first, action: { kind: 'remind', clock: first.clock, also } };
}

/** Once: when they are open, nothing is waited for (F4). */
function proofClock(state: CaseState, policy: Policy): readonly Deadline[] {
  const at = proofsDueAt(state, policy);
  return at === undefined ? [] : [{ clock: 'publication.proof_of_concept', at, action: { kind: 'open-proofs' } }];
}

/** Whom a reminder calls: a held report its moderators, past the cap everyone who could publish, anything else the owner. */
export function callsThose(clock: string): Extract<Right, 'moderate' | 'disclose'> | 'owner' {
  if (clock === 'clocks.moderation') return 'moderate';
  return clock === 'cap' ? 'disclose' : 'owner';
}
