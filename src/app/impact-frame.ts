// SPDX-License-Identifier: Apache-2.0
// The sentence of an impact description: written from its fields by the policy's own text, and read back for whoever writes on (VMT-2).

import type { CaseState } from '../core/model/case.ts';
import type { ContentId } from '../core/model/identifiers.ts';
import { type ImpactField, impactFields } from '../core/model/impact.ts';
import type { Policy } from '../core/policy/policy.ts';

type FrameValues = { readonly [Field in ImpactField]?: string | undefined };

/** Where the policy has no sentence, a line for each field. Fields that are not given stay in the text by their names, so that everybody sees what is missing. */
export function framed({ texts }: Policy, values: FrameValues, credit: string): string {
  const frame = texts.impact ?? impactFields.flatMap((field) => (values[field] === undefined ? [] : [`${field}: {${field}}`])).join('\n');
  return frame
    .trim()
    .replaceAll('{credit}', () => credit)
    .replace(/\{(\w+)\}/g, (whole, name: string) => (isField(name) ? (values[name] ?? whole) : whole));
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
