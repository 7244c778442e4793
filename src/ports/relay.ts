// SPDX-License-Identifier: Apache-2.0
// Mail on its way out: one message to one recipient (L-36).

import type { Mailbox } from '../core/model/mailbox.ts';

export interface OutgoingMail {
  /** Stable over retries, with angle brackets: a repeated send is recognisable as the same message. */
  readonly messageId: string;
  /** The instant of writing, in UTC; the relay writes it as a mail date. */
  readonly date: string;
  readonly from: Mailbox;
  /** The one RCPT of the transaction; the header To may name a list by the same address. */
  readonly to: Mailbox;
  /** Envelope sender; null for automatic replies (RFC 3834), so that no bounce can loop. */
  readonly envelopeFrom: string | null;
  readonly replyTo?: Mailbox;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly subject: string;
  /** Plain text, LF line ends, at most 72 columns where it is ours. It arrives as it is, to the byte: it may be signed. */
  readonly text: string;
  /** Header fields beyond the usual: `Auto-Submitted`, `List-Id`. Values are single lines. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Relay {
  /**
   * Hands the message over and returns the relay's own words (`250 2.0.0 …`).
   * @throws OutsideFailure temporary for 4xx, lost connections and a relay that does not let us in; permanent for 5xx about this message,
   * and before anything is sent for a mail that cannot be written safely.
   */
  send(mail: OutgoingMail): Promise<string>;
}
