// SPDX-License-Identifier: Apache-2.0
// The shape of an advisory record as JSON; docs/advisory.schema.json is made from it. White space of texts is put in order on reading.

import { z } from 'zod';
import type { Advisory } from '../core/model/advisory.ts';
import { creditKinds, referenceKinds, statuses } from '../core/model/advisory-words.ts';
import { day, type When } from '../core/model/day.ts';
import { type CveId, cveId } from '../core/model/identifiers.ts';
import { type Line, line, type Prose, prose } from '../core/model/prose.ts';
import { instant } from '../core/model/time.ts';
import { isAdvisoryId } from './format.ts';

const longest = 1_000_000;

/** A text that `parse` makes canonical, or refuses because nothing is left of it. */
function parsed<T extends string>(parse: (text: string) => T | undefined, expected: string) {
  return z
    .string()
    .min(1, `expected ${expected}; leave out what is empty`)
    .max(longest)
    .transform((text, context): T => {
      const value = text.isWellFormed() ? parse(text) : undefined;
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message: `expected ${expected}` });
      return z.NEVER;
    });
}

const lineOf = parsed<Line>(line, 'a line of text').meta({ id: 'Line', description: 'One line of text, not empty.' });
const proseOf = parsed<Prose>(prose, 'a text').meta({
  id: 'Prose',
  description: 'Plain text, not empty; empty lines part its blocks, four leading spaces mark lines to be shown as they stand.',
});
const cveOf = parsed<CveId>(cveId, 'a CVE id as CVE-2026-12345').meta({
  id: 'Cve',
  description: 'CVE id.',
  pattern: '^CVE-\\d{4}-\\d{4,19}$',
});
const whenOf = parsed<When>(when, 'a day 2026-11-05 or an instant 2026-11-05T15:00:00.000Z').meta({
  id: 'When',
  description: 'A day, YYYY-MM-DD, or an instant in UTC, YYYY-MM-DDTHH:MM:SS.mmmZ; another offset is brought to UTC.',
  pattern: '^\\d{4}-\\d{2}-\\d{2}(?:T[0-9:.]+(?:Z|[+-]\\d{2}:\\d{2}))?$',
});

const idOf = parsed<Line>((text) => (isAdvisoryId(text) ? (text as Line) : undefined), 'an id as LSN-2026-0003').meta({
  id: 'Id',
  description: 'As published, prefix and all: letters, digits, and . _ : + -',
  pattern: '^[A-Za-z0-9][A-Za-z0-9._:+-]{0,127}$',
});
const languageOf = parsed<Line>(
  (text) => (/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(text) ? (text as Line) : undefined),
  'a language as en or de-CH',
).meta({
  id: 'Language',
  description: 'BCP 47.',
  pattern: '^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$',
});

function when(text: string): When | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return day(text);
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  try {
    return instant(text);
  } catch {
    return undefined;
  }
}

function listOf<T extends z.ZodType>(item: T) {
  return z.array(item).min(1, 'expected at least one; leave out what is empty').max(100_000);
}

function either<T extends z.ZodType>(shape: T, first: string, second: string) {
  const has = (value: unknown, key: string) => typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  const checked = shape.refine((value) => has(value, first) || has(value, second), `expected ${first} or ${second}`);
  return checked.meta({ anyOf: [{ required: [first] }, { required: [second] }] });
}

const cves = listOf(cveOf).exactOptional();
const lines = listOf(lineOf).exactOptional();
const aLine = lineOf.exactOptional();
const aText = proseOf.exactOptional();

const status = z.enum(statuses);
const justification = z.enum([
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
]);

const branch = z.strictObject({
  name: lineOf,
  status,
  justification: justification.exactOptional(),
  introducedBy: lines,
  fixedBy: lines,
  vulnerableTags: lines,
  fixedTags: lines,
  note: aLine,
});

const range = z.strictObject({
  scheme: z.enum(['semver', 'git', 'pep440', 'rpm', 'deb', 'ossa', 'other']),
  schemeName: aLine,
  status: z.enum(['not-affected', 'unknown']).exactOptional(),
  branch: aLine,
  introduced: aLine,
  fixed: aLine,
  lastAffected: aLine,
  exact: aLine,
});

const product = z.strictObject({
  name: lineOf,
  vendor: aLine,
  repository: aLine,
  component: aLine,
  purl: aLine,
  package: aLine,
  collection: aLine,
  cpe: aLine,
  otherCpes: lines,
  ecosystem: aLine,
  platforms: lines,
  files: lines,
  routines: lines,
  status: status.exactOptional(),
  justification: justification.exactOptional(),
  cves,
  branches: listOf(branch).exactOptional(),
  ranges: listOf(range).exactOptional(),
  prose: aLine,
});

const vector = z.strictObject({
  system: z.enum(['CVSS:2.0', 'CVSS:3.0', 'CVSS:3.1', 'CVSS:4.0']),
  value: lineOf,
  score: z.number().min(0).max(10).exactOptional(),
});
const scale = z.strictObject({ name: lineOf, url: aLine });
const severity = z.strictObject({
  by: lineOf,
  level: aLine,
  scale: scale.exactOptional(),
  vector: vector.exactOptional(),
  reason: aText,
  cve: cveOf.exactOptional(),
});
const weakness = either(z.strictObject({ id: aLine, name: aLine, by: aLine, cve: cveOf.exactOptional() }), 'id', 'name');
const ssvc = z.strictObject({
  by: lineOf,
  role: aLine,
  version: aLine,
  at: whenOf.exactOptional(),
  points: listOf(z.strictObject({ name: lineOf, value: lineOf })),
  decision: aLine,
  cve: cveOf.exactOptional(),
});

const credit = either(
  z.strictObject({ kind: z.enum(creditKinds), name: aLine, email: aLine, organisation: aLine, url: aLine, cves }),
  'name',
  'email',
);

const reference = either(
  z.strictObject({ kind: z.enum(referenceKinds), url: aLine, tracker: aLine, id: aLine, title: aLine, branch: aLine, tags: lines }),
  'url',
  'tracker',
).refine((value) => (value.tracker === undefined) === (value.id === undefined), 'expected tracker and id together');

const aDate = whenOf.exactOptional();
const writer = z.strictObject({ organisation: lineOf, name: aLine });
const listing = z.strictObject({
  organisation: lineOf,
  name: aLine,
  writer: writer.exactOptional(),
  reserved: aDate,
  published: aDate,
  updated: aDate,
});
const cve = z.strictObject({ id: cveOf, title: aLine, note: aText, tags: lines, listing: listing.exactOptional() });

export const advisorySchema: z.ZodType<Advisory> = z.strictObject({
  daylight: z.literal('advisory/1', 'expected "advisory/1"'),
  id: idOf,
  aliases: lines,
  related: lines,
  kind: z.enum(['advisory', 'note', 'notice']),
  version: z.int().min(1),
  errata: listOf(z.strictObject({ version: z.int().min(2), date: whenOf, reason: aText })).exactOptional(),
  title: lineOf,
  summary: aText,
  description: aText,
  impact: aText,
  conditions: listOf(proseOf).exactOptional(),
  detection: aText,
  workarounds: z.union([z.literal('none-known'), listOf(proseOf)], 'expected "none-known" or a list of texts').exactOptional(),
  solution: aText,
  exploitation: z.strictObject({ status: z.enum(['not-known', 'proof-of-concept', 'active']), note: aText }).exactOptional(),
  products: z.array(product).max(10_000),
  cves: listOf(cve).exactOptional(),
  severity: listOf(severity).exactOptional(),
  cwes: listOf(weakness).exactOptional(),
  attackPatterns: lines,
  ssvc: listOf(ssvc).exactOptional(),
  credits: listOf(credit).exactOptional(),
  dates: z.strictObject({ reported: aDate, fixed: aDate, published: aDate, modified: aDate, withdrawn: aDate }),
  timeline: listOf(z.strictObject({ at: whenOf, text: lineOf })).exactOptional(),
  references: listOf(reference).exactOptional(),
  notes: listOf(proseOf).exactOptional(),
  tlp: z.enum(['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED']).exactOptional(),
  language: languageOf.exactOptional(),
  policy: aLine,
  withdrawn: aText,
});

/** JSON Schema, draft 2020-12, of what `readAdvisoryJson` accepts. */
export function advisoryJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(advisorySchema, { target: 'draft-2020-12', io: 'input', reused: 'inline' });
  return { $schema, title: 'Daylight advisory record, version 1', ...schema };
}
