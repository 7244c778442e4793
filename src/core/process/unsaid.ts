// SPDX-License-Identifier: Apache-2.0
// Messages that were not said: taken back before they left, or held still. For nobody outside were they ever written (L-08).

import type { Event, EventOf } from '../model/event.ts';
import type { ParticipantId } from '../model/identifiers.ts';

const takings: readonly Event['kind'][] = ['message-withdrawn', 'party-message-withdrawn'];

/** Whether the message that stands at this place of the log was not said to this reporter. */
export type IsUnsaid = (message: number, to: ParticipantId) => boolean;

/** What the log alone knows: what was taken back, from whom. */
export function takenBackIn(log: readonly Event[]): IsUnsaid {
  const taken = new Set(log.flatMap((event) => (event.kind === 'message-withdrawn' ? [`${event.message} ${event.to}`] : [])));
  return (message, to) => taken.has(`${message} ${to}`);
}

/**
 * Events that did not happen for those outside: what was said to nobody, that it was the first answer, and that it was taken back.
 * `reader`: the reporter who reads, to whom a message may be unsaid that others got.
 */
export function unsaidEvents(log: readonly Event[], isUnsaid: IsUnsaid, reader?: ParticipantId): ReadonlySet<Event> {
  const unsaid = new Set<Event>();
  const takenFromParties = log.flatMap((event) => (event.kind === 'party-message-withdrawn' ? [event.message] : []));
  let last: Event | undefined;
  for (const event of log) {
    if (event.kind === 'message-sent') last = event;
    const answered = event.kind === 'report-acknowledged' && last !== undefined && unsaid.has(last);
    if (event.kind === 'party-written-to' && takenFromParties.includes(event.seq)) unsaid.add(event);
    if (answered || takings.includes(event.kind) || (event.kind === 'message-sent' && isUnsaidTo(event, isUnsaid, reader)))
      unsaid.add(event);
  }
  return unsaid;
}

function isUnsaidTo({ seq, to }: Event & EventOf<'message-sent'>, isUnsaid: IsUnsaid, reader: ParticipantId | undefined): boolean {
  const asked = reader !== undefined && to.includes(reader) ? [reader] : to;
  return asked.every((participant) => isUnsaid(seq, participant));
}

/** The log as it was said: what was taken back costs nothing and answers nothing. */
export function saidIn(log: readonly Event[]): readonly Event[] {
  const unsaid = unsaidEvents(log, takenBackIn(log));
  return unsaid.size === 0 ? log : log.filter((event) => !unsaid.has(event));
}
