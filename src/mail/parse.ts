// SPDX-License-Identifier: Apache-2.0
// Raw mail in, a value out: pure, and never an exception. Time and memory are bounded one step further out, in bounded.ts (L-50).

import { createHash } from 'node:crypto';
import { type Attachment, decodeWords } from 'postal-mime';
import { oneLine } from './address.ts';
import { type Content, content } from './content.ts';
import { mailDate } from './date.ts';
import { type Fields, fields, messageIds, proofFields } from './fields.ts';
import { mailboxes } from './mailboxes.ts';
import { type Mime, readMime } from './mime.ts';
import type { MailAttachment, ParsedMail } from './parsed.ts';
import { problems } from './problems.ts';
import { salvage } from './salvage.ts';
import { cleanText } from './text.ts';
import { autoSubmitted, bulk, list, pgpState, unanswerable, verdict } from './verdict.ts';

const largest = 64 * 1024 * 1024;
const longestSubject = 1_000;
const longestName = 255;
const mostRecipients = 200;
const mostAttachments = 500;

/** One mail as intake sees it. A mail that cannot be read is a value too: `unparsable`, with what a first look could save. */
export async function parse(raw: Uint8Array): Promise<ParsedMail> {
  if (raw.length > largest) return salvage(raw, 'The mail is larger than 64 MB and was not opened.');
  try {
    const mime = await readMime(raw);
    const header = fields(mime.email.headers.map(({ key, value }) => ({ name: key, value })));
    return understood(mime, header, await content(raw, mime, header));
  } catch (error) {
    const overLimit = error instanceof Error && error.message.startsWith('Maximum');
    return salvage(
      raw,
      overLimit ? 'The mail is nested too deeply, or its header is too long, and was not opened.' : 'The mail could not be understood.',
    );
  }
}

function understood(mime: Mime, header: Fields, { text, html, source }: Content): ParsedMail {
  const attachments = mime.email.attachments.slice(0, mostAttachments).map((part) => attachment(part, mime.content(part)));
  const subject = decodeWords(header.first('subject') ?? '');
  const mail = {
    ...people(header),
    subject: oneLine(subject, longestSubject),
    date: mailDate(header.first('date') ?? '') ?? null,
    messageId: messageIds(header.first('message-id'))[0] ?? null,
    inReplyTo: messageIds(header.first('in-reply-to'))[0] ?? null,
    references: messageIds(header.first('references')),
    text: cleanText(text),
    ...(html === undefined ? {} : { html: cleanText(html) }),
    attachments,
    pgp: pgpState(header, attachments, text),
    autoSubmitted: autoSubmitted(header),
    bulk: bulk(header),
    list: list(header),
    unanswerable: unanswerable(header),
    verdict: verdict(header, attachments),
    proof: proofFields(header),
  };
  return { ...mail, problems: problems(header, mime, mail, source) };
}

type People = Pick<ParsedMail, 'from' | 'fromText' | 'replyTo' | 'to' | 'cc'>;

/** RFC 5322 section 3.6.2: one From field. Two fields or two authors name nobody that a reply could be trusted to reach. */
function people(header: Fields): People {
  const written = header.all('from');
  const read = mailboxes(written.join(', '));
  const single = written.length === 1 && read.fitting.length === 1 && read.unfitting === 0;
  const listed = (name: string) => mailboxes(header.all(name).join(', ')).fitting.slice(0, mostRecipients);
  return {
    from: single ? (read.fitting[0] ?? null) : null,
    fromText: oneLine(decodeWords(written.join(', ').slice(0, 10 * longestSubject)), longestSubject),
    replyTo: listed('reply-to'),
    to: listed('to'),
    cc: listed('cc'),
  };
}

function attachment(part: Attachment, content: Uint8Array): MailAttachment {
  const type = part.mimeType.toLowerCase();
  return {
    name: fileName(part.filename),
    type: /^[a-z0-9!#$&^_.+-]{1,100}\/[a-z0-9!#$&^_.+-]{1,100}$/.test(type) ? type : 'application/octet-stream',
    size: content.length,
    content,
    sha256: createHash('sha256').update(content).digest('hex'),
  };
}

/** The last part of the path, whichever way its slashes lean; never `.` or `..`. */
function fileName(name: string | null): string | null {
  const last =
    oneLine(name ?? '', 4 * longestName)
      .split(/[/\\]/)
      .at(-1)
      ?.trim() ?? '';
  return /^\.*$/.test(last) ? null : oneLine(last, longestName);
}
