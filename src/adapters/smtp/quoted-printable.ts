// SPDX-License-Identifier: Apache-2.0
// Text as a mail body that no relay on the way has a reason to touch, so that a signature over it still verifies.

export interface BodyText {
  readonly encoding: '7bit' | 'quoted-printable';
  /** CRLF line ends, ASCII, no line over 998 characters (RFC 5322 section 2.1.1). */
  readonly body: string;
}

/** Plain where plain is safe; otherwise quoted-printable, by which the text arrives to the byte. Never format=flowed, which rewraps. */
export function bodyText(text: string): BodyText {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const plain = lines.at(-1) === '' && lines.every(safe);
  return plain ? { encoding: '7bit', body: lines.join('\r\n') } : { encoding: 'quoted-printable', body: lines.map(quoted).join('\r\n') };
}

const longestPlain = 900;

/** A line that relays leave alone: ASCII, not long, no white space at its end, no `From ` that a mailbox file would escape. */
function safe(line: string): boolean {
  return line.length <= longestPlain && /^[\t\x20-\x7e]*$/.test(line) && !/[\t ]$/.test(line) && !/^(?:From |\.$)/.test(line);
}

const longestQuoted = 76;

/** RFC 2045 section 6.7. The last line of a text without a final line end closes with a soft break, so that none is added. */
function quoted(line: string, index: number, lines: readonly string[]): string {
  const final = index === lines.length - 1 && line !== '';
  const units = [...new TextEncoder().encode(line)].map((byte, at, bytes) => unit(byte, at, bytes));
  if (/^From /.test(line)) units[0] = '=46';
  if (line === '.') units[0] = '=2E';
  const wrapped: string[] = [''];
  for (const [at, text] of units.entries()) {
    const room = longestQuoted - (at === units.length - 1 && !final ? 0 : 1);
    if ((wrapped.at(-1) ?? '').length + text.length > room) wrapped.push('');
    wrapped[wrapped.length - 1] += text;
  }
  return wrapped.join('=\r\n') + (final ? '=' : '');
}

function unit(byte: number, at: number, bytes: readonly number[]): string {
  const blank = byte === 0x20 || byte === 0x09;
  const literal = (byte >= 0x21 && byte <= 0x7e && byte !== 0x3d) || (blank && at < bytes.length - 1);
  return literal ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
