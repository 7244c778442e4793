// SPDX-License-Identifier: Apache-2.0
// Lists for machines beside CSAF: Atom (RFC 4287), libvirt's own list of notices, and the OSV export with its index.

import { html, sourceText } from '../formats/markup.ts';
import { timestamp } from '../formats/timestamps.ts';
import { textFile } from './frame.ts';
import { longFile, longList } from './long-list.ts';
import type { Entry, SiteFile, SiteSettings } from './model.ts';

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
export function noticeList(years: readonly (readonly Entry[])[]): readonly SiteFile[] {
  const lines = noticeLines(years, '');
  if (lines.length === 0) return [];
  const head = `<?xml version="1.0" encoding="UTF-8"?>
<security-notice-list xmlns="http://security.libvirt.org/xmlns/security-notice-list/1.0">
`;
  return [longFile('index.xml', lines, { head, tail: '</security-notice-list>\n' })];
}

const noticeLines = longList({
  order: 'rising',
  between: '',
  lines: ({ files, version, year }) =>
    files
      .filter((file) => file.format === 'lsn' && file.version === version)
      .map(({ file }) => ({ block: year, key: file, name: file, text: sourceText(html`  <security-notice name="${file}"/>\n`) })),
});

/** Ids with the instants of their last change, year by year: what an importer of OSV asks first. */
export function osvIndex(years: readonly (readonly Entry[])[]): SiteFile {
  return longFile('osv/all.json', osvLines(years, ''), { head: '[\n', between: ',\n', tail: '\n]\n' });
}

const osvLines = longList({
  order: 'rising',
  between: ',\n',
  lines: ({ osv, year }) =>
    osv === null ? [] : [{ block: year, key: osv.id, name: osv.id, text: JSON.stringify({ id: osv.id, modified: osv.modified }) }],
});
