// SPDX-License-Identifier: Apache-2.0
// Which words of a mail a person reads first: the plain text, or what stands in for it.

import { decodeWords, type Email } from 'postal-mime';
import type { Fields } from './fields.ts';
import { htmlToText } from './html.ts';
import { type Mime, readMime } from './mime.ts';
import { beginning } from './salvage.ts';
import { longestText } from './text.ts';

export interface Content {
  /** Not yet cleaned. */
  readonly text: string;
  /** The HTML part as text, whether or not `text` came from it. */
  readonly html?: string;
  /** `raw`: the parts could not be told apart, and the text is the mail as it arrived. */
  readonly source: 'plain' | 'html' | 'mail inside' | 'raw' | 'none';
}

/** Nothing that arrived is kept from the reader because its container was odd. */
export async function content(raw: Uint8Array, mime: Mime, header: Fields): Promise<Content> {
  const { email } = mime;
  const html = asText(email);
  const both = html === undefined ? {} : { html };
  // Without a header the first paragraph is text too, and the parser has taken it for a header.
  if (header.list.length === 0) return { text: beginning(raw).text, source: 'raw', ...both };
  if (filled(email.text)) return { text: email.text ?? '', source: 'plain', ...both };
  if (filled(html)) return { text: html ?? '', source: 'html', ...both };
  const inside = await mailInside(mime);
  if (inside !== undefined) return { text: inside, source: 'mail inside', ...both };
  return mime.undivided ? { text: beginning(raw).text, source: 'raw', ...both } : { text: '', source: 'none', ...both };
}

/** The text of the only mail inside this one: somebody forwarded a report as an attachment. */
async function mailInside({ email, content }: Mime): Promise<string | undefined> {
  const inside = email.attachments.filter((part) => part.mimeType === 'message/rfc822');
  const [only] = inside;
  if (only === undefined || inside.length > 1) return undefined;
  const nested = (await readMime(content(only))).email;
  const shown = nested.headers.filter(({ key }) => ['from', 'date', 'subject'].includes(key));
  const lines = shown.map(({ originalKey, value }) => `${originalKey}: ${decodeWords(value)}`);
  return [...lines, '', nested.text ?? asText(nested) ?? ''].join('\n');
}

function asText({ html }: Email): string | undefined {
  return html === undefined ? undefined : htmlToText(html.slice(0, longestText));
}

function filled(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== '';
}
