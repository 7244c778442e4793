// SPDX-License-Identifier: Apache-2.0
// Which patches an event brings that have to be read and tried (QEMU-26).

import type { CaseState } from '../../model/case.ts';
import type { Event } from '../../model/event.ts';
import type { AttachmentId } from '../../model/identifiers.ts';

interface Check {
  readonly kind: 'check-patch';
  readonly file: AttachmentId;
}

/** A part of a split report has no patch of its own. */
export function checksOf(event: Event, { splitFrom }: Pick<CaseState, 'splitFrom'>): readonly Check[] {
  const files =
    event.kind === 'patch-added'
      ? [event.patch]
      : event.kind === 'report-submitted' && splitFrom === null
        ? event.attachments.filter(({ purpose }) => purpose === 'patch')
        : [];
  return files.map(({ id }) => ({ kind: 'check-patch', file: id }));
}
