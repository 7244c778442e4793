// SPDX-License-Identifier: Apache-2.0
// One's own account by API: when one wants mail. A session chooses it, and no token does.

import type { Context } from 'hono';
import { z } from 'zod';
import { chooseMailHours, ownMailHours, type TypedHours } from '../app/mail-hours.ts';
import type { World } from '../app/world.ts';
import type { PersonActor } from '../core/model/actor.ts';
import type { Routes } from '../http/routes.ts';
import { jsonBody } from './body.ts';
import { invalidBody, notFound, problem, refusalProblem } from './problem.ts';

/** The hours as the page has them; null: no digest, no quiet hours. */
export const mailBody = z.strictObject({
  digest: z.int().min(0).max(23).nullable().default(null),
  from: z.string().max(10).nullable().default(null),
  to: z.string().max(10).nullable().default(null),
  zone: z.string().max(100).default('UTC'),
});

export function accountRoutes(world: World, routes: Routes, memberOf: (context: Context) => Promise<PersonActor | undefined>): void {
  routes.get('/api/v1/:project/account/mail', 'account', async (context) => {
    const actor = await memberOf(context);
    return actor === undefined ? problem(context, notFound) : context.json(mailJson(await ownMailHours(world, actor)));
  });
  routes.post('/api/v1/:project/account/choose-mail', 'account', async (context) => {
    const actor = await memberOf(context);
    if (actor === undefined) return problem(context, notFound);
    const sent = await jsonBody(context);
    if ('malformed' in sent) return problem(context, sent.malformed);
    const read = mailBody.safeParse(sent.body ?? {});
    if (!read.success)
      return problem(context, invalidBody(read.error.issues.map(({ path, message }) => ({ field: path.join('.'), sentence: message }))));
    const { digest, from, to, zone } = read.data;
    const typed = { digest: digest === null ? '' : String(digest), from: from ?? '', to: to ?? '', zone };
    const refusal = await chooseMailHours(world, actor, typed);
    return refusal === undefined ? context.json(mailJson(typed)) : problem(context, refusalProblem(refusal.refusal));
  });
}

function mailJson({ digest, from, to, zone }: TypedHours): z.output<typeof mailBody> {
  return { digest: digest === '' ? null : Number(digest), from: from === '' ? null : from, to: to === '' ? null : to, zone };
}
