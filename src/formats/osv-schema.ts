// SPDX-License-Identifier: Apache-2.0
// What is read of an OSV record. Databases add keys of their own: those are let through and told.

import { z } from 'zod';

const text = z.string();
const some = z.array(text).nullish();

const event = z.looseObject({
  introduced: text.optional(),
  fixed: text.optional(),
  last_affected: text.optional(),
  limit: text.optional(),
});

const range = z.looseObject({ type: z.enum(['GIT', 'SEMVER', 'ECOSYSTEM']), repo: text.optional(), events: z.array(event).min(1) });

const severity = z.looseObject({ type: text, score: text });

const affected = z.looseObject({
  package: z.looseObject({ ecosystem: text, name: text, purl: text.optional() }).optional(),
  severity: z.array(severity).nullish(),
  ranges: z.array(range).optional(),
  versions: z.array(text).optional(),
  database_specific: z.looseObject({ product: z.unknown().optional(), versions: z.unknown().optional() }).optional(),
});

export const osvSchema = z.looseObject({
  schema_version: text.optional(),
  id: text,
  modified: text,
  published: text.optional(),
  withdrawn: text.optional(),
  aliases: some,
  related: some,
  upstream: some,
  summary: text.optional(),
  details: text.optional(),
  severity: z.array(severity).nullish(),
  affected: z.array(affected).nullish(),
  references: z.array(z.looseObject({ type: text, url: text })).nullish(),
  credits: z.array(z.looseObject({ name: text, contact: z.array(text).optional(), type: text.optional() })).nullish(),
});

export type OsvRecord = z.infer<typeof osvSchema>;
export type OsvAffected = z.infer<typeof affected>;
export type OsvRange = z.infer<typeof range>;
