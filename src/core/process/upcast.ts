// SPDX-License-Identifier: Apache-2.0
// Upcasters: an event of an older version becomes one of today's before anything else reads it. A golden log of every release must always replay.

import { type Event, eventVersion } from '../model/event.ts';

/** What a stored envelope is before it is known to be of today's version. */
export type StoredEvent = { readonly seq: number; readonly v: number; readonly kind: string };

/** Steps from version v to v + 1, by kind; a kind that did not change in that step is absent. */
const steps: Readonly<Record<number, Readonly<Record<string, (event: StoredEvent) => StoredEvent>>>> = {};

/** @throws Error for an event of a newer version than this program knows: reading on would lose what it says. */
export function upcast(stored: StoredEvent): Event {
  if (stored.v > eventVersion) throw new Error(`event ${stored.seq} has version ${stored.v}, this program knows ${eventVersion}`);
  let event = stored;
  for (let v = stored.v; v < eventVersion; v++) event = { ...(steps[v]?.[event.kind]?.(event) ?? event), v: v + 1 };
  return event as Event;
}
