// SPDX-License-Identifier: Apache-2.0
// The schema of a policy file: its sections in the order of a case's life. `unspecified`, `source` and `because` are taken off before (undecided.ts, origins.ts).

import { z } from 'zod';
import { disclosureSections } from './disclosure-sections.ts';
import { embargoSections } from './embargo-sections.ts';
import { reportSections } from './report-sections.ts';
import { unknownKeys } from './shapes.ts';

const sections = { ...reportSections, ...embargoSections, ...disclosureSections };

const language = z.literal(1, {
  error: ({ input }) =>
    input === undefined ? ' is missing; a policy file begins with `daylight: 1`.' : ': this program reads language 1 only.',
});

export const policyFile = z.strictObject(
  { daylight: language, ...sections },
  { error: unknownKeys(['daylight', ...Object.keys(sections)]) },
);

/** A policy file as parsed: every key with its default, those that follow from other keys still open (derived.ts). */
export type PolicyFile = z.output<typeof policyFile>;
