// SPDX-License-Identifier: Apache-2.0
// The advisory as the page of OpenStack's site, in reStructuredText: the parts and their order are those of its own template (CONTRACT 3.6).

import type { Advisory, Credit, Product } from '../core/model/advisory.ts';
import { dayOf } from '../core/model/day.ts';
import { blocksOf, isVerbatim, type Prose } from '../core/model/prose.ts';
import { isAffected, productName } from './affected.ts';
import { charactersLost } from './characters.ts';
import type { Loss, Written } from './format.ts';
import { lossesBeside, lossesIn } from './losses.ts';
import { writeOssaVersions } from './ossa-versions.ts';
import type { Publisher } from './publisher.ts';
import { addressesWithheld } from './text.ts';
import { spokenRange } from './words.ts';
import { columns, pageWidth, wrap } from './wrap.ts';

const noPlace = 'a page of OpenStack has no place for it';
const carried = [
  'daylight',
  'id',
  'kind',
  'version',
  'errata',
  'title',
  'description',
  'products',
  'cves',
  'credits',
  'dates',
  'references',
  'notes',
];

export function writeRst(advisory: Advisory, publisher: Publisher): Written {
  const parts = Object.entries(sections).map(([title, lines]) => section(title, lines(advisory)));
  const text = [head(advisory), ...parts].filter((lines) => lines.length > 0).map((lines) => `${lines.join('\n')}\n`);
  return {
    ok: true,
    text: text.join('\n'),
    losses: [...charactersLost(advisory, 'visible'), ...addressesWithheld(advisory, publisher), ...losses(advisory)],
  };
}

/** A heading is never wrapped: its line and the rules above and below are one length. */
function head({ id, title, dates, cves }: Advisory): readonly string[] {
  const words = escaped(`${id}: ${title}`);
  const rule = '='.repeat(columns(words));
  const date = dates.published === undefined ? [] : [`:Date: ${spelledDay(dayOf(dates.published))}`];
  const numbers = cves === undefined ? [] : [`:CVE: ${cves.map((each) => each.id).join(',\n      ')}`];
  return [rule, words, rule, '', ...date, ...numbers];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, '~'.repeat(title.length), '', ...lines];
}

const sections: Readonly<Record<string, (advisory: Advisory) => readonly string[]>> = {
  Affects: ({ products }) =>
    items(products.filter(isAffected).map((product) => `${productName(product, products)}: ${versionsOf(product)}`)),
  Description: ({ description }) => paragraphs(description),
  Errata: ({ errata }) => paragraphs(errata?.at(-1)?.reason),
  Patches: ({ references = [] }) =>
    items(
      references
        .filter(({ kind }) => kind === 'patch')
        .map(({ url, branch }) => [url, branch && `(${capital(branch)})`].filter(Boolean).join(' ')),
    ),
  Credits: ({ credits = [] }) => items(credits.filter(isNamed).map(credited)),
  References: ({ references = [], cves = [] }) => [
    ...items(references.filter(({ kind, url }) => kind !== 'patch' && url !== undefined).map(({ url }) => url ?? '')),
    ...items(cves.map(({ id }) => `https://www.cve.org/CVERecord?id=${id}`)),
  ],
  Notes: ({ notes = [] }) => notes.flatMap((note) => indented('- ', paragraphs(note, 2))),
  'OSSA History': ({ errata = [], dates }) => [
    ...items(errata.toReversed().map(({ version, date }) => `${dayOf(date)} - Errata ${version - 1}`)),
    ...(errata.length === 0 || dates.published === undefined ? [] : items([`${dayOf(dates.published)} - Original Version`])),
  ],
};

function versionsOf({ ranges, prose }: Product): string {
  if (ranges === undefined) return prose ?? 'all versions';
  return ranges.every(({ status }) => status === undefined) ? (writeOssaVersions(ranges) ?? '') : ranges.map(spokenRange).join(', ');
}

function isNamed(credit: Credit): boolean {
  return (credit.kind === 'reporter' || credit.kind === 'finder') && credit.name !== undefined;
}

function credited({ name, organisation, cves = [] }: Credit): string {
  const from = organisation === undefined ? '' : ` from ${organisation}`;
  return `${name}${from}${cves.length === 0 ? '' : ` (${cves.join(', ')})`}`;
}

function items(all: readonly string[]): readonly string[] {
  return all.flatMap((each) => indented('- ', wrap(escaped(each), pageWidth - 2)));
}

function indented(mark: string, lines: readonly string[]): readonly string[] {
  return lines.map((each, at) => (each === '' ? '' : `${at === 0 ? mark : ' '.repeat(mark.length)}${each}`));
}

/** A verbatim block becomes a literal block, its mark on a line of its own. */
function paragraphs(text: Prose | undefined, margin = 0): readonly string[] {
  if (text === undefined) return [];
  return blocksOf(text).flatMap((block, at) => {
    const lines = isVerbatim(block) ? ['::', '', ...block.split('\n')] : wrap(escaped(block), pageWidth - margin);
    return at === 0 ? lines : ['', ...lines];
  });
}

/** What would be markup in reStructuredText, with a backslash before it. An address is left as it is: it becomes a link by itself. */
function escaped(text: string): string {
  return text
    .split(' ')
    .map((word) => (/^https?:\/\//.test(word) ? word : word.replaceAll(/[\\*`|]|_(?![A-Za-z0-9])/g, '\\$&')))
    .join(' ');
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `August 06, 2019`. */
function spelledDay(day: string): string {
  const [year, month, date] = day.split('-');
  return `${months[Number(month) - 1]} ${date}, ${year}`;
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function losses(advisory: Advisory): readonly Loss[] {
  return [
    ...lossesBeside(advisory, carried, noPlace),
    ...(advisory.kind === 'advisory' ? [] : [{ field: 'kind', why: 'everything is an advisory there' }]),
    ...lossesIn(advisory.errata?.slice(0, -1), 'errata', (each, place) =>
      lossesBeside(each, ['version', 'date'], 'only the newest erratum gives its reason', `${place}.`),
    ),
    ...lossesIn(advisory.products, 'products', (each, place) =>
      isAffected(each)
        ? lossesBeside(each, ['name', each.ranges === undefined ? 'prose' : 'ranges'], noPlace, `${place}.`)
        : [{ field: place, why: 'a page of OpenStack lists affected products only' }],
    ),
    ...lossesIn(advisory.cves, 'cves', (each, place) => lossesBeside(each, ['id'], noPlace, `${place}.`)),
    ...lossesIn(advisory.credits, 'credits', (each, place) =>
      isNamed(each)
        ? lossesBeside(each, ['kind', 'name', 'organisation', 'cves', 'email'], noPlace, `${place}.`)
        : [{ field: place, why: 'reporters are credited by name there' }],
    ),
    ...lossesBeside(advisory.dates, ['published'], noPlace, 'dates.'),
    ...lossesIn(advisory.references, 'references', (each, place) =>
      each.url === undefined
        ? [{ field: place, why: 'only what has an address is listed there' }]
        : lossesBeside(each, ['kind', 'url', 'branch', 'tracker', 'id'], noPlace, `${place}.`),
    ),
  ];
}
