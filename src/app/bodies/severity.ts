// SPDX-License-Identifier: Apache-2.0
// What may stand beside a severity's level, from JSON and from forms: a CVSS vector, weaknesses, an SSVC decision.

import { z } from 'zod';
import type { Judgement, VectorScore } from '../../core/model/severity.ts';
import { ssvcDecisions } from '../../core/model/severity.ts';
import { scored } from '../cvss.ts';
import { weaknessIds } from '../weaknesses.ts';
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

/** `CWE-787, CWE-125`, names of the list, one on a line or with semicolons between; or a list of them. Each once. */
const cwes = z.preprocess(
  (value) => (typeof value === 'string' ? parted(value) : value),
  z
    .array(
      z.string().transform((typed, context) => {
        const ids = weaknessIds(typed);
        if (ids !== undefined) return ids;
        context.addIssue({ code: 'custom', message: 'Give CWE ids, as in CWE-787, or names as the CWE list has them.' });
        return z.NEVER;
      }),
    )
    .transform((all) => [...new Set(all.flat())])
    .pipe(z.array(z.string()).max(20))
    .optional(),
);

/** Some names have commas in them: a comma parts only what is a number on both sides of it, or nothing is a name of the whole. */
function parted(typed: string): readonly string[] {
  const lines = typed.split(/[\n;]/).flatMap((one) => (weaknessIds(one) === undefined ? one.split(',') : [one]));
  return lines.map((one) => one.trim()).filter((one) => one !== '');
}

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
