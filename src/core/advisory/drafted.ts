// SPDX-License-Identifier: Apache-2.0
// What an author writes of an advisory, field by field: each with its place in the record, and with a name that stays when rows move.

import type { Advisory, Branch, Product, Reference } from '../model/advisory.ts';

/** The part of the record that is typed; everything else comes from the case. */
export type Drafted = Pick<
  Advisory,
  | 'title'
  | 'summary'
  | 'description'
  | 'impact'
  | 'conditions'
  | 'detection'
  | 'workarounds'
  | 'solution'
  | 'products'
  | 'references'
  | 'notes'
>;

export interface DraftedField {
  /** The same for the same field of two drafts, whatever stands before it: products and branches count by name, references by address. */
  readonly key: string;
  /** Where it stands in this draft: `products[0].branches[1].fixedBy`. */
  readonly place: string;
  /** Whose it is, from the outside in: `libvirt`, `master`; empty for a field of the advisory itself. */
  readonly of: readonly string[];
  /** `fixedBy`, `summary`. */
  readonly name: string;
  /** Paragraphs with an empty line between two; entries of a list on lines of their own. */
  readonly text: string;
}

const texts = ['title', 'summary', 'description', 'impact', 'detection', 'solution'] as const;
const paragraphs = ['conditions', 'notes'] as const;
const ofProduct = ['component', 'repository', 'prose'] as const;
const listsOfBranch = ['introducedBy', 'fixedBy', 'vulnerableTags', 'fixedTags'] as const;

/** Every field that says something, in the order of the record. */
export function fieldsOf(drafted: Drafted): readonly DraftedField[] {
  const { workarounds } = drafted;
  return [
    ...texts.flatMap((name) => field([], '', name, drafted[name])),
    ...paragraphs.flatMap((name) => field([], '', name, drafted[name]?.join('\n\n'))),
    ...field([], '', 'workarounds', workarounds === 'none-known' ? 'none known' : workarounds?.join('\n\n')),
    ...distinct(drafted.products, ({ name }) => name).flatMap(([product, name, at]) => productFields(product, name, `products[${at}].`)),
    ...distinct(drafted.references ?? [], nameOfReference).flatMap(([reference, name, at]) =>
      field(['references', name], `references[${at}]`, '', shownReference(reference)),
    ),
  ];
}

function productFields(product: Product, name: string, place: string): readonly DraftedField[] {
  return [
    ...field([name], place, 'name', product.name),
    ...ofProduct.flatMap((key) => field([name], place, key, product[key])),
    ...distinct(product.branches ?? [], (branch) => branch.name).flatMap(([branch, own, at]) =>
      branchFields(branch, [name, own], `${place}branches[${at}].`),
    ),
  ];
}

function branchFields(branch: Branch, of: readonly string[], place: string): readonly DraftedField[] {
  return [
    ...field(of, place, 'status', branch.status),
    ...listsOfBranch.flatMap((key) => field(of, place, key, branch[key]?.join('\n'))),
    ...field(of, place, 'note', branch.note),
  ];
}

function field(of: readonly string[], place: string, name: string, text: string | undefined): readonly DraftedField[] {
  return text === undefined ? [] : [{ key: JSON.stringify([...of, name]), place: `${place}${name}`, of, name, text }];
}

/** Each with a name that no other has: a second `master` is `master (2)`. */
function distinct<T>(all: readonly T[], nameOf: (one: T) => string): readonly (readonly [one: T, name: string, at: number])[] {
  const seen = new Map<string, number>();
  return all.map((one, at) => {
    const name = nameOf(one);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return [one, times === 1 ? name : `${name} (${times})`, at];
  });
}

function nameOfReference({ url, tracker, id, title }: Reference): string {
  return url ?? [tracker, id ?? title].filter((word) => word !== undefined).join(' ');
}

function shownReference({ kind, url, tracker, id, title }: Reference): string {
  return [kind, url, tracker, id, title].filter((word) => word !== undefined).join('\n');
}
