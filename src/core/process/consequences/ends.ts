// SPDX-License-Identifier: Apache-2.0
// Who is told at the ends of a case, and what: an answer on passing on, a wish to withdraw, a day without a fix, a number, a correction.

import type { CaseState } from '../../model/case.ts';
import type { Event } from '../../model/event.ts';
import type { ParticipantId } from '../../model/identifiers.ts';

type EndNotice =
  | 'forwarded'
  | 'withdrawal-noted'
  | 'withdrawal-decided'
  | 'unfixed-warning'
  | 'unfixed-called-off'
  | 'reopened'
  | 'number-assigned'
  | 'advisory-corrected';

type Told = {
  readonly notice: EndNotice | 'disclosed' | 'answer-arrived';
  readonly to: 'reporters' | 'owner' | 'moderators' | { readonly participant: ParticipantId };
};

/** The notices that follow from this event. */
export function endNotices(event: Event, state: CaseState): readonly Told[] {
  // Whoever asks has it in writing what becomes public with a yes, while they can still say no.
  const noted: readonly Told[] =
    event.kind === 'withdrawal-asked' ? [{ notice: 'withdrawal-noted', to: { participant: event.participant } }] : [];
  return [...noted, ...[endNotice(event, state) ?? []].flat()];
}

function endNotice(event: Event, { handling, disclosure }: CaseState): Told | undefined {
  switch (event.kind) {
    case 'forwarding-answered':
      return { notice: 'answer-arrived', to: 'owner' };
    case 'withdrawal-asked':
      return { notice: 'answer-arrived', to: handling === 'held' ? 'moderators' : 'owner' };
    case 'report-forwarded':
      return { notice: 'forwarded', to: 'reporters' };
    case 'withdrawal-declined':
    case 'report-withdrawn':
      return { notice: 'withdrawal-decided', to: 'reporters' };
    case 'unfixed-announced':
      return { notice: 'unfixed-warning', to: 'reporters' };
    case 'unfixed-called-off':
      return { notice: 'unfixed-called-off', to: 'reporters' };
    // Where the bundle was opened, it has told them already.
    case 'unfixed-published':
      return disclosure.bundleOnly ? undefined : { notice: 'disclosed', to: 'reporters' };
    case 'case-reopened':
      return { notice: 'reopened', to: 'reporters' };
    // CNA 4.3.3: the reporter gets the number.
    case 'cve-assigned':
      return { notice: 'number-assigned', to: 'reporters' };
    case 'version-published':
      return { notice: 'advisory-corrected', to: 'reporters' };
    default:
      return undefined;
  }
}
