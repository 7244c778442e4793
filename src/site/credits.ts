// SPDX-License-Identifier: Apache-2.0
// Everybody to whom an advisory gives thanks, year by year (RFC 9116 section 2.5.1, VMT-42). Who wanted no name is not in the documents.

import { html, joined, type Markup } from '../formats/markup.ts';
import { pageFile } from './frame.ts';
import type { Entry, SiteFile, SiteSettings } from './model.ts';
import { remembered } from './remembered.ts';

interface Thanked {
  readonly name: string;
  readonly organisation: string | null;
  readonly advisories: readonly Entry[];
}

/** @param years the newest first, each with its advisories in order of age. */
export function creditsPage(site: SiteSettings, years: readonly (readonly Entry[])[]): SiteFile {
  const named = years.some((entries) => entries.some(({ credits }) => credits.length > 0));
  const content = named
    ? html`<article class="reading">\n${years.map(ofYear)}</article>\n`
    : html`<p class="empty">Nobody is named in an advisory yet.</p>\n`;
  const lead = 'Who found, reported or fixed what these advisories tell of, as they wished to be named.';
  return pageFile(site, { path: 'credits.html', title: 'Thanks', current: 'credits', lead, content });
}

const ofYear = remembered((entries: readonly Entry[]): Markup => {
  const people = thanked(entries);
  const year = entries[0]?.year ?? '';
  return people.length === 0 ? html`` : html`<h2 id="y${year}">${year}</h2>\n<dl class="facts is-roomy">\n${people.map(person)}</dl>\n`;
});

/** By name; somebody who goes by the same name and organisation is one. */
function thanked(entries: readonly Entry[]): readonly Thanked[] {
  const people = new Map<string, { readonly name: string; readonly organisation: string | null; readonly advisories: Entry[] }>();
  for (const entry of entries)
    for (const { name, organisation } of entry.credits) {
      const key = `${name}\n${organisation ?? ''}`;
      const known = people.get(key);
      if (known === undefined) people.set(key, { name, organisation, advisories: [entry] });
      else if (known.advisories.at(-1) !== entry) known.advisories.push(entry);
    }
  return [...people].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, person]) => person);
}

function person({ name, organisation, advisories }: Thanked) {
  const links = joined(
    advisories.map(({ number, page }) => html`<a class="id" href="${page}">${number}</a>`),
    ' ',
  );
  return html`<dt>${organisation === null ? name : `${name}, ${organisation}`}</dt><dd>${links}</dd>\n`;
}
