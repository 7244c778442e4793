// SPDX-License-Identifier: Apache-2.0
// CODEOWNERS as GitHub and GitLab read it: a pattern and its owners on each line; the last pattern that fits has the say.

import type { MaintainersFile, Subsystem } from './file.ts';
import { caretaker, subsystem } from './file.ts';

/** GitLab's `[Section]` lines may name owners for the patterns below that name none. */
const section = /^\^?\[([^\]]+)\](?:\[\d+\])?\s*(.*)$/;

export function parseCodeowners(text: string): MaintainersFile {
  const subsystems: Subsystem[] = [];
  let common: readonly string[] = [];
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/(^|\s)#.*$/, '').trim();
    if (line === '') continue;
    const heading = section.exec(line);
    if (heading !== null) {
      common = wordsOf(heading[2] ?? '');
      continue;
    }
    const [pattern = '', ...owners] = wordsOf(line);
    const named = owners.length === 0 ? common : owners;
    subsystems.push(subsystem(pattern, { files: [pattern], people: named.flatMap((one) => caretaker(one, 'maintainer') ?? []) }));
  }
  return { form: 'codeowners', subsystems };
}

/** A backslash keeps a space within the pattern. */
function wordsOf(line: string): readonly string[] {
  return (line.match(/(?:\\.|[^\s\\])+/g) ?? []).map((word) => word.replaceAll('\\ ', ' '));
}
