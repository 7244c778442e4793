// SPDX-License-Identifier: Apache-2.0
// What of a case's log its reporters are told on their own page.

import type { Event, EventKind } from '../core/model/event.ts';
import type { ParticipantId } from '../core/model/identifiers.ts';

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
