// SPDX-License-Identifier: Apache-2.0
// One advisory on the site: its files at their paths, and what lists say of it, read from the documents themselves.

import type { Advisory } from '../core/model/advisory.ts';
import type { When } from '../core/model/day.ts';
import { publicationOf } from '../formats/timestamps.ts';
import { spokenLevel } from '../formats/words.ts';
import { filesOf } from './document-files.ts';
import type { CsafEntry, Entry, EntryFile, SiteAdvisory, SiteDocument, SiteFile } from './model.ts';

const json = new TextDecoder();

/** The documents of the version that stands; a format that it has no more is gone with the version before. */
export function newest<Kept extends { readonly number: string; readonly version: number }>(documents: readonly Kept[]): readonly Kept[] {
  const versions = new Map<string, number>();
  for (const { number, version } of documents) versions.set(number, Math.max(version, versions.get(number) ?? 0));
  return documents.filter(({ number, version }) => versions.get(number) === version);
}

/** Versions before the one that stands stay where they can be read, byte for byte: `LSN-2026-0003-v1.txt`. */
export function pathOf(number: string, { file, version }: Pick<SiteDocument, 'file' | 'version'>, standing: number): string {
  return version === standing ? file : `${number}-v${version}${file.slice(number.length)}`;
}

/** What lists say of the advisory. Its own record in JSON is among its documents; where it is not, number and title are all that is known. */
export function entryOf(advisory: SiteAdvisory): Entry {
  const { number, title, record } = advisory;
  const standing = standingVersion(advisory);
  const current = advisory.documents.filter(({ version }) => version === standing);
  const said = parsed<Partial<Advisory>>(current, 'advisory') ?? {};
  const published = publicationOf(said) ?? advisory.preparedAt;
  const page = current.find(({ format }) => format === 'html') ?? current.find(({ format }) => format === 'text') ?? current[0];
  const [severity] = said.severity ?? [];
  return {
    number,
    title,
    year: /-(\d{4})-/.exec(number)?.[1] ?? published.slice(0, 4),
    kind: said.kind ?? 'advisory',
    version: standing,
    published,
    updated: latest([published, said.dates?.modified, said.dates?.withdrawn, ...(said.errata ?? []).map(({ date }) => date)]),
    withdrawn: said.withdrawn !== undefined || said.dates?.withdrawn !== undefined,
    cves: (said.cves ?? []).map(({ id }) => id),
    severity: severity === undefined ? null : { level: severity.level ?? null, words: spokenLevel(severity) },
    summary: said.summary ?? null,
    credits: (said.credits ?? []).flatMap(({ kind, name, organisation }) =>
      name === undefined ? [] : [{ kind, name, organisation: organisation ?? null }],
    ),
    page: page?.file ?? `${number}.html`,
    record,
    files: advisory.documents.map((document) => fileEntry(number, document, standing)),
    earlier: earlierOf(advisory, standing),
    csaf: csafEntry(current),
    osv: osvEntry(current),
  };
}

/** Every document at its path, and beside them the copies that machines look for elsewhere: CSAF by year (CSAF 2.0 section 7.1.11), OSV by id. */
export function advisoryFiles(advisory: SiteAdvisory, entry: Entry): readonly SiteFile[] {
  const standing = entry.version;
  const own = advisory.documents.flatMap((document) => filesOf(document, pathOf(entry.number, document, standing)));
  const current = advisory.documents.filter(({ version }) => version === standing);
  const csaf = current.find(({ format }) => format === 'csaf');
  const osv = current.find(({ format }) => format === 'osv');
  return [
    ...own,
    ...(csaf === undefined || entry.csaf === null ? [] : filesOf(csaf, `csaf/${entry.csaf.path}`)),
    ...(osv === undefined || entry.osv === null ? [] : filesOf(osv, `osv/${entry.osv.id}.json`)),
  ];
}

/** The documents of an entry, where they lie. */
export function pathsOf({ files, csaf, osv }: Entry): readonly string[] {
  return [
    ...files.flatMap(({ file, signature }) => [file, ...(signature === null ? [] : [signature])]),
    ...(csaf === null ? [] : [`csaf/${csaf.path}`]),
    ...(osv === null ? [] : [`osv/${osv.id}.json`]),
  ];
}

function standingVersion({ documents }: SiteAdvisory): number {
  return Math.max(0, ...documents.map(({ version }) => version));
}

function fileEntry(number: string, document: SiteDocument, standing: number): EntryFile {
  const { version, format, sha256, signature } = document;
  const file = pathOf(number, document, standing);
  return { version, format, file, sha256, signature: signature === null ? null : `${file}.asc` };
}

/** The page of each version before the one that stands, or its text. */
function earlierOf({ number, documents }: SiteAdvisory, standing: number): Entry['earlier'] {
  const versions = [...new Set(documents.map(({ version }) => version))].filter((version) => version < standing).sort((a, b) => a - b);
  return versions.flatMap((version) => {
    const of = documents.filter((document) => document.version === version);
    const page = of.find(({ format }) => format === 'html') ?? of.find(({ format }) => format === 'text');
    return page === undefined ? [] : [{ version, page: pathOf(number, page, standing) }];
  });
}

interface CsafDocument {
  readonly document: {
    readonly title: string;
    readonly tracking: { readonly id: string; readonly initial_release_date: string; readonly current_release_date: string };
  };
}

/** The file name follows from the document's id, and its folder from the year in which it was first released (CSAF 2.0 sections 5.1 and 7.1.11). */
function csafEntry(documents: readonly SiteDocument[]): CsafEntry | null {
  const found = parsed<CsafDocument>(documents, 'csaf');
  if (found === undefined) return null;
  const { title, tracking } = found.document;
  const { id, initial_release_date: initial, current_release_date: current } = tracking;
  const signed = documents.some(({ format, signature }) => format === 'csaf' && signature !== null);
  return { id, title, path: `${initial.slice(0, 4)}/${id.toLowerCase().replaceAll(/[^+\-a-z0-9]+/g, '_')}.json`, initial, current, signed };
}

function osvEntry(documents: readonly SiteDocument[]): Entry['osv'] {
  const found = parsed<NonNullable<Entry['osv']>>(documents, 'osv');
  return found === undefined ? null : { id: found.id, modified: found.modified };
}

/** What this program itself wrote: its shape is known. */
function parsed<Shape>(documents: readonly SiteDocument[], format: string): Shape | undefined {
  const found = documents.find((document) => document.format === format);
  return found === undefined ? undefined : (JSON.parse(json.decode(found.bytes)) as Shape);
}

/** A day is as late as its first second. */
function latest(dates: readonly (When | undefined)[]): When {
  const known = dates.filter((date) => date !== undefined).sort();
  return known.at(-1) ?? (dates[0] as When);
}
