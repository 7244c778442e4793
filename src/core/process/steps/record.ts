// SPDX-License-Identifier: Apache-2.0
// The record before it is opened, and after: what is never opened, what is struck out by two people, proofs of concept, a reporter's consent (QEMU-28, VMT-36, VMT-37).

import type { Actor } from '../../model/actor.ts';
import type { CaseState } from '../../model/case.ts';
import type { Piece } from '../../model/content.ts';
import type { EventData } from '../../model/event.ts';
import type { ContentId } from '../../model/identifiers.ts';
import { approvedOn, closedPieces, publicVersion, redactionOf, sharedPieces } from '../../model/record.ts';
import type { Refused } from '../../model/refusal.ts';
import { refused } from '../../model/refusal.ts';
import { bundleOf, canRead, guarded } from '../../policy/access.ts';
import type { WithheldKind } from '../../policy/words.ts';
import { isPreparing } from '../fold/publication.ts';
import { asks, enough, speaksAs, wordsOf } from '../review.ts';
import type { Decider, Situation } from '../situation.ts';
import { hasRight } from '../situation.ts';

const unknownPiece = refused.invalid('piece', 'This case has no such text or file.');

/** Who wrote it says so, or a handler. What a reporter closed, the same reporter opens again, and nobody else. */
export const classifyContent: Decider<'classify-content'> = (action, situation) => {
  const { piece, why } = action;
  if (piece === null || !mayClassify(piece, situation)) return unknownPiece;
  const refusal = cannotBeClosed(piece, why, situation);
  if (refusal !== undefined) return refusal;
  const closed = situation.state.record.never.find((one) => one.piece === piece.id);
  if (closed === undefined ? why === null : closed.why === why) return [];
  if (closed !== undefined && isReporter(closed.by, situation) && closed.by !== idOf(situation.actor))
    return refused.notPermitted('A reporter has closed this; only they open it again.');
  return [{ kind: 'content-classified', piece: piece.id, never: why }];
};

/** What was just said, marked at once as never to be opened. */
export function fated(
  piece: EventData & { readonly kind: 'message-sent' | 'message-received' | 'note-added' | 'party-written-to' | 'party-wrote' },
  never: WithheldKind | undefined,
) {
  const files = piece.kind === 'note-added' || piece.kind === 'party-wrote' ? (piece.attachments ?? []) : [];
  return never === undefined ? [] : [piece.body, ...files].map(({ id }) => ({ kind: 'content-classified' as const, piece: id, never }));
}

/** Null where the policy withholds this kind; the message of a refusal otherwise. */
export function notWithheld(why: WithheldKind, { policy }: Pick<Situation, 'policy'>): Refused | undefined {
  const { withheld } = policy.publication;
  if (withheld.includes(why)) return undefined;
  return refused.invalid(
    'why',
    withheld.length === 0 ? 'This policy withholds nothing.' : `This policy withholds: ${withheld.join(', ')}.`,
  );
}

export const proposeRedaction: Decider<'propose-redaction'> = (action, situation) => {
  const { redaction, piece, span, why, destroys, opens } = action;
  if (piece === null) return unknownPiece;
  if (span === 'nowhere') return refused.invalid('passage', 'This passage does not stand in that text.');
  const refusal = span === null ? cannotBeClosed(piece, why, situation) : notWithheld(why, situation);
  if (refusal !== undefined) return refusal;
  if (piece.kind === 'attachment' && span !== null) return refused.invalid('passage', 'A file is struck out as a whole.');
  if (piece.audience === 'withheld' && !destroys) return refused.invalid('piece', 'This is never opened anyway.');
  if (approvedOn(situation.state.record, piece.id).some((one) => one.span === null || one.destroys))
    return refused.invalid('piece', 'This is struck out as a whole, or replaced, already.');
  if (isToBePublished(piece, situation.state))
    return refused.invalid('piece', 'The advisory goes out as it is written. Write it anew without the passage.');
  if (opens && (span === null || !sharedPieces(situation.state.record).has(piece.id)))
    return refused.invalid('opens', 'Only the rest of a text that waits for another case opens so, with a passage of it struck out.');
  const marks = { ...(isOpen(piece, situation) ? { wasOpen: true as const } : {}), ...(opens ? { opens: true as const } : {}) };
  return [{ kind: 'redaction-proposed', redaction, piece: piece.id, span, why, destroys, ...marks }];
};

/** The text from which the documents are made: a mark in the record would not take the passage out of them. */
function isToBePublished(piece: Piece, state: CaseState): boolean {
  return state.advisory.content?.id === piece.id && isPreparing(state);
}

/** Whether everybody can read the piece now, or the text that stands for it. */
function isOpen(piece: Piece, { state, policy }: Situation): boolean {
  if (state.visibility === 'private') return false;
  const open = guarded(state, policy);
  const stands = publicVersion(state.record, piece.id as ContentId);
  if (bundleOf(state).includes(stands)) return true;
  const closed = closedPieces(state.record).has(stands);
  return canRead({ kind: 'anonymous', project: state.project }, open.opening, { ...piece, closed }, open);
}

/** The copy has to cover exactly what is approved on that text, this passage included: a copy made before another approval would bring the other passage back. */
export const approveRedaction: Decider<'approve-redaction'> = (action, { state, policy, actor }) => {
  const { record } = state;
  const redaction = redactionOf(record, action.redaction);
  if (redaction?.state !== 'proposed') return refused.invalid('redaction', 'No such proposal is open.');
  const { redaction: review } = policy.reviews;
  const own = speaksAs(review, actor);
  const complete = enough(asks(review), [...wordsOf(redaction.approvals, redaction.heldAs), own]);
  const copied = complete && redaction.span !== null;
  const covered = [...approvedOn(record, redaction.piece).map((one) => one.redaction), redaction.redaction].sort();
  if (copied && (action.copy === null || action.covers.toSorted().join() !== covered.join())) return refused.conflict(state.version);
  return [{ kind: 'redaction-approved', redaction: redaction.redaction, complete, copy: copied ? action.copy : null, ...own }];
};

export const declineRedaction: Decider<'decline-redaction'> = (action, { state }) =>
  redactionOf(state.record, action.redaction)?.state === 'proposed'
    ? [{ kind: 'redaction-declined', redaction: action.redaction }]
    : refused.invalid('redaction', 'No such proposal is open.');

/** The passage itself stands in no event: its place is sealed, and the hash is that of the whole text. */
export const keepFinding: Decider<'keep-finding'> = ({ finding, span, reason }) => {
  if (finding === null) return unknownPiece;
  if (span === 'nowhere') return refused.invalid('passage', 'This passage does not stand in that text.');
  return [{ kind: 'finding-kept', ...finding, span, reason }];
};

/** What is public stays public: a proof of concept that everybody can have is not withheld any more. */
export const decideProof: Decider<'decide-proof'> = (action, { state, actor }) => {
  if (actor.kind !== 'reporter') return refused.notPermitted('This is the reporter’s to decide.');
  const { participant } = actor;
  const before = state.record.proofs.find((one) => one.participant === participant);
  if (before?.open === action.open) return [];
  if (before?.open === true && state.visibility === 'public') return refused.invalid('open', 'It is public already.');
  return [{ kind: 'proof-decided', participant, open: action.open }];
};

export const openProofs: Decider<'open-proofs'> = () => [{ kind: 'proofs-opened' }];

export const agreeToOpening: Decider<'agree-to-opening'> = (_, { state, actor }) => {
  if (actor.kind !== 'reporter') return refused.notPermitted('This is the reporter’s to say.');
  return state.record.consents.includes(actor.participant) ? [] : [{ kind: 'opening-agreed', participant: actor.participant }];
};

function mayClassify(piece: Piece, situation: Situation): boolean {
  return piece.writer === idOf(situation.actor) || (situation.actor.kind === 'person' && hasRight(situation, 'handle'));
}

function cannotBeClosed(piece: Piece, why: WithheldKind | null, situation: Situation): Refused | undefined {
  if (piece.kind === 'title') return refused.invalid('piece', 'A title is not closed as a whole; strike out a passage of it.');
  return why === null ? undefined : notWithheld(why, situation);
}

function isReporter(by: string, { state }: Situation): boolean {
  return state.reporters.some((reporter) => reporter.participant === by);
}

function idOf(actor: Actor): string | null {
  switch (actor.kind) {
    case 'person':
      return actor.person;
    case 'reporter':
      return actor.participant;
    case 'agent':
    case 'process':
      return null;
  }
}
