// SPDX-License-Identifier: Apache-2.0
// Breaking the glass by API, and letting somebody into a narrowed case that too few are left to read: in person, for those who run the system. For others nothing is there.

import type { Context } from 'hono';
import { breakGlass, emergency, mayBreakGlass } from '../app/break-glass.ts';
import { nameReader, readerNamed, strandedCases } from '../app/let-in.ts';
import type { World } from '../app/world.ts';
import type { PersonActor } from '../core/model/actor.ts';
import { isRefusal } from '../core/model/refusal.ts';
import type { Routes } from '../http/routes.ts';
import { jsonBody } from './body.ts';
import { invalidBody, notFound, problem, refusalProblem } from './problem.ts';

export function breakGlassRoute(world: World, routes: Routes, memberOf: (context: Context) => Promise<PersonActor | undefined>): void {
  routes.post('/api/v1/:project/break-glass', 'in_person', async (context) => {
    const actor = await memberOf(context);
    if (actor === undefined || !(await mayBreakGlass(world, actor))) return problem(context, notFound);
    const sent = await jsonBody(context);
    if ('malformed' in sent) return problem(context, sent.malformed);
    const asked = emergency.strict().safeParse(sent.body);
    if (!asked.success)
      return problem(context, invalidBody(asked.error.issues.map(({ path, message }) => ({ field: path.join('.'), sentence: message }))));
    const outcome = await breakGlass(world, actor, asked.data);
    if (outcome === undefined) return problem(context, notFound);
    return isRefusal(outcome) ? problem(context, refusalProblem(outcome.refusal)) : context.json(outcome);
  });
  routes.get('/api/v1/:project/break-glass', 'in_person', async (context) => {
    const actor = await memberOf(context);
    const narrowed = actor === undefined ? undefined : await strandedCases(world, actor);
    return narrowed === undefined ? problem(context, notFound) : context.json({ narrowed });
  });
  routes.post('/api/v1/:project/break-glass/readers', 'in_person', async (context) => {
    const actor = await memberOf(context);
    if (actor === undefined || !(await mayBreakGlass(world, actor))) return problem(context, notFound);
    const sent = await jsonBody(context);
    if ('malformed' in sent) return problem(context, sent.malformed);
    const asked = readerNamed.strict().safeParse(sent.body);
    if (!asked.success)
      return problem(context, invalidBody(asked.error.issues.map(({ path, message }) => ({ field: path.join('.'), sentence: message }))));
    const outcome = await nameReader(world, actor, asked.data);
    if (outcome === undefined) return problem(context, notFound);
    return isRefusal(outcome) ? problem(context, refusalProblem(outcome.refusal)) : context.json(outcome);
  });
}
