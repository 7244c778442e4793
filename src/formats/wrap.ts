// SPDX-License-Identifier: Apache-2.0
// Plain text in columns: words are wrapped, verbatim blocks and words longer than a line are left whole.

import { blocksOf, isVerbatim, type Prose } from '../core/model/prose.ts';
import { visible } from './characters.ts';

export const pageWidth = 72;

const ascii = /^[\x20-\x7e]*$/;
const noWidth = /^[\p{Mn}\p{Me}\u200b-\u200f]$/u;
const doubleWidth =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

/** Columns that `text` takes in a terminal (Unicode TR 11, roughly). */
export function columns(text: string): number {
  if (ascii.test(text)) return text.length;
  return [...text].reduce((sum, each) => sum + (noWidth.test(each) ? 0 : doubleWidth.test(each) ? 2 : 1), 0);
}

/** `text`, a line of words, in lines of at most `width` columns; a longer word has a line of its own. */
export function wrap(text: string, width: number): readonly string[] {
  const shown = visible(text);
  if (columns(shown) <= width) return [shown];
  const lines: string[] = [];
  let current = '';
  let used = 0;
  for (const word of shown.split(' ')) {
    const wide = columns(word);
    if (current !== '' && used + 1 + wide > width) {
      lines.push(current);
      current = '';
      used = 0;
    }
    used += wide + (current === '' ? 0 : 1);
    current = current === '' ? word : `${current} ${word}`;
  }
  return current === '' ? lines : [...lines, current];
}

/** The blocks of `text`, an empty line between two. */
export function wrapProse(text: Prose, width: number): readonly string[] {
  return blocksOf(text).flatMap((block, at) => {
    const lines = isVerbatim(block) ? visible(block).split('\n') : wrap(block, width);
    return at === 0 ? lines : ['', ...lines];
  });
}

/** `values` after `label`, which ends at column `at`; every value starts a line, continued lines stand below the first. No value, no line. */
export function rows(label: string, values: readonly string[], at: number): readonly string[] {
  const hang = ' '.repeat(at + 2);
  const lines = values.flatMap((value) => wrap(value, pageWidth - at - 2));
  return lines.map((line, index) => (index === 0 ? `${label.padStart(at)}: ${line}` : hang + line));
}

/** A heading of at most `width` columns, underlined by `mark`. */
export function heading(text: string, mark: string, width = pageWidth): readonly string[] {
  const lines = wrap(text, width);
  return [...lines, mark.repeat(Math.min(width, Math.max(...lines.map(columns))))];
}
