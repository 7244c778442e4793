// SPDX-License-Identifier: Apache-2.0
// What a mail looks like by itself: a bounce, an automatic answer, a reply, likely spam, or a report. In doubt it is a report.

import { type Fields, messageIds } from './fields.ts';
import type { MailAttachment, PgpState, Verdict } from './parsed.ts';

/** RFC 3834 section 5: the keyword without comments and parameters. */
export function autoSubmitted(fields: Fields): string | null {
  const value = fields.first('auto-submitted');
  return value === undefined ? null : (/^[\s]*([a-z-]{1,40})/i.exec(value)?.[1]?.toLowerCase() ?? 'unknown');
}

export function bulk(fields: Fields): boolean {
  return /^(?:bulk|junk|list)\b/i.test(fields.first('precedence') ?? '');
}

export function list(fields: Fields): boolean {
  return fields.first('list-id') !== undefined || fields.first('list-post') !== undefined;
}

export function unanswerable(fields: Fields): boolean {
  return /\b(?:all|autoreply|oof)\b/i.test(fields.first('x-auto-response-suppress') ?? '');
}

export function verdict(fields: Fields, attachments: readonly MailAttachment[]): Verdict {
  if (bounce(fields, attachments)) return 'bounce';
  if (autoReply(fields)) return 'auto-reply';
  if (spam(fields)) return 'spam candidate';
  const threaded = messageIds(fields.first('in-reply-to')).length + messageIds(fields.first('references')).length;
  return threaded > 0 ? 'reply' : 'report';
}

/** RFC 3464 delivery reports, and the older ones that only name themselves. */
function bounce(fields: Fields, attachments: readonly MailAttachment[]): boolean {
  const type = fields.first('content-type') ?? '';
  if (/^\s*multipart\/report\b/i.test(type) && /\breport-type\s*=\s*"?delivery-status\b/i.test(type)) return true;
  if (attachments.some((file) => file.type === 'message/delivery-status' || file.type === 'message/global-delivery-status')) return true;
  if (fields.first('x-failed-recipients') !== undefined) return true;
  return nullPath(fields) && /(?:^|<|\s)(?:mailer-daemon|postmaster)@/i.test(fields.first('from') ?? '');
}

function nullPath(fields: Fields): boolean {
  return /^\s*<\s*>/.test(fields.first('return-path') ?? '');
}

/**
 * Answers that no person wrote. `auto-generated` alone is none: fuzzers and trackers file real reports that way (RFC 3834 section 5), and
 * only an answer refers to what it answers.
 */
function autoReply(fields: Fields): boolean {
  const auto = autoSubmitted(fields);
  if (auto === 'auto-replied') return true;
  if (/^auto_reply\b/i.test(fields.first('precedence') ?? '')) return true;
  if (['x-autoreply', 'x-autorespond', 'x-autoreply-from'].some((name) => !/^(?:\s*no\s*)?$/i.test(fields.first(name) ?? ''))) return true;
  return auto !== null && auto !== 'no' && fields.first('in-reply-to') !== undefined;
}

/** What the mail system in front has already said. A forged mark only makes a person look twice, so it needs no proof. */
function spam(fields: Fields): boolean {
  return (
    /^\s*yes\b/i.test(fields.first('x-spam-flag') ?? '') ||
    /^\s*yes\b/i.test(fields.first('x-spam-status') ?? '') ||
    /^\s*yes\b/i.test(fields.first('x-spam') ?? '')
  );
}

/** RFC 3156 by its types; RFC 9580 section 6.2 by its armour at the start of a line, so that quoted armour does not count. */
export function pgpState(fields: Fields, attachments: readonly MailAttachment[], text: string): PgpState {
  const type = fields.first('content-type') ?? '';
  const has = (name: string) => attachments.some((file) => file.type === name);
  if (/^\s*multipart\/encrypted\b/i.test(type) || has('application/pgp-encrypted')) return 'encrypted';
  if (has('application/pgp-signature')) return 'signed';
  if (/^-----BEGIN PGP MESSAGE-----[ \t]*$/m.test(text)) return 'inline-encrypted';
  return /^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*$/m.test(text) ? 'inline-signed' : 'none';
}
