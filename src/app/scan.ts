// SPDX-License-Identifier: Apache-2.0
// What a reporter may not have meant to publish: access tokens, private keys, addresses of others. Shown before sending (QEMU-28).

import type { ScanResult } from '../core/model/intake-event.ts';

export interface Finding {
  readonly kind: keyof ScanResult;
  /** 1 for the first line. */
  readonly line: number;
  /** Offsets within that line. */
  readonly from: number;
  readonly to: number;
  readonly sentence: string;
}

interface Pattern {
  readonly kind: keyof ScanResult;
  readonly find: RegExp;
  readonly sentence: string;
}

/** Linear patterns only: each is anchored on fixed characters and repeats one class, so that no input makes them slow. */
const patterns: readonly Pattern[] = [
  { kind: 'tokens', find: /\bgl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-[\w-]{20,100}/g, sentence: 'This looks like a GitLab access token.' },
  { kind: 'tokens', find: /\b(?:gh[pousr]_\w{36,251}|github_pat_\w{22,243})/g, sentence: 'This looks like a GitHub access token.' },
  { kind: 'tokens', find: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, sentence: 'This looks like a cloud access key.' },
  { kind: 'tokens', find: /\bxox[abeprs]-[\w-]{10,200}/g, sentence: 'This looks like a chat token.' },
  { kind: 'tokens', find: /\beyJ[\w-]{10,1000}\.eyJ[\w-]{10,2000}\.[\w-]{10,1000}/g, sentence: 'This looks like a signed session token.' },
  {
    kind: 'tokens',
    find: /\b(?:password|passwd|secret|api[_-]?key)\s{0,5}[=:]\s{0,5}\S{6,200}/gi,
    sentence: 'This looks like a password.',
  },
  {
    kind: 'tokens',
    find: /\bAuthorization:\s{0,5}(?:Bearer|Basic)\s{1,5}\S{8,2000}/gi,
    sentence: 'This looks like credentials of a request.',
  },
  { kind: 'keys', find: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g, sentence: 'A private key begins here.' },
  {
    kind: 'addresses',
    find: /\b[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}\b/g,
    sentence: 'A mail address; is it yours to publish?',
  },
];

const longestLine = 10_000;

export function scan(text: string): readonly Finding[] {
  return text.split('\n').flatMap((content, index) => scanLine(content.slice(0, longestLine), index + 1));
}

export function summary(findings: readonly Finding[]): ScanResult {
  const count = (kind: keyof ScanResult) => findings.filter((finding) => finding.kind === kind).length;
  return { tokens: count('tokens'), keys: count('keys'), addresses: count('addresses') };
}

function scanLine(content: string, line: number): readonly Finding[] {
  return patterns.flatMap(({ kind, find, sentence }) =>
    [...content.matchAll(find)].map((match) => ({ kind, line, from: match.index, to: match.index + match[0].length, sentence })),
  );
}
