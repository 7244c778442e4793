// SPDX-License-Identifier: Apache-2.0
// What reporters have been told when a message is taken back before it left: only what still stands counts as an answer (P14, T3).

import type { Event } from '../model/event.ts';
import type { ParticipantId } from '../model/identifiers.ts';
import type { StillSaid } from '../model/said.ts';

/** What still stands in the log without this message to this reporter. `message`: the `seq` of its `message-sent`. */
export function stillSaid(log: readonly Event[], message: number, to: ParticipantId): StillSaid {
  const gone = new Set([
    key(message, to),
    ...log.flatMap((event) => (event.kind === 'message-withdrawn' ? [key(event.message, event.to)] : [])),
  ]);
  const standing = log.flatMap((event) =>
    event.kind === 'message-sent' ? event.to.filter((one) => !gone.has(key(event.seq, one))).map((one) => ({ to: one, at: event.at })) : [],
  );
  return { answered: standing[0]?.at ?? null, told: standing.findLast((one) => one.to === to)?.at ?? null };
}

function key(message: number, to: ParticipantId): string {
  return `${message}:${to}`;
}
