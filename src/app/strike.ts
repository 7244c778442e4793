// SPDX-License-Identifier: Apache-2.0
// Striking out: where a passage stands, and the text with a mark of fixed form in its place, which does not tell how long it was.

import type { WithheldKind } from '../core/policy/words.ts';

/** From and to, counted in characters (Unicode code points) of the original; the end is not included. */
export type Span = readonly [from: number, to: number];

export interface Strike {
  readonly spans: readonly Span[];
  readonly why: WithheldKind;
}

const reasons: Readonly<Record<WithheldKind, string>> = {
  personal_data: 'personal data',
  third_party_secrets: 'a third party’s secret',
  tokens: 'a token or key',
};

/** What stands in the place of what is hidden: the same for one character and for a thousand. */
export function markOf(why: WithheldKind): string {
  return `[struck out: ${reasons[why]}]`;
}

/** Every place at which the passage stands, without overlap. */
export function placesOf(text: string, passage: string): readonly Span[] {
  if (passage === '') return [];
  const length = [...passage].length;
  const spans: Span[] = [];
  for (let at = text.indexOf(passage); at >= 0; at = text.indexOf(passage, at + passage.length)) {
    const from = [...text.slice(0, at)].length;
    spans.push([from, from + length]);
  }
  return spans;
}

/** Whether the span lies within the text. */
export function fits(text: string, [from, to]: Span): boolean {
  return Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= [...text].length;
}

/** The text with a mark for each passage; passages that touch or overlap become one mark, of the earliest. */
export function struckOut(text: string, strikes: readonly Strike[]): string {
  const characters = [...text];
  const spans = strikes.flatMap(({ spans: all, why }) => all.map(([from, to]) => ({ from, to, why })));
  const merged: { from: number; to: number; why: WithheldKind }[] = [];
  for (const span of spans.sort((one, other) => one.from - other.from || other.to - one.to)) {
    const last = merged.at(-1);
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push({ ...span });
  }
  let at = 0;
  let made = '';
  for (const { from, to, why } of merged) {
    made += characters.slice(at, from).join('') + markOf(why);
    at = to;
  }
  return made + characters.slice(at).join('');
}

/** Spans as they are kept, sealed: a list of pairs. */
export function readSpans(kept: string | undefined): readonly Span[] {
  const value: unknown = kept === undefined ? [] : JSON.parse(kept);
  return Array.isArray(value) ? (value as readonly Span[]) : [];
}
