// SPDX-License-Identifier: Apache-2.0
// Which patches an event brings that have to be read and tried (QEMU-26), and which nobody has looked at yet.

import type { CaseState } from '../../model/case.ts';
import { ownReporters } from '../../model/case.ts';
import type { Event } from '../../model/event.ts';
import type { AttachmentId } from '../../model/identifiers.ts';
import { destroyedPieces } from '../../model/record.ts';

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

/** Patches of the case that nobody has looked at, those that came with a report among them. */
export function unchecked(state: CaseState): readonly AttachmentId[] {
  const reported = state.splitFrom === null ? ownReporters(state).flatMap((reporter) => reporter.attachments) : [];
  const files = [...reported.filter(({ purpose }) => purpose === 'patch'), ...state.branches.flatMap((fix) => fix.patches)];
  const done = new Set<string>([...state.patchChecks.map(({ patch }) => patch), ...destroyedPieces(state.record)]);
  return [...new Set(files.map(({ id }) => id))].filter((id) => !done.has(id));
}
