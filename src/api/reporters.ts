// SPDX-License-Identifier: Apache-2.0
// Reporters by API: the return key of their report, or the session that the link of a mail opens, goes in the head of each request and never in an address.

import type { Context } from 'hono';
import { z } from 'zod';
import { keyActor } from '../app/identify.ts';
import { readCase } from '../app/read.ts';
import { mayTry } from '../app/sign-in/limit.ts';
import { openThread, threadActor } from '../app/sign-in/reporters.ts';
import type { World } from '../app/world.ts';
import type { ReporterActor } from '../core/model/actor.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import { cameFrom } from '../http/came-from.ts';
import { projectOf } from '../http/project.ts';
import type { Routes } from '../http/routes.ts';
import { jsonBody } from './body.ts';
import { caseJson } from './case-json.ts';
import { notFound, problem } from './problem.ts';

export const spentLink = z.object({ link: z.string().max(200) });

export function reporterRoutes(
  world: World,
  routes: Routes,
  take: (context: Context, actor: ReporterActor) => Promise<Response>,
  isKnown: (project: ProjectId) => Promise<boolean>,
): void {
  routes.get('/api/v1/:project/my-report', 'reporter', async (context) => {
    const actor = await bearer(world, context);
    const view = actor === undefined ? undefined : await readCase(world, actor, actor.case);
    return view === undefined ? problem(context, notFound) : context.json(caseJson(view), 200, { ETag: `"${view.state.version}"` });
  });
  routes.post('/api/v1/:project/my-report/:action', 'reporter', async (context) => {
    const actor = await bearer(world, context);
    return actor === undefined ? problem(context, notFound) : take(context, actor);
  });
  routes.post('/api/v1/:project/return', 'link', async (context) => {
    const sent = await jsonBody(context);
    const read = 'malformed' in sent ? undefined : spentLink.safeParse(sent.body).data;
    const project = projectOf(context);
    if (read === undefined || !(await isKnown(project))) return problem(context, notFound);
    if (!(await mayTry(world, project, 'return', cameFrom(context)))) return problem(context, notFound);
    const session = await openThread(world, project, read.link.slice(read.link.lastIndexOf('/') + 1));
    return session === undefined ? problem(context, notFound) : context.json({ session: session.token, expires: session.expires });
  });
}

async function bearer(world: World, context: Context): Promise<ReporterActor | undefined> {
  const shown = /^Bearer ([0-9a-z]{32,40})$/.exec(context.req.header('Authorization') ?? '')?.[1];
  if (shown === undefined) return undefined;
  const project = projectOf(context);
  return (await threadActor(world, project, shown)) ?? (await keyActor(world, project, shown));
}
