// SPDX-License-Identifier: Apache-2.0
// The site as a CSAF provider (CSAF 2.0 section 7): who publishes, what there is, what changed; for programs as feed and lists, for people as listings.

import { html } from '../formats/markup.ts';
import { pageFile, textFile, upFrom } from './frame.ts';
import { keyPath } from './key-page.ts';
import type { CsafEntry, Entry, SiteFile, SiteSettings } from './model.ts';
import { fileOfLines, linePerEntry } from './per-entry.ts';

const utf8 = new TextEncoder();
const feedPath = 'csaf/feed-tlp-white.json';
const metadataPath = '.well-known/csaf/provider-metadata.json';
const information = { scheme: 'urn:ietf:params:rolie:category:information-type', term: 'csaf' } as const;
const format = { schema: 'https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json', version: '2.0' } as const;

/** Everything but the documents themselves. @param folders years of which the listing is wanted; absent: all. */
export function csafLists(site: SiteSettings, entries: readonly Entry[], folders?: ReadonlySet<string>): readonly SiteFile[] {
  const known = entries.flatMap(({ csaf }) => csaf ?? []);
  const changed = known.toSorted((one, other) => compared(other.current, one.current) || compared(one.path, other.path));
  return [
    metadata(site, changed[0]?.current ?? site.policies.at(-1)?.from ?? '1970-01-01T00:00:00Z'),
    feed(site, changed),
    service(site),
    fileOfLines('csaf/index.txt', known.toSorted((one, other) => compared(one.path, other.path)).map(pathLine), {}),
    fileOfLines('csaf/changes.csv', changed.map(changeLine), {}),
    ...listings(site, known, folders),
  ];
}

const pathLine = linePerEntry(({ path }: CsafEntry) => `${path}\n`);
const changeLine = linePerEntry(({ path, current }: CsafEntry) => `"${path}","${current}"\n`);

/** Section 7.1.7. With a key every document is hashed and signed: a trusted provider (section 7.2.3). */
function metadata(site: SiteSettings, updated: string): SiteFile {
  const { url, keys, name, namespace } = site;
  const value = {
    canonical_url: `${url}/${metadataPath}`,
    distributions: [
      { directory_url: `${url}/csaf/` },
      {
        rolie: {
          feeds: [{ summary: `All advisories of ${name}, TLP:WHITE`, tlp_label: 'WHITE', url: `${url}/${feedPath}` }],
          services: [`${url}/csaf/service.json`],
        },
      },
    ],
    last_updated: updated,
    list_on_CSAF_aggregators: true,
    metadata_version: '2.0',
    mirror_on_CSAF_aggregators: true,
    ...(keys === null
      ? {}
      : { public_openpgp_keys: keys.all.map((key) => ({ fingerprint: key.fingerprint, url: `${url}/${keyPath(key)}` })) }),
    publisher: { category: 'vendor', name, namespace },
    role: keys === null ? 'csaf_provider' : 'csaf_trusted_provider',
  };
  return textFile(metadataPath, `${JSON.stringify(value, null, 2)}\n`);
}

/** Section 7.1.15, RFC 8322: all documents of one TLP level in one feed, a line for each. */
function feed(site: SiteSettings, changed: readonly CsafEntry[]): SiteFile {
  const head = {
    id: 'csaf-feed-tlp-white',
    title: `CSAF documents of ${site.name}, TLP:WHITE`,
    link: [
      { rel: 'self', href: `${site.url}/${feedPath}` },
      { rel: 'service', href: `${site.url}/csaf/service.json` },
    ],
    category: [information],
    updated: changed[0]?.current ?? '1970-01-01T00:00:00Z',
  };
  const lines = changed.map((entry) => feedLine(site, entry));
  const around = { head: `{"feed":${JSON.stringify(head).slice(0, -1)},"entry":[\n`, between: ',\n', tail: '\n]}}\n' };
  return fileOfLines(feedPath, lines, around);
}

// An entry that has not changed is written once: one advisory more does not write ten thousand lines anew.
const written = new WeakMap<CsafEntry, { readonly url: string; readonly line: Uint8Array }>();

function feedLine(site: SiteSettings, entry: CsafEntry): Uint8Array {
  const known = written.get(entry);
  if (known?.url === site.url) return known.line;
  const line = utf8.encode(JSON.stringify(feedEntry(site, entry)));
  written.set(entry, { url: site.url, line });
  return line;
}

function feedEntry(site: SiteSettings, { id, title, path, initial, current, signed }: CsafEntry) {
  const href = `${site.url}/csaf/${path}`;
  return {
    id,
    title,
    link: [
      { rel: 'self', href },
      { rel: 'hash', href: `${href}.sha256` },
      { rel: 'hash', href: `${href}.sha512` },
      ...(signed ? [{ rel: 'signature', href: `${href}.asc` }] : []),
    ],
    published: initial,
    updated: current,
    content: { type: 'application/json', src: href },
    format,
  };
}

/** Section 7.1.16. */
function service(site: SiteSettings): SiteFile {
  const collection = [
    { title: `CSAF documents of ${site.name}, TLP:WHITE`, href: `${site.url}/${feedPath}`, categories: { category: [information] } },
  ];
  return textFile('csaf/service.json', `${JSON.stringify({ service: { workspace: [{ title: site.name, collection }] } }, null, 2)}\n`);
}

/** Section 7.1.14, without asking the web server for listings of its own. */
function listings(site: SiteSettings, known: readonly CsafEntry[], wanted: ReadonlySet<string> | undefined): readonly SiteFile[] {
  const all = new Map<string, CsafEntry[]>();
  for (const entry of known) {
    const year = entry.path.slice(0, 4);
    const others = all.get(year);
    if (others === undefined) all.set(year, [entry]);
    else others.push(entry);
  }
  const names = [...all.keys()].sort().reverse();
  return [
    folderList(site, names),
    ...names.filter((year) => wanted?.has(year) ?? true).map((year) => listing(site, year, all.get(year) ?? [])),
  ];
}

function folderList(site: SiteSettings, years: readonly string[]): SiteFile {
  const files = ['index.txt', 'changes.csv', 'feed-tlp-white.json', 'service.json'];
  const items = [...years.map((year) => `${year}/`), ...files].map(
    (name) => html`<li><a class="id" href="${name.endsWith('/') ? `${name}index.html` : name}">${name}</a></li>\n`,
  );
  const metadataLink = html`<p class="after">Who publishes here, and how: <a class="id" href="../${metadataPath}">provider-metadata.json</a></p>\n`;
  const lead = 'The advisories for programs, as CSAF 2.0: one folder a year, lists, and a ROLIE feed.';
  return pageFile(site, {
    path: 'csaf/index.html',
    title: 'CSAF documents',
    current: null,
    lead,
    content: [html`<ul>\n${items}</ul>\n`, metadataLink],
  });
}

function listing(site: SiteSettings, year: string, entries: readonly CsafEntry[]): SiteFile {
  const path = `csaf/${year}/index.html`;
  const sorted = entries.toSorted((one, other) => compared(one.path, other.path));
  const rows = sorted.map(({ path: of, title, signed }) => {
    const name = of.slice(5);
    const beside = ['sha256', 'sha512', ...(signed ? ['asc'] : [])].map(
      (ending) => html` <a class="quiet-link" href="${name}.${ending}">.${ending}<span class="unseen"> of ${name}</span></a>`,
    );
    return html`<tr><th scope="row"><a class="id" href="${name}">${name}</a></th><td>${title}</td><td><span class="formats">${beside}</span></td></tr>\n`;
  });
  const table = html`<table class="ledger folds"><caption class="unseen">Documents of ${year}</caption>
<thead><tr><th scope="col">File</th><th scope="col">What it is about</th><th scope="col">Beside it</th></tr></thead>
<tbody>
${rows}</tbody></table>
`;
  return pageFile(site, {
    path,
    title: `CSAF documents of ${year}`,
    current: null,
    lead: html`<a href="${upFrom(path)}csaf/index.html">All years</a>`,
    content: table,
  });
}

function compared(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
