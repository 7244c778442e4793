// SPDX-License-Identifier: Apache-2.0
// Bodies as text that a database can hold and a terminal can show.

/** Characters of a body that are kept as text; the raw mail keeps the rest. */
export const longestText = 2_000_000;

/**
 * LF line ends, well-formed Unicode, and control characters other than tab and line feed as their pictures (U+2400), so that an escape
 * sequence is seen and not obeyed. Cut at two million characters; the caller says so.
 */
export function cleanText(text: string): string {
  return text
    .slice(0, longestText)
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\u{0}-\u{8}\u{b}-\u{1f}]/gu, (mark) => String.fromCharCode(0x2400 + mark.charCodeAt(0)))
    .replaceAll('\u{7f}', '\u{2421}')
    .replaceAll(/[\u{80}-\u{9f}]/gu, '\u{fffd}');
}
