// SPDX-License-Identifier: Apache-2.0
// Headers of every answer of every door that speaks HTTP: no sniffing, no referrer, no loading by another site, and back over TLS only.

/** L-20, L-58. */
const always: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** `https`: visitors reach this installation by TLS, and browsers are told to come back so for a year (ASVS 3.4.1). */
export function commonHeaders(https: boolean): readonly (readonly [string, string])[] {
  return Object.entries(https ? { ...always, 'Strict-Transport-Security': 'max-age=31536000' } : always);
}

export const notIndexed = 'noindex, nofollow, noarchive';
