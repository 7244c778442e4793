// SPDX-License-Identifier: Apache-2.0
// What people say in a case: to the reporters, from them, and among themselves (LIBVIRT-13: three different actions, never one with a switch).

import { reporterOf } from '../../model/case.ts';
import type { EventData } from '../../model/event.ts';
import type { Refused } from '../../model/refusal.ts';
import { refused } from '../../model/refusal.ts';
import type { WithheldKind } from '../../policy/words.ts';
import type { Decider, Situation } from '../situation.ts';
import { fated, notWithheld } from './record.ts';

/** The first human answer also stops the clock of acknowledgement. */
export const sendMessage: Decider<'send-message'> = (action, situation) => {
  const { state } = situation;
  if (action.to.length === 0) return refused.invalid('to', 'Choose at least one reporter.');
  const stranger = action.to.find((participant) => reporterOf(state, participant) === undefined);
  if (stranger !== undefined) return refused.invalid('to', 'No such reporter in this case.');
  if (action.to.some((participant) => reporterOf(state, participant)?.from !== null))
    return refused.invalid('to', 'That reporter has a thread of their own, in the case that is marked as a duplicate of this one.');
  const answered: readonly EventData[] = state.marks.acknowledgement === undefined ? [{ kind: 'report-acknowledged' }] : [];
  const sent: EventData = { kind: 'message-sent', body: action.body, to: action.to };
  return notWithheldOr(action, situation) ?? [sent, ...fated(sent, action.never), ...answered];
};

/** Afterwards the reporter has never been told it; the log keeps that it was written, and by whom it was taken back. Where it was the first answer, there is none again. */
export const withdrawMessage: Decider<'withdraw-message'> = ({ message, to, still }, { state }) =>
  message > state.version || reporterOf(state, to) === undefined
    ? refused.invalid('message', 'No such message in this case.')
    : [{ kind: 'message-withdrawn', message, to, still }];

export const answerTeam: Decider<'answer-team'> = (action, situation) => {
  const received: EventData = { kind: 'message-received', body: action.body, attachments: action.attachments };
  return notWithheldOr(action, situation) ?? [received, ...fated(received, action.never)];
};

/** With files that stay inside as the note does; what is never opened takes them along. */
export const addNote: Decider<'add-note'> = (action, situation) => {
  const { body, attachments = [] } = action;
  const added: EventData = { kind: 'note-added', body, ...(attachments.length === 0 ? {} : { attachments }) };
  return notWithheldOr(action, situation) ?? [added, ...fated(added, action.never)];
};

/** The refusal, where what was said is marked with a class that the policy does not withhold. */
function notWithheldOr({ never }: { readonly never?: WithheldKind }, situation: Situation): Refused | undefined {
  return never === undefined ? undefined : notWithheld(never, situation);
}

export const remind: Decider<'remind'> = ({ clock, also = [] }) => [
  { kind: 'reminder-due', clock, ...(also.length === 0 ? {} : { also }) },
];
