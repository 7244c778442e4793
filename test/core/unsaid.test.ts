// SPDX-License-Identifier: Apache-2.0
// What was not said: per message and per reporter, with the first answer that it was, and without a place in what a case cost.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ActorMark } from '../../src/core/model/actor.ts';
import type { ContentRef } from '../../src/core/model/content.ts';
import type { Event, EventData } from '../../src/core/model/event.ts';
import type { ParticipantId, PersonId } from '../../src/core/model/identifiers.ts';
import type { Instant } from '../../src/core/model/time.ts';
import { acknowledgedAt, waits } from '../../src/core/process/cost.ts';
import { saidIn, takenBackIn, unsaidEvents } from '../../src/core/process/unsaid.ts';

const [rita, tim] = ['rita', 'tim'] as ParticipantId[] as [ParticipantId, ParticipantId];
const anna: ActorMark = { kind: 'person', person: 'anna' as PersonId, proof: 'passkey' };
const body = { id: 'body', kind: 'message', audience: 'shared', hash: '' } as unknown as ContentRef;
const hour = (at: number) => `2026-03-02T${String(8 + at).padStart(2, '0')}:00:00.000Z` as Instant;

/** One event for each hour. */
function told(...data: readonly EventData[]): readonly Event[] {
  return data.map((one, index): Event => ({ seq: index + 1, at: hour(index), by: anna, v: 1, ...one }));
}

const toBoth: EventData = { kind: 'message-sent', body, to: [rita, tim] };
const back = (to: ParticipantId, message = 1): EventData => ({ kind: 'message-withdrawn', message, to });
const kinds = (log: readonly Event[]) => log.map(({ kind }) => kind);

test('L-08 a message that was taken back from one of two reporters is unsaid to that one alone', () => {
  const log = told(toBoth, { kind: 'report-acknowledged' }, back(rita));
  const unsaid = (reader?: ParticipantId) => kinds([...unsaidEvents(log, takenBackIn(log), reader)]);
  assert.deepEqual(unsaid(rita), ['message-sent', 'report-acknowledged', 'message-withdrawn']);
  assert.deepEqual(unsaid(tim), ['message-withdrawn']);
  assert.deepEqual(unsaid(), ['message-withdrawn'], 'somebody was told it');
});

test('L-08 what was taken back from everybody leaves nothing: no message, no first answer, no hours that a case waited', () => {
  const log = told(toBoth, { kind: 'report-acknowledged' }, back(rita), back(tim), { kind: 'message-sent', body, to: [rita] });
  assert.deepEqual(kinds(saidIn(log)), ['message-sent']);
  assert.equal(acknowledgedAt(log, saidIn(log), hour(1)), hour(4), 'the first that was not taken back');
  assert.deepEqual(waits(log, hour(6)), waits(log.slice(4), hour(6)));
  const kept = told(toBoth, { kind: 'report-acknowledged' });
  assert.equal(acknowledgedAt(kept, saidIn(kept), hour(1)), hour(1));
});
