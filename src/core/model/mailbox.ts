// SPDX-License-Identifier: Apache-2.0
// The one grammar of mail addresses, for what comes in and what goes out: narrower than RFC 5322, so that no two programs can read one differently (L-26, L-48, L-51).

/** `address` is local@domain in ASCII, neither holds control characters; `name` is for display only. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

// No quoted local parts, comments, literals, encoded words (RFC 2047 section 5) or white space. RFC 5321 section 4.5.3.1: 64 octets before the @,
// and 254 for the whole, which leaves room for the angle brackets of a path; RFC 1035 section 2.3.4: 63 for a label.
const form =
  /^(?!=\?[^@]*\?=@)(?=.{3,254}$)(?=[^@]{1,64}@)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*(?![0-9]+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Whether `text` is local@domain in ASCII, as we write and take it. */
export function isAddress(text: string): boolean {
  return form.test(text);
}
