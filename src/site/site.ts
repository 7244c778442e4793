// SPDX-License-Identifier: Apache-2.0
// The public site: documents in, paths with bytes out. Pure, and the same documents give the same bytes, all at once or one by one.

import { createHash } from 'node:crypto';
import { creditsPage } from './credits.ts';
import { csafLists } from './csaf.ts';
import { manifestFile, manifestOf } from './document-files.ts';
import { advisoryFiles, entryOf, pathsOf } from './entry.ts';
import { atomFeed, mostInFeed, noticeList, osvIndex } from './feeds.ts';
import { textFile } from './frame.ts';
import { indexJson, rootIndex } from './index-json.ts';
import { keyFiles } from './key-page.ts';
import { byAge, firstPage, mostOnFirstPage, searchFile, yearPage } from './lists.ts';
import type { Entry, SiteAdvisory, SiteFile, SiteRecord, SiteSettings } from './model.ts';
import { policyPages } from './policy-pages.ts';
import { recordFiles, recordLine, recordList } from './record-page.ts';
import { remembered } from './remembered.ts';

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

function numbered(index: SiteIndex, { year, number }: Pick<Entry, 'year' | 'number'>): Entry | undefined {
  return index.get(year)?.find((entry) => entry.number === number);
}

/** The whole site, file by file. What is read of the advisories is kept as far as lists need it, and no more. */
export async function* wholeSite(
  site: SiteSettings,
  advisories: AsyncIterable<SiteAdvisory> | Iterable<SiteAdvisory>,
  records: readonly SiteRecord[],
): AsyncGenerator<SiteFile> {
  const entries: Entry[] = [];
  const hashes = new Map<string, [path: string, hash: string][]>();
  for await (const advisory of advisories) {
    const entry = entryOf(advisory);
    entries.push(entry);
    const own = hashes.get(entry.year) ?? [];
    hashes.set(entry.year, own);
    for (const file of advisoryFiles(advisory, entry)) {
      own.push([`../${file.path}`, sha256(file.bytes)]);
      yield file;
    }
  }
  const others = [
    ...listFiles(site, siteIndex(entries)),
    ...records.flatMap((record) => recordFiles(site, record)),
    ...recordList(site, records.map(recordLine)),
    ...standingFiles(site),
    ...site.assets,
    ...[...hashes].map(([year, own]) => manifestFile(own, `${year}/`)),
  ];
  yield* others;
  yield manifestOf(others);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export interface Change {
  readonly index: SiteIndex;
  readonly year: string;
  /** Files of the advisory itself. */
  readonly own: readonly SiteFile[];
  /** Lists that name it. They are written after its own files: nothing points to what is not there yet. */
  readonly lists: readonly SiteFile[];
}

/** What changes when this one advisory is published or corrected; undefined where something of the version before it would have to go. */
export function changedBy(site: SiteSettings, before: SiteIndex, advisory: SiteAdvisory): Change | undefined {
  const entry = entryOf(advisory);
  const known = numbered(before, entry);
  const own = advisoryFiles(advisory, entry);
  const paths = new Set(own.map(({ path }) => path));
  if (known !== undefined && pathsOf(known).some((path) => !paths.has(path))) return undefined;
  const index = withEntry(before, entry);
  const folders = [entry, known].flatMap((one) => one?.csaf?.path.slice(0, 4) ?? []);
  return { index, year: entry.year, own, lists: listFiles(site, index, { years: new Set([entry.year]), folders: new Set(folders) }) };
}

/** What years an entry stands in: its own, and the folder of its CSAF document. */
interface Changed {
  readonly years: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

/** Every list. @param changed years of which the own lists are wanted; absent: all. */
function listFiles(site: SiteSettings, index: SiteIndex, changed?: Changed): readonly SiteFile[] {
  const years = [...index.keys()].sort().reverse();
  const all = years.map((year) => index.get(year) ?? []);
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
    creditsPage(site, all),
    atomFeed(site, foremost(all.map(lastChanged), mostInFeed, byChange)),
    firstPage(site, foremost(all, mostOnFirstPage, byAge), counted),
    rootIndex(site, counted),
  ];
}

/** What does not hang on any advisory: policies, security.txt, the keys. */
export function standingFiles(site: SiteSettings): readonly SiteFile[] {
  return [
    ...policyPages(site),
    // RFC 9116 section 3: below .well-known, and at the top for older readers.
    ...(site.securityTxt === null
      ? []
      : [textFile('.well-known/security.txt', site.securityTxt), textFile('security.txt', site.securityTxt)]),
    ...keyFiles(site),
  ];
}

/** The first so many of all years. @param years each in this order. */
function foremost(years: readonly (readonly Entry[])[], most: number, order: (one: Entry, other: Entry) => number): readonly Entry[] {
  const first = years.flatMap((entries) => entries.slice(0, most));
  return first.sort(order).slice(0, most);
}

function byChange(one: Entry, other: Entry): number {
  if (one.updated !== other.updated) return one.updated < other.updated ? 1 : -1;
  return one.number < other.number ? 1 : -1;
}

/** Of a year, as far as the feed can hold them. */
const lastChanged = remembered((entries: readonly Entry[]) => entries.toSorted(byChange).slice(0, mostInFeed));
