// SPDX-License-Identifier: Apache-2.0
// Bodies of the record: what is never opened, what is struck out, proofs of concept, consent to the opening.

import { z } from 'zod';
import type { ContentRef, Piece } from '../../core/model/content.ts';
import type { ContentId, RedactionId } from '../../core/model/identifiers.ts';
import { hashOf, piecesOf } from '../../core/model/pieces.ts';
import type { Redaction } from '../../core/model/record.ts';
import { approvedOn, redactionOf } from '../../core/model/record.ts';
import { withheldKinds } from '../../core/policy/words.ts';
import { base32 } from '../encoding.ts';
import type { Span, Strike } from '../strike.ts';
import { fits, placesOf, readSpans, struckOut } from '../strike.ts';
import type { BodyContext, Entries } from './body.ts';
import { empty, entry, nothing, reason, said, text, word, yesOrNo } from './body.ts';

const why = z.enum(withheldKinds, { error: `Choose one of ${withheldKinds.join(', ')}.` });
const flag = z.preprocess(empty, yesOrNo.default(false));
const place = z.preprocess(empty, z.coerce.number().int().min(0).optional());

export const recordBodies = {
  'classify-content': entry(
    z.object({ piece: word, class: z.enum(['public', ...withheldKinds], { error: `Choose public, ${withheldKinds.join(', ')}.` }) }),
    (body, c) => ({ kind: 'classify-content', piece: pieceIn(c, body.piece), why: body.class === 'public' ? null : body.class }),
  ),
  'propose-redaction': entry(
    z.object({ piece: word, passage: text.optional(), from: place, to: place, why, destroys: flag, opens: flag }),
    (body, c) => {
      const piece = pieceIn(c, body.piece);
      return {
        kind: 'propose-redaction',
        redaction: base32(c.random(10)) as RedactionId,
        piece,
        span: spanOf(c, piece, body.passage, body.from, body.to),
        why: body.why,
        destroys: body.destroys,
        opens: body.opens,
      };
    },
  ),
  'keep-finding': entry(z.object({ piece: word, passage: text.optional(), from: place, to: place, ...reason }), (body, c) => {
    const piece = pieceIn(c, body.piece);
    const hash = piece === null ? null : hashOf(c.log, piece.id);
    return {
      kind: 'keep-finding',
      finding: piece === null || hash === null ? null : { piece: piece.id, hash },
      span: spanOf(c, piece, body.passage, body.from, body.to),
      reason: said(c, 'reason', 'team', body.reason),
    };
  }),
  'approve-redaction': entry(z.object({ redaction: word }), (body, c) => {
    const redaction = body.redaction as RedactionId;
    const { copy, covers } = copyFor(c, redactionOf(c.state.record, redaction));
    return { kind: 'approve-redaction', redaction, copy, covers };
  }),
  'decline-redaction': entry(z.object({ redaction: word }), (body) => ({
    kind: 'decline-redaction',
    redaction: body.redaction as RedactionId,
  })),
  'decide-proof': entry(z.object({ open: yesOrNo }), (body) => ({ kind: 'decide-proof', open: body.open })),
  'agree-to-opening': entry(nothing, () => ({ kind: 'agree-to-opening' })),
} as const satisfies Entries;

function pieceIn({ log }: BodyContext, id: string): Piece | null {
  return piecesOf(log).find((piece) => piece.id === id) ?? null;
}

/** Where the passage stands, sealed; null where the whole piece is meant. */
function spanOf(
  c: BodyContext,
  piece: Piece | null,
  passage: string | undefined,
  from: number | undefined,
  to: number | undefined,
): ContentRef | 'nowhere' | null {
  if (piece === null || (passage === undefined && from === undefined && to === undefined)) return null;
  const original = c.texts.get(piece.id as ContentId) ?? '';
  const one: Span = [from ?? 0, to ?? 0];
  const spans = passage === undefined ? [one].filter((span) => fits(original, span)) : placesOf(original, passage);
  return spans.length === 0 ? 'nowhere' : said(c, 'span', 'withheld', JSON.stringify(spans));
}

/** The text as the public will read it, with every passage that is approved on it and this one. */
function copyFor(c: BodyContext, redaction: Redaction | undefined): { readonly copy: ContentRef | null; readonly covers: RedactionId[] } {
  if (redaction === undefined || redaction.span === null) return { copy: null, covers: [] };
  const all = [...approvedOn(c.state.record, redaction.piece), redaction];
  const covers = all.map((one) => one.redaction);
  const original = c.texts.get(redaction.piece as ContentId);
  const piece = pieceIn(c, redaction.piece);
  const strikes = all.map((one): Strike => ({ why: one.why, spans: one.span === null ? [] : readSpans(c.texts.get(one.span.id)) }));
  if (original === undefined || piece === null || piece.kind === 'attachment' || strikes.some(({ spans }) => spans.length === 0))
    return { copy: null, covers };
  const { kind, audience, participant } = piece;
  const about = { kind, audience, ...(participant === undefined ? {} : { participant }) };
  return { copy: c.contents.text(about, struckOut(original, strikes)), covers };
}
