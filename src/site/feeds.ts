// SPDX-License-Identifier: Apache-2.0
// Lists for machines beside CSAF: Atom (RFC 4287), libvirt's own list of notices, and the OSV export with its index.

import { html, sourceText } from '../formats/markup.ts';
import { timestamp } from '../formats/timestamps.ts';
import { textFile } from './frame.ts';
import type { Entry, SiteFile, SiteSettings } from './model.ts';
import { fileOfLines, linePerEntry, perEntry } from './per-entry.ts';

/** Entries of the feed: readers keep what they have seen. */
export const mostInFeed = 50;

/** @param latest by their last change, the newest first, no more than the feed holds. */
export function atomFeed(site: SiteSettings, latest: readonly Entry[]): SiteFile {
  const updated = latest[0] === undefined ? '1970-01-01T00:00:00Z' : timestamp(latest[0].updated);
  const feed = html`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>${site.name}: security advisories</title>
<id>${site.url}/atom.xml</id>
<updated>${updated}</updated>
<author><name>${site.name}</name></author>
<link rel="self" type="application/atom+xml" href="${site.url}/atom.xml"/>
<link rel="alternate" type="text/html" href="${site.url}/index.html"/>
${latest.map((entry) => atomEntry(site, entry))}</feed>
`;
  return textFile('atom.xml', sourceText(feed));
}

function atomEntry({ url }: SiteSettings, entry: Entry) {
  const { number, title, page, published, updated, version, withdrawn, cves, severity, summary } = entry;
  const facts = [
    ...(withdrawn ? ['Withdrawn.'] : []),
    ...(cves.length === 0 ? [] : [`${cves.join(', ')}.`]),
    ...(severity === null ? [] : [`Severity: ${severity.words}.`]),
    ...(version > 1 ? [`Version ${version}.`] : []),
    ...(summary === null ? [] : [summary]),
  ];
  return html`<entry>
<title>${number}: ${title}</title>
<id>${url}/${page}</id>
<link rel="alternate" type="text/html" href="${url}/${page}"/>
<published>${timestamp(published)}</published>
<updated>${timestamp(updated)}</updated>
<summary>${facts.join(' ') || title}</summary>
</entry>
`;
}

/** LIBVIRT-14: the list as libvirt has it, each notice by the path of its file. Nothing where no notice is written as XML. */
export function noticeList(entries: readonly Entry[]): readonly SiteFile[] {
  const names = entries.flatMap(noticeLines);
  if (names.length === 0) return [];
  const head =
    '<?xml version="1.0" encoding="UTF-8"?>\n<security-notice-list xmlns="http://security.libvirt.org/xmlns/security-notice-list/1.0">\n';
  return [fileOfLines('index.xml', names.sort(byName).map(noticeLine), { head, tail: '</security-notice-list>\n' })];
}

const noticeLines = perEntry(({ files, version }: Entry) =>
  files.filter((file) => file.format === 'lsn' && file.version === version).map(({ file }) => ({ name: file })),
);

const noticeLine = linePerEntry(({ name }: { readonly name: string }) => sourceText(html`  <security-notice name="${name}"/>\n`));

/** Ids with the instants of their last change: what an importer of OSV asks first. */
export function osvIndex(entries: readonly Entry[]): SiteFile {
  const all = entries.flatMap(({ osv }) => osv ?? []).sort((one, other) => compared(one.id, other.id));
  return fileOfLines('osv/all.json', all.map(osvLine), { head: '[\n', between: ',\n', tail: '\n]\n' });
}

const osvLine = linePerEntry(({ id, modified }: NonNullable<Entry['osv']>) => JSON.stringify({ id, modified }));

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return compared(one.name, other.name);
}

function compared(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
