// SPDX-License-Identifier: Apache-2.0
// Words by which the public text of a patch tells that it mends a flaw, before everybody may know (P11).

import type { Commit } from './series.ts';

/** Whole words or phrases; what only names a kind of bug, such as an overflow, tells no more than the diff does. */
const telling = [
  /\bCVE-\d{4}-\d{4,19}\b/gi,
  /\bCVSS\b/gi,
  /\bCWE-\d{1,5}\b/gi,
  /\bsecurity\b/gi,
  /\bvulnerab(?:le|ility|ilities)\b/gi,
  /\bexploit(?:s|ed|able|ation)?\b/gi,
  /\battack(?:s|ed|er|ers)?\b/gi,
  /\bmalicious(?:ly)?\b/gi,
  /\bembargo(?:ed)?\b/gi,
  /\bdisclosure\b/gi,
  /\bproof of concept\b/gi,
  /\bprivilege escalation\b/gi,
  /\bguest escape\b/gi,
  /\bdenial of service\b/gi,
  /\b(?:arbitrary|remote) code\b/gi,
];

/** Each as it stands there, once, in the order of the list. Sign-offs and other trailers are people's, and are left out. */
export function tellingWords({ subject, body }: Commit): readonly string[] {
  const said = [subject, ...body.filter((line) => !/^[A-Z][A-Za-z-]*-by: /.test(line))].join('\n');
  const found = telling.flatMap((word) => said.match(word) ?? []);
  return found.filter((one, index) => found.findIndex((other) => other.toLowerCase() === one.toLowerCase()) === index);
}
