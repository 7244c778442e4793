// SPDX-License-Identifier: Apache-2.0
// Plain text as Markdown and back, for formats whose long texts are Markdown (OSV `details`).

import { blocksOf, isVerbatim, type Prose, prose } from '../core/model/prose.ts';

// What would begin HTML in Markdown (CommonMark 0.31, 6.6); a backslash before it makes it text.
const tag = /<(?=[A-Za-z/!?])/g;

/** Blocks as paragraphs; verbatim ones are code already, by their four spaces. */
export function toMarkdown(text: Prose): string {
  return blocksOf(text)
    .map((block) => (isVerbatim(block) ? block : block.replaceAll(tag, '\\<')))
    .join('\n\n');
}

const standsAlone = /^\s{0,3}(?:[-*+]\s|\d+[.)]\s|#{1,6}\s|>|\|)/;

/** The words of `text`; what is in fences becomes verbatim, list entries, headings and rows of tables keep a block of their own. */
export function fromMarkdown(text: string): Prose | undefined {
  const lines: string[] = [];
  let fenced = false;
  for (const each of text.replaceAll('\r', '').split('\n')) {
    if (/^\s*(?:```|~~~)/.test(each)) {
      fenced = !fenced;
      lines.push('');
    } else if (fenced) lines.push(`    ${each}`);
    else if (standsAlone.test(each)) lines.push('', each.trim().replaceAll('\\<', '<'));
    else lines.push(each.replaceAll('\\<', '<'));
  }
  return prose(lines.join('\n'));
}
