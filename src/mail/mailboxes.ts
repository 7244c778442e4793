// SPDX-License-Identifier: Apache-2.0
// Address header fields (From, To, Cc, Reply-To) as lists of mailboxes. What does not fit is left out and counted, never guessed.

import { decodeWords } from 'postal-mime';
import type { Mailbox } from '../core/model/mailbox.ts';
import { address, oneLine } from './address.ts';

export interface Mailboxes {
  readonly fitting: readonly Mailbox[];
  /** Entries that are no plain mailbox by the grammar of address.ts. */
  readonly unfitting: number;
}

/** What one entry is made of: words and quoted strings, comments, and what stood in angle brackets. */
interface Entry {
  words: string;
  comment: string;
  angle: string | undefined;
  quoted: boolean;
  broken: boolean;
}

const longestName = 200;
const mostEntries = 500;
// Cut before parsing: one field of a megabyte names nobody.
const longestField = 100_000;

// RFC 5322 section 3.2: a quoted string, a comment or an angle address ends only by its own mark. The closing mark is optional in the
// pattern, so that a field full of opening marks is still read once, from left to right; a missing one breaks its entry.
const token = /"((?:[^"\\]|\\.)*)("?)|\(((?:[^()\\]|\\.)*)(\)?)|<([^<>]*)(>?)|([,;])|([^"(<>,;:)]+)|(.)/gsu;
const wholeGroup = /^[^:<>",;@]*:(.*);\s*$/su;

/** The mailboxes of one field value, already unfolded. Structure is read before anything is decoded, so an encoded word can never add an address. */
export function mailboxes(field: string): Mailboxes {
  const text = field.slice(0, longestField);
  const read = entries(wholeGroup.exec(text)?.[1] ?? text).slice(0, mostEntries);
  const fitting = read.map(mailbox).filter((box) => box !== undefined);
  return { fitting, unfitting: read.length - fitting.length + (field.length > longestField ? 1 : 0) };
}

function mailbox(entry: Entry): Mailbox | undefined {
  // A quoted string is a name, never an address: no quoted local parts.
  if (entry.broken || (entry.quoted && entry.angle === undefined)) return undefined;
  const found = address((entry.angle ?? entry.words).trim());
  if (found === undefined) return undefined;
  // RFC 5322 appendix A.6.1, the older style: `pete@silly.test (Pete)`.
  const name = entry.angle === undefined || entry.words.trim() === '' ? entry.comment : entry.words;
  return { name: oneLine(decodeWords(name), longestName), address: found };
}

function entries(field: string): Entry[] {
  const read: Entry[] = [empty()];
  for (const match of field.matchAll(token)) {
    if (match[7] !== undefined) read.push(empty());
    else add(read.at(-1) ?? empty(), match);
  }
  return read.filter((entry) => entry.broken || entry.angle !== undefined || `${entry.words}${entry.comment}`.trim() !== '');
}

function empty(): Entry {
  return { words: '', comment: '', angle: undefined, quoted: false, broken: false };
}

function add(entry: Entry, match: RegExpExecArray): void {
  const [, quoted, quoteEnd, comment, commentEnd, angle, angleEnd, , words, stray] = match;
  const open = quoteEnd === '' || commentEnd === '' || angleEnd === '';
  if (open || stray !== undefined) entry.broken = true;
  if (comment !== undefined) entry.comment += unescaped(comment);
  if (angle !== undefined) {
    entry.broken ||= entry.angle !== undefined;
    entry.angle = angle;
  }
  const text = quoted === undefined ? (words ?? '') : unescaped(quoted);
  // Nothing but comments may follow the angle address: `<a@b> <c@d>` and `<a@b> c` name nobody.
  if (entry.angle !== undefined && text.trim() !== '') entry.broken = true;
  entry.quoted ||= quoted !== undefined;
  entry.words += text;
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gsu, '$1');
}
