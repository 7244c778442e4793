// SPDX-License-Identifier: Apache-2.0
// Which texts are addresses in the sense of formats that demand one.

/** An absolute URI of the characters that RFC 3986 allows, appendix A; `URL` alone also takes blanks, and encodes them. */
export function isUri(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+$/.test(text) && URL.canParse(text);
}
