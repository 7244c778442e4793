// SPDX-License-Identifier: Apache-2.0
// The API: the same actions by the same words as everywhere, JSON in and out, refusals as problem+json.

import type { Context } from 'hono';
import { Hono } from 'hono';
import { accessJson, readAccess } from '../app/access-view.ts';
import { newContents } from '../app/contents.ts';
import { base32 } from '../app/encoding.ts';
import { maySucceedLater } from '../app/failures.ts';
import { lookAndAct } from '../app/look-and-act.ts';
import { isOffered, looked, parseBody } from '../app/parse.ts';
import { readPreview } from '../app/preview.ts';
import { knownProjects } from '../app/projects.ts';
import type { Reader } from '../app/read.ts';
import { readAttachment, readCase } from '../app/read.ts';
import { readQueue } from '../app/read-queue.ts';
import { readRecord } from '../app/read-record.ts';
import { readReleaseRoom } from '../app/release-room.ts';
import { readToSign } from '../app/sign-documents.ts';
import { scopeFor, tokenActor } from '../app/sign-in/api-tokens.ts';
import { sessionActor } from '../app/sign-in/sessions.ts';
import { readStatistics } from '../app/statistics.ts';
import { withdrawMessage } from '../app/withdraw.ts';
import type { World } from '../app/world.ts';
import type { Actor, PersonActor } from '../core/model/actor.ts';
import type { AttachmentId, CaseId } from '../core/model/identifiers.ts';
import { isRefusal } from '../core/model/refusal.ts';
import { rowOf } from '../core/process/table.ts';
import { commonHeaders, download, notIndexed } from '../http/headers.ts';
import { projectOf } from '../http/project.ts';
import type { Routes } from '../http/routes.ts';
import { routeOf, routesOf } from '../http/routes.ts';
import { wholeBody } from '../http/whole-body.ts';
import { accountRoutes } from './account.ts';
import { advisoryRoutes } from './advisory.ts';
import { actionBody, bounded } from './body.ts';
import { breakGlassRoute } from './break-glass.ts';
import { caseJson, queueJson } from './case-json.ts';
import { postCluster } from './clusters.ts';
import { openApi } from './openapi.ts';
import { peopleRoutes } from './people.ts';
import { policyChangeRoutes } from './policy-changes.ts';
import { previewJson } from './preview-json.ts';
import { invalidBody, notFound, problem, refusalProblem } from './problem.ts';
import { releaseJson, signedJson, toSignJson } from './release-json.ts';
import { reporterRoutes } from './reporters.ts';
import { postReport } from './reports.ts';

export interface Door {
  readonly application: Hono;
  readonly routes: Routes;
}

/** Headers of every answer beside those of all doors: no cache keeps it, no engine lists it (L-30). */
const always = Object.entries({ 'Cache-Control': 'no-store', 'X-Robots-Tag': notIndexed });

/** An answer that somebody opens as a page loads nothing and stands in no frame. */
const noPage = "default-src 'none'; frame-ancestors 'none'";

/** Everything under `/api/v1`. A member shows a session token as `Authorization: Bearer …`; cookies are not looked at, so no page elsewhere can borrow them. */
export function apiDoor(world: World): Door {
  const application = new Hono();
  const routes = routesOf(application);
  const headers = [...commonHeaders(world.baseUrl.startsWith('https:')), ...always];
  application.use(async (context, next) => {
    await next();
    for (const [name, value] of headers) context.res.headers.set(name, value);
    if (!context.res.headers.has('Content-Security-Policy')) context.res.headers.set('Content-Security-Policy', noPage);
  });
  application.use(bounded);
  application.use(wholeBody);
  application.onError((error, context) => failed(world, error, context));
  application.notFound((context) => problem(context, notFound));
  routes.get('/api/v1/openapi.json', 'public', (context) => context.json(openApi(world.baseUrl)));
  const isKnown = knownProjects(world);
  routes.post('/api/v1/:project/reports', 'intake', async (context) =>
    (await isKnown(projectOf(context))) ? postReport(world, context, projectOf(context)) : problem(context, notFound),
  );
  routes.get('/api/v1/:project/cases', 'member', async (context) => {
    const actor = await memberOf(world, context);
    return actor === undefined ? problem(context, notFound) : queue(world, context, actor);
  });
  peopleRoutes(world, routes, (context) => memberOf(world, context), isKnown);
  routes.post('/api/v1/:project/cases/mark-duplicates', 'member', async (context) => {
    const actor = await memberOf(world, context);
    return actor === undefined ? problem(context, notFound) : postCluster(world, context, actor);
  });
  routes.get('/api/v1/:project/cases/:case', 'case', async (context) => {
    const view = await readCase(world, await readerOf(world, context), caseOf(context));
    if (view === undefined) return problem(context, notFound);
    return context.json(caseJson(view), 200, { ETag: `"${view.state.version}"` });
  });
  accountRoutes(world, routes, (context) => memberOf(world, context));
  policyChangeRoutes(world, routes, (context) => memberOf(world, context));
  breakGlassRoute(world, routes, (context) => memberOf(world, context));
  publicRoutes(world, routes, isKnown);
  advisoryRoutes(world, routes, (context) => memberOf(world, context), isKnown);
  routes.get('/api/v1/:project/cases/:case/attachments/:attachment', 'case', (context) => attachment(world, context));
  routes.post('/api/v1/:project/cases/:case/messages/:message/withdraw', 'case', async (context) => {
    const actor = await memberOf(world, context);
    const withdrawn = actor !== undefined && (await withdrawMessage(world, actor, caseOf(context), idOf(context, 'message')));
    return withdrawn ? context.json({ withdrawn }) : problem(context, notFound);
  });
  routes.post('/api/v1/:project/cases/:case/:action', 'case', async (context) => {
    const actor = await memberOf(world, context);
    return actor === undefined ? problem(context, notFound) : take(world, context, actor, caseOf(context));
  });
  reporterRoutes(world, routes, (context, actor) => take(world, context, actor, actor.case), isKnown);
  return { application, routes };
}

/** One page of the open cases; the next one is named in the body and, as an address, in the head (RFC 8288). */
async function queue(world: World, context: Context, actor: Actor): Promise<Response> {
  const order = context.req.query('order') === 'patches' ? 'patches' : 'clock';
  const view = await readQueue(world, actor, { order, after: context.req.query('after') });
  const query = new URLSearchParams({ ...(order === 'clock' ? {} : { order }), after: view.next ?? '' });
  const link = `<${world.baseUrl}/api/v1/${projectOf(context)}/cases?${query}>; rel="next"`;
  return context.json(queueJson(view), 200, view.next === null ? {} : { Link: link });
}

/** What everybody may read of cases that are open, its preview for those inside, and the figures. */
function publicRoutes(world: World, routes: Routes, isKnown: ReturnType<typeof knownProjects>): void {
  routes.get('/api/v1/:project/statistics', 'public', async (context) => {
    const project = projectOf(context);
    const statistics = (await isKnown(project)) ? await readStatistics(world, project) : undefined;
    return statistics === undefined ? problem(context, notFound) : context.json(statistics);
  });
  routes.get('/api/v1/:project/cases/:case/record', 'case', async (context) => {
    const record = await readRecord(world, projectOf(context), caseOf(context));
    return record === undefined ? problem(context, notFound) : context.json(record);
  });
  routes.get('/api/v1/:project/cases/:case/access', 'case', async (context) => {
    const actor = await memberOf(world, context);
    const view = actor && (await readAccess(world, actor, caseOf(context)));
    return view === undefined ? problem(context, notFound) : context.json(accessJson(view));
  });
  routes.get('/api/v1/:project/cases/:case/preview', 'case', async (context) => {
    const actor = await memberOf(world, context);
    const preview = actor && (await readPreview(world, actor, caseOf(context)));
    return preview === undefined ? problem(context, notFound) : context.json(previewJson(world, preview));
  });
  routes.get('/api/v1/:project/cases/:case/release', 'case', async (context) => {
    const actor = await memberOf(world, context);
    const room = actor && (await readReleaseRoom(world, actor, caseOf(context)));
    return room === undefined ? problem(context, notFound) : context.json(releaseJson(room));
  });
  routes.get('/api/v1/:project/cases/:case/release/to-sign', 'case', async (context) => {
    const actor = await memberOf(world, context);
    const found = actor && (await readToSign(world, actor, caseOf(context)));
    return found === undefined ? problem(context, notFound) : context.json(toSignJson(found));
  });
}

async function take(
  world: World,
  context: Context,
  actor: Actor & { readonly kind: 'person' | 'reporter' },
  id: CaseId,
): Promise<Response> {
  const kind = context.req.param('action') ?? '';
  const view = isOffered(kind) ? await readCase(world, actor, id, 'action') : undefined;
  if (view === undefined || !isOffered(kind)) return problem(context, notFound);
  if (rowOf(kind).seconds && conditionOf(context) === undefined) return unnamed(context, view.state.version);
  const contents = newContents(world.random);
  const participant = actor.kind === 'reporter' ? actor.participant : null;
  const sent = await actionBody(context);
  if ('malformed' in sent) return problem(context, sent.malformed);
  const parsed = parseBody(kind, sent.body, { ...looked(view), contents, random: world.random, participant });
  if ('problems' in parsed) return problem(context, invalidBody(parsed.problems));
  const acted = await lookAndAct(world, actor, id, { action: parsed.action, contents, ...seen(context) });
  if (isRefusal(acted)) return problem(context, refusalProblem(acted.refusal));
  const done = { case: id, version: acted.version, events: acted.events.map((event) => event.kind) };
  return context.json({ ...done, ...(kind === 'sign-documents' ? signedJson(acted) : {}) }, 200, { ETag: `"${acted.version}"` });
}

/** The version that a request names, where it names one: `*` fits every version (RFC 9110 section 13.1.1). */
function conditionOf(context: Context): string | undefined {
  const condition = context.req.header('If-Match')?.trim();
  return condition === '*' ? undefined : condition;
}

/** Whoever seconds something says which version of it they read (RFC 6585 section 3); the answer carries the tag of the one that stands. */
function unnamed(context: Context, version: number): Response {
  const answer = problem(context, {
    type: '/problems/name-what-you-read',
    title: 'Say which version of the case you have read',
    status: 428,
    detail: 'Read the case first, and send its ETag as If-Match: your word is given to what somebody else wrote.',
    version,
  });
  answer.headers.set('ETag', `"${version}"`);
  return answer;
}

/** A condition that names no version of ours is one that does not hold, and never one that is passed over (RFC 9110 section 13.1.1). */
function seen(context: Context): { readonly seen?: number } {
  const condition = conditionOf(context);
  return condition === undefined ? {} : { seen: Number(/^"(\d{1,15})"$/.exec(condition)?.[1] ?? -1) };
}

async function attachment(world: World, context: Context): Promise<Response> {
  const file = idOf(context, 'attachment') as AttachmentId;
  const found = await readAttachment(world, await readerOf(world, context), caseOf(context), file);
  if (found === undefined) return problem(context, notFound);
  return download({ name: found.info.name, bytes: found.info.ref.bytes }, found.bytes);
}

/** A random id of the address, or one that nothing has. */
function idOf(context: Context, name: 'case' | 'attachment' | 'message'): string {
  const given = context.req.param(name) ?? '';
  return /^[0-9a-z]{1,40}$/.test(given) ? given : '';
}

function caseOf(context: Context): CaseId {
  return idOf(context, 'case') as CaseId;
}

/** A session's holder, or a token's where the route is within its scopes. */
function memberOf(world: World, context: Context): Promise<PersonActor | undefined> {
  const shown = /^Bearer (dlp_[0-9A-Za-z]{1,60})$/.exec(context.req.header('Authorization') ?? '')?.[1];
  if (shown !== undefined) {
    const scope = scopeFor(routeOf(context));
    return scope === null ? Promise.resolve(undefined) : tokenActor(world, projectOf(context), shown, scope);
  }
  const token = /^Bearer ([0-9a-z]{32,40})$/.exec(context.req.header('Authorization') ?? '')?.[1];
  return token === undefined ? Promise.resolve(undefined) : sessionActor(world, projectOf(context), token);
}

async function readerOf(world: World, context: Context): Promise<Reader> {
  return (await memberOf(world, context)) ?? { kind: 'anonymous', project: projectOf(context) };
}

/** An id and nothing else: what went wrong stands in the log, without content (L-28). */
function failed(world: World, error: Error, context: Context): Response {
  const id = base32(world.random(10));
  world.log('request-failed', { id, error: error.name });
  if (maySucceedLater(error))
    return problem(context, { type: '/problems/try-again', title: 'Not available right now; nothing was changed', status: 503, id });
  return problem(context, { type: '/problems/failed', title: 'Something went wrong here; nothing was changed', status: 500, id });
}
