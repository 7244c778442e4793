// SPDX-License-Identifier: Apache-2.0
// A first look at a mail that the parser could not read: the beginning only, in bounded time, so that a person still sees who wrote and how it began.

import { decodeWords } from 'postal-mime';
import { oneLine } from './address.ts';
import { mailDate } from './date.ts';
import { type Fields, fields, messageIds, proofFields } from './fields.ts';
import { mailboxes } from './mailboxes.ts';
import type { HeaderField, ParsedMail } from './parsed.ts';
import { cleanText } from './text.ts';
import { autoSubmitted, bulk, list, unanswerable } from './verdict.ts';

const longestLook = 64 * 1024;
const mostFields = 500;

export interface Beginning {
  readonly header: Fields;
  /** What follows the header; all of it when there is none. Not yet cleaned. */
  readonly text: string;
}

/** The first 64 kB, read as a header and the text behind it. */
export function beginning(raw: Uint8Array): Beginning {
  const look = new TextDecoder().decode(raw.subarray(0, longestLook)).replaceAll('\r\n', '\n');
  const end = look.indexOf('\n\n');
  const header = fields(headerFields(end < 0 ? look : look.slice(0, end)));
  return { header, text: end < 0 || header.list.length === 0 ? look : look.slice(end + 2) };
}

/** The mail as `unparsable`, with `problem` as the reason. The raw mail is kept beside it, so nothing is lost. */
export function salvage(raw: Uint8Array, problem: string): ParsedMail {
  const { header, text } = beginning(raw);
  const from = mailboxes(header.all('from').join(', '));
  return {
    from: from.fitting.length === 1 && from.unfitting === 0 && header.all('from').length === 1 ? (from.fitting[0] ?? null) : null,
    fromText: oneLine(decodeWords(header.all('from').join(', ').slice(0, 1_000)), 1_000),
    replyTo: [],
    to: mailboxes(header.first('to') ?? '').fitting.slice(0, 20),
    cc: [],
    subject: oneLine(decodeWords((header.first('subject') ?? '').slice(0, 1_000)), 1_000),
    date: mailDate(header.first('date') ?? '') ?? null,
    messageId: messageIds(header.first('message-id'))[0] ?? null,
    inReplyTo: messageIds(header.first('in-reply-to'))[0] ?? null,
    references: [],
    text: cleanText(text),
    attachments: [],
    pgp: 'none',
    autoSubmitted: autoSubmitted(header),
    bulk: bulk(header),
    list: list(header),
    unanswerable: unanswerable(header),
    verdict: 'unparsable',
    problems: [problem, 'Only the beginning is shown, as it arrived.'],
    proof: proofFields(header),
  };
}

/** RFC 5322 section 2.2: lines that begin with white space continue the field before them. */
function headerFields(header: string): readonly HeaderField[] {
  return header
    .replaceAll(/\n[ \t]+/g, ' ')
    .split('\n', mostFields)
    .map((line) => /^([\x21-\x39\x3b-\x7e]{1,80})[ \t]*:[ \t]*(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, name = '', value = '']) => ({ name: name.toLowerCase(), value }));
}
