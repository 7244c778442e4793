// SPDX-License-Identifier: Apache-2.0
// A case as the world reads it: one function for the public page, the public record, and the preview before either is there.

import type { Event } from '../core/model/event.ts';
import type { ContentId, ParticipantId } from '../core/model/identifiers.ts';
import { piecesOf, refsOf } from '../core/model/pieces.ts';
import type { RecordState } from '../core/model/record.ts';
import { closedPieces, publicVersion } from '../core/model/record.ts';
import type { Opening, Reach } from '../core/policy/access.ts';
import { bundleOf, canRead, guarded } from '../core/policy/access.ts';
import { takenBackIn, unsaidEvents } from '../core/process/unsaid.ts';
import { isHeld } from './orders.ts';
import type { CaseView } from './views.ts';

/** What the public may read of this view, whatever more stands in it. `state` says how much is open; the database narrows the same for visitors. */
export function openedView(view: CaseView): CaseView {
  const { state, policy } = view;
  const { opening, proofs } = guarded(state, policy);
  const bundle = new Set<string>(bundleOf(state));
  const reach: Reach = bundle.size > 0 ? 'bundle' : opening;
  const closed = closedPieces(state.record);
  const opens = (piece: Parameters<typeof canRead>[2] & { readonly id: string }) =>
    canRead(
      { kind: 'anonymous', project: state.project },
      opening,
      { ...piece, closed: closed.has(piece.id as ContentId) },
      { proofs, partyMembers: [], partyNotices: [] },
    );
  const unsaid = unsaidIn(view);
  const words = wordsOf(unsaid);
  const log = opening === 'nothing' ? [] : view.log.filter((event) => isOpened(event, opening) && !unsaid.has(event));
  const readable = new Set(
    bundle.size > 0
      ? bundle
      : piecesOf(view.log)
          .filter(opens)
          .map((piece) => piece.id)
          .filter((id) => !words.has(id)),
  );
  // Texts of attached reports are here only as far as their own case opens them.
  if (opening !== 'nothing' && bundle.size === 0) for (const id of attachedIn(view.log)) readable.add(id);
  const texts = withCopies({ ...view, texts: new Map([...view.texts].filter(([id]) => readable.has(id))) });
  return {
    ...view,
    reach,
    texts,
    title: texts.get(state.title.id),
    log,
    state: { ...state, marks: answered({ state, log: view.log }, unsaid), version: openedVersion(log, opening) },
    attachments: view.attachments.filter(({ ref }) => readable.has(ref.id)),
    names: new Map(),
    deadlines: [],
    caps: [],
    outbox: [],
    audience: 0,
  };
}

/** Milestones as those outside know them: of a first answer that was not said they know nothing. */
export function answered({ state, log }: Pick<CaseView, 'state' | 'log'>, unsaid: ReadonlySet<Event>): CaseView['state']['marks'] {
  const { acknowledgement: _, ...others } = state.marks;
  return log.some((event) => event.kind === 'report-acknowledged' && unsaid.has(event)) ? others : state.marks;
}

function attachedIn(log: readonly Event[]): readonly string[] {
  return log.flatMap((event) => (event.kind === 'report-attached' ? refsOf(event).map((ref) => ref.id) : []));
}

/** Where a reader has no original, what stands for it is read in its place. */
export function withCopies({ state, texts }: Pick<CaseView, 'state' | 'texts'>): ReadonlyMap<ContentId, string> {
  const originals = [state.title.id, ...state.record.redactions.flatMap((one) => (one.copy === null ? [] : [one.piece as ContentId]))];
  const standing = originals.flatMap((id) => {
    const copy = texts.get(publicVersion(state.record, id));
    return texts.has(id) || copy === undefined ? [] : [[id, copy] as const];
  });
  return new Map([...texts, ...standing]);
}

/** Texts as far as they may stand in what is published: without those that are closed, and copies in the place of what passages are struck out of. */
export function openTexts(record: RecordState, texts: ReadonlyMap<ContentId, string>): ReadonlyMap<ContentId, string> {
  const closed = closedPieces(record);
  return new Map(
    [...texts.keys()].flatMap((id) => {
      const standing = publicVersion(record, id);
      const words = texts.get(standing);
      return words === undefined || closed.has(standing) ? [] : [[id, words] as const];
    }),
  );
}

/** What was not said to anybody outside, or to this reporter: messages that are still held, or were taken back, and what followed from them. */
export function unsaidIn({ outbox, log, now }: Pick<CaseView, 'outbox' | 'log' | 'now'>, reader?: ParticipantId): ReadonlySet<Event> {
  const unsaid = outbox.flatMap(({ state, heldUntil, seq, to }) =>
    to.kind === 'reporter' && (state === 'withdrawn' || (heldUntil !== null && heldUntil > now)) ? [`${seq} ${to.participant}`] : [],
  );
  const takenBack = takenBackIn(log);
  const events = unsaidEvents(log, (seq, to) => takenBack(seq, to) || unsaid.includes(`${seq} ${to}`), reader);
  return new Set([...events, ...log.filter((event) => event.kind === 'party-written-to' && isHeld(event, now))]);
}

/** The words of what was not said. */
export function wordsOf(unsaid: ReadonlySet<Event>): ReadonlySet<string> {
  return new Set([...unsaid].flatMap((event) => refsOf(event).map(({ id }) => id)));
}

/** The version of a case to who reads what is opened: what the team says is not counted, for a count would tell of what is held, or was taken back (L-08). */
export function openedVersion(log: readonly Event[], opening: Opening): number {
  const spoken: readonly Event['kind'][] = [
    'message-sent',
    'message-withdrawn',
    'report-acknowledged',
    'party-written-to',
    'party-message-withdrawn',
  ];
  return log.filter((event) => isOpened(event, opening) && !spoken.includes(event.kind)).length + 1;
}

/** With the issue the report, the discussion, and how it ended; with the whole record every event. */
export function isOpened({ kind }: Event, opening: Opening): boolean {
  switch (opening) {
    case 'nothing':
      return false;
    case 'issue':
      return discussion.includes(kind);
    case 'full_record':
      return true;
  }
}

const discussion: readonly Event['kind'][] = [
  'report-submitted',
  'report-attached',
  'message-sent',
  'message-received',
  'flaw-dismissed',
  'patch-added',
  'patch-posted',
  'fix-merged',
  'fix-released',
  'cve-assigned',
  'title-given',
  'content-classified',
  'redaction-approved',
  'proofs-opened',
  'case-opened',
  'case-disclosed',
  'case-closed',
];
