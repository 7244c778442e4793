// SPDX-License-Identifier: Apache-2.0
// What validators and formats say of the documents of one advisory, each told at the field of the record that causes it, the gravest first.

import type { Check } from '../formats/check.ts';
import type { FormatName } from '../formats/index.ts';
import { sourceField } from '../formats/source-fields.ts';
import type { Drafts } from './documents.ts';
import { formatLabel } from './publisher.ts';

/**
 * `error`: this document is not published; `later`: nor is it before the case has what it waits for, which nobody types; `warning`, `note`: to be weighed;
 * `loss`: the document does not carry what the record says.
 */
export type FindingLevel = 'error' | 'warning' | 'later' | 'note' | 'loss';

export interface AdvisoryFinding {
  readonly level: FindingLevel;
  /** Place in the record, `products[0].branches`; null where no field is to blame. */
  readonly field: string | null;
  /** The formats that say so, as people call them. */
  readonly formats: readonly string[];
  /** Where in the document, as the validator has it; the field for a loss. */
  readonly place: string;
  readonly rule: string;
  readonly message: string;
}

const findingLevels: readonly FindingLevel[] = ['error', 'warning', 'later', 'note', 'loss'];

/** What every advisory has beside its text, and a format without a place for it need not tell its author. */
const formal: readonly string[] = ['daylight', 'kind', 'version', 'tlp', 'language', 'policy'];

/** `awaited`: fields of the record that the case has not yet. */
export function findingsIn({ made, left }: Drafts, awaited: readonly string[]): readonly AdvisoryFinding[] {
  const said = [
    ...left
      .flatMap(({ format, errors }) => errors.map((one) => found(format, one, errors.length === 1 && isRefusal(one))))
      .map((one) => (one.field !== null && awaited.includes(one.field) ? { ...one, level: 'later' as const } : one)),
    ...made.flatMap(({ format, remarks }) => remarks.map((one) => found(format, one, false))),
    ...made.flatMap(({ format, losses }) =>
      losses
        .filter(({ field }) => !formal.includes(field))
        .map(({ field, why }) => finding(format, { level: 'loss', field, place: field, rule: 'not-carried', message: why })),
    ),
  ];
  return together(said).toSorted((one, other) => findingLevels.indexOf(one.level) - findingLevels.indexOf(other.level));
}

/** A writer that refuses names the place in the record itself. */
function isRefusal({ place }: Check): boolean {
  return /^(?:id|title|summary|description|impact|conditions|detection|workarounds|solution|products|references|notes|cves|severity|cwes|credits|dates|withdrawn)\b/.test(
    place,
  );
}

function found(format: FormatName, { level, place, rule, message }: Check, inRecord: boolean): AdvisoryFinding {
  return finding(format, { level, field: inRecord ? place : sourceField(format, place), place, rule, message });
}

function finding(format: FormatName, one: Omit<AdvisoryFinding, 'formats'>): AdvisoryFinding {
  return { ...one, formats: [formatLabel(format)] };
}

/** What several formats say in the same words of the same field is said once. */
function together(all: readonly AdvisoryFinding[]): readonly AdvisoryFinding[] {
  const said = new Map<string, AdvisoryFinding>();
  for (const one of all) {
    const key = JSON.stringify([one.level, one.field, one.rule, one.message]);
    const before = said.get(key);
    said.set(key, before === undefined ? one : { ...before, formats: [...new Set([...before.formats, ...one.formats])] });
  }
  return [...said.values()];
}
