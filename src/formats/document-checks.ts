// SPDX-License-Identifier: Apache-2.0
// What is wrong with a document that was just written, by the schema and the rules of its format. CSAF has a validator of its own.

import { type Check, checksOf } from './check.ts';
import { checkCve } from './cve-check.ts';
import { type FormatName, formats } from './index.ts';
import { checkOsv } from './osv-check.ts';
import type { Publisher } from './publisher.ts';

type Checker = (text: string, publisher: Publisher) => readonly Check[];

const checkers: Readonly<Partial<Record<FormatName, Checker>>> = {
  osv: (text) => checkOsv(utf8(text), JSON.parse(text)),
  cve: (text) => checkCve(utf8(text), JSON.parse(text)),
  lsn: (text, publisher) => checksOf(formats.lsn.read(utf8(text), publisher)),
  ossa: (text) => checksOf(formats.ossa.read(utf8(text))),
  advisory: (text) => checksOf(formats.advisory.read(utf8(text))),
};

/** Everything that is found in it; nothing for a format that nobody has rules for. */
export function checksOfDocument(name: FormatName, text: string, publisher: Publisher): readonly Check[] {
  return checkers[name]?.(text, publisher) ?? [];
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
