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

export const answerTeam: Decider<'answer-team'> = (action) => [
  { kind: 'message-received', body: action.body, attachments: action.attachments },
];

export const addNote: Decider<'add-note'> = (action) => [{ kind: 'note-added', body: action.body }];

export const remind: Decider<'remind'> = ({ clock, also = [] }) => [
  { kind: 'reminder-due', clock, ...(also.length === 0 ? {} : { also }) },
];
