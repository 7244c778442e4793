// SPDX-License-Identifier: Apache-2.0
// The schema of conditions: a word, or a word with one value.

import { z } from 'zod';
import type { Condition } from '../core/policy/conditions.ts';
import { plainConditions, purposes, valuedConditions } from '../core/policy/words.ts';
import { didYouMean } from './nearest.ts';
import { ownName, someRoles } from './scalars.ts';
import { nonEmptyListOf, oneOf, refuse, rowsOf } from './shapes.ts';
import { shown } from './shown.ts';

const words: readonly string[] = plainConditions;
const withValue: readonly string[] = valuedConditions;
const groups = nonEmptyListOf(ownName);

const plain = z.enum(plainConditions).transform((kind): Condition => ({ kind }));

const valued = z
  .strictObject(
    {
      severity_at_least: ownName.transform((level): Condition => ({ kind: 'severity_at_least', level })).optional(),
      severity_at_most: ownName.transform((level): Condition => ({ kind: 'severity_at_most', level })).optional(),
      asked_by: someRoles.transform((roles): Condition => ({ kind: 'asked_by', roles })).optional(),
      agreed_by: someRoles.transform((roles): Condition => ({ kind: 'agreed_by', roles })).optional(),
      on_call: someRoles.transform((roles): Condition => ({ kind: 'on_call', roles })).optional(),
      purpose: nonEmptyListOf(oneOf(purposes))
        .transform((of): Condition => ({ kind: 'purpose', purposes: of }))
        .optional(),
      fix_merged: groups.transform((of): Condition => ({ kind: 'fix_merged', groups: of })).optional(),
      fix_released: groups.transform((of): Condition => ({ kind: 'fix_released', groups: of })).optional(),
    },
    {
      error: ({ code, ...issue }) =>
        code === 'unrecognized_keys' ? unknownWords('keys' in issue ? (issue.keys as string[]) : []) : undefined,
    },
  )
  .transform((row, context): Condition => {
    const [condition, another] = Object.values(row);
    if (condition !== undefined && another === undefined) return condition;
    return refuse(context, ' holds more than one condition, or none; give each its own entry in the list.');
  });

const condition = z.union([plain, valued], { error: ({ input }) => notACondition(input) });

/** A list of them means all of them. */
export const conditions = rowsOf(condition).meta({ id: 'conditions' });

function unknownWords(keys: readonly string[]): string {
  return keys
    .map((key) => (words.includes(key) ? ' takes no value; write the word alone.' : ` is no condition.${didYouMean(key, withValue)}`))
    .join('\n');
}

function notACondition(input: unknown): string {
  if (typeof input !== 'string') return ' is no condition; expected a word, or a word with one value.';
  if (withValue.includes(input)) return `: ${input} needs a value, as in \`${input}: …\`.`;
  return `: ${shown(input)} is not known.${didYouMean(input, [...words, ...withValue]) || ` One of ${[...words, ...withValue].join(', ')}.`}`;
}
