// SPDX-License-Identifier: Apache-2.0
// Mail into a village without a socket: the bytes and the envelope as the gateway hands them over.

import { acceptMail } from '../../src/mail/accept.ts';
import type { Accepted } from '../../src/mail/gateway.ts';
import type { MailAddresses } from '../../src/mail/route.ts';
import type { Village } from './village.ts';

export const mailAddresses: MailAddresses = {
  intake: ['alpha', 'beta'].map((project) => ({
    project,
    address: `security@${project}.example`,
    former: false,
    accepts: 'reports' as const,
  })),
  replyDomain: 'reply.example',
  own: ['reports@alpha.example', 'reports@beta.example'],
};

export interface Letter {
  readonly from: string;
  readonly to: string;
  readonly subject?: string;
  readonly text?: string;
  /** Other header fields, each a line of its own. */
  readonly fields?: readonly string[];
}

export function rawLetter({ from, to, subject = 'A letter', text = 'Some text.', fields = [] }: Letter): Uint8Array {
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    ...fields,
    '',
    text,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

export async function post(here: Village, letter: Letter): Promise<Accepted> {
  const envelope = { from: letter.from.replace(/^.*<(.*)>$/, '$1'), to: [letter.to] };
  const [accepted] = await acceptMail(here.world, mailAddresses, rawLetter(letter), envelope);
  if (accepted === undefined) throw new Error('there is an answer for each recipient');
  return accepted;
}

/** The reply address of the last mail to `address`. */
export function replyAddress(here: Village, address: string): string {
  const reply = here.relay.sent.filter((mail) => mail.to.address === address).at(-1)?.replyTo?.address;
  if (reply === undefined) throw new Error('no mail with a reply address went there');
  return reply;
}
