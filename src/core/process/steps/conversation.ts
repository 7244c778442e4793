// SPDX-License-Identifier: Apache-2.0
// What people say in a case: to the reporters, from them, and among themselves (LIBVIRT-13: three different actions, never one with a switch).

import { reporterOf } from '../../model/case.ts';
import type { EventData } from '../../model/event.ts';
import { refused } from '../../model/refusal.ts';
import type { Decider } from '../situation.ts';

/** The first human answer also stops the clock of acknowledgement. */
export const sendMessage: Decider<'send-message'> = (action, { state }) => {
  if (action.to.length === 0) return refused.invalid('to', 'Choose at least one reporter.');
  const stranger = action.to.find((participant) => reporterOf(state, participant) === undefined);
  if (stranger !== undefined) return refused.invalid('to', 'No such reporter in this case.');
  const answered: readonly EventData[] = state.marks.acknowledgement === undefined ? [{ kind: 'report-acknowledged' }] : [];
  return [{ kind: 'message-sent', body: action.body, to: action.to }, ...answered];
};

/** Afterwards the reporter has never been told it; the log keeps that it was written, and by whom it was taken back. */
export const withdrawMessage: Decider<'withdraw-message'> = ({ message, to }, { state }) =>
  message > state.version || reporterOf(state, to) === undefined
    ? refused.invalid('message', 'No such message in this case.')
    : [{ kind: 'message-withdrawn', message, to }];

export const answerTeam: Decider<'answer-team'> = (action) => [
  { kind: 'message-received', body: action.body, attachments: action.attachments },
];

export const addNote: Decider<'add-note'> = (action) => [{ kind: 'note-added', body: action.body }];

export const remind: Decider<'remind'> = (action) => [{ kind: 'reminder-due', clock: action.clock }];
