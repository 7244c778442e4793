// SPDX-License-Identifier: Apache-2.0
// The sentence of an impact description: written from its fields by the policy's own text, and read back for whoever writes on (VMT-2).

import type { CaseState } from '../core/model/case.ts';
import type { ContentId } from '../core/model/identifiers.ts';
import { type ImpactField, impactFields } from '../core/model/impact.ts';
import type { Policy } from '../core/policy/policy.ts';

type Place = readonly [from: number, to: number];
type Places = { readonly [Field in ImpactField]?: Place };
type FrameValues = { readonly [Field in ImpactField]?: string | undefined };

/** Where the policy has no sentence, a line for each field. Fields that are not given stay in the text by their names, so that everybody sees what is missing. */
export function framed(policy: Policy, values: FrameValues, credit: string): string {
  return filled(policy, values, credit).text;
}

/** The sentence, and where each field stands in it, in UTF-16 units. */
function filled({ texts }: Policy, values: FrameValues, credit: string): { readonly text: string; readonly places: Places } {
  const lines = impactFields.flatMap((field) => (values[field] === undefined ? [] : [`${field}: {${field}}`]));
  const frame = (texts.impact ?? lines.join('\n')).trim().replaceAll('{credit}', () => credit);
  const places: [ImpactField, Place][] = [];
  let text = '';
  let end = 0;
  for (const { 0: whole, 1: name = '', index } of frame.matchAll(/\{(\w+)\}/g)) {
    text += frame.slice(end, index);
    const value = isField(name) ? values[name] : undefined;
    if (isField(name) && value !== undefined) places.push([name, [text.length, text.length + value.length]]);
    text += value ?? whole;
    end = index + whole.length;
  }
  return { text: text + frame.slice(end), places: Object.fromEntries(places) };
}

/** The sentence with the fields that it fills. `places` where the sentence alone would not tell one field from the next: a word of the frame stands twice. */
export function described(
  policy: Policy,
  values: FrameValues,
  credit: string,
): { readonly text: string; readonly frame: readonly ImpactField[]; readonly places: string | null } {
  const { text, places } = filled(policy, values, credit);
  const read = frameOf(policy, text);
  const same = impactFields.every((field) => (read[field] ?? '') === spaced(values[field] ?? ''));
  if (same || policy.texts.impact === undefined)
    return { text, frame: impactFields.filter((field) => read[field] !== undefined), places: null };
  return { text, frame: impactFields.filter((field) => spaced(values[field] ?? '') !== ''), places: JSON.stringify(places) };
}

/** The fields as they stand at the places that were kept with the text. */
export function fieldsAt(text: string, kept: string): FrameValues {
  const places = JSON.parse(kept) as Places;
  return Object.fromEntries(Object.entries(places).map(([field, [from, to]]) => [field, text.slice(from, to)]));
}

/** The fields that a text fills, as the policy's sentence has them; none where it is another text. Words that stand twice are taken where they stand last. */
export function frameOf({ texts }: Policy, text: string): FrameValues {
  const frame = spaced(texts.impact ?? '');
  const said = spaced(text);
  const names = Array.from(frame.matchAll(/\{(\w+)\}/g), ([, name = '']) => name);
  const [first = '', ...between] = frame.split(/\{\w+\}/);
  if (names.length === 0 || !said.startsWith(first) || !said.endsWith(between.at(-1) ?? '')) return {};
  const read: [string, string][] = [];
  let end = said.length - (between.at(-1) ?? '').length;
  for (const [index, name] of [...names.entries()].toReversed()) {
    const words = index === 0 ? first : (between[index - 1] ?? '');
    const at = index === 0 ? 0 : said.lastIndexOf(words, end - words.length);
    if (at < 0) return {};
    const value = said.slice(at + words.length, end).trim();
    if (isField(name) && value !== '' && value !== `{${name}}`) read.unshift([name, value]);
    end = at;
  }
  return Object.fromEntries(read);
}

/** Whom the sentence names: those reporters who are credited by name, as far as it is decided. */
export function creditIn({ reporters }: CaseState, texts: ReadonlyMap<ContentId, string>): string {
  const names = reporters.flatMap(({ credited, credit, creditName }) =>
    credited && (credit === 'named' || credit === 'pseudonym') && creditName !== null ? (texts.get(creditName.id) ?? []) : [],
  );
  return names.length === 0 ? 'A reporter' : names.join(' and ');
}

function isField(name: string): name is ImpactField {
  return (impactFields as readonly string[]).includes(name);
}

function spaced(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
