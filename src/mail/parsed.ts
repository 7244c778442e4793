// SPDX-License-Identifier: Apache-2.0
// What intake learns from one mail. Everything here was written by a stranger: it is shown and stored, and never decides about access (L-41).

import type { Mailbox } from '../core/model/mailbox.ts';

export interface MailAttachment {
  /** File name without folders, control or direction characters; null when the sender gave none. */
  readonly name: string | null;
  /** As declared, lower case: `text/x-patch`. Served as `application/octet-stream` whatever it says (L-55). */
  readonly type: string;
  /** Bytes of `content`. */
  readonly size: number;
  /** Decoded bytes. */
  readonly content: Uint8Array;
  /** Lower-case hexadecimal digest of `content`. */
  readonly sha256: string;
}

export type PgpState = 'none' | 'signed' | 'encrypted' | 'inline-signed' | 'inline-encrypted';

/** What the mail looks like by itself. Where it goes is decided in route.ts, and not by this word alone. */
export type Verdict = 'report' | 'reply' | 'bounce' | 'auto-reply' | 'spam candidate' | 'unparsable';

export interface HeaderField {
  /** Lower case. */
  readonly name: string;
  /** Unfolded, one line, at most 4,000 characters. */
  readonly value: string;
}

export interface ParsedMail {
  /** Null when From is missing, written twice, names several, or does not fit the grammar of address.ts. */
  readonly from: Mailbox | null;
  /** From as it was written, decoded for a person to read. */
  readonly fromText: string;
  readonly replyTo: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly subject: string;
  /** The sender's own claim, as a UTC instant with milliseconds. */
  readonly date: string | null;
  /** With angle brackets, as is everything that names a message. */
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  /** LF line ends, no control characters but tab and line feed. From the HTML part when there is no plain text. */
  readonly text: string;
  /** The HTML part as plain text, when there is one: the reader may have seen this and not `text`. */
  readonly html?: string;
  readonly attachments: readonly MailAttachment[];
  readonly pgp: PgpState;
  /** RFC 3834 section 5, in lower case without parameters; null when the field is absent. */
  readonly autoSubmitted: string | null;
  /** `Precedence: bulk | junk | list`. */
  readonly bulk: boolean;
  /** It went through a mailing list (RFC 2919). */
  readonly list: boolean;
  /** `X-Auto-Response-Suppress` asks for silence. */
  readonly unanswerable: boolean;
  readonly verdict: Verdict;
  /** Sentences for the person who triages: what was missing, doubtful, cut or not understood. */
  readonly problems: readonly string[];
  /** The fields that a later proof of the sender needs, in the order of the mail. */
  readonly proof: readonly HeaderField[];
}
