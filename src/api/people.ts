// SPDX-License-Identifier: Apache-2.0
// People by API: the roster, one person with what was decided, and every deed by the words of the table.

import type { Context } from 'hono';
import { z } from 'zod';
import { readPeople } from '../app/people.ts';
import { actOnPerson } from '../app/roster.ts';
import { isPersonDeed, type PersonDeed, parsePersonDeed } from '../app/roster-body.ts';
import { readPerson, readRoster, readTerms } from '../app/roster-view.ts';
import { waysInOf } from '../app/sign-in/enrolment.ts';
import { mayTry } from '../app/sign-in/limit.ts';
import { isFresh } from '../app/sign-in/sessions.ts';
import { giveWay, isWayDeed, type WayDeed } from '../app/sign-in/ways.ts';
import type { World } from '../app/world.ts';
import type { PersonActor } from '../core/model/actor.ts';
import type { PersonId, ProjectId } from '../core/model/identifiers.ts';
import { isRefusal, type Refused, refused } from '../core/model/refusal.ts';
import type { RosterActor } from '../core/people/action.ts';
import type { PersonState } from '../core/people/person.ts';
import { personRow } from '../core/people/table.ts';
import { cameFrom } from '../http/came-from.ts';
import { projectOf } from '../http/project.ts';
import type { Routes } from '../http/routes.ts';
import { jsonBody } from './body.ts';
import { invalidBody, notFound, problem, refusalProblem } from './problem.ts';

type MemberOf = (context: Context) => Promise<PersonActor | undefined>;

export function peopleRoutes(world: World, routes: Routes, memberOf: MemberOf, isKnown: (project: ProjectId) => Promise<boolean>): void {
  const inside = (show: (context: Context, actor: PersonActor) => Promise<Response | undefined>) => async (context: Context) => {
    const actor = await memberOf(context);
    return (actor && (await show(context, actor))) ?? problem(context, notFound);
  };
  const root = '/api/v1/:project/people';
  routes.get(
    root,
    'member',
    inside(async (context, actor) => {
      const [view, roster] = [await readPeople(world, actor), await readRoster(world, actor)];
      return view && roster && context.json({ ...view, people: roster.people });
    }),
  );
  routes.get(
    `${root}/:person`,
    'member',
    inside(async (context, actor) => {
      const view = await readPerson(world, actor, personOf(context));
      return view && context.json(view);
    }),
  );
  routes.get(
    '/api/v1/:project/terms',
    'account',
    inside(async (context, actor) => context.json(await readTerms(world, actor))),
  );
  routes.post('/api/v1/:project/applications', 'intake', async (context) => {
    const project = projectOf(context);
    if (!(await isKnown(project))) return problem(context, notFound);
    if (!(await mayTry(world, project, 'apply', cameFrom(context)))) return problem(context, tooMany);
    return done(world, context, project, { kind: 'outsider' }, 'apply', null);
  });
  routes.post(
    root,
    'member',
    inside(async (context, actor) => deed(world, context, actor, 'invite', null)),
  );
  routes.post(
    `${root}/:person/:deed`,
    'member',
    inside(async (context, actor) => {
      const kind = context.req.param('deed') ?? '';
      if (isWayDeed(kind)) return way(world, context, actor, kind);
      if (!isPersonDeed(kind) || kind === 'apply' || kind === 'invite') return undefined;
      return (await readPerson(world, actor, personOf(context))) && deed(world, context, actor, kind, personOf(context));
    }),
  );
}

function deed(world: World, context: Context, actor: PersonActor, kind: PersonDeed, person: PersonId | null): Promise<Response> {
  const { project, roles } = actor;
  const refusal = personRow(kind).stepUp ? notProven(world, actor) : undefined;
  if (refusal !== undefined) return Promise.resolve(problem(context, refusalProblem(refusal.refusal)));
  return done(world, context, project, { kind: 'person', person: actor.person, roles }, kind, person);
}

/** A link is in this answer and in no other. Whoever gives nobody a way in finds nothing here. */
async function way(world: World, context: Context, actor: PersonActor, kind: WayDeed): Promise<Response | undefined> {
  const person = personOf(context);
  if ((await waysInOf(world, actor, person)) === undefined) return undefined;
  const refusal = notProven(world, actor);
  if (refusal !== undefined) return problem(context, refusalProblem(refusal.refusal));
  const sent = await jsonBody(context);
  if ('malformed' in sent) return problem(context, sent.malformed);
  const given = await giveWay(world, actor, person, kind, wayBody.safeParse(sent.body).data ?? {});
  if (typeof given === 'string') return context.json({ [given]: true });
  return isRefusal(given) ? problem(context, refusalProblem(given.refusal)) : context.json(given);
}

const wayBody = z.object({ subject: z.string().optional() });

/** What changes who may see cases takes a person who has just proven who they are, and never a token (L-69). */
function notProven(world: World, actor: PersonActor): Refused | undefined {
  if (actor.proof.by === 'token') return refused.notPermitted('No token does this: a person does, signed in.');
  if (isFresh(actor, world.clock.now())) return undefined;
  return refused.proveAgain('This changes who may see cases. Prove once more that it is you.');
}

async function done(
  world: World,
  context: Context,
  project: ProjectId,
  actor: RosterActor,
  kind: PersonDeed,
  person: PersonId | null,
): Promise<Response> {
  const sent = await jsonBody(context);
  if ('malformed' in sent) return problem(context, sent.malformed);
  const request = parsePersonDeed(kind, sent.body);
  if ('problems' in request) return problem(context, invalidBody(request.problems));
  const outcome: PersonState | Refused = await actOnPerson(world, project, actor, { person, ...request });
  if (isRefusal(outcome)) return problem(context, refusalProblem(outcome.refusal));
  // An applicant learns that it arrived, and nothing else.
  return actor.kind === 'outsider'
    ? context.json({ received: true }, 201)
    : context.json({ person: outcome.person, standing: outcome.standing });
}

const tooMany = {
  type: '/problems/too-many',
  title: 'Too many at once',
  status: 429,
  detail: 'Wait a quarter of an hour, then try again.',
} as const;

function personOf(context: Context): PersonId {
  return (context.req.param('person') ?? '') as PersonId;
}
