// SPDX-License-Identifier: Apache-2.0
// The text layout of libvirt's notices: what its readers and their scripts know, with the parts that a notice never had after it (LIBVIRT-16).

import type { Advisory, Branch, Product, Reference } from '../core/model/advisory.ts';
import { isDay, type When } from '../core/model/day.ts';
import type { Publisher } from './publisher.ts';
import { factRows, productFacts, statusRows } from './text-plain.ts';
import { creditLines, headColumn, labelColumn, referenceLines, type TextLayout, workarounds } from './text-sections.ts';
import { spoken, spokenBug, spokenCredit } from './words.ts';
import { heading, pageWidth, rows, wrapProse } from './wrap.ts';

const proseWidth = 68;
const titleMargin = 8;

export const libvirtLayout: TextLayout = {
  head,
  order: [
    'withdrawn',
    'summary',
    'description',
    'conditions',
    'detection',
    'impact',
    'exploitation',
    'workarounds',
    'solution',
    'products',
    'severity',
    'numbers',
    'credits',
    'timeline',
    'references',
    'notes',
    'errata',
  ],
  titles: {},
  own: {
    description: (advisory) => (advisory.description === undefined ? [] : wrapProse(advisory.description, proseWidth)),
    impact: (advisory) => (advisory.impact === undefined ? [] : wrapProse(advisory.impact, proseWidth)),
    workarounds: (advisory) => workarounds(advisory, proseWidth),
    products: (advisory, publisher) =>
      advisory.products.flatMap((product, at) => (at === 0 ? [] : ['']).concat(productLines(product, publisher))),
    credits: (advisory, publisher) =>
      creditLines(
        (advisory.credits ?? []).filter((each) => !inHead(each.kind)),
        publisher,
      ),
    references: (advisory, publisher) =>
      referenceLines(
        (advisory.references ?? []).filter((each) => !isBugNumber(each)),
        publisher,
      ),
  },
};

function head(advisory: Advisory, publisher: Publisher): readonly string[] {
  const title = heading(`Libvirt Security Notice: ${advisory.id}`, '=', pageWidth - titleMargin);
  return [...title.map((each) => ' '.repeat(titleMargin) + each), '', ...facts(advisory, publisher)];
}

function facts(advisory: Advisory, publisher: Publisher): readonly string[] {
  const { dates } = advisory;
  const references = (advisory.references ?? []).filter(isBugNumber).map((each) => spokenBug(each) ?? '');
  const also = [...(advisory.cves ?? []).map((each) => each.id), ...references].join(', ');
  const date = (label: string, when: When | undefined) => rows(label, when === undefined ? [] : [compact(when)], headColumn);
  const { reported: _r, published: _p, fixed: _f, ...otherDates } = dates;
  const { cves: _c, ...rest } = advisory;
  return [
    ...rows('Summary', [advisory.title], headColumn),
    ...date('Reported on', dates.reported),
    ...date('Published on', dates.published),
    ...date('Fixed on', dates.fixed),
    ...people(advisory, publisher),
    ...rows('See also', also === '' ? [] : [also], headColumn),
    ...factRows({ ...rest, dates: otherDates }, headColumn),
  ];
}

/** Both rows stand, one of them perhaps empty, as soon as anybody is thanked. */
function people(advisory: Advisory, publisher: Publisher): readonly string[] {
  const credits = (advisory.credits ?? []).filter((each) => inHead(each.kind));
  if (credits.length === 0) return [];
  const named = (kind: 'reporter' | 'patcher') => credits.filter((each) => each.kind === kind).map((each) => spokenCredit(each, publisher));
  const row = (label: string, all: readonly string[]) =>
    all.length === 0
      ? [`${label.padStart(headColumn)}:`]
      : rows(
          label,
          all.map((each, at) => (at < all.length - 1 ? `${each},` : each)),
          headColumn,
        );
  return [...row('Reported by', named('reporter')), ...row('Patched by', named('patcher'))];
}

function inHead(kind: string): boolean {
  return kind === 'reporter' || kind === 'patcher';
}

function isBugNumber(reference: Reference): boolean {
  return (
    reference.kind === 'bug' &&
    reference.tracker !== undefined &&
    reference.url === undefined &&
    reference.branch === undefined &&
    reference.title === undefined
  );
}

/** `20200414`; an instant keeps its hour. */
function compact(when: When): string {
  return isDay(when) ? when.replaceAll('-', '') : spoken(when);
}

function productLines(product: Product, publisher: Publisher): readonly string[] {
  return [...productFacts(product, publisher), ...(product.branches ?? []).flatMap((branch) => ['', ...branchLines(branch)])];
}

/** One release or commit a line. The state is said only where the lists do not show it. */
function branchLines(branch: Branch): readonly string[] {
  const shown = (branch.fixedTags ?? []).length + (branch.fixedBy ?? []).length > 0 ? 'fixed' : 'affected';
  return [
    ...rows('Branch', [branch.name], labelColumn),
    ...(branch.status === shown && branch.justification === undefined ? [] : statusRows(branch)),
    ...each('Broken in', branch.vulnerableTags),
    ...each('Fixed in', branch.fixedTags),
    ...each('Broken by', branch.introducedBy),
    ...each('Fixed by', branch.fixedBy),
    ...rows('Note', branch.note === undefined ? [] : [branch.note], labelColumn),
  ];
}

function each(label: string, values: readonly string[] | undefined): readonly string[] {
  return (values ?? []).flatMap((value) => rows(label, [value], labelColumn));
}
