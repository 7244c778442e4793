// SPDX-License-Identifier: Apache-2.0
// Reporters by web: coming back by the link of a mail or by their return key, their own page, and what they answer there.

import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { keyActor, keyIn } from '../app/identify.ts';
import { mayTry } from '../app/sign-in/limit.ts';
import { leaveThread, openOwnThread, openThread, sendLinkAgain, threadActor } from '../app/sign-in/reporters.ts';
import type { NewSession } from '../app/sign-in/sessions.ts';
import type { World } from '../app/world.ts';
import type { ReporterActor } from '../core/model/actor.ts';
import { cameFrom } from '../http/came-from.ts';
import { attachment, myReportPage } from './case-routes.ts';
import { csrfToken } from './cross-site.ts';
import { sentForm } from './form-body.ts';
import type { PageRoute } from './page-route.ts';
import { ComeBackPage, type ComeBackPageProps, OwnReportPage } from './pages/come-back.tsx';
import { pathsOf } from './paths.ts';
import { render } from './render.ts';
import { cookieName } from './session-cookie.ts';
import { tooOften } from './sign-in-routes.ts';
import { signedOut } from './signed-out.ts';
import { takeAction } from './take-action.ts';
import { formIsOurs, type Visit } from './visit.ts';

export function reporterPages(world: World, page: PageRoute): void {
  byReturnKey(world, page);
  bySession(world, page);
  comingBack(world, page);
}

/** By the return key, which was shown once when the report was received: it is sent in a form and stands in no address (ASVS 14.2.1). */
function byReturnKey(world: World, page: PageRoute): void {
  page('post', '/:project/my-report/open', 'reporter', async (context, visit) => {
    if (!(await mayTry(world, visit.project, 'return', cameFrom(context)))) return context.text(tooOften, 429);
    const { values } = await sentForm(context.req.raw);
    const key = keyIn(values['key'] ?? '');
    const actor = await keyActor(world, visit.project, key);
    if (actor === undefined) return context.html(render(OwnReportPage({ frame: visit.frame, state: 'refused' })), 403);
    return opened(world, context, visit, await openOwnThread(world, actor, key));
  });
}

/** The session stands in a cookie; one that was open in this browser ends. */
async function opened(world: World, context: Context, { project }: Visit, { token }: NewSession): Promise<Response> {
  const before = sessionOf(world, context);
  if (before !== '') await leaveThread(world, project, before);
  const secure = world.baseUrl.startsWith('https:');
  setCookie(context, cookieName(world, 'report'), token, { path: '/', httpOnly: true, sameSite: 'Lax', secure });
  return context.redirect(pathsOf(project).ownReport, 303);
}

interface OwnVisit {
  readonly visit: Visit;
  readonly actor: ReporterActor;
  readonly base: string;
}

function bySession(world: World, page: PageRoute): void {
  page('get', '/:project/my-report', 'reporter', async (context, visit) => {
    const own = await ownVisit(world, context, visit);
    return own === undefined
      ? context.html(render(OwnReportPage({ frame: visit.frame, state: 'closed' })))
      : myReportPage(world, context, own);
  });
  page('get', '/:project/my-report/attachments/:attachment', 'reporter', async (context, visit) => {
    const own = await ownVisit(world, context, visit);
    return own && attachment(world, context, own.actor, own.actor.case);
  });
  page('post', '/:project/my-report/leave', 'reporter', async (context, visit) => {
    const own = await ownVisit(world, context, visit);
    const { values } = await sentForm(context.req.raw);
    if (own === undefined || !formIsOurs(world, own.visit, values['csrf'])) return undefined;
    await leaveThread(world, visit.project, sessionOf(world, context));
    deleteCookie(context, cookieName(world, 'report'), { path: '/', secure: world.baseUrl.startsWith('https:') });
    context.header('Clear-Site-Data', '"cache", "storage"');
    return context.redirect(pathsOf(visit.project).ownReport, 303);
  });
  page('post', '/:project/my-report/:action', 'reporter', async (context, visit) => {
    const own = await ownVisit(world, context, visit);
    if (own === undefined) return signedOut(context, visit, await sentForm(context.req.raw), pathsOf(visit.project).ownReport);
    return takeAction(world, context, own, own.actor.case);
  });
}

function sessionOf(world: World, context: Context): string {
  return getCookie(context, cookieName(world, 'report')) ?? '';
}

/** Forms carry the token of the session by which the visitor came; a member who looks has one session for both, or every second form would be another's. */
async function ownVisit(world: World, context: Context, visit: Visit): Promise<OwnVisit | undefined> {
  const session = sessionOf(world, context);
  const actor = await threadActor(world, visit.project, session);
  if (actor === undefined) return undefined;
  const bound = visit.session === '' ? session : visit.session;
  const frame = { ...visit.frame, csrf: csrfToken(world.derive('csrf'), bound) };
  return { visit: { ...visit, session: bound, frame }, actor, base: pathsOf(visit.project).ownReport };
}

/** The page of a link changes nothing and looks nothing up: programs that open every link of a mail do not use it up, and learn nothing (L-13). */
function comingBack(world: World, page: PageRoute): void {
  const tokenOf = (context: Context) => context.req.param('link') ?? '';
  const show = (context: Context, { frame }: Visit, state: ComeBackPageProps['state'], status: 200 | 403) =>
    context.html(render(ComeBackPage({ frame, link: tokenOf(context), state })), status);
  page('get', '/:project/return/:link', 'link', (context, visit) => show(context, visit, 'closed', 200));
  page('post', '/:project/return/:link', 'link', async (context, visit) => {
    if (!(await mayTry(world, visit.project, 'return', cameFrom(context)))) return context.text(tooOften, 429);
    const session = await openThread(world, visit.project, tokenOf(context));
    if (session === undefined) return show(context, visit, 'spent', 403);
    return opened(world, context, visit, session);
  });
  page('post', '/:project/return/:link/again', 'link', async (context, visit) => {
    if (!(await mayTry(world, visit.project, 'link-again', cameFrom(context)))) return context.text(tooOften, 429);
    await sendLinkAgain(world, visit.project, tokenOf(context));
    return show(context, visit, 'asked', 200);
  });
}
