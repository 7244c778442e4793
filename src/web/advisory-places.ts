// SPDX-License-Identifier: Apache-2.0
// Places of the record as the editor has them: the input in which somebody mends it, or the fact of the case from which it comes.

import type { AdvisoryValues } from './advisory-form.ts';
import { advisoryFields, branchColumns } from './advisory-form.ts';
import { fieldId } from './fields.ts';

export interface EditorPlace {
  /** Id of what a link leads to. */
  readonly id: string;
  /** Name of the input; null for a fact of the case. */
  readonly input: string | null;
  readonly label: string;
}

/** Facts of the case that stand beside the form, and the fields of the record that come from each. */
const facts = {
  number: { label: 'Number', fields: ['id', 'aliases', 'related'] },
  cve: { label: 'CVE', fields: ['cves'] },
  severity: { label: 'Severity', fields: ['severity', 'ssvc', 'attackPatterns'] },
  weaknesses: { label: 'Weaknesses', fields: ['cwes'] },
  credit: { label: 'Credit', fields: ['credits'] },
  dates: { label: 'Dates', fields: ['dates', 'timeline', 'errata', 'version'] },
} as const;
export type FactPlace = keyof typeof facts;

export function factId(fact: FactPlace): string {
  return `fact-${fact}`;
}

const labels = new Map(advisoryFields([]).map(({ name, label }) => [name, label] as const));
const productLabels: Readonly<Record<string, string>> = {
  name: 'Product',
  component: 'Component',
  repository: 'Repository',
  prose: 'Affected versions in words',
};
const columns = new Map<string, string>(branchColumns.map(({ name, label }) => [name, label] as const));
const referenceLabels: Readonly<Record<string, string>> = { kind: 'Kind', url: 'Address', title: 'Title' };

/** Where `products[0].branches[1].fixedBy[0]` is mended; undefined where no input and no fact has to do with it. */
export function editorPlace(
  place: string,
  { products, references }: Pick<AdvisoryValues, 'products' | 'references'>,
): EditorPlace | undefined {
  const path = place.split(/[.[\]]+/).filter((one) => one !== '');
  const [first = '', index = '', inner, row = '', column] = path;
  if (labels.has(first)) return input(first, labels.get(first) ?? first);
  const fact = (Object.keys(facts) as FactPlace[]).find((one) => (facts[one].fields as readonly string[]).includes(first));
  if (fact !== undefined) return { id: factId(fact), input: null, label: facts[fact].label };
  if (first === 'products') return productPlace(products, index, inner, row, column);
  if (first !== 'references') return undefined;
  const one = references[Number(index)];
  if (one === undefined) return { id: 'references', input: null, label: 'References' };
  const name = inner !== undefined && inner in referenceLabels ? inner : 'url';
  return input(`references.${index}.${name}`, `Reference ${Number(index) + 1}: ${referenceLabels[name]}`);
}

function productPlace(
  products: AdvisoryValues['products'],
  index: string,
  inner: string | undefined,
  row: string,
  column: string | undefined,
): EditorPlace {
  if (index === '') return { id: fieldId('advisory', 'products.0'), input: 'products.0', label: 'Affected versions' };
  const at = Number(index);
  const product = products[at];
  if (product === undefined) return { id: 'affected', input: null, label: 'Affected versions' };
  const name = product.name === '' ? `Product ${at + 1}` : product.name;
  if (inner !== undefined && inner in productLabels) return input(`products.${at}.${inner}`, `${name}: ${productLabels[inner]}`);
  const branch = inner === 'branches' ? product.branches[Number(row === '' ? -1 : row)] : undefined;
  if (branch === undefined) return { id: fieldId('advisory', `products.${at}`), input: `products.${at}`, label: `Branches of ${name}` };
  const cell = column !== undefined && columns.has(column) ? column : 'name';
  return input(`products.${at}.branches.${row}.${cell}`, `${name}, ${branch.name}: ${columns.get(cell)}`);
}

function input(name: string, label: string): EditorPlace {
  return { id: fieldId('advisory', name), input: name, label };
}
