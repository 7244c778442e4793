// SPDX-License-Identifier: Apache-2.0
// Addresses as strangers write them, brought to the grammar of core/model/mailbox.ts; and one line of text that is safe to show.

import { domainToASCII } from 'node:url';
import { isAddress } from '../core/model/mailbox.ts';

const longestDomain = 254;
// What domainToASCII would decode, split or drop before it answers: percent signs, slashes, ports, soft hyphens.
const domainText = /^[a-z0-9.\-\u{a1}-\u{ac}\u{ae}-\u{1ffff}]+$/iu;

/**
 * `text` as local@domain in ASCII, or nothing when it does not fit: no quoted local parts, no comments, no encoded words, no address
 * literals, no white space. International domain names become `xn--` labels; international local parts do not fit.
 */
export function address(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1);
  if (at < 1 || domain.length > longestDomain || !domainText.test(domain)) return undefined;
  const ascii = `${text.slice(0, at)}@${domainToASCII(domain)}`;
  return isAddress(ascii) ? ascii : undefined;
}

/** Whether two addresses reach the same mailbox as far as anybody outside can tell: upper and lower case are one. */
export function sameAddress(first: string, second: string): boolean {
  return first.toLowerCase() === second.toLowerCase();
}

// Characters that reorder, hide or break a line: C0, C1, zero-width, bidirectional controls, tags, byte order mark, soft hyphen.
const unprintable =
  /[\u{0}-\u{1f}\u{7f}-\u{9f}\u{ad}\u{61c}\u{180e}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}]/gu;

/** One line of text safe to show: control and direction characters gone, white space single, at most `longest` characters. */
export function oneLine(text: string, longest: number): string {
  const line = text.toWellFormed().replaceAll(/[\s]+/g, ' ').replaceAll(unprintable, '').trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1).toWellFormed()}…`;
}
