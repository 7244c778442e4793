// SPDX-License-Identifier: Apache-2.0
// What may stand beside a severity's level, from JSON and from forms: a CVSS vector, weaknesses, an SSVC decision.

import { z } from 'zod';
import type { Judgement, VectorScore } from '../../core/model/severity.ts';
import { ssvcDecisions } from '../../core/model/severity.ts';
import { scored } from '../cvss.ts';
import { empty } from './body.ts';

const vector = z.preprocess(
  empty,
  z
    .string()
    .max(400)
    .transform((typed, context): VectorScore => {
      const score = scored(typed);
      if (score !== undefined) return score;
      context.addIssue({
        code: 'custom',
        message: 'Give a whole CVSS vector of version 2.0, 3.1 or 4.0, as in CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H.',
      });
      return z.NEVER;
    })
    .optional(),
);

/** `CWE-787, CWE-125`, or a list of them; each once. */
const cwes = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(/[\s,]+/).filter((one) => one !== '') : value),
  z
    .array(z.string().regex(/^CWE-[1-9]\d{0,5}$/, 'Give CWE ids, as in CWE-787.'))
    .max(20)
    .transform((all) => [...new Set(all)])
    .optional(),
);

export const judgement = {
  vector,
  cwes,
  ssvc: z.preprocess(empty, z.enum(ssvcDecisions, { error: `Choose one of: ${ssvcDecisions.join(', ')}.` }).optional()),
};

export interface SeverityInput {
  readonly level?: string | undefined;
  readonly vector?: VectorScore | undefined;
  readonly cwes?: readonly string[] | undefined;
  readonly ssvc?: (typeof ssvcDecisions)[number] | undefined;
}

/** As the action carries it; what was not said is not there. */
export function judged({ vector: score, cwes: weaknesses = [], ssvc }: SeverityInput): { readonly vector: string | null } & Judgement {
  return {
    vector: score?.vector ?? null,
    ...(score === undefined ? {} : { score }),
    ...(weaknesses.length === 0 ? {} : { cwes: weaknesses }),
    ...(ssvc === undefined ? {} : { ssvc }),
  };
}
