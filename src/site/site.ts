// SPDX-License-Identifier: Apache-2.0
// The public site: documents in, paths with bytes out. Pure, and the same documents give the same bytes, all at once or one by one.

import { creditsPage } from './credits.ts';
import { csafLists } from './csaf.ts';
import { advisoryFiles, entryOf } from './entry.ts';
import { atomFeed, mostInFeed, noticeList, osvIndex } from './feeds.ts';
import { textFile } from './frame.ts';
import { indexJson, rootIndex } from './index-json.ts';
import { byAge, firstPage, mostOnFirstPage, searchFile, yearPage } from './lists.ts';
import type { Entry, SiteAdvisory, SiteFile, SiteRecord, SiteSettings } from './model.ts';
import { policyPages } from './policy-pages.ts';
import { recordFiles, recordLine, recordList } from './record-page.ts';

/** Entries by year, each year in order of age. */
export type SiteIndex = ReadonlyMap<string, readonly Entry[]>;

export function siteIndex(entries: Iterable<Entry>): SiteIndex {
  const years = new Map<string, Entry[]>();
  for (const entry of entries) {
    const year = years.get(entry.year);
    if (year === undefined) years.set(entry.year, [entry]);
    else year.push(entry);
  }
  for (const year of years.values()) year.sort(byAge);
  return years;
}

/** The same with this entry, in the place of the one of its number. */
function withEntry(index: SiteIndex, entry: Entry): SiteIndex {
  const others = (index.get(entry.year) ?? []).filter(({ number }) => number !== entry.number);
  return new Map([...index, [entry.year, [...others, entry].sort(byAge)]]);
}

function hasNumber(index: SiteIndex, { year, number }: Pick<Entry, 'year' | 'number'>): Entry | undefined {
  return index.get(year)?.find((entry) => entry.number === number);
}

/** The whole site, file by file. What is read of the advisories is kept as far as lists need it, and no more. */
export async function* wholeSite(
  site: SiteSettings,
  advisories: AsyncIterable<SiteAdvisory> | Iterable<SiteAdvisory>,
  records: readonly SiteRecord[],
): AsyncGenerator<SiteFile> {
  const entries: Entry[] = [];
  for await (const advisory of advisories) {
    const entry = entryOf(advisory);
    entries.push(entry);
    yield* advisoryFiles(advisory, entry);
  }
  yield* listFiles(site, siteIndex(entries));
  for (const record of records) yield* recordFiles(site, record);
  yield* recordList(site, records.map(recordLine));
  yield* standingFiles(site);
  yield* site.assets;
}

/** What changes when this one advisory is published or corrected, in the order in which it is to be written: nothing points to what is not there yet. */
export function changedBy(
  site: SiteSettings,
  before: SiteIndex,
  advisory: SiteAdvisory,
): { readonly index: SiteIndex; readonly files: readonly SiteFile[] } {
  const entry = entryOf(advisory);
  const index = withEntry(before, entry);
  const folders = [entry, hasNumber(before, entry)].flatMap((one) => one?.csaf?.path.slice(0, 4) ?? []);
  const changed = { years: new Set([entry.year]), folders: new Set(folders) };
  return { index, files: [...advisoryFiles(advisory, entry), ...listFiles(site, index, changed)] };
}

/** What years an entry stands in: its own, and the folder of its CSAF document. */
interface Changed {
  readonly years: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

/** Every list. @param changed years of which the own lists are wanted; absent: all. */
function listFiles(site: SiteSettings, index: SiteIndex, changed?: Changed): readonly SiteFile[] {
  const years = [...index.keys()].sort().reverse();
  const all = years.flatMap((year) => index.get(year) ?? []);
  const own = years.filter((year) => changed?.years.has(year) ?? true);
  const counted = years.map((year) => ({ year, count: index.get(year)?.length ?? 0 }));
  return [
    ...own.flatMap((year) => {
      const entries = index.get(year) ?? [];
      return [yearPage(site, year, entries), searchFile(year, entries), indexJson(year, entries)];
    }),
    ...csafLists(site, all, changed?.folders),
    osvIndex(all),
    ...noticeList(all),
    creditsPage(
      site,
      years.map((year) => index.get(year) ?? []),
    ),
    atomFeed(site, foremost(all, mostInFeed, byChange)),
    firstPage(site, foremost(all, mostOnFirstPage, byAge), counted),
    rootIndex(site, counted),
  ];
}

/** What does not hang on any advisory: policies, security.txt, the key. */
export function standingFiles(site: SiteSettings): readonly SiteFile[] {
  return [
    ...policyPages(site),
    // RFC 9116 section 3: below .well-known, and at the top for older readers.
    ...(site.securityTxt === null
      ? []
      : [textFile('.well-known/security.txt', site.securityTxt), textFile('security.txt', site.securityTxt)]),
    ...(site.key === null ? [] : [textFile('key.asc', site.key.armored)]),
  ];
}

function foremost(entries: readonly Entry[], most: number, order: (one: Entry, other: Entry) => number): readonly Entry[] {
  return entries.toSorted(order).slice(0, most);
}

function byChange(one: Entry, other: Entry): number {
  if (one.updated !== other.updated) return one.updated < other.updated ? 1 : -1;
  return one.number < other.number ? 1 : -1;
}
