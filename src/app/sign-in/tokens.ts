// SPDX-License-Identifier: Apache-2.0
// How our secrets are written: a prefix that says the kind, 130 random bits or more, and a checksum, so that one is known wherever it turns up (L-32).

import { crc32 } from 'node:zlib';
import { base32 } from '../encoding.ts';

/** What a secret opens. */
export type SecretKind = 'session' | 'enrolment' | 'return-key' | 'reporter-link' | 'reporter-session' | 'api-token';

/** Letters and digits only, so that a whole secret is one word; the underscore of an API token is what scanners of code look for. */
const prefixes = {
  session: 'dls',
  enrolment: 'dle',
  'return-key': 'dlk',
  'reporter-link': 'dlr',
  'reporter-session': 'dlv',
} as const satisfies Partial<Record<SecretKind, string>>;
const apiPrefix = 'dlp_';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 23 digits of 62 hold 136 bits, and 6 a checksum of 32. */
const apiRandom = 23;
const apiCheck = 6;
/** 17 bytes in base 32, and 4 of a checksum. */
const randomBytes = 17;
const randomLength = 28;
const checkLength = 7;

/** A fresh secret. It is shown once and kept as SHA-256. */
export function newSecret(kind: SecretKind, random: (bytes: number) => Uint8Array): string {
  if (kind === 'api-token') {
    const body = apiPrefix + base62(random(randomBytes), apiRandom);
    return body + checkOf(body);
  }
  return secretOf(kind, random(randomBytes));
}

/** A secret made of bytes that are secret already. */
export function secretOf(kind: Exclude<SecretKind, 'api-token'>, bytes: Uint8Array): string {
  const body = prefixes[kind] + base32(bytes.subarray(0, randomBytes));
  return body + shortCheck(body);
}

export interface Seen {
  readonly kind: SecretKind | 'reply-address';
  readonly token: string;
  readonly from: number;
  readonly to: number;
}

const word = /\bdl[sekrv][0-9a-hjkmnp-tv-z]{35}\b/g;
const apiToken = /\bdlp_[0-9A-Za-z]{29}(?![0-9A-Za-z])/g;
/** A reply address is known by where it stands. */
const replyAddress = /\breports\+([0-9a-hjkmnp-tv-z]{32})@/gi;

/** Every secret of ours in a text, in order. Whether it is still good is the store's to say. */
export function secretsIn(text: string): readonly Seen[] {
  const found = [
    ...[...text.matchAll(word)].filter(([token]) => isWord(token)).map((match) => seen(kindOf(match[0]), match, match[0])),
    ...[...text.matchAll(apiToken)].filter(([token]) => isApiToken(token)).map((match) => seen('api-token', match, match[0])),
    ...[...text.matchAll(replyAddress)].map((match) => seen('reply-address', match, match[1] ?? '')),
  ];
  return found.sort((one, other) => one.from - other.from);
}

/** Longest file that is looked through, in bytes; a key is pasted into notes and logs, not into images. */
const longestFile = 4 * 1024 * 1024;

/** Secrets in a file, as far as it is text in any encoding that has ASCII in it. A mail's own addresses are its header's, and no slip. */
export function secretsInFile(bytes: Uint8Array): readonly Seen[] {
  if (bytes.length > longestFile) return [];
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  return secretsIn(text).filter(({ kind }) => kind !== 'reply-address');
}

function seen(kind: Seen['kind'], match: RegExpExecArray, token: string): Seen {
  const from = match.index + match[0].indexOf(token);
  return { kind, token: kind === 'reply-address' ? token.toLowerCase() : token, from, to: from + token.length };
}

/** What stands where a secret stood: it says what was there, and opens nothing. */
const struckMark = '[key removed]';

/** The text without its secrets. */
export function withoutSecrets(text: string, secrets: readonly Seen[]): string {
  if (secrets.length === 0) return text;
  let kept = '';
  let from = 0;
  for (const secret of secrets) {
    kept += text.slice(from, secret.from) + struckMark;
    from = secret.to;
  }
  return kept + text.slice(from);
}

/** Whether a word has the form of this kind, its checksum included. Says nothing of whether there is such a secret. */
export function hasForm(kind: SecretKind, given: string): boolean {
  if (kind === 'api-token') return /^dlp_[0-9A-Za-z]{29}$/.test(given) && isApiToken(given);
  return given.startsWith(prefixes[kind]) && given.length === 3 + randomLength + checkLength && isWord(given);
}

function kindOf(token: string): keyof typeof prefixes {
  const kinds: readonly (keyof typeof prefixes)[] = ['session', 'enrolment', 'return-key', 'reporter-link', 'reporter-session'];
  return kinds.find((kind) => token.startsWith(prefixes[kind])) ?? 'session';
}

function isWord(token: string): boolean {
  return shortCheck(token.slice(0, -checkLength)) === token.slice(-checkLength);
}

function isApiToken(token: string): boolean {
  return checkOf(token.slice(0, -apiCheck)) === token.slice(-apiCheck);
}

function shortCheck(body: string): string {
  const check = new Uint8Array(4);
  new DataView(check.buffer).setUint32(0, crc32(body));
  return base32(check);
}

function checkOf(body: string): string {
  const check = new Uint8Array(4);
  new DataView(check.buffer).setUint32(0, crc32(body));
  return base62(check, apiCheck);
}

/** The bytes as one number in base 62, its last `length` digits. */
function base62(bytes: Uint8Array, length: number): string {
  let value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  let text = '';
  for (let index = 0; index < length; index++) {
    text = (digits[Number(value % 62n)] ?? '0') + text;
    value /= 62n;
  }
  return text;
}
