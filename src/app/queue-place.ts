// SPDX-License-Identifier: Apache-2.0
// A place in the queue as a word that goes into an address: what the order looks at, of the last case that was shown.

import { hasPatch } from '../core/model/case.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';
import type { QueueEntry, QueuePlace } from '../ports/store/cases.ts';

const moment = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
const form = new RegExp(`^([pn])~(-|${moment})~(${moment})~([0-9a-z]{1,40})$`);

/** `byAge`: the place in a list whose reader is told of no clock and no patch. */
export function placeOf({ state, nextDeadline, openedAt }: QueueEntry, byAge: boolean): string {
  if (byAge) return `n~-~${openedAt}~${state.case}`;
  return `${hasPatch(state) ? 'p' : 'n'}~${nextDeadline ?? '-'}~${openedAt}~${state.case}`;
}

/** Undefined where the word has not the form of a place. */
export function placeIn(word: string | undefined): QueuePlace | undefined {
  const [, patches, deadline, openedAt, id] = form.exec(word ?? '') ?? [];
  if (deadline === undefined || openedAt === undefined) return undefined;
  if ([deadline, openedAt].some((one) => one !== '-' && Number.isNaN(Date.parse(one)))) return undefined;
  return {
    patches: patches === 'p',
    deadline: deadline === '-' ? null : (deadline as Instant),
    openedAt: openedAt as Instant,
    case: id as CaseId,
  };
}
