// SPDX-License-Identifier: Apache-2.0
// A security.txt checked by RFC 9116: what must be there, how often, in which form, and whether it still holds.

import { type Instant, instant, Temporal } from '../core/model/time.ts';
import type { Check } from './check.ts';
import { isUri } from './uri.ts';

interface Field {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/** RFC 9116 section 2.5; the names are compared without case. */
const addresses: ReadonlySet<string> = new Set([
  'acknowledgments',
  'canonical',
  'contact',
  'encryption',
  'hiring',
  'policy',
  'csaf',
  'bug-bounty',
]);
const known: ReadonlySet<string> = new Set([...addresses, 'expires', 'preferred-languages']);
const once = ['expires', 'preferred-languages'];

export function checkSecurityTxt(bytes: Uint8Array, now: Instant): readonly Check[] {
  const text = decoded(bytes);
  if (text === undefined) return [error('the file', 'RFC 9116 3', 'expected UTF-8')];
  const lines = bodyOf(text).map((line, at) => ({ line, at: at + 1 }));
  const fields: Field[] = [];
  const wrong: Check[] = [];
  for (const { line, at } of lines) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, name, value] = /^([A-Za-z-]+): (.*\S)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) wrong.push(error(`line ${at}`, 'RFC 9116 2.2', 'expected Name: value'));
    else fields.push({ name: name.toLowerCase(), value, line: at });
  }
  return [
    ...wrong,
    ...counts(fields),
    ...fields.flatMap(checkField),
    ...fields.filter(({ name }) => name === 'expires').flatMap((field) => checkExpiry(field, now)),
  ];
}

function error(place: string, rule: string, message: string): Check {
  return { level: 'error', place, rule, message };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The lines of a file, without the frame of a clear signature around it: its lines keep their numbers, emptied. */
function bodyOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  const begin = lines.indexOf('-----BEGIN PGP SIGNED MESSAGE-----');
  if (begin === -1) return lines;
  const body = lines.indexOf('', begin);
  const end = lines.indexOf('-----BEGIN PGP SIGNATURE-----');
  return lines.map((line, at) => (at <= body || (end !== -1 && at >= end) ? '' : line.replace(/^- /, '')));
}

function counts(fields: readonly Field[]): readonly Check[] {
  const all = (name: string) => fields.filter((field) => field.name === name);
  const missing = ['contact', 'expires'].filter((name) => all(name).length === 0);
  return [
    ...missing.map((name) => error('the file', name === 'contact' ? 'RFC 9116 2.5.3' : 'RFC 9116 2.5.5', `expected the field ${name}`)),
    ...once
      .flatMap((name) => all(name).slice(1))
      .map(({ name, line }) => error(`line ${line}`, 'RFC 9116 2.5', `${name} stands once only`)),
  ];
}

function checkField({ name, value, line }: Field): readonly Check[] {
  const place = `line ${line}`;
  if (!known.has(name)) return [{ level: 'note', place, rule: 'RFC 9116 2.4', message: `${name} is no field of the standard` }];
  if (name === 'preferred-languages') {
    const languages = value.split(',').map((each) => each.trim());
    return languages.every((each) => /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(each))
      ? []
      : [error(place, 'RFC 9116 2.5.8', 'expected languages as en, de-CH')];
  }
  if (!addresses.has(name)) return [];
  if (!isUri(value)) return [error(place, 'RFC 9116 2.5', `expected an address, not ${value}; a mail address has mailto: before it`)];
  return /^http:/i.test(value) ? [error(place, 'RFC 9116 2.5', 'an address on the web begins with https')] : [];
}

function checkExpiry({ value, line }: Field, now: Instant): readonly Check[] {
  const place = `line ${line}`;
  const rule = 'RFC 9116 2.5.5';
  const end = readInstant(value);
  if (end === undefined) return [error(place, rule, `expected a time as 2026-12-31T18:00:00Z, not ${value}`)];
  if (end <= now) return [error(place, rule, `it expired at ${value}`)];
  const year = Temporal.Instant.from(now).toZonedDateTimeISO('UTC').add({ years: 1 }).toInstant().toString();
  return Temporal.Instant.compare(Temporal.Instant.from(end), Temporal.Instant.from(year)) > 0
    ? [{ level: 'warning', place, rule, message: 'less than a year ahead is recommended' }]
    : [];
}

function readInstant(text: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}/.test(text)) return undefined;
  try {
    return instant(text);
  } catch {
    return undefined;
  }
}
