// SPDX-License-Identifier: Apache-2.0
// HTML from templates in which everything put in is text, unless it is markup already: nothing reaches a page unescaped.

import { visible } from './characters.ts';

// A symbol of this file only: no text and no parsed JSON can pass for markup.
const source = Symbol('source');

/** A piece of HTML, made by `html` only. */
export interface Markup {
  readonly [source]: string;
}

export type Content = Markup | string | number | undefined | readonly Content[];

const special = /[&<>"']/;
const everySpecial = /[&<>"']/g;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function sourceOf(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'object') return isList(content) ? content.map(sourceOf).join('') : content[source];
  const text = visible(String(content));
  return special.test(text) ? text.replace(everySpecial, (character) => escapes[character] ?? character) : text;
}

function isList(content: Markup | readonly Content[]): content is readonly Content[] {
  return Array.isArray(content);
}

/** html`<p>${text}</p>`: holes are escaped for text and for attributes in double quotes. */
export function html(strings: TemplateStringsArray, ...holes: readonly Content[]): Markup {
  return { [source]: strings.reduce((done, string, at) => done + sourceOf(holes[at - 1]) + string) };
}

/** Text that is no HTML and stands unescaped in an element whose content is data: the caller leaves out every `<`. */
export function raw(text: string): Markup {
  if (text.includes('<')) throw new Error('this would end its element');
  return { [source]: text };
}

/** The HTML itself, to be sent. */
export function sourceText(markup: Markup): string {
  return markup[source];
}

/** `content` with `between` between two. */
export function joined(content: readonly Content[], between: Content): Content {
  return content.map((each, at) => (at === 0 ? each : [between, each]));
}

/** Whether a reader may be sent to `address`: the web or mail, never a script (`javascript:`) or a file. */
function isSafe(address: string): boolean {
  return URL.canParse(address) && /^(?:https?|mailto):$/.test(new URL(address).protocol);
}

/** `shown`, linked where `address` is one a reader may follow. */
export function link(address: string | undefined, shown: Content): Content {
  return address !== undefined && isSafe(address) ? html`<a href="${address}">${shown}</a>` : shown;
}
