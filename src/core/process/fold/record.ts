// SPDX-License-Identifier: Apache-2.0
// The record, folded: what stays closed, what is struck out, which proofs of concept are open, who agreed to the opening.

import type { CaseState } from '../../model/case.ts';
import type { Envelope, EventOf } from '../../model/event.ts';
import type { ContentId } from '../../model/identifiers.ts';
import type { RecordState, Redaction } from '../../model/record.ts';
import type { Folds } from './fold.ts';
import { person, spoken } from './fold.ts';

export const recordFolds = {
  'content-classified': contentClassified,
  'redaction-proposed': (state, event) => {
    const { redaction, piece, span, why, destroys, wasOpen = false, opens = false, proposedBy, at, by } = event;
    const proposed: Redaction = {
      redaction,
      piece,
      span,
      why,
      destroys,
      wasOpen,
      opens,
      proposedBy: proposedBy ?? person(by),
      approvals: [],
      state: 'proposed',
      copy: null,
      at,
    };
    return changed(state, { redactions: [...state.record.redactions, proposed] });
  },
  'redaction-approved': redactionApproved,
  'redaction-declined': (state, event) =>
    changed(state, {
      redactions: state.record.redactions.map((one) =>
        one.redaction === event.redaction ? { ...one, state: 'declined', at: event.at } : one,
      ),
    }),
  'finding-kept': (state, { piece, hash, span, reason, at, by }) =>
    changed(state, { kept: [...state.record.kept, { piece, hash, span, reason, by: person(by), at }] }),
  'proof-decided': (state, { participant, open }) =>
    changed(state, { proofs: [...state.record.proofs.filter((one) => one.participant !== participant), { participant, open }] }),
  'proofs-opened': (state, event) => changed(state, { proofsOpenedAt: event.at }),
  'opening-agreed': (state, event) => changed(state, { consents: [...state.record.consents, event.participant] }),
} as const satisfies Folds;

/** Words that nobody was told stay closed to everybody outside. */
export function unsaid(record: RecordState, words: ContentId): RecordState {
  return { ...record, unsaid: [...(record.unsaid ?? []), words] };
}

function changed(state: CaseState, record: Partial<RecordState>): Partial<CaseState> {
  return { record: { ...state.record, ...record } };
}

function contentClassified(state: CaseState, event: Envelope & EventOf<'content-classified'>): Partial<CaseState> {
  const { piece, never: why, at, by } = event;
  const others = state.record.never.filter((one) => one.piece !== piece);
  if (why === null) return changed(state, { never: others });
  return changed(state, { never: [...others, { piece, why, by: by.kind === 'reporter' ? by.participant : person(by), at }] });
}

/** An approved redaction goes to the end: copies follow each other in the order of approval. */
function redactionApproved(state: CaseState, event: Envelope & EventOf<'redaction-approved'>): Partial<CaseState> {
  const { redactions } = state.record;
  const mine = redactions.find((one) => one.redaction === event.redaction);
  if (mine === undefined) return {};
  const approvals = [...mine.approvals, person(event.by)];
  const done = {
    ...mine,
    approvals,
    ...spoken(mine.heldAs, event),
    ...(event.complete ? { state: 'approved' as const, copy: event.copy, at: event.at } : {}),
  };
  return changed(state, { redactions: [...redactions.filter((one) => one !== mine), done] });
}
