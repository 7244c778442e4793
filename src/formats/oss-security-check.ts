// SPDX-License-Identifier: Apache-2.0
// A mail to oss-security checked by the rules of that list (CONTRACT 3.6): what its moderators refuse or ask back for.

import type { Check } from './check.ts';

interface Mail {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const wordsAtLeast = 60;

/** Headers, an empty line, the text. Without recipients only subject and text are looked at. */
export function checkOssSecurity(bytes: Uint8Array): readonly Check[] {
  const { headers, body } = mailIn(new TextDecoder().decode(bytes));
  const subject = headers.get('subject') ?? '';
  return [...subjectChecks(subject), ...bodyChecks(body), ...recipientChecks(headers)];
}

function mailIn(text: string): Mail {
  const [head = '', ...rest] = text.replaceAll('\r\n', '\n').split('\n\n');
  const unfolded = head.replaceAll(/\n[ \t]+/g, ' ').split('\n');
  const headers = unfolded.flatMap((line): readonly (readonly [string, string])[] => {
    const [, name, value] = /^([A-Za-z-]+):\s*(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value]];
  });
  return { headers: new Map(headers), body: rest.join('\n\n') };
}

function check(level: Check['level'], place: string, rule: string, message: string): Check {
  return { level, place, rule, message };
}

function subjectChecks(subject: string): readonly Check[] {
  const words = subject.replaceAll(/CVE-\d{4}-\d+|[()[\],;:]/g, ' ').trim();
  if (subject === '') return [check('error', 'subject', 'subject', 'expected a subject')];
  if (words === '')
    return [check('error', 'subject', 'subject-number-only', 'a number alone is refused: name software, versions and kind of flaw')];
  return [
    ...(/^\[vs\]/i.test(subject) ? [check('error', 'subject', 'subject-private', '[vs] belongs to the private list')] : []),
    ...(words.split(/\s+/).length < 3
      ? [check('error', 'subject', 'subject-kind', 'expected the software and what is wrong with it')]
      : []),
    ...(/\d/.test(words) ? [] : [check('warning', 'subject', 'subject-versions', 'the list asks for versions in the subject')]),
  ];
}

/** All details are in the text itself: links may rot. */
function bodyChecks(body: string): readonly Check[] {
  const words = body.replaceAll(/https?:\/\/\S+/g, ' ').match(/\p{L}{2,}/gu) ?? [];
  return [
    ...(words.length < wordsAtLeast
      ? [check('error', 'body', 'links-only', `expected the details in the text itself, not ${words.length} words beside links`)]
      : []),
    ...(/<(?:html|body|div|p)\b/i.test(body) ? [check('error', 'body', 'not-plain', 'expected plain text')] : []),
    ...(/\b(?:AI|LLM|language model)\b/.test(body)
      ? []
      : [check('note', 'body', 'tools', 'moderators ask whether AI was used: say so, or that it was not')]),
  ];
}

function recipientChecks(headers: ReadonlyMap<string, string>): readonly Check[] {
  const all = ['to', 'cc'].flatMap((name) => headers.get(name)?.match(/[^\s<>,]+@[^\s<>,]+/g) ?? []);
  const others = all.filter(
    (address) => address.toLowerCase() !== 'oss-security@lists.openwall.com' && /(?:lists?\.|-devel@|-announce@|-discuss@)/i.test(address),
  );
  return others.map((address) => check('error', 'recipients', 'other-lists', `a mail to oss-security goes to no other list: ${address}`));
}
