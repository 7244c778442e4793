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

/** One line of a template. What stands around a field that is empty goes with it: its brackets, or the mark that would follow it. What the fields say is left as it is. */
export function filledSubject(template: string, fields: Fields): string {
  const isEmpty = (name: string) => (fields[name] ?? '').trim() === '';
  const kept = template
    .replace(/\s*(?:\(\{(\w+)\}\)|\[\{(\w+)\}\])/g, (all, round?: string, square?: string) => (isEmpty(round ?? square ?? '') ? '' : all))
    .replace(/\{(\w+)\}(?:\s*[:,;])?/g, (all, name: string) => (isEmpty(name) ? '' : all))
    .replace(/[\s:,;]+$/, '');
  return kept
    .replace(/\{(\w+)\}/g, (_, name: string) => fields[name] ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
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
