// SPDX-License-Identifier: Apache-2.0
// What a case cost: people, messages, days in private, and for whom it waited (VMT-6, VMT-26). Counted from its log.

import type { ActorMark } from '../model/actor.ts';
import type { CaseState } from '../model/case.ts';
import type { Event } from '../model/event.ts';
import type { Instant } from '../model/time.ts';
import { epoch } from '../model/time.ts';
import { saidIn } from './unsaid.ts';

export interface Cost {
  /** Members who did something in it, and reporters. */
  readonly people: number;
  readonly reporters: number;
  readonly messagesOut: number;
  readonly messagesIn: number;
  readonly notes: number;
  /** What people did, reminders and the process's own steps apart. */
  readonly steps: number;
  readonly reminders: number;
  readonly deviations: number;
  /** Hours from receipt until everybody could see it, or until now. */
  readonly hoursPrivate: number;
  readonly hoursToFirstReply: number | null;
  /** Hours in which the last word was the team's, and in which it was a reporter's. */
  readonly hoursWaitingForReporter: number;
  readonly hoursWaitingForTeam: number;
}

export function costOf(whole: readonly Event[], state: CaseState, now: Instant): Cost {
  const log = saidIn(whole);
  const count = (kind: Event['kind']) => log.filter((event) => event.kind === kind).length;
  const { receipt } = state.marks;
  const acknowledgement = acknowledgedAt(whole, log, state.marks.acknowledgement);
  const end = state.publicSince ?? now;
  const people = new Set(log.flatMap(({ by }) => (by.kind === 'person' ? [by.person] : [])));
  const waiting = waits(log, end);
  return {
    people: people.size,
    reporters: state.reporters.length,
    messagesOut: count('message-sent'),
    messagesIn: count('message-received') + count('report-submitted'),
    notes: count('note-added'),
    steps: log.filter((event) => event.by.kind === 'person' || event.by.kind === 'reporter').length,
    reminders: count('reminder-due'),
    deviations: count('deviation-recorded'),
    hoursPrivate: receipt === undefined ? 0 : hours(receipt, end),
    hoursToFirstReply: receipt === undefined || acknowledgement === undefined ? null : hours(receipt, acknowledgement),
    hoursWaitingForReporter: waiting.reporter,
    hoursWaitingForTeam: waiting.team,
  };
}

/** When the reporter was first answered: the message that stopped the clock, or where it was not said the first one that was. */
export function acknowledgedAt(log: readonly Event[], said: readonly Event[], marked: Instant | undefined): Instant | undefined {
  const dropped = log.some((event) => event.kind === 'report-acknowledged' && !said.includes(event));
  return dropped ? said.find(({ kind }) => kind === 'message-sent')?.at : marked;
}

/** Hours that a case waited, by whom it waited for. */
export interface Waits {
  readonly reporter: number;
  readonly team: number;
}

/** Who had the last word decides for whom it waits; a step of the team that is no message is work, and waits for nobody else. What follows from a message is part of it. */
export function waits(log: readonly Event[], end: Instant): Waits {
  const turns = saidIn(log).flatMap((event) => {
    const waitsFor = turn(event);
    return waitsFor === undefined || event.at > end ? [] : [{ at: event.at, waitsFor }];
  });
  const total = { reporter: 0, team: 0 };
  for (const [index, { at, waitsFor }] of turns.entries()) total[waitsFor] += hours(at, turns[index + 1]?.at ?? end);
  return total;
}

function turn({ kind, by }: { readonly kind: Event['kind']; readonly by: ActorMark }): 'reporter' | 'team' | undefined {
  if (kind === 'report-acknowledged') return undefined;
  if (by.kind === 'reporter') return 'team';
  if (kind === 'message-sent') return 'reporter';
  return by.kind === 'person' ? 'team' : undefined;
}

/** Elapsed hours, to a tenth. */
function hours(from: Instant, to: Instant): number {
  return Math.max(0, Math.round((epoch(to) - epoch(from)) / 360_000) / 10);
}
