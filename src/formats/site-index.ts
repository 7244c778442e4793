// SPDX-License-Identifier: Apache-2.0
// The first page of a public site: every advisory, newest first, in the look of the advisories themselves.

import type { Instant } from '../core/model/time.ts';
import { html, sourceText } from './markup.ts';

export interface SiteEntry {
  readonly number: string;
  readonly title: string;
  readonly file: string;
  readonly at: Instant;
}

/** @param report address of the page that takes reports. The same entries give the same bytes. */
export function siteIndex(project: string, report: string, entries: readonly SiteEntry[]): string {
  const newestFirst = [...entries].sort((a, b) => (a.number < b.number ? 1 : -1));
  return sourceText(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${project} security advisories</title>
<link rel="stylesheet" href="assets/daylight.css">
</head>
<body>
<section class="band is-public" aria-label="Visibility"><b>Public</b> <span>Everything on this page is public.</span>
<a class="skip" href="#main">Skip to the advisories</a></section>
<header class="masthead"><span class="brand">${project} security</span>
<nav aria-label="Main"><ul><li><a href="index.html" aria-current="page">Advisories</a></li><li><a href="${report}">Report a vulnerability</a></li></ul></nav></header>
<main class="page" id="main">
<div class="head"><h1>Security advisories</h1><p class="lead">Each is signed, and published in every format from one record.</p></div>
${newestFirst.length === 0 ? html`<p class="empty">No advisory has been published yet.</p>` : table(newestFirst)}
</main>
</body>
</html>
`);
}

function table(entries: readonly SiteEntry[]) {
  return html`<table class="ledger folds">
<thead><tr><th scope="col">Number</th><th scope="col">Advisory</th></tr></thead>
<tbody>
${entries.map(({ number, title, file }) => html`<tr><th scope="row"><a class="id" href="${file}">${number}</a></th><td>${title}</td></tr>\n`)}</tbody>
</table>`;
}
