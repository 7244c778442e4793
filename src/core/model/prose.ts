// SPDX-License-Identifier: Apache-2.0
// The two forms of text in an advisory record, and how any text is brought into them.

/** One line of text: not empty, no line breaks, single spaces, none at the ends. Made by `line`. */
export type Line = string & { readonly form: 'line' };

/**
 * Plain text in blocks, not empty; one empty line stands between two blocks. A flowed block is one line with single spaces, to be
 * wrapped by whoever shows it. A verbatim block (commands, a log) has four spaces before each of its lines, which stay as they are.
 * No markup. Made by `prose`.
 */
export type Prose = string & { readonly form: 'prose' };

// Line ends and spaces of text files; no-break spaces are the writer's intention and stay.
const blank = /[ \t\r\n\v\f\u0085\u2028\u2029]+/g;

/** `text` as one line, or nothing when no characters are left. */
export function line(text: string): Line | undefined {
  const single = text.toWellFormed().replace(blank, ' ').trim();
  return single === '' ? undefined : (single as Line);
}

/** `text` in the white space of `Prose`, or nothing when no characters are left: empty lines part the blocks, tabs are eight columns. */
export function prose(text: string): Prose | undefined {
  const lines = text
    .toWellFormed()
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .split('\n');
  const blocks: string[][] = [[]];
  for (const each of lines.map(untabbed)) {
    if (each === '') blocks.push([]);
    else if (isVerbatim(each) !== isVerbatim(blocks.at(-1)?.at(-1) ?? each)) blocks.push([each]);
    else blocks.at(-1)?.push(each);
  }
  const joined = blocks
    .map(joinBlock)
    .filter((block) => block !== '')
    .join('\n\n');
  return joined === '' ? undefined : (joined as Prose);
}

function joinBlock(lines: readonly string[]): string {
  return isVerbatim(lines[0] ?? '') ? lines.join('\n') : lines.join(' ').replace(blank, ' ').trim();
}

/** Whether a line or block of `Prose` is to be shown as it stands. */
export function isVerbatim(block: string): boolean {
  return block.startsWith('    ');
}

/** The blocks of `text`, in order. */
export function blocksOf(text: Prose): readonly string[] {
  return text.split('\n\n');
}

function untabbed(each: string): string {
  return each.replaceAll('\t', '        ').trimEnd();
}
