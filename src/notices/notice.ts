// SPDX-License-Identifier: Apache-2.0
// A notice: subject and text of one mail to one recipient. Subjects carry a codename, never a title, a number or a severity.

export interface Notice {
  readonly subject: string;
  /** Plain text, LF line ends, 72 columns. */
  readonly text: string;
}

export type Fields = Readonly<Record<string, string | null>>;

const columns = 72;

/** Fills `{field}`s. A line whose only field is empty is left out; so is one whose fields are all empty (policy language, texts). */
export function filled(template: string, fields: Fields): string {
  return template
    .trimEnd()
    .split('\n')
    .flatMap((line) => filledLine(line, fields))
    .join('\n');
}

/** Paragraphs wrapped at 72 columns; lines that begin with a space or `>` stay as they are, and so does a word that is longer. */
export function wrapped(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => (line.length <= columns || /^[ >]/.test(line) ? [line] : wrappedLine(line)))
    .join('\n');
}

function filledLine(line: string, fields: Fields): readonly string[] {
  const names = [...line.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  if (names.length > 0 && names.every((name) => (fields[name] ?? '') === '')) return [];
  return [line.replace(/\{(\w+)\}/g, (_, name: string) => fields[name] ?? '')];
}

function wrappedLine(line: string): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > columns) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current];
}
