// SPDX-License-Identifier: Apache-2.0
// The address grammar of the mail door: narrower than RFC 5322, so that no two programs can read one address differently (L-26, L-48, L-51).

import { domainToASCII } from 'node:url';

/** `address` is local@domain in ASCII, the domain in lower case; `name` is for display only and holds no control or direction characters. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

// RFC 5321 section 4.5.3.1: 64 octets before the @; 254 for the whole leaves room for the angle brackets of a path.
const longestLocal = 64;
const longestAddress = 254;
const longestLabel = 63;
const localForm = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const labelForm = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
// What domainToASCII would decode, split or drop before it answers: percent signs, slashes, ports, soft hyphens.
const domainText = /^[a-z0-9.\-\u{a1}-\u{ac}\u{ae}-\u{1ffff}]+$/iu;

/**
 * `text` as local@domain in ASCII, or nothing when it does not fit: no quoted local parts, no comments, no encoded words, no address
 * literals, no white space. International domain names become `xn--` labels; international local parts do not fit.
 */
export function address(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  if (local.length > longestLocal || !localForm.test(local) || looksEncoded(local)) return undefined;
  const domain = asciiDomain(text.slice(at + 1));
  if (domain === undefined || local.length + 1 + domain.length > longestAddress) return undefined;
  return `${local}@${domain}`;
}

/** RFC 2047 section 5: an encoded word has no place in an address, yet its characters are all legal in a local part. */
function looksEncoded(local: string): boolean {
  return local.startsWith('=?') && local.endsWith('?=');
}

function asciiDomain(text: string): string | undefined {
  if (!domainText.test(text) || text.length > longestAddress) return undefined;
  const ascii = domainToASCII(text);
  const labels = ascii.split('.');
  const last = labels.at(-1) ?? '';
  if (/^[0-9]+$/.test(last)) return undefined;
  return labels.every((label) => label.length <= longestLabel && labelForm.test(label)) ? ascii : undefined;
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
