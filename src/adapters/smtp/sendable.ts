// SPDX-License-Identifier: Apache-2.0
// What may go onto the wire at all. Checked before a connection is opened: no library is trusted to clean an address or a header (L-48).

import { isAddress, type Mailbox } from '../../core/model/mailbox.ts';
import type { OutgoingMail } from '../../ports/relay.ts';

const idForm = /^<[\x21-\x3b\x3d\x3f\x41-\x7e]{1,200}@[\x21-\x3b\x3d\x3f\x41-\x7e]{1,200}>$/;
const fieldName = /^[A-Za-z][A-Za-z0-9-]{0,75}$/;
// Fields that compose writes itself, or that only the servers on the way may write.
const reserved =
  /^(?:date|from|sender|to|cc|bcc|reply-to|message-id|in-reply-to|references|subject|mime-version|content-.*|received|return-path|resent-.*|dkim-signature|authentication-results|arc-.*)$/i;
const mostReferences = 100;

/** Why this mail must not be sent, in words without its content; nothing when it may. */
export function unsendable(mail: OutgoingMail): string | undefined {
  const boxes: (Mailbox | undefined)[] = [mail.from, mail.to, mail.replyTo];
  const ids = [mail.messageId, ...(mail.inReplyTo === undefined ? [] : [mail.inReplyTo]), ...(mail.references ?? [])];
  const headers = Object.entries(mail.headers);
  if (boxes.some((box) => box !== undefined && !isAddress(box.address))) return 'an address does not fit the grammar';
  if (boxes.some((box) => box !== undefined && !oneLine(box.name, 256))) return 'a name holds a control character or is too long';
  if (mail.envelopeFrom !== null && !isAddress(mail.envelopeFrom)) return 'the envelope sender does not fit the grammar';
  if (!ids.every((id) => idForm.test(id)) || ids.length > mostReferences) return 'a message id does not fit the grammar';
  if (!oneLine(mail.subject, 900)) return 'the subject holds a control character or is too long';
  if (Number.isNaN(Date.parse(mail.date)) || !/Z$|[+-]\d\d:\d\d$/.test(mail.date)) return 'the date is no instant';
  if (headers.some(([name]) => !fieldName.test(name) || reserved.test(name))) return 'a header field has a name that is not free';
  if (headers.some(([, value]) => !oneLine(value, 900))) return 'a header field holds a control character or is too long';
  return undefined;
}

/** No control or line-separating characters, no lone surrogates. */
function oneLine(text: string, longest: number): boolean {
  return text.length <= longest && text.isWellFormed() && !/[\p{Cc}\u{2028}\u{2029}]/u.test(text);
}
