// SPDX-License-Identifier: Apache-2.0
// An OSV record checked as its schema would, and for what no schema says: order of times, ranges that begin nowhere, scores that are no vectors.

import { z } from 'zod';
import { type Check, checksBy, checksOf, together } from './check.ts';
import { readOsv } from './osv-read.ts';
import { creditTypes, isRegistered } from './osv-words.ts';
import { isUri } from './uri.ts';

const text = z.string('expected a text');
const time = text.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/, 'expected a time in UTC as 2026-01-02T03:04:05Z');
const texts = z.array(text).nullish();

const ecosystems =
  /^(?:AlmaLinux|Alpaquita|Alpine|Android|Azure Linux|BellSoft Hardened Containers|Bioconductor|Bitnami|Chainguard|CleanStart|ConanCenter|CRAN|crates\.io|Debian|Docker Hardened Images|Echo|FreeBSD|GHC|GitHub Actions|Go|Hackage|Hex|Julia|Kubernetes|Linux|Mageia|Maven|MinimOS|npm|NuGet|opam|openEuler|openSUSE|OSS-Fuzz|Packagist|Photon OS|Pub|PyPI|Red Hat|Rocky Linux|Root|RubyGems|SUSE|SwiftURL|TuxCare|Ubuntu|VSCode|Wolfi|GIT)(?::.+)?$/;

const vectors: Readonly<Record<string, RegExp>> = {
  CVSS_V2: /^AV:[NAL]\/AC:[LMH]\/Au:[MSN]\/C:[NPC]\/I:[NPC]\/A:[NPC](?:\/[A-Za-z]+:[A-Za-z]+)*$/,
  CVSS_V3: /^CVSS:3\.[01](?:\/[A-Z]{1,3}:[A-Z]){8,}$/,
  CVSS_V4: /^CVSS:4\.0\/AV:[NALP]\/AC:[LH]\/AT:[NP]\/PR:[NLH]\/UI:[NPA](?:\/[VS][CIA]:[HLN]){6}(?:\/[A-Za-z]+:[A-Za-z]+)*$/,
  Ubuntu: /^(?:negligible|low|medium|high|critical)$/,
};

const severity = z
  .array(
    z
      .looseObject({
        type: z.enum(['CVSS_V2', 'CVSS_V3', 'CVSS_V4', 'Ubuntu'], 'expected CVSS_V2, CVSS_V3, CVSS_V4 or Ubuntu'),
        score: text,
      })
      .refine(({ type, score }) => vectors[type]?.test(score) === true, { path: ['score'], message: 'expected a vector of that type' }),
  )
  .nullish();

const event = z
  .looseObject({ introduced: text.optional(), fixed: text.optional(), last_affected: text.optional(), limit: text.optional() })
  .refine(
    (each) => Object.keys(each).filter((key) => /^(?:introduced|fixed|last_affected|limit)$/.test(key)).length === 1,
    'expected one of introduced, fixed, last_affected, limit',
  );

const range = z
  .looseObject({
    type: z.enum(['GIT', 'SEMVER', 'ECOSYSTEM'], 'expected GIT, SEMVER or ECOSYSTEM'),
    repo: text.optional(),
    events: z.array(event).min(1, 'expected an event'),
  })
  .refine(({ type, repo }) => type !== 'GIT' || repo !== undefined, { path: ['repo'], message: 'expected the address of the repository' })
  .refine(({ events }) => events.some(({ introduced }) => introduced !== undefined), {
    path: ['events'],
    message: 'expected an introduced event',
  })
  .refine(({ events }) => !(events.some((each) => each.last_affected !== undefined) && events.some((each) => each.fixed !== undefined)), {
    path: ['events'],
    message: 'last_affected and fixed exclude each other',
  })
  .refine(
    ({ type, events }) =>
      type !== 'GIT' ||
      events.every((each) => Object.values(each).every((commit) => /^(?:0|[a-f0-9]{40}|[a-f0-9]{64})$/.test(String(commit)))),
    { path: ['events'], message: 'expected full hashes of commits' },
  );

const affected = z.looseObject({
  package: z
    .looseObject({ ecosystem: text.regex(ecosystems, 'expected an ecosystem of OSV'), name: text, purl: text.optional() })
    .optional(),
  severity,
  ranges: z.array(range).optional(),
  versions: z.array(text).optional(),
  ecosystem_specific: z.looseObject({}).optional(),
  database_specific: z.looseObject({}).optional(),
});

const address = text.refine(isUri, 'expected an address');
const referenceTypes = [
  'ADVISORY',
  'ARTICLE',
  'DETECTION',
  'DISCUSSION',
  'REPORT',
  'FIX',
  'INTRODUCED',
  'GIT',
  'PACKAGE',
  'EVIDENCE',
  'WEB',
] as const;

const record = z.strictObject({
  schema_version: text.optional(),
  id: text.refine((id) => id.startsWith('x_') || isRegistered(id), 'expected a registered prefix, or x_'),
  modified: time,
  published: time.optional(),
  withdrawn: time.optional(),
  aliases: texts,
  related: z.array(text).optional(),
  upstream: z.array(text).optional(),
  summary: text.optional(),
  details: text.optional(),
  severity,
  affected: z.array(affected).nullish(),
  references: z.array(z.looseObject({ type: z.enum(referenceTypes, 'expected a type of OSV'), url: address })).nullish(),
  credits: z
    .array(
      z.looseObject({
        name: text,
        contact: z.array(text).optional(),
        type: z.enum(Object.values(creditTypes), 'expected a type of OSV').optional(),
      }),
    )
    .optional(),
  database_specific: z.looseObject({}).optional(),
});

export function checkOsv(bytes: Uint8Array, value: unknown): readonly Check[] {
  return together(checksBy(record, value), checksOf(readOsv(bytes)));
}
