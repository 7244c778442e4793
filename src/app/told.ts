// SPDX-License-Identifier: Apache-2.0
// What an event says to a reporter, as the fields of a notice: its reason, its day, its number; nothing that is not addressed to them.

import type { CaseState } from '../core/model/case.ts';
import type { ContentRef } from '../core/model/content.ts';
import type { Event } from '../core/model/event.ts';
import type { ContentId } from '../core/model/identifiers.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Fields } from '../notices/notice.ts';
import { withdrawnSentence } from './policy-text/withdrawal-sentences.ts';

/** What the event itself says to the reporter: its reason, its day, its number. */
export function toldBy(event: Event | undefined, state: CaseState, policy: Policy, texts: ReadonlyMap<ContentId, string>): Fields {
  const read = (ref: ContentRef | null | undefined) => (ref == null ? null : (texts.get(ref.id) ?? null));
  const reason = event !== undefined && 'reason' in event ? read(event.reason) : null;
  const classed = state.class === null ? null : `${state.class}, ${policy.eligibility.classes[state.class]?.means ?? ''}`;
  const fields = { reason, class: classed, target: read(state.referral?.target) };
  switch (event?.kind) {
    case 'unfixed-announced':
      return { ...fields, date: event.on };
    case 'cve-assigned':
      return { ...fields, cve: event.number };
    case 'report-forwarded':
      return { ...fields, evidence: read(event.evidence) };
    case 'withdrawal-asked':
      return { ...fields, becomes: withdrawnSentence(state, policy, 'reporter') };
    case 'report-withdrawn':
      return { ...fields, outcome: 'Your report is withdrawn, as you asked.' };
    case 'withdrawal-declined':
      return { ...fields, outcome: 'Your report is not withdrawn: the case goes on.' };
    case 'version-published':
      return { ...fields, reason: read(state.advisory.errata.find(({ version }) => version === event.version)?.reason) };
    default:
      return fields;
  }
}
