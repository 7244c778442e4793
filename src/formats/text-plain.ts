// SPDX-License-Identifier: Apache-2.0
// The usual text layout: first whether a reader is affected and what to do, then which branches, then the story.

import type { Advisory, Branch, Product } from '../core/model/advisory.ts';
import { type Publisher, repositoryAddress } from './publisher.ts';
import { headColumn, labelColumn, type TextLayout } from './text-sections.ts';
import { grouped, justificationWords, kindWords, spoken, spokenLevel, spokenRange, spokenState, statusWords } from './words.ts';
import { heading, rows } from './wrap.ts';

export const plainLayout: TextLayout = {
  head,
  order: [
    'withdrawn',
    'summary',
    'conditions',
    'detection',
    'solution',
    'workarounds',
    'products',
    'description',
    'impact',
    'exploitation',
    'severity',
    'numbers',
    'credits',
    'timeline',
    'references',
    'notes',
    'errata',
  ],
  titles: { products: 'Affected versions' },
  own: { products: (advisory, publisher) => parted(advisory.products.map((product) => productLines(product, publisher))) },
};

function head(advisory: Advisory): readonly string[] {
  const facts = factRows(advisory, headColumn);
  return [...heading(`${advisory.id}: ${advisory.title}`, '='), ...(facts.length === 0 ? [] : ['', ...facts])];
}

/** The facts that fit one line each, in both layouts. */
export function factRows(advisory: Advisory, at: number): readonly string[] {
  const { dates } = advisory;
  const date = (label: string, when: Parameters<typeof spoken>[0] | undefined) => rows(label, when === undefined ? [] : [spoken(when)], at);
  const cves = (advisory.cves ?? []).map((each) => each.id);
  return [
    ...rows('Number', cves.length === 0 ? [] : [cves.join(', ')], at),
    ...rows('Also known as', advisory.aliases ?? [], at),
    ...rows('Related', advisory.related ?? [], at),
    ...(advisory.kind === 'notice' ? [] : rows('Kind', [kindWords[advisory.kind]], at)),
    ...(advisory.version === 1 ? [] : rows('Version', [`${advisory.version}`], at)),
    ...date('Reported', dates.reported),
    ...date('Published', dates.published),
    ...date('Fixed', dates.fixed),
    ...date('Modified', dates.modified),
    ...date('Withdrawn', dates.withdrawn),
    ...rows(
      'Severity',
      (advisory.severity ?? []).slice(0, 1).map((each) => `${spokenLevel(each)}, by ${each.by}`),
      at,
    ),
    ...rows('TLP', advisory.tlp === undefined ? [] : [`TLP:${advisory.tlp}`], at),
    ...rows('Language', advisory.language === undefined ? [] : [advisory.language], at),
    ...rows('Policy', advisory.policy === undefined ? [] : [advisory.policy], at),
  ];
}

function productLines(product: Product, publisher: Publisher): readonly string[] {
  const branches = grouped(product.branches ?? []).map(([first, ...rest]) => branchLines(first, rest));
  return parted([productFacts(product, publisher), ...branches]);
}

/** What a product says of itself apart from its branches. */
export function productFacts(product: Product, publisher: Publisher): readonly string[] {
  const one = (label: string, value: string | undefined) => rows(label, value === undefined ? [] : [value], labelColumn);
  const repository = product.repository === undefined ? undefined : repositoryAddress(product.repository, publisher);
  return [
    ...one('Name', product.name),
    ...one('Repository', repository),
    ...rows('Versions', (product.ranges ?? []).map(spokenRange), labelColumn),
    ...one('Versions', product.prose),
    ...rows('Status', stateOf(spokenState(product), product), labelColumn),
    ...one('Vendor', product.vendor),
    ...one('Component', product.component),
    ...rows('Platform', product.platforms ?? [], labelColumn),
    ...rows('File', product.files ?? [], labelColumn),
    ...rows('Routine', product.routines ?? [], labelColumn),
    ...rows('Number', product.cves ?? [], labelColumn),
    ...one('Package', product.package),
    ...one('Collection', product.collection),
    ...one('purl', product.purl),
    ...one('Ecosystem', product.ecosystem),
    ...rows('CPE', [...(product.cpe === undefined ? [] : [product.cpe]), ...(product.otherCpes ?? [])], labelColumn),
  ];
}

/** The state of a branch in words, for the layout that does not list it otherwise. */
export function statusRows(branch: Branch): readonly string[] {
  return rows('Status', stateOf(statusWords[branch.status], branch), labelColumn);
}

function stateOf(state: string | undefined, { justification }: Product | Branch): readonly string[] {
  const words = [state, justification && justificationWords[justification]].filter(Boolean);
  return words.length === 0 ? [] : [words.join(': ')];
}

function branchLines(branch: Branch, others: readonly Branch[]): readonly string[] {
  const tags = (all: readonly string[] | undefined) => (all === undefined || all.length === 0 ? [] : [all.join(', ')]);
  return [
    ...rows(others.length === 0 ? 'Branch' : 'Branches', [[branch, ...others].map((each) => each.name).join(', ')], labelColumn),
    ...statusRows(branch),
    ...rows('Fixed in', tags(branch.fixedTags), labelColumn),
    ...rows('Fixed by', branch.fixedBy ?? [], labelColumn),
    ...rows('Broken in', tags(branch.vulnerableTags), labelColumn),
    ...rows('Broken by', branch.introducedBy ?? [], labelColumn),
    ...rows('Note', branch.note === undefined ? [] : [branch.note], labelColumn),
  ];
}

/** `parts` with an empty line between two. */
function parted(parts: readonly (readonly string[])[]): readonly string[] {
  return parts.flatMap((part, at) => (at === 0 ? part : ['', ...part]));
}
