// SPDX-License-Identifier: Apache-2.0
// The advisory as its author types it: every property of the draft as a named input, several on lines or in paragraphs of their own.

import type { AdvisoryPart } from '../core/model/case.ts';
import type { Field } from './fields.ts';

/** One branch of one product, a row of the table. Lists stand in one input, with spaces or commas between. */
export interface BranchRow {
  readonly name: string;
  readonly status: string;
  readonly introducedBy: string;
  readonly fixedBy: string;
  readonly vulnerableTags: string;
  readonly fixedTags: string;
}

export interface ProductRow {
  readonly name: string;
  readonly repository: string;
  readonly component: string;
  /** Affected versions in words, where ranges do not say it. */
  readonly prose: string;
  readonly branches: readonly BranchRow[];
}

export interface ReferenceRow {
  readonly kind: string;
  readonly url: string;
  readonly title: string;
}

export interface AdvisoryValues {
  /** By field name: title, summary, description, impact, conditions, detection, workarounds, solution, notes. */
  readonly texts: Readonly<Record<string, string>>;
  /** The author says that nothing helps without the fix. */
  readonly noWorkaround: boolean;
  readonly products: readonly ProductRow[];
  readonly references: readonly ReferenceRow[];
}

export const emptyBranch: BranchRow = { name: '', status: 'affected', introducedBy: '', fixedBy: '', vulnerableTags: '', fixedTags: '' };
export const emptyProduct: ProductRow = { name: '', repository: '', component: '', prose: '', branches: [] };
export const emptyReference: ReferenceRow = { kind: 'patch', url: '', title: '' };

/** Columns of the branch table: property, heading, and what it wants. */
export const branchColumns: readonly { readonly name: keyof BranchRow; readonly label: string }[] = [
  { name: 'name', label: 'Branch' },
  { name: 'status', label: 'Status' },
  { name: 'introducedBy', label: 'Introduced by' },
  { name: 'fixedBy', label: 'Fixed by' },
  { name: 'vulnerableTags', label: 'Affected tags' },
  { name: 'fixedTags', label: 'Fixed tags' },
];

interface Text {
  readonly name: string;
  readonly label: string;
  readonly part: AdvisoryPart | null;
  readonly rows: number;
  readonly help: string;
}

/** Written for the one who runs the software: the second-person rule keeps it about what they do. */
const texts: readonly Text[] = [
  { name: 'summary', label: 'Summary', part: 'summary', rows: 3, help: 'Two sentences for somebody who reads no more.' },
  {
    name: 'conditions',
    label: 'Am I affected?',
    part: 'conditions',
    rows: 4,
    help: 'Conditions that must all be true, an empty line between two. Say “you”: “you run …”, “your guests …”.',
  },
  {
    name: 'detection',
    label: 'How can I tell?',
    part: null,
    rows: 3,
    help: 'Commands or log lines. Lines that begin with four spaces stay as they are.',
  },
  {
    name: 'solution',
    label: 'What do I do?',
    part: null,
    rows: 3,
    help: 'Upgrade to what; what to restart afterwards. Address the reader: “Upgrade to …”.',
  },
  { name: 'workarounds', label: 'What helps without the fix', part: 'workaround', rows: 3, help: 'An empty line between two.' },
  {
    name: 'description',
    label: 'What went wrong',
    part: 'description',
    rows: 6,
    help: 'The flaw itself. It names nobody: credit has its own place.',
  },
  { name: 'impact', label: 'Impact', part: 'impact', rows: 3, help: 'What an attacker gains, and who the attacker must be.' },
  { name: 'notes', label: 'Notes', part: null, rows: 2, help: 'Anything else, an empty line between two.' },
];

export function advisoryFields(required: readonly AdvisoryPart[]): readonly Field[] {
  return [
    { kind: 'text', name: 'title', label: 'Title', help: 'What the world will read first. It stays secret until then.', required: true },
    ...texts.map(
      ({ name, label, part, rows, help }): Field => ({
        kind: 'textarea',
        name,
        label,
        rows,
        help: part !== null && required.includes(part) ? `${help} The policy demands it before review.` : help,
        required: false,
        later: part !== null && required.includes(part),
      }),
    ),
  ];
}
