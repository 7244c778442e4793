// SPDX-License-Identifier: Apache-2.0
// The advisory as a page that stands alone on any web server: no script, no inline style, nothing remote (LIBVIRT-16, LOOK 3.2 no. 12).

import type { Advisory, Tlp, VersionRange } from '../core/model/advisory.ts';
import { isAffectedRange } from './affected.ts';
import { charactersLost } from './characters.ts';
import type { PublishedFile, Written } from './format.ts';
import { fixedIn, remedy, verdict } from './html-affected.ts';
import { code, dayTime, facts, isEmpty, levelMark, type Page, type Part, pageFor, paragraphs, timeOfWeek } from './html-parts.ts';
import { credit, notes, otherFormats, references, severity, story, timeline, versions } from './html-story.ts';
import { type Content, html, joined, type Markup, sourceText } from './markup.ts';
import type { Publisher } from './publisher.ts';
import { addressesWithheld } from './text.ts';
import { publicationOf } from './timestamps.ts';
import { exploitationWords, kindWords, spokenRange } from './words.ts';

/** For servers that set no policy of their own; the page needs no more than its styles, symbols and fonts. */
const contentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'";

/** A record of which neither the day of publication nor that of its CVE record is known is marked confidential, first thing on the page and in its title. */
export function writeHtml(advisory: Advisory, publisher: Publisher, files: readonly PublishedFile[] = []): Written {
  const page = pageFor(publisher);
  const parts = partsOf(advisory, page, files);
  const secret = publicationOf(advisory) === undefined ? '[C] ' : '';
  const document = html`<!doctype html>
<html lang="${advisory.language ?? publisher.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<title>${secret}${advisory.id}: ${advisory.title}</title>
${publisher.assets.styles.map((href) => html`<link rel="stylesheet" href="${href}">\n`)}</head>
<body>
${band(advisory, page)}${masthead(page)}<main class="page" id="main">
<div class="columns">
<article class="reading">
${head(advisory)}${withdrawn(advisory)}${verdict(advisory)}${parts.map(({ id, title, content }) => html`<h2 id="${id}">${title}</h2>\n${content}\n`)}</article>
${side(advisory, page, parts)}</div>
</main>
${foot(advisory, publisher)}</body>
</html>
`;
  return {
    ok: true,
    text: sourceText(document),
    losses: [...charactersLost(advisory, 'visible'), ...addressesWithheld(advisory, publisher)],
  };
}

/** The parts below the verdict, in the order in which a reader needs them. */
function partsOf(advisory: Advisory, page: Page, files: readonly PublishedFile[]): readonly Part[] {
  const { publisher } = page;
  const parts = [
    remedy(advisory),
    fixedIn(advisory, page),
    story(advisory),
    severity(advisory, publisher),
    credit(advisory, publisher),
    timeline(advisory),
    references(advisory, publisher),
    notes(advisory),
    otherFormats(files, publisher),
    versions(advisory, page, files),
  ];
  return parts.filter((part) => part !== undefined);
}

function band(advisory: Advisory, page: Page): Markup {
  const since = publicationOf(advisory);
  const tlp = advisory.tlp === undefined ? undefined : html`<span class="end tlp${tlpLook(advisory.tlp)}">TLP:${advisory.tlp}</span>\n`;
  const state =
    since === undefined
      ? html`<b>${page.icon('lock')} Confidential</b>\n<span>not published yet</span>`
      : html`<b>${page.icon('ring')} Public</b>\n<span>since ${timeOfWeek(since)}</span>`;
  return html`<section class="band ${since === undefined ? 'is-confidential' : 'is-public'}" aria-label="Visibility">
${state}
${tlp}<a class="skip" href="#main">Skip to the advisory</a>
</section>
`;
}

/** FIRST's own colours have a class each; CLEAR is white. */
function tlpLook(tlp: Tlp): string {
  return tlp === 'CLEAR' ? '' : ` is-${tlp.replace('+STRICT', '').toLowerCase()}`;
}

function masthead(page: Page): Markup {
  const { name, pages } = page.publisher;
  const brand = html`${page.icon('daylight')} ${name}`;
  const items = [
    pages.report === undefined ? undefined : html`<li><a href="${pages.report}">Report</a></li>\n`,
    pages.advisories === undefined ? undefined : html`<li><a href="${pages.advisories}" aria-current="true">Advisories</a></li>\n`,
  ];
  const nav = isEmpty(items) ? undefined : html`<nav aria-label="Main"><ul>\n${items}</ul></nav>\n`;
  return html`<header class="masthead">
${pages.home === undefined ? html`<span class="brand">${brand}</span>` : html`<a class="brand" href="${pages.home}">${brand}</a>`}
${nav}</header>
`;
}

function head(advisory: Advisory): Markup {
  const changed = advisory.errata?.find(({ version }) => version === advisory.version)?.date;
  const version =
    advisory.version === 1
      ? undefined
      : html`<span>version ${advisory.version}${changed === undefined ? undefined : [', ', dayTime(changed)]}</span>`;
  const names = (lead: string, ids: readonly string[] | undefined) =>
    ids === undefined ? undefined : html`<span>${lead} ${ids.join(', ')}</span>`;
  return html`<div class="head">
<p class="eyebrow">${code(advisory.id)}<span>${kindWords[advisory.kind]}</span>${version}${names('also', advisory.aliases)}${names('related:', advisory.related)}</p>
<h1>${advisory.title}</h1>
${advisory.summary === undefined ? undefined : html`<div class="lead">${paragraphs(advisory.summary, 'Summary')}</div>\n`}</div>
`;
}

function withdrawn(advisory: Advisory): Content {
  if (advisory.withdrawn === undefined && advisory.dates.withdrawn === undefined) return undefined;
  const when = advisory.dates.withdrawn === undefined ? undefined : [' ', dayTime(advisory.dates.withdrawn)];
  return html`<section class="notice is-danger">\n<h2>Withdrawn${when}</h2>\n${paragraphs(advisory.withdrawn, 'Withdrawal')}</section>\n`;
}

function side(advisory: Advisory, page: Page, parts: readonly Part[]): Markup {
  const affected = advisory.products.map(({ name, ranges: all = [] }) => ({ name, ranges: all.filter(isAffectedRange) }));
  const ranges = affected.flatMap((product) => product.ranges);
  const branches = advisory.products.flatMap((product) => product.branches ?? []);
  const fixed = [...branches.flatMap((branch) => branch.fixedTags ?? []), ...ranges.flatMap((range) => range.fixed ?? [])];
  const glance = facts(
    [
      [
        'Number',
        joined(
          (advisory.cves ?? []).map(({ id }) => code(id)),
          ' ',
        ),
      ],
      ['Severity', advisory.severity?.[0] && levelMark(advisory.severity[0], page.publisher)],
      ['Affected', affectedVersions(affected)],
      ['Fixed in', fixed.length === 0 ? undefined : html`<strong>${[...new Set(fixed)].join(', ')}</strong>`],
      ['Exploited', advisory.exploitation && exploitationWords[advisory.exploitation.status]],
    ],
    'facts',
  );
  return html`<aside class="side" aria-label="At a glance">
<section class="part">
<header><h2>At a glance</h2></header>
${glance ?? html`<p class="quiet">No number, no severity.</p>\n`}</section>
${contents(parts)}</aside>
`;
}

/** Up to so many products stand in the overview with their versions. */
const few = 3;

/** The versions of one product as they are, of several with its name. */
function affectedVersions(products: readonly { readonly name: string; readonly ranges: readonly VersionRange[] }[]): Content {
  const some = products.filter(({ ranges }) => ranges.length > 0);
  if (some.length > few) return html`<a href="#fixed">versions of ${some.length} products</a>`;
  const spoken = some.map(({ name, ranges }) => `${products.length > 1 ? `${name} ` : ''}${ranges.map(spokenRange).join('; ')}`);
  return spoken.length === 0 ? undefined : spoken.join('; ');
}

function contents(parts: readonly Part[]): Markup {
  const entries = [{ id: 'am-i', title: 'Am I affected?' }, ...parts];
  const items = entries.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>\n`);
  return html`<nav class="part wide-only" aria-label="On this page">\n<header><h2>On this page</h2></header>\n<ul class="stack is-close">\n${items}</ul>\n</nav>\n`;
}

function foot(advisory: Advisory, { pages }: Publisher): Markup {
  const to = (href: string | undefined, text: string) => (href === undefined ? undefined : html`<a href="${href}">${text}</a>`);
  const policy = advisory.policy === undefined ? undefined : html`<span>Policy ${advisory.policy}</span>`;
  const links = [
    to(pages.advisories, 'All advisories'),
    to(pages.feed, 'Atom'),
    to(pages.csaf, 'CSAF feed'),
    to(pages.report, 'Report a vulnerability'),
    policy,
  ];
  return html`<footer class="colophon">${links}</footer>\n`;
}
