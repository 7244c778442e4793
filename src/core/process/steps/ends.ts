// SPDX-License-Identifier: Apache-2.0
// The ends of a case that are no straight path: passing a report on, taking one back, publishing without a fix, going on after the end (T6, T23, T25, T26).

import type { EventData } from '../../model/event.ts';
import type { ParticipantId } from '../../model/identifiers.ts';
import { refused } from '../../model/refusal.ts';
import type { Instant } from '../../model/time.ts';
import { latest } from '../../model/time.ts';
import { add, fromDisclosureDay } from '../caps.ts';
import { scopeOpensReports, withdrawalOpens } from '../opening-rules.ts';
import { asksToPublish, enough, speaksToPublish, wordsOf } from '../review.ts';
import type { Decider, Situation } from '../situation.ts';
import { leaveEmbargo } from './embargo.ts';
import { wantsNumber } from './flaws.ts';

export const answerForwarding: Decider<'answer-forwarding'> = ({ agreed }, { state }) =>
  state.referral?.consent === (agreed ? 'given' : 'refused') ? [] : [{ kind: 'forwarding-answered', agreed }];

export const recordForwarding: Decider<'record-forwarding'> = ({ evidence }) => [{ kind: 'report-forwarded', evidence }];

/** Each reporter asks for their own report. */
export const askWithdrawal: Decider<'ask-withdrawal'> = ({ reason }, { state, actor }) => {
  if (actor.kind !== 'reporter') return refused.notPermitted('Only a reporter can ask for that.');
  return state.withdrawal?.askedBy.includes(actor.participant)
    ? []
    : [{ kind: 'withdrawal-asked', participant: actor.participant, reason }];
};

/** A report that was taken back ends in public where the policy publishes every report (I2); what others reported stays. */
export const decideWithdrawal: Decider<'decide-withdrawal'> = ({ accepted, reason }, situation) => {
  const { state, policy } = situation;
  if (!accepted) return [{ kind: 'withdrawal-declined', reason }];
  const { askedBy } = state.withdrawal ?? { askedBy: [] as ParticipantId[] };
  if (state.reporters.some(({ participant }) => askedBy.length > 0 && !askedBy.includes(participant)))
    return refused.invalid('accepted', 'Another reporter of this case does not withdraw.');
  const opens = state.visibility === 'private' && withdrawalOpens(policy);
  return [
    { kind: 'report-withdrawn', reason },
    ...leaveEmbargo(situation, opens || state.visibility === 'public' ? 'process_public' : 'withdrawn'),
    ...(opens ? [{ kind: 'case-opened' as const }] : []),
  ];
};

/**
 * Announced by as many people as a publication needs, and only then is there a day: after the warning, never before a date that was agreed, and one on
 * which the project discloses.
 * Nothing is published by it; the announcement can be called off until the day (QEMU-51).
 */
export const announceUnfixed: Decider<'announce-unfixed'> = ({ reason }, { state, policy, now, actor }) => {
  const own = speaksToPublish(policy.reviews, actor);
  const words = [...wordsOf(state.unfixed?.approvedBy ?? [], state.unfixed?.heldAs), own];
  if (!enough(asksToPublish(policy.reviews), words)) return [{ kind: 'unfixed-proposed', reason, ...own }];
  // Everybody was warned of that day; what was found since is decided on, and the day stands.
  const day = (on: Instant) => [{ kind: 'unfixed-announced' as const, reason, on: fromDisclosureDay(on, policy), ...own }];
  if (state.unfixed?.stopped === true) return day(latest(state.unfixed.on ?? now, now));
  const { warned } = policy.disclosure.unfixed;
  const after = warned === null ? now : add(now, warned, policy);
  const { until, state: embargo } = state.embargo;
  return day(until === null || embargo === 'exited' ? after : latest(after, until));
};

export const callOffUnfixed: Decider<'call-off-unfixed'> = ({ reason }) => [{ kind: 'unfixed-called-off', reason }];

export const publishUnfixed: Decider<'publish-unfixed'> = (_, situation) => [
  ...leaveEmbargo(situation, 'process_public'),
  ...(scopeOpensReports(situation.policy) ? [] : [{ kind: 'disclosure-begun' as const, channels: [], bundleOnly: true }]),
  { kind: 'unfixed-published' },
  { kind: 'case-opened' },
];

/** A fix that was incomplete is made again in the open; a verdict that was wrong is given again. A new flaw may need a number of its own (CNA 4.2.8). */
export const reopenCase: Decider<'reopen-case'> = ({ cause, newFlaw, reason }, { state, policy, actor }) => {
  const wasConfirmed = state.marks.confirmation !== undefined;
  if (wasConfirmed === (cause === 'disputed'))
    return refused.invalid(
      'cause',
      wasConfirmed ? 'The flaw was confirmed: say what is wrong with its fix.' : 'No flaw was confirmed: only the verdict can be disputed.',
    );
  if ((newFlaw !== null) !== (cause === 'new_flaw')) return refused.invalid('newFlaw', 'A flaw is named where it is a new one.');
  const owner: readonly EventData[] =
    state.owner === null && actor.kind === 'person' ? [{ kind: 'owner-assigned', person: actor.person }] : [];
  return [...owner, { kind: 'case-reopened', cause, newFlaw, reason }, ...numberFor(newFlaw, { state, policy })];
};

function numberFor(
  flaw: Extract<EventData, { readonly kind: 'case-reopened' }>['newFlaw'],
  { state, policy }: Pick<Situation, 'state' | 'policy'>,
) {
  return flaw !== null && wantsNumber(state, policy) ? [{ kind: 'cve-required' as const, flaw }] : [];
}
