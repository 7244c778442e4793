// SPDX-License-Identifier: Apache-2.0
// What of a case's log its reporters are told, and the version of the case that follows from it: of what happens inside nothing can be counted (L-08).

import type { Event, EventKind } from '../core/model/event.ts';
import type { ParticipantId } from '../core/model/identifiers.ts';
import { refsOf } from '../core/model/pieces.ts';
import { answered } from './opened.ts';
import type { CaseView } from './views.ts';

/** Events that a reporter's own page tells: what happened to the report, and what was said to them. */
const toldToReporters: readonly EventKind[] = [
  'report-submitted',
  'report-released',
  'report-acknowledged',
  'case-taken-up',
  'answers-corrected',
  'eligibility-decided',
  'flaw-confirmed',
  'flaw-dismissed',
  'embargo-proposed',
  'embargo-agreed',
  'embargo-refused',
  'embargo-activated',
  'embargo-moved',
  'embargo-exited',
  'fixing-started',
  'fix-completed',
  'cve-assigned',
  'credit-decided',
  'credit-requested',
  'disclosure-begun',
  'case-opened',
  'case-disclosed',
  'case-closed',
  'case-reopened',
  'forwarding-answered',
  'report-forwarded',
  'withdrawal-asked',
  'withdrawal-declined',
  'report-withdrawn',
  'unfixed-announced',
  'unfixed-called-off',
  'unfixed-published',
  'version-published',
  'message-sent',
  'message-received',
  'duplicate-marked',
  'duplicate-undone',
  'content-classified',
  'proof-decided',
  'proofs-opened',
  'opening-agreed',
];

/** Whether this reporter is told of the event; another reporter's words and credit are not theirs. */
export function isToldTo(event: Event, participant: ParticipantId): boolean {
  if (!toldToReporters.includes(event.kind)) return false;
  switch (event.kind) {
    case 'message-sent':
      return event.to.includes(participant);
    case 'message-received':
      return event.by.kind === 'reporter' && event.by.participant === participant;
    case 'report-submitted':
    case 'credit-decided':
    case 'credit-requested':
    case 'withdrawal-asked':
    case 'proof-decided':
    case 'opening-agreed':
      return event.participant === participant;
    case 'content-classified':
      return event.by.kind === 'reporter' && event.by.participant === participant;
    default:
      return true;
  }
}

/** What the team says is not counted, nor that it was the first answer: a message that is held, or was taken back, was not said, and a count would tell of it. */
function counts(event: Event, participant: ParticipantId): boolean {
  return event.kind !== 'message-sent' && event.kind !== 'report-acknowledged' && isToldTo(event, participant);
}

/** The version of a case to one of its reporters. */
export function reporterVersion(log: readonly Event[], participant: ParticipantId): number {
  return log.filter((event) => counts(event, participant)).length + 1;
}

/** What the reporter was told of since a version of theirs. */
export function toldSince(log: readonly Event[], participant: ParticipantId, seen: number): readonly Event[] {
  return log.filter((event) => counts(event, participant)).slice(Math.max(0, seen - 1));
}

/** The events that they are told of, or whose words and files they read, numbered one after the other. `unsaid`: what was not said to them. */
export function forAReporter(
  { log, texts, attachments, state, ...view }: CaseView,
  participant: ParticipantId,
  unsaid: ReadonlySet<Event>,
): CaseView {
  const readable = new Set<string>([...texts.keys(), ...attachments.map(({ ref }) => ref.id)]);
  const shown = log.filter(
    (event) => !unsaid.has(event) && (isToldTo(event, participant) || refsOf(event).some(({ id }) => readable.has(id))),
  );
  return {
    ...view,
    texts,
    attachments,
    state: { ...state, marks: answered({ state, log }, unsaid), version: reporterVersion(log, participant) },
    log: shown.map((event, index) => ({ ...event, seq: index + 1 })),
  };
}
