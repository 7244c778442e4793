// SPDX-License-Identifier: Apache-2.0
// Texts and files of a case as choices: what can be classified, and what can be struck out, each known by its kind, its event and its first words.

import type { CaseView } from '../app/views.ts';
import type { Piece } from '../core/model/content.ts';
import type { ContentId } from '../core/model/identifiers.ts';
import { piecesOf, refsOf } from '../core/model/pieces.ts';
import { destroyedPieces } from '../core/model/record.ts';
import type { WithheldKind } from '../core/policy/words.ts';
import type { Option } from './fields.ts';
import { asLabel } from './words.ts';

export const withheldWords: Readonly<Record<WithheldKind, string>> = {
  personal_data: 'Personal data',
  third_party_secrets: 'A third party’s secret',
  tokens: 'A token or key',
};

/** What would be opened some day: without what never is, and without what is gone. */
function openable({ log, state }: CaseView): readonly Piece[] {
  const gone = destroyedPieces(state.record);
  return piecesOf(log).filter((piece) => piece.audience !== 'withheld' && !gone.has(piece.id));
}

/** Everything but titles; a reporter is offered what they wrote themselves. */
export function classifiable(view: CaseView): readonly Option[] {
  const mine = (piece: Piece) => view.reach !== 'own_thread' || view.state.reporters.some((one) => one.participant === piece.writer);
  return openable(view)
    .filter((piece) => piece.kind !== 'title' && mine(piece))
    .map((piece) => optionOf(view, piece));
}

export function strikable(view: CaseView): readonly Option[] {
  return openable(view).map((piece) => optionOf(view, piece));
}

/** Proposals that wait for the second person. */
export function proposals(view: CaseView): readonly Option[] {
  const pieces = piecesOf(view.log);
  return view.state.record.redactions
    .filter((one) => one.state === 'proposed')
    .flatMap((one) => {
      const piece = pieces.find(({ id }) => id === one.piece);
      if (piece === undefined) return [];
      const what = one.span === null ? 'the whole of it' : 'a passage';
      return [{ value: one.redaction, label: `${nameOfPiece(view, piece)}: ${what}`, says: withheldWords[one.why].toLowerCase() }];
    });
}

/** The reasons for which this policy withholds something. */
export function reasons({ policy }: CaseView): readonly Option[] {
  return policy.publication.withheld.map((value) => ({ value, label: withheldWords[value] }));
}

/** Beside a composer: what becomes of what is about to be said. */
export function fates(view: CaseView): readonly Option[] {
  const never = reasons(view).map(({ value, label }) => ({ value, label: `Never public: ${label.toLowerCase()}` }));
  return never.length === 0 ? [] : [{ value: '', label: 'As the policy says' }, ...never];
}

/** `Message, event 5`, `Report: steps`, `File: fix.patch` */
export function nameOfPiece({ log, attachments }: Pick<CaseView, 'log' | 'attachments'>, piece: Piece): string {
  const file = attachments.find(({ ref }) => ref.id === piece.id);
  if (file !== undefined) return `File: ${file.name}`;
  const brought = broughtIn(log).get(piece.id);
  const field = brought?.field;
  const kind = piece.kind === 'attachment' ? 'File' : piece.kind === 'field' ? 'Report' : asLabel(piece.kind);
  return `${kind}${field === undefined ? '' : `: ${asLabel(field).toLowerCase()}`}${brought === undefined ? '' : `, event ${brought.seq}`}`;
}

interface Brought {
  readonly seq: number;
  readonly field: string | undefined;
}

const places = new WeakMap<CaseView['log'], ReadonlyMap<string, Brought>>();

/** By piece, the event that brought it. One page names each piece several times, so a log is gone through once. */
function broughtIn(log: CaseView['log']): ReadonlyMap<string, Brought> {
  const known = places.get(log);
  if (known !== undefined) return known;
  const found = new Map<string, Brought>();
  for (const event of log)
    for (const ref of refsOf(event))
      if (!found.has(ref.id)) found.set(ref.id, { seq: event.seq, field: 'field' in ref ? ref.field : undefined });
  places.set(log, found);
  return found;
}

function optionOf(view: CaseView, piece: Piece): Option {
  const text = view.texts.get(piece.id as ContentId);
  const label = nameOfPiece(view, piece);
  return { value: piece.id, label, ...(text === undefined ? {} : { says: excerpt(text) }) };
}

function excerpt(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return line.length > 70 ? `${line.slice(0, 70)}…` : line;
}
