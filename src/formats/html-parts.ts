// SPDX-License-Identifier: Apache-2.0
// Small pieces of the public page: paragraphs, times, symbols, facts, links to commits.

import type { Severity } from '../core/model/advisory.ts';
import { dayOf, isDay, type When } from '../core/model/day.ts';
import { blocksOf, isVerbatim, type Prose } from '../core/model/prose.ts';
import { Temporal } from '../core/model/time.ts';
import { type Content, html, link, type Markup } from './markup.ts';
import { commitAddress, type Publisher } from './publisher.ts';
import { spoken, spokenLevel } from './words.ts';

/** What a part of the page is made from. */
export interface Page {
  readonly publisher: Publisher;
  readonly icon: (name: string) => Markup;
}

export function pageFor(publisher: Publisher): Page {
  const icon = (name: string) =>
    html`<svg class="icon" width="16" height="16" aria-hidden="true"><use href="${publisher.assets.icons}#${name}"/></svg>`;
  return { publisher, icon };
}

/** Paragraphs; verbatim blocks can be scrolled by keyboard, and `about` tells one from another. */
export function paragraphs(text: Prose | undefined, about: string): Content {
  if (text === undefined) return undefined;
  return blocksOf(text).map((block, at) => {
    if (!isVerbatim(block)) return html`<p>${block}</p>\n`;
    const lines = block.replaceAll(/^ {4}/gm, '');
    return html`<pre class="out" tabindex="0" role="region" aria-label="${about}, part ${at + 1}">${lines}</pre>\n`;
  });
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `Tue 2026-11-17 15:00 UTC`, and the same for machines; a day stays a day. */
export function time(when: When): Markup {
  return html`<time datetime="${when}">${spoken(when)}</time>`;
}

export function timeOfWeek(when: When): Markup {
  const weekday = weekdays[Temporal.PlainDate.from(dayOf(when)).dayOfWeek - 1];
  return html`<time datetime="${when}">${weekday} ${spoken(when)}</time>`;
}

/** The day alone, for narrow places. */
export function dayTime(when: When): Markup {
  return isDay(when) ? time(when) : html`<time datetime="${when}">${dayOf(when)}</time>`;
}

/** Rows of a definition list; a row without a value is left out. */
export function facts(rows: readonly (readonly [Content, Content])[], look: string): Content {
  const filled = rows.filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0));
  if (filled.length === 0) return undefined;
  return html`<dl class="${look}">\n${filled.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>\n`)}</dl>\n`;
}

export function code(text: string | undefined): Content {
  return text === undefined ? undefined : html`<span class="id">${text}</span>`;
}

/** A commit, short where it is linked, whole where a reader must copy it. */
export function commit(hash: string, repository: string | undefined, publisher: Publisher): Content {
  const address = commitAddress(repository, hash, publisher);
  return address === undefined ? code(hash) : link(address, code(hash.slice(0, 12)));
}

const levels: readonly RegExp[] = [/^low$/i, /^(?:medium|moderate)$/i, /^(?:high|important)$/i, /^critical$/i];

/** The word and, where the word is one of the four known steps, its glyph; only Critical has a colour. */
export function levelMark(severity: Severity, publisher: Publisher): Markup {
  const step = levels.findIndex((level) => level.test(severity.level ?? '')) + 1;
  const glyph =
    step === 0
      ? undefined
      : html`<svg class="icon level" width="22" height="16" aria-hidden="true"><use href="${publisher.assets.icons}#level-${step}"/></svg> `;
  return html`<span class="mark${step === 4 ? ' is-danger' : undefined}">${glyph}${spokenLevel(severity)}</span>`;
}

/** A part of the page under a heading of its own. */
export interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Content;
}

/** Nothing, when there is no content to stand under the heading. */
export function part(id: string, title: string, content: Content): Part | undefined {
  return isEmpty(content) ? undefined : { id, title, content };
}

export function isEmpty(content: Content): boolean {
  return content === undefined || content === '' || (Array.isArray(content) && content.every(isEmpty));
}
