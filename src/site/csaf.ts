// SPDX-License-Identifier: Apache-2.0
// The site as a CSAF provider (CSAF 2.0 section 7): who publishes, what there is, what changed; for programs as feed and lists, for people as listings.

import { html } from '../formats/markup.ts';
import { pageFile, textFile, upFrom } from './frame.ts';
import { keyPath } from './key-page.ts';
import { type Line, longFile, longList } from './long-list.ts';
import type { CsafEntry, Entry, SiteFile, SiteSettings } from './model.ts';

const feedPath = 'csaf/feed-tlp-white.json';
const metadataPath = '.well-known/csaf/provider-metadata.json';
/** Of a list in which nothing stands. */
const never = '1970-01-01T00:00:00Z';
const information = { scheme: 'urn:ietf:params:rolie:category:information-type', term: 'csaf' } as const;
const format = { schema: 'https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json', version: '2.0' } as const;

/** Everything but the documents themselves. @param folders years of which the listing is wanted; absent: all. */
export function csafLists(site: SiteSettings, years: readonly (readonly Entry[])[], folders?: ReadonlySet<string>): readonly SiteFile[] {
  const known = years.flatMap((entries) => entries.flatMap(({ csaf }) => csaf ?? []));
  const updated = known.reduce((last, { current }) => (current > last ? current : last), '');
  return [
    metadata(site, updated || (site.policies.at(-1)?.from ?? never)),
    feed(site, years, updated || never),
    service(site),
    longFile('csaf/index.txt', names(years, '')),
    longFile('csaf/changes.csv', changes(years, '')),
    ...listings(site, known, folders),
  ];
}

/** Section 7.1.12. */
const names = longList({
  order: 'rising',
  between: '',
  lines: ({ csaf }) => (csaf === null ? [] : [{ block: csaf.path.slice(0, 4), key: csaf.path, name: csaf.path, text: `${csaf.path}\n` }]),
});

/** Section 7.1.13: the newest change first. */
const changes = longList({
  order: 'falling',
  between: '',
  lines: ({ csaf }) => (csaf === null ? [] : [changed(csaf, `"${csaf.path}","${csaf.current}"\n`)]),
});

function changed({ path, current }: CsafEntry, text: string): Line {
  return { block: current.slice(0, 4), key: current, name: path, text };
}

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

/** Section 7.1.15, RFC 8322: all documents of one TLP level in a single feed, a line for each. */
function feed(site: SiteSettings, years: readonly (readonly Entry[])[], updated: string): SiteFile {
  const head = {
    id: 'csaf-feed-tlp-white',
    title: `CSAF documents of ${site.name}, TLP:WHITE`,
    link: [
      { rel: 'self', href: `${site.url}/${feedPath}` },
      { rel: 'service', href: `${site.url}/csaf/service.json` },
    ],
    category: [information],
    updated,
  };
  return longFile(feedPath, feedLines(years, site.url), {
    head: `{"feed":${JSON.stringify(head).slice(0, -1)},"entry":[\n`,
    between: ',\n',
    tail: '\n]}}\n',
  });
}

const feedLines = longList({
  order: 'falling',
  between: ',\n',
  lines: ({ csaf }, url) => (csaf === null ? [] : [changed(csaf, JSON.stringify(feedEntry(url, csaf)))]),
});

function feedEntry(url: string, { id, title, path, initial, current, signed }: CsafEntry) {
  const href = `${url}/csaf/${path}`;
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
  const all = Map.groupBy(known, ({ path }) => path.slice(0, 4));
  const found = [...all.keys()].sort().reverse();
  return [
    folderList(site, found),
    ...found.filter((year) => wanted?.has(year) ?? true).map((year) => listing(site, year, all.get(year) ?? [])),
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
  const sorted = entries.toSorted((one, other) => (one.path < other.path ? -1 : 1));
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
