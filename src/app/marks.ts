// SPDX-License-Identifier: Apache-2.0
// Why something in a record cannot be read: the mark that stands in its place says the class of the reason and never the length.

import type { Piece } from '../core/model/content.ts';
import type { ContentId, PieceId } from '../core/model/identifiers.ts';
import { piecesOf } from '../core/model/pieces.ts';
import { closedPieces, destroyedPieces, publicVersion, sharedPieces, undecidedPieces, whyClosed } from '../core/model/record.ts';
import type { Instant } from '../core/model/time.ts';
import type { WithheldKind } from '../core/policy/words.ts';
import { proofsDueAt } from '../core/process/proofs-due.ts';
import { unsaidIn, wordsOf } from './opened.ts';
import type { CaseView } from './views.ts';

export interface ClosedMark {
  readonly piece: PieceId;
  readonly mark: /** Said by its author or a handler: never to be opened. */
    | 'never_opened'
    /** Two people struck the whole of it out. */
    | 'struck_out'
    /** Passages are struck out; `standsFor` is the text with its marks. */
    | 'passages_struck_out'
    /** It is proposed to strike something out, and the second person has not decided. */
    | 'undecided'
    /** It tells as well of what is not public; which case that is, how many there are and when they open is not said. */
    | 'shared'
    /** Names and addresses of people, mails as they came: closed under every policy. */
    | 'withheld'
    /** A proof of concept that is not open, or not yet. */
    | 'proof_of_concept'
    /** The team's own, under a policy that opens the discussion alone. */
    | 'inside'
    /** A message that did not leave. */
    | 'not_sent';
  readonly why: WithheldKind | null;
  readonly since: Instant | null;
  /** After everybody could read it: what was public cannot be called back, and the record says so. */
  readonly afterPublication: boolean;
  /** The original is gone for those inside as well. */
  readonly destroyed: boolean;
  readonly standsFor: ContentId | null;
  /** When it will be opened, where that is certain. */
  readonly opensAt: Instant | null;
}

/** A mark for every text and file that the log of this view refers to and that the view does not show. */
export function marksOf(view: CaseView): readonly ClosedMark[] {
  const shown = new Set<string>([...view.texts.keys(), ...view.attachments.map(({ ref }) => ref.id)]);
  const replaced = (piece: Piece) => publicVersion(view.state.record, piece.id as ContentId) !== piece.id;
  const closed = closedPieces(view.state.record);
  const copies = new Set(view.state.record.redactions.flatMap((one) => (one.copy === null ? [] : [one.copy.id as string])));
  return piecesOf(view.log)
    .filter((piece) => piece.kind !== 'span' && (!shown.has(piece.id) || replaced(piece) || closed.has(piece.id)))
    .filter((piece) => !(copies.has(piece.id) && replaced(piece)))
    .map((piece) => markOn(view, piece));
}

function markOn(view: CaseView, piece: Piece): ClosedMark {
  const { record, publicSince } = view.state;
  const destroyed = destroyedPieces(record).has(piece.id);
  const base = { piece: piece.id, why: null, since: null, afterPublication: false, destroyed, standsFor: null, opensAt: null };
  const dated = (since: Instant) => ({ since, afterPublication: publicSince !== null && since > publicSince });
  const whole = whyClosed(record, piece.id);
  if (whole !== undefined) {
    const never = record.never.some((one) => one.piece === piece.id);
    return { ...base, mark: never ? 'never_opened' : 'struck_out', why: whole.why, ...dated(whole.at) };
  }
  const undecided = undecidedPieces(record).get(piece.id);
  if (undecided !== undefined) return { ...base, mark: 'undecided', why: undecided.why, ...dated(undecided.at) };
  const standsFor = publicVersion(record, piece.id as ContentId);
  if (piece.audience !== 'withheld' && sharedPieces(record).has(standsFor)) return { ...base, mark: 'shared' };
  const latest = record.redactions.findLast((one) => one.piece === piece.id && one.state === 'approved');
  if (standsFor !== piece.id && latest !== undefined)
    return { ...base, mark: 'passages_struck_out', why: latest.why, standsFor, ...dated(latest.at) };
  if (piece.audience === 'withheld') return { ...base, mark: 'withheld', why: 'personal_data' };
  if (piece.audience === 'proof') return { ...base, mark: 'proof_of_concept', opensAt: proofsDueAt(view.state, view.policy) ?? null };
  return { ...base, mark: wordsOf(unsaidIn(view)).has(piece.id) || piece.kind === 'message' ? 'not_sent' : 'inside' };
}
