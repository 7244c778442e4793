// SPDX-License-Identifier: Apache-2.0
// One outgoing mail as bytes: a header in a fixed order and one plain text part. The same mail always gives the same bytes.

import type { Mailbox } from '../../core/model/mailbox.ts';
import type { OutgoingMail } from '../../ports/relay.ts';
import { bodyText } from './quoted-printable.ts';

/** The message with CRLF line ends, all ASCII. `mail` has passed `sendable`: no value here can hold a line end. */
export function compose(mail: OutgoingMail): Uint8Array {
  const { encoding, body } = bodyText(mail.text);
  const fields: (readonly [string, string] | undefined)[] = [
    ['Date', mailDate(mail.date)],
    ['From', mailbox(mail.from)],
    ['To', mailbox(mail.to)],
    mail.replyTo && ['Reply-To', mailbox(mail.replyTo)],
    ['Message-ID', mail.messageId],
    mail.inReplyTo === undefined ? undefined : ['In-Reply-To', mail.inReplyTo],
    mail.references?.length ? ['References', mail.references.join(' ')] : undefined,
    ['Subject', unstructured(mail.subject)],
    ...Object.entries(mail.headers).map(([name, value]) => [name, unstructured(value)] as const),
    ['MIME-Version', '1.0'],
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Transfer-Encoding', encoding],
  ];
  const header = fields.filter((field) => field !== undefined).map(([name, value]) => folded(`${name}: ${value}`));
  return Buffer.from(`${header.join('\r\n')}\r\n\r\n${body}`, 'ascii');
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** RFC 5322 section 3.3, always in UTC. */
function mailDate(instant: string): string {
  const at = new Date(instant);
  const time = at.toISOString().slice(11, 19);
  return `${days[at.getUTCDay()]}, ${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()} ${time} +0000`;
}

function mailbox({ name, address }: Mailbox): string {
  if (name === '') return address;
  // RFC 5322 section 3.2.4: within quotes only the quote and the backslash need a backslash.
  const display = plain(name) ? (/^[A-Za-z0-9 _-]+$/.test(name) ? name : `"${name.replaceAll(/["\\]/g, '\\$&')}"`) : encodedWords(name);
  return `${display} <${address}>`;
}

function unstructured(value: string): string {
  return plain(value) ? value : encodedWords(value);
}

/** ASCII that no reader would take for an encoded word and whose words fit on a line of their own. */
function plain(value: string): boolean {
  return (
    /^[\x20-\x7e]*$/.test(value) &&
    !value.includes('=?') &&
    !/^ | $| {2}/.test(value) &&
    value.split(' ').every((word) => word.length <= 200)
  );
}

// RFC 2047 section 2: a word has at most 75 characters; 45 bytes make 60 characters of base 64.
const bytesInWord = 45;

function encodedWords(value: string): string {
  const words: string[] = [];
  let chunk = '';
  for (const character of value) {
    if (Buffer.byteLength(chunk + character) > bytesInWord) {
      words.push(chunk);
      chunk = '';
    }
    chunk += character;
  }
  return [...words, chunk].map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
}

const longestLine = 76;

/** RFC 5322 section 2.2.3: a fold goes before a space that was there, so unfolding gives the value back. */
function folded(field: string): string {
  const [first = '', ...rest] = field.split(' ');
  const lines = [first];
  for (const [at, word] of rest.entries()) {
    const line = lines.at(-1) ?? '';
    // The field name never stands alone on its line: some readers take that for the end of the header.
    if (at > 0 && line.length + 1 + word.length > longestLine) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join('\r\n ');
}
