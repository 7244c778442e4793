// SPDX-License-Identifier: Apache-2.0
// Several cases at once: a list of near copies is marked as duplicates of one case, and each answer is given.

import type { Context } from 'hono';
import { z } from 'zod';
import { caseIdIn } from '../app/bodies/relations.ts';
import { markDuplicates, mostAtOnce } from '../app/bulk.ts';
import type { World } from '../app/world.ts';
import type { PersonActor } from '../core/model/actor.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import { jsonBody } from './body.ts';
import { invalidBody, problem, refusalProblem } from './problem.ts';

const caseId = z.string().transform((text, context): CaseId => {
  const id = caseIdIn(text);
  if (id === undefined) context.addIssue({ code: 'custom', message: 'Give the id of a case.' });
  return id ?? ('' as CaseId);
});

export const clusterBody = z.strictObject({
  cases: z.array(caseId).min(1).max(mostAtOnce).describe('The copies.'),
  of: caseId.describe('The case that they belong to.'),
  independent: z.boolean().default(true).describe('Whether each was found by somebody else: it counts as found again.'),
  reason: z.string().trim().min(1).max(200_000).optional(),
});

/** 200 with an outcome for each case: the refused ones say why, and the others are done. */
export async function postCluster(world: World, context: Context, actor: PersonActor): Promise<Response> {
  const sent = await jsonBody(context);
  if ('malformed' in sent) return problem(context, sent.malformed);
  const parsed = clusterBody.safeParse(sent.body);
  if (!parsed.success)
    return problem(context, invalidBody(parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), sentence: issue.message }))));
  const { cases, of, independent, reason } = parsed.data;
  const outcomes = await markDuplicates(world, actor, { cases, of, independent, reason });
  return context.json({
    outcomes: outcomes.map(({ case: id, refusal }) => ({
      case: id,
      done: refusal === null,
      ...(refusal === null ? {} : { problem: refusalProblem(refusal) }),
    })),
  });
}
