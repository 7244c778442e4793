// SPDX-License-Identifier: Apache-2.0
// The last look before everybody's: what would be opened and looks like a token, a key or somebody's address, each as a proposal to strike it out (QEMU-28).

import type { Piece } from '../core/model/content.ts';
import type { AttachmentId, ContentId, PieceId } from '../core/model/identifiers.ts';
import { hashOf, piecesOf } from '../core/model/pieces.ts';
import type { KeptFinding } from '../core/model/record.ts';
import { undecidedPieces } from '../core/model/record.ts';
import type { WithheldKind } from '../core/policy/words.ts';
import { metadataIn } from './file-metadata.ts';
import type { Finding } from './scan.ts';
import { scan } from './scan.ts';
import type { Span } from './strike.ts';
import { readSpans } from './strike.ts';
import type { CaseView } from './views.ts';

export interface OpenFinding {
  readonly piece: PieceId;
  readonly sentence: string;
  readonly why: WithheldKind;
  /** Where it stands in a text, in characters; null for a file, which is struck out as a whole. */
  readonly span: Span | null;
  /** 1 for the first line. */
  readonly line: number | null;
  /** What was found, for those inside. */
  readonly passage: string | null;
  /** `kept`: somebody looked and left it as it stands. */
  readonly status: 'open' | 'proposed' | 'kept';
}

/** What is looked at of a case, as those inside read it, and as the world would. */
type Inside = Pick<CaseView, 'state' | 'policy' | 'log' | 'texts' | 'attachments'>;
type Published = Pick<CaseView, 'texts' | 'attachments'>;

/** Larger files are opened as they are, and not looked through. */
export const largestScanned = 1_000_000;

export const kinds: Readonly<Record<Finding['kind'], WithheldKind>> = { tokens: 'tokens', keys: 'tokens', addresses: 'personal_data' };

/** `view` as those inside read it, `published` as the world would; `files` are those that are small enough to be looked through. */
export function findingsOf(view: Inside, published: Published, files: ReadonlyMap<AttachmentId, Uint8Array>): readonly OpenFinding[] {
  const { withheld } = view.policy.publication;
  const undecided = undecidedPieces(view.state.record);
  const opens = (piece: Piece) =>
    undecided.has(piece.id) || published.texts.has(piece.id as ContentId) || published.attachments.some(({ ref }) => ref.id === piece.id);
  const all = piecesOf(view.log)
    .filter((piece) => piece.kind !== 'advisory' && opens(piece))
    .flatMap((piece) => (piece.kind === 'attachment' ? inFile(view, piece, files) : inText(view, piece)));
  return all.filter((one) => withheld.includes(one.why));
}

function inText(view: Inside, piece: Piece): readonly OpenFinding[] {
  const text = view.texts.get(piece.id as ContentId) ?? '';
  const starts = lineStarts(text);
  return scan(text).flatMap((finding): OpenFinding[] => {
    const at = (starts[finding.line - 1] ?? 0) + finding.from;
    const end = (starts[finding.line - 1] ?? 0) + finding.to;
    const span: Span = [[...text.slice(0, at)].length, [...text.slice(0, end)].length];
    const status = statusOf(view, piece.id, span);
    if (status === 'struck') return [];
    const { sentence, line, kind } = finding;
    return [{ piece: piece.id, sentence, why: kinds[kind], span, line, passage: text.slice(at, end), status }];
  });
}

/** Addresses in a patch are its authors', who signed it off with them. */
function inFile(view: Inside, piece: Piece, files: ReadonlyMap<AttachmentId, Uint8Array>): readonly OpenFinding[] {
  const id = piece.id as AttachmentId;
  const bytes = files.get(id);
  const status = statusOf(view, id, null);
  if (bytes === undefined || status === 'struck') return [];
  const info = view.attachments.find(({ ref }) => ref.id === id);
  const metadata = metadataIn(bytes).map((sentence) => ({ sentence, why: 'personal_data' as const, line: null, passage: null }));
  const text = asText(bytes);
  const said = (text === null ? [] : scan(text)).flatMap(({ kind, line, sentence, from, to }) => {
    if (kind === 'addresses' && info?.ref.purpose === 'patch') return [];
    return [{ sentence, why: kinds[kind], line, passage: text?.split('\n')[line - 1]?.slice(from, to) ?? null }];
  });
  return [...metadata, ...said].map((one) => ({ ...one, piece: id, span: null, status }));
}

/** A passage is settled by whatever redaction holds it; the latest word counts. */
function statusOf(view: Inside, piece: PieceId, span: Span | null): OpenFinding['status'] | 'struck' {
  const on = view.state.record.redactions.filter((one) => one.piece === piece);
  const held = on.filter((one) => {
    if (one.span === null || span === null) return one.span === null;
    return readSpans(view.texts.get(one.span.id)).some(([from, to]) => from <= span[0] && span[1] <= to);
  });
  if (held.some((one) => one.state === 'approved')) return 'struck';
  if (held.some((one) => one.state === 'proposed')) return 'proposed';
  return held.length > 0 || isKept(view, piece, span) ? 'kept' : 'open';
}

/** A word of a person holds for the text in which they looked, and for the place. */
function isKept({ state, log, texts }: Inside, piece: PieceId, span: Span | null): boolean {
  const hash = hashOf(log, piece);
  const holds = (kept: KeptFinding) => {
    if (kept.span === null || span === null) return kept.span === null;
    return readSpans(texts.get(kept.span.id)).some(([from, to]) => from <= span[0] && span[1] <= to);
  };
  return state.record.kept.some((one) => one.piece === piece && one.hash === hash && holds(one));
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

export function asText(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
