// SPDX-License-Identifier: Apache-2.0
// The lists that people read: the newest advisories with a search over all of them, and each year whole. The list works without the script.

import { dayOf } from '../core/model/day.ts';
import type { Content, Markup } from '../formats/markup.ts';
import { html, joined } from '../formats/markup.ts';
import { spoken } from '../formats/words.ts';
import { pageFile, textFile, upFrom } from './frame.ts';
import type { Entry, SiteFile, SiteSettings } from './model.ts';
import { remembered } from './remembered.ts';

/** Advisories on the first page; all others stand under their years. */
export const mostOnFirstPage = 100;

/** The newest first; of one day the higher number. */
export function byAge(one: Entry, other: Entry): number {
  const [a, b] = [age(one), age(other)];
  return a < b ? 1 : a > b ? -1 : 0;
}

const age = remembered(({ published, number }: Entry) => `${dayOf(published)} ${number}`);

export interface Year {
  readonly year: string;
  readonly count: number;
}

/** @param newest in order of age, no more than are shown. */
export function firstPage(site: SiteSettings, newest: readonly Entry[], years: readonly Year[]): SiteFile {
  const total = years.reduce((sum, { count }) => sum + count, 0);
  const rest = total - newest.length;
  const content = [
    total === 0 ? html`<p class="empty">No advisory has been published yet.</p>\n` : [search(years), table(newest, '')],
    rest > 0 ? html`<p class="after">${rest} older ones stand under their years.</p>\n` : undefined,
    yearLinks(years),
  ];
  const lead =
    site.keys === null ? 'Newest first, each in every format.' : 'Newest first, each in every format, with its hash and its signature.';
  return pageFile(site, {
    path: 'index.html',
    title: 'Security advisories',
    current: 'advisories',
    lead,
    content,
    scripts: ['site-search.js'],
  });
}

/** It hangs on no other year. @param entries of this year, in order of age. */
export function yearPage(site: SiteSettings, year: string, entries: readonly Entry[]): SiteFile {
  const path = `${year}/index.html`;
  const count = `${entries.length} ${entries.length === 1 ? 'advisory' : 'advisories'}, newest first.`;
  const content = [
    table(entries, upFrom(path)),
    html`<p class="after"><a href="../index.html#years">Other years</a></p>\n`,
    html`<p class="after label">For machines: <a href="index.json">index.json</a> names every file of this year with its hash.</p>\n`,
  ];
  return pageFile(site, { path, title: `Security advisories of ${year}`, current: 'advisories', lead: count, content });
}

/** What the search of a browser reads: a script and no data file, because pages that are opened from a disk may load nothing else. */
export function searchFile(year: string, entries: readonly Entry[]): SiteFile {
  return textFile(`${year}/search.js`, `siteSearch(${JSON.stringify(year)}, [\n${entries.map(searchLine).join(',\n')}\n]);\n`);
}

const searchLine = remembered(({ number, title, cves, published, page }: Entry) =>
  JSON.stringify([number, title, cves.join(' '), dayOf(published), page]),
);

/** Shown by the script, which alone makes it work. */
function search(years: readonly Year[]): Markup {
  return html`<div class="form" id="search" data-years="${years.map(({ year }) => year).join(' ')}" hidden>
<div class="field"><label for="wanted">Search all advisories</label><span class="label" id="search-hint">A number, a CVE, a word of the title</span>
<input class="input is-short" id="wanted" type="search" aria-describedby="search-hint" autocomplete="off" spellcheck="false"></div>
<p class="label after" role="status" id="found"></p>
</div>
`;
}

function table(entries: readonly Entry[], up: string): Markup {
  return html`<div class="after"><table class="ledger folds advisories">
<caption class="unseen">Published advisories</caption>
<thead><tr><th scope="col" class="c-number">Number</th><th scope="col">What it is about</th><th scope="col" class="c-clock">CVE</th><th scope="col" class="c-clock">Published</th></tr></thead>
<tbody id="advisories">
${entries.map(up === '' ? rowAbove : rowOfYear)}</tbody>
</table></div>
`;
}

function row(entry: Entry, up: string): Markup {
  const { number, title, version, published, withdrawn, cves, severity, record } = entry;
  const beside: Content[] = [
    ...(severity === null ? [] : [severity.words]),
    ...(withdrawn ? ['withdrawn'] : []),
    ...(version > 1 ? [corrected(entry, up)] : []),
    ...(record === null ? [] : [html`<a href="${up}${record}">the whole record<span class="unseen"> of ${number}</span></a>`]),
  ];
  const small = beside.length === 0 ? undefined : html`<small>${joined(beside, ' · ')}</small>`;
  const ids = joined(
    cves.map((id) => html`<span class="id nowrap">${id}</span>`),
    ' ',
  );
  return html`<tr><th scope="row"><a class="id" href="${up}${entry.page}">${number}</a></th><td>${withdrawn ? html`<s>${title}</s>` : title}${small}</td><td data-l="CVE">${ids}</td><td data-l="Published"><time datetime="${published}">${spoken(published)}</time></td></tr>\n`;
}

/** In the list at the top of the site, and in that of a year. */
const rowAbove = remembered((entry: Entry) => row(entry, ''));
const rowOfYear = remembered((entry: Entry) => row(entry, '../'));

function corrected({ number, version, earlier }: Entry, up: string): Content {
  const links = earlier.map((one) => html`<a href="${up}${one.page}">version ${one.version}<span class="unseen"> of ${number}</span></a>`);
  return [`corrected, version ${version}`, links.length === 0 ? undefined : ['; before it: ', joined(links, ', ')]];
}

function yearLinks(years: readonly Year[]): Content {
  if (years.length === 0) return undefined;
  const links = years.map(
    ({ year, count }) => html`<li><a href="${year}/index.html">${year}</a> <span class="count">${count}</span></li>\n`,
  );
  return html`<nav class="part" id="years" aria-label="Years"><header><h2>By year</h2></header>\n<ul class="actions">\n${links}</ul></nav>\n`;
}
