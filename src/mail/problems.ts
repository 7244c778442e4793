// SPDX-License-Identifier: Apache-2.0
// What was missing, doubtful, cut or not understood in a mail, in sentences for the person who triages it.

import type { Content } from './content.ts';
import type { Fields } from './fields.ts';
import type { Mime } from './mime.ts';
import type { ParsedMail } from './parsed.ts';
import { longestText } from './text.ts';

type Understood = Omit<ParsedMail, 'problems'>;

export function problems(header: Fields, mime: Mime, mail: Understood, source: Content['source']): readonly string[] {
  return [...aboutHeader(header, mail), ...aboutBody(header, mime, mail, source)].filter((problem) => problem !== false);
}

function aboutHeader(header: Fields, mail: Understood): readonly (string | false)[] {
  if (header.list.length === 0) return ['The mail has no header.'];
  const authors = header.all('from').length;
  return [
    authors === 0 && 'There is no From field.',
    authors > 1 && 'There is more than one From field.',
    authors === 1 && mail.from === null && 'From is not one plain address.',
    mail.from?.name.includes('@') === true && mail.from.name !== mail.from.address && 'The sender’s name looks like another address.',
    header.all('subject').length > 1 && 'There is more than one Subject field; the first is shown.',
    header.first('date') !== undefined && mail.date === null && 'The date could not be read.',
  ];
}

function aboutBody(header: Fields, { email, charsets }: Mime, mail: Understood, source: Content['source']): readonly (string | false)[] {
  const longest = Math.max(email.text?.length ?? 0, email.html?.length ?? 0);
  return [
    `${mail.text}${mail.subject}`.includes('\u{fffd}') && 'Some characters could not be decoded: the character set is wrong or missing.',
    charsets.some(unknown) && 'The character set is unknown.',
    longest > longestText && 'The text was cut at two million characters.',
    email.attachments.length > mail.attachments.length && `Only the first ${mail.attachments.length} attachments were taken.`,
    email.attachments.some((part) => part.rfc822DepthExceeded === true) && 'A mail inside this mail was kept as an attachment.',
    source === 'raw' && header.list.length > 0 && 'The parts could not be told apart; the text is shown as it arrived.',
    source === 'none' && mail.attachments.length === 0 && 'The mail is empty.',
  ];
}

function unknown(charset: string): boolean {
  try {
    return new TextDecoder(charset).encoding === '';
  } catch {
    return true;
  }
}
