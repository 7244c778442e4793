// SPDX-License-Identifier: Apache-2.0
// What is read of a CSAF 2.0 document; everything else in it is let through, and `validate` judges it.

import { z } from 'zod';

const text = z.string();
const texts = z.array(text).optional();

const fullName = z.looseObject({
  name: text,
  product_id: text,
  product_identification_helper: z.looseObject({ cpe: text.optional(), purl: text.optional() }).optional(),
});

const branch = z.looseObject({
  category: text,
  name: text,
  product: fullName.optional(),
  get branches() {
    return z.array(branch).optional();
  },
});

const note = z.looseObject({ category: text, text, title: text.optional() });
const acknowledgment = z.looseObject({ names: texts, organization: text.optional(), summary: text.optional(), urls: texts });
const reference = z.looseObject({ category: text.optional(), summary: text, url: text });
const tenths = z.number().min(0).max(10);
const score = z.looseObject({
  vectorString: text,
  baseScore: tenths,
  temporalScore: tenths.optional(),
  environmentalScore: tenths.optional(),
});
const said = z.looseObject({ category: text, details: text, product_ids: texts });

const vulnerability = z.looseObject({
  acknowledgments: z.array(acknowledgment).optional(),
  cve: text.optional(),
  cwe: z.looseObject({ id: text, name: text }).optional(),
  discovery_date: text.optional(),
  flags: z.array(z.looseObject({ label: text, product_ids: texts })).optional(),
  ids: z.array(z.looseObject({ system_name: text, text })).optional(),
  notes: z.array(note).optional(),
  product_status: z.record(z.string(), z.array(text)).optional(),
  references: z.array(reference).optional(),
  remediations: z.array(said).optional(),
  scores: z.array(z.looseObject({ cvss_v2: score.optional(), cvss_v3: score.optional() })).optional(),
  threats: z.array(said).optional(),
  title: text.optional(),
});

export const csafSchema = z.looseObject({
  document: z.looseObject({
    acknowledgments: z.array(acknowledgment).optional(),
    aggregate_severity: z.looseObject({ text, namespace: text.optional() }).optional(),
    category: text,
    csaf_version: z.literal('2.0', 'expected 2.0'),
    distribution: z.looseObject({ tlp: z.looseObject({ label: text }).optional() }).optional(),
    lang: text.optional(),
    notes: z.array(note).optional(),
    publisher: z.looseObject({ name: text }),
    references: z.array(reference).optional(),
    title: text,
    tracking: z.looseObject({
      aliases: texts,
      current_release_date: text,
      id: text,
      initial_release_date: text,
      revision_history: z.array(z.looseObject({ date: text, number: text, summary: text })).min(1),
    }),
  }),
  product_tree: z
    .looseObject({
      branches: z.array(branch).optional(),
      full_product_names: z.array(fullName).optional(),
      relationships: z.array(z.looseObject({ full_product_name: fullName })).optional(),
    })
    .optional(),
  vulnerabilities: z.array(vulnerability).optional(),
});

export type CsafDocument = z.infer<typeof csafSchema>;
export type CsafVulnerability = z.infer<typeof vulnerability>;
export type CsafBranch = z.infer<typeof branch>;
export type CsafFullName = z.infer<typeof fullName>;
