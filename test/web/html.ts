// SPDX-License-Identifier: Apache-2.0
// A small reader of HTML for the tests: which elements and attributes a page has, and the text between them. Our own pages only.

export interface Element {
  readonly tag: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

const tagForm = /<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*\/?>/g;
const attributeForm = /([^\s=>/]+)(?:="([^"]*)")?/g;

/** Every start tag of the page in order. */
export function elements(html: string): readonly Element[] {
  return [...html.matchAll(tagForm)].map(([, tag = '', attributes = '']) => ({
    tag: tag.toLowerCase(),
    attributes: [...attributes.matchAll(attributeForm)].map(([, name = '', value = '']) => [name.toLowerCase(), value] as const),
  }));
}

/** The page without its values: tags and names of attributes only. Two pages that differ in texts alone have the same shape. */
export function shape(html: string): string {
  return elements(html)
    .map(({ tag, attributes }) => `${tag} ${attributes.map(([name]) => name).join(' ')}`)
    .join('\n');
}

export function titleOf(html: string): string {
  return unescaped(/<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '');
}

/** Text of the page without tags, entities resolved. */
export function textOf(html: string): string {
  return unescaped(html.replace(/<[^>]*>/g, ' '));
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}
