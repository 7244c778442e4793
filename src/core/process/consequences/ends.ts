// SPDX-License-Identifier: Apache-2.0
// Who is told at the ends of a case, and what: an answer on passing on, a wish to withdraw, a day without a fix, a number, a correction.

import type { CaseState } from '../../model/case.ts';
import type { Event } from '../../model/event.ts';

type EndNotice =
  | 'forwarded'
  | 'withdrawal-decided'
  | 'unfixed-warning'
  | 'unfixed-called-off'
  | 'reopened'
  | 'number-assigned'
  | 'advisory-corrected';

type Told = { readonly notice: EndNotice | 'disclosed' | 'answer-arrived'; readonly to: 'reporters' | 'owner' | 'moderators' };

/** The notice that follows from this event, if one does. */
export function endNotice(event: Event, { handling, disclosure }: CaseState): Told | undefined {
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
