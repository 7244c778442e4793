// SPDX-License-Identifier: Apache-2.0
// Changes of the policy by API: look at them, propose, accept, withdraw; and confirm security.txt. For those whose role may; for others nothing is there.

import type { Context } from 'hono';
import { z } from 'zod';
import type { Published } from '../app/policy-change.ts';
import { acceptChange, proposeChange, withdrawChange } from '../app/policy-change.ts';
import type { Look, ProposalView } from '../app/policy-changes.ts';
import { lookAtText, readChanges, readProposal } from '../app/policy-changes.ts';
import { renewSecurityTxt } from '../app/upkeep.ts';
import type { World } from '../app/world.ts';
import type { PersonActor } from '../core/model/actor.ts';
import type { Refused } from '../core/model/refusal.ts';
import { isRefusal } from '../core/model/refusal.ts';
import type { Routes } from '../http/routes.ts';
import { jsonBody } from './body.ts';
import { invalidBody, notFound, problem, refusalProblem } from './problem.ts';

export const proposalBody = z.strictObject({
  policy: z.string().min(1, 'The text of the policy file.'),
  reason: z.string().max(2000).default(''),
  /** Looks at it and proposes nothing. */
  look: z.literal(true).optional(),
});

export const withdrawalBody = z.strictObject({ reason: z.string().max(2000).optional() });

type MemberOf = (context: Context) => Promise<PersonActor | undefined>;

export function policyChangeRoutes(world: World, routes: Routes, memberOf: MemberOf): void {
  const inside = (show: (context: Context, actor: PersonActor) => Promise<Response | undefined>) => async (context: Context) => {
    const actor = await memberOf(context);
    return (actor && (await show(context, actor))) ?? problem(context, notFound);
  };
  const root = '/api/v1/:project/policy';
  routes.get(
    `${root}/proposals`,
    'member',
    inside(async (context, actor) => {
      const view = await readChanges(world, actor);
      return view && context.json({ ...view, proposals: view.proposals.map((one) => proposalJson(one)) });
    }),
  );
  routes.post(`${root}/proposals`, 'in_person', inside(propose(world)));
  routes.get(
    `${root}/proposals/:proposal`,
    'member',
    inside(async (context, actor) => {
      const found = await readProposal(world, actor, context.req.param('proposal') ?? '');
      return found && context.json({ ...proposalJson(found.view, true), look: lookJson(found.look) });
    }),
  );
  routes.post(
    `${root}/proposals/:proposal/accept`,
    'in_person',
    inside(async (context, actor) => answer(context, await acceptChange(world, actor, context.req.param('proposal') ?? ''))),
  );
  routes.post(`${root}/proposals/:proposal/withdraw`, 'in_person', inside(withdraw(world)));
  routes.post(
    `${root}/confirm-security-txt`,
    'in_person',
    inside(async (context, actor) => {
      const expires = await renewSecurityTxt(world, actor);
      return expires && context.json({ expires });
    }),
  );
}

function propose(world: World) {
  return async (context: Context, actor: PersonActor): Promise<Response | undefined> => {
    const sent = await jsonBody(context);
    if ('malformed' in sent) return problem(context, sent.malformed);
    const parsed = proposalBody.safeParse(sent.body);
    if (!parsed.success) return problem(context, invalid(parsed.error));
    if (parsed.data.look !== true)
      return answer(context, await proposeChange(world, actor, { text: parsed.data.policy, reason: parsed.data.reason }));
    const look = await lookAtText(world, actor, parsed.data.policy);
    return look && context.json(lookJson(look));
  };
}

function withdraw(world: World) {
  return async (context: Context, actor: PersonActor): Promise<Response | undefined> => {
    const sent = await jsonBody(context);
    if ('malformed' in sent) return problem(context, sent.malformed);
    const parsed = withdrawalBody.safeParse(sent.body);
    if (!parsed.success) return problem(context, invalid(parsed.error));
    return answer(context, await withdrawChange(world, actor, context.req.param('proposal') ?? '', parsed.data.reason ?? null));
  };
}

function invalid(error: z.ZodError) {
  return invalidBody(error.issues.map(({ path, message }) => ({ field: path.join('.'), sentence: message })));
}

function answer(context: Context, outcome: Published | Refused | undefined): Response | undefined {
  if (outcome === undefined) return undefined;
  if (isRefusal(outcome)) return problem(context, refusalProblem(outcome.refusal));
  const { id, state, policy, accepted } = outcome.proposal;
  return context.json({ proposal: id, state, policy, accepted, problems: outcome.problems });
}

function proposalJson({ proposal, asks, mayAccept, mayWithdraw }: ProposalView, whole = false) {
  const { text, ...told } = proposal;
  return { ...told, ...(whole ? { text } : {}), asks, mayAccept, mayWithdraw };
}

function lookJson({ problems, changes, cases, empty }: Look) {
  return { problems, changes, cases, rolesWithoutPeople: empty };
}
