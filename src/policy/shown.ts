// SPDX-License-Identifier: Apache-2.0
// What a file says, as a message may show it: short, on one line, and with nothing that moves the cursor or turns the text around.

/** `text` with control and direction characters written out, cut after 60 characters. */
export function harmless(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return short.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** A value of the file: a word in backticks, or what kind of thing stands there. */
export function shown(input: unknown): string {
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a map';
  return `\`${harmless(String(input))}\``;
}
