// SPDX-License-Identifier: Apache-2.0
// The marks of a record in words: what stands in the place of what is not to be read, and what is said beside what only those inside still read.

import type { ClosedMark } from '../app/marks.ts';
import { marksOf } from '../app/marks.ts';
import type { CaseView } from '../app/views.ts';
import { exact } from './moments.ts';
import { withheldWords } from './piece-options.ts';

/** By the id of the text or file. */
export type Marks = ReadonlyMap<string, string>;

export function marksIn(view: CaseView): Marks {
  return new Map(marksOf(view).map((mark) => [mark.piece, markWords(mark)]));
}

export function markWords(mark: ClosedMark): string {
  const why = mark.why === null ? '' : `: ${withheldWords[mark.why].toLowerCase()}`;
  const when = mark.afterPublication && mark.since !== null ? `, on ${exact(mark.since)}, after everybody could read it` : '';
  const gone = mark.destroyed ? ' The original is destroyed.' : '';
  switch (mark.mark) {
    case 'never_opened':
      return `Never public${why}${when}.`;
    case 'struck_out':
      return `Struck out${why}${when}.${gone}`;
    case 'passages_struck_out':
      return `Passages are struck out${when}.${gone}`;
    case 'undecided':
      return `Not open yet${why}. Somebody proposed to strike something out of it, and the second person has not decided.`;
    case 'shared':
      return 'Closed until what it also describes is public.';
    case 'withheld':
      return 'Withheld: who somebody is, and how they are reached, is never opened.';
    case 'proof_of_concept':
      return mark.opensAt === null ? 'Proof of concept; not opened.' : `Proof of concept; opened ${exact(mark.opensAt)}.`;
    case 'inside':
      return 'Not opened: the team’s own.';
    case 'not_sent':
      return 'Did not leave; it was taken back, or is held still.';
  }
}
