// SPDX-License-Identifier: Apache-2.0
// What is found in the documents of an advisory, as its editor says it: in a list that leads to the fields, and beside each field with who wrote it.

import type { AdvisoryDesk } from '../app/advisory-desk.ts';
import type { AdvisoryFinding, FindingLevel } from '../app/advisory-findings.ts';
import type { AdvisoryPreview } from '../app/advisory-preview.ts';
import type { AdvisoryValues } from './advisory-form.ts';
import { editorPlace } from './advisory-places.ts';
import { dateAndHour } from './moments.ts';
import type { Cast } from './sentences.ts';
import { nameOf } from './sentences.ts';

export interface Remark {
  readonly level: FindingLevel;
  /** Id of the field or fact that causes it; null where none does. */
  readonly id: string | null;
  readonly label: string | null;
  readonly sentence: string;
}

/** What stands beside one input. */
export interface Beside {
  /** `anna, version 2, 2026-11-19 10:00 UTC`; null where nothing is said there. */
  readonly written: string | null;
  readonly remarks: readonly { readonly level: FindingLevel; readonly sentence: string }[];
}

export const levelWords: Readonly<Record<FindingLevel, string>> = {
  error: 'Not published',
  warning: 'Warning',
  later: 'Waits',
  note: 'Remark',
  loss: 'Not carried',
};

type Rows = Pick<AdvisoryValues, 'products' | 'references'>;

export function remarksOf(preview: AdvisoryPreview | null, values: Rows): readonly Remark[] {
  return (preview?.findings ?? []).map((finding) => {
    const place = finding.field === null ? undefined : editorPlace(finding.field, values);
    return { level: finding.level, id: place?.id ?? null, label: place?.label ?? finding.field, sentence: sentenceOf(finding) };
  });
}

/** By the name of the input. What formats do not carry is one line. */
export function besidesOf(
  preview: AdvisoryPreview | null,
  desk: Pick<AdvisoryDesk, 'writers'> | null,
  values: Rows,
  cast: Cast,
): ReadonlyMap<string, Beside> {
  const besides = new Map<string, Beside>();
  const add = (input: string, more: Partial<Beside>) => {
    const before = besides.get(input) ?? { written: null, remarks: [] };
    besides.set(input, { written: more.written ?? before.written, remarks: [...before.remarks, ...(more.remarks ?? [])] });
  };
  const writers = [...(desk?.writers ?? [])];
  // Of a first draft nothing is saved, and every field would say so.
  const isNew = writers.every(([, writing]) => writing === null);
  for (const [place, writing] of isNew ? [] : writers) {
    const { input } = editorPlace(place, values) ?? { input: null };
    const written =
      writing === null ? 'not saved yet' : `${nameOf(writing.by, cast)}, version ${writing.version}, ${dateAndHour(writing.at)} UTC`;
    if (input !== null && besides.get(input)?.written == null) add(input, { written });
  }
  const findings = preview?.findings ?? [];
  for (const finding of findings.filter(({ level }) => level !== 'loss')) {
    const input = finding.field === null ? null : (editorPlace(finding.field, values)?.input ?? null);
    if (input !== null) add(input, { remarks: [{ level: finding.level, sentence: sentenceOf(finding) }] });
  }
  for (const [input, formats] of lossesBy(findings, values))
    add(input, { remarks: [{ level: 'loss', sentence: `Not carried whole by ${formats.join(', ')}.` }] });
  return besides;
}

function lossesBy(findings: readonly AdvisoryFinding[], values: Rows): ReadonlyMap<string, readonly string[]> {
  const losses = new Map<string, readonly string[]>();
  for (const { level, field, formats } of findings) {
    const input = level === 'loss' && field !== null ? (editorPlace(field, values)?.input ?? null) : null;
    if (input !== null) losses.set(input, [...new Set([...(losses.get(input) ?? []), ...formats])]);
  }
  return losses;
}

function sentenceOf({ level, formats, message, place, rule }: AdvisoryFinding): string {
  const names = formats.join(', ');
  if (level === 'loss') return `${names}: ${message}.`.replace(/\.\.$/, '.');
  return `${names}: ${message} (${place}; ${rule}).`;
}
