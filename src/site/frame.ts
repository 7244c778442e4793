// SPDX-License-Identifier: Apache-2.0
// The frame of every page of the site but the advisories themselves, whose bytes are signed: head, visibility, masthead, foot. All addresses are relative.

import type { Content } from '../formats/markup.ts';
import { html, type Markup, sourceText } from '../formats/markup.ts';
import type { SiteFile, SiteSettings } from './model.ts';

const utf8 = new TextEncoder();

/** For servers that set none of their own. Scripts are this site's own files and nothing needs them. */
const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'";

export interface SitePage {
  /** `2026/index.html` */
  readonly path: string;
  readonly title: string;
  readonly current: 'advisories' | 'records' | 'credits' | 'policy' | null;
  readonly eyebrow?: Content;
  readonly lead?: Content;
  readonly content: Content;
  /** Scripts below `assets/` that make it more comfortable. */
  readonly scripts?: readonly string[];
}

/** `../` for each folder above the file. */
export function upFrom(path: string): string {
  return '../'.repeat(path.split('/').length - 1);
}

export function pageFile(site: SiteSettings, page: SitePage): SiteFile {
  return { path: page.path, bytes: utf8.encode(sourceText(document(site, page))) };
}

export function textFile(path: string, text: string): SiteFile {
  return { path, bytes: utf8.encode(text) };
}

function document(site: SiteSettings, { path, title, current, eyebrow, lead, content, scripts = [] }: SitePage): Markup {
  const up = upFrom(path);
  const icon = (name: string) =>
    html`<svg class="icon" width="16" height="16" aria-hidden="true"><use href="${up}assets/icons.svg#${name}"/></svg>`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<title>${title}, ${site.name}</title>
<link rel="stylesheet" href="${up}assets/daylight.css">
<link rel="alternate" type="application/atom+xml" title="${site.name}" href="${up}atom.xml">
${scripts.map((name) => html`<script src="${up}assets/${name}" defer></script>\n`)}</head>
<body>
<section class="band is-public" aria-label="Visibility">
<b>${icon('ring')} Public</b>
<span>Everybody can read this page.</span>
<a class="skip" href="#main">Skip to the content</a>
</section>
<header class="masthead">
<a class="brand" href="${up}index.html">${icon('daylight')} ${site.name}</a>
${navigation(site, up, current)}</header>
<main class="page" id="main">
<div class="head">${eyebrow === undefined ? undefined : html`<p class="eyebrow">${eyebrow}</p>\n`}<h1>${title}</h1>${lead === undefined ? undefined : html`<p class="lead">${lead}</p>`}</div>
${content}</main>
<footer class="colophon"><a href="${up}index.html">All advisories</a><a href="${up}atom.xml">Atom</a><a href="${up}csaf/index.html">CSAF</a><a href="${up}osv/all.json">OSV</a>${site.keys === null ? undefined : html`<a href="${up}keys.html">Signing keys</a>`}<a href="${site.report}">Report a vulnerability</a></footer>
</body>
</html>
`;
}

function navigation(site: SiteSettings, up: string, current: SitePage['current']): Markup {
  const item = (name: SitePage['current'], href: string, text: string) =>
    html`<li><a href="${up}${href}"${name === current ? html` aria-current="true"` : undefined}>${text}</a></li>\n`;
  return html`<nav aria-label="Main"><ul>
<li><a href="${site.report}">Report</a></li>
${item('advisories', 'index.html', 'Advisories')}${item('records', 'records/index.html', 'Records')}${item('credits', 'credits.html', 'Thanks')}${item('policy', 'policy.html', 'Policy')}</ul></nav>
`;
}
