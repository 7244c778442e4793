// SPDX-License-Identifier: Apache-2.0
// A page as the text that is sent.

import type { HtmlEscapedString } from 'hono/utils/html';

export type Page = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The whole document. Pages are synchronous: a promise here is a bug. */
export function render(page: Page): string {
  if (page instanceof Promise) throw new Error('a page waits for nothing');
  return `<!doctype html>\n${page.toString()}\n`;
}
