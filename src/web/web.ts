// SPDX-License-Identifier: Apache-2.0
// The web door: every page, registered with its rule. Works without scripts; what is hidden and what does not exist are one page.

import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { setCookie } from 'hono/cookie';
import { HTTPException } from 'hono/http-exception';
import { readEmbargoes } from '../app/embargoes.ts';
import { base32 } from '../app/encoding.ts';
import { maySucceedLater } from '../app/failures.ts';
import { readUpkeep } from '../app/policy-changes.ts';
import type { ProjectSettings } from '../app/projects.ts';
import { readQueue } from '../app/read-queue.ts';
import { closeSession } from '../app/sign-in/sessions.ts';
import { withdrawMessage } from '../app/withdraw.ts';
import type { World } from '../app/world.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import type { Routes } from '../http/routes.ts';
import { routesOf } from '../http/routes.ts';
import { wholeBody } from '../http/whole-body.ts';
import { accountRoutes } from './account-routes.ts';
import { advisoryPage, lookAtAdvisory } from './advisory-page.ts';
import { serveAsset } from './assets.ts';
import { breakGlassPages } from './break-glass-routes.ts';
import { attachment, casePage } from './case-routes.ts';
import { refuseCrossSite } from './cross-site.ts';
import { type DemoOptions, demoLinks, demoRoutes } from './demo-routes.ts';
import { doneOf } from './done.ts';
import { sentForm } from './form-body.ts';
import type { Frame } from './frame.ts';
import type { PageRoute } from './page-route.ts';
import { AdvisoriesPage } from './pages/advisories.tsx';
import { FailurePage, NotFoundPage } from './pages/answers.tsx';
import { EmbargoesPage } from './pages/embargoes.tsx';
import { QueuePage } from './pages/queue.tsx';
import { pathsOf } from './paths.ts';
import { peoplePages } from './people-routes.ts';
import { policyChangePages } from './policy-change-routes.ts';
import { policyPages } from './policy-routes.ts';
import { advisoriesOf, publishedRoutes } from './published.ts';
import { askedIn, markCluster } from './queue-routes.ts';
import { accessPage, previewPage, recordDownload, releasePage, statisticsPage, toSign } from './record-routes.ts';
import { render } from './render.ts';
import { checkReport, sendReport, writeReport } from './report-routes.ts';
import { reporterPages } from './reporter-routes.ts';
import { markPublished, securityHeaders } from './security-headers.ts';
import { serviceRoutes } from './service-routes.ts';
import { cookieName, dropSession } from './session-cookie.ts';
import { computeSeverity, severityPage } from './severity-page.ts';
import { enrolRoutes, signInRoutes } from './sign-in-routes.ts';
import { signedOut } from './signed-out.ts';
import { takeAction } from './take-action.ts';
import { formIsOurs, type Visit, visitOf } from './visit.ts';

export interface WebOptions {
  readonly projects: readonly ProjectSettings[];
  /** Doors that only the demonstration has; null elsewhere. */
  readonly demo: DemoOptions | null;
}

/** Largest body of a request, files included. */
const mostBytes = 64 * 1024 * 1024;

export function webDoor(world: World, options: WebOptions): { readonly application: Hono; readonly routes: Routes } {
  const application = new Hono();
  const routes = routesOf(application);
  application.use(
    securityHeaders({
      https: world.baseUrl.startsWith('https:'),
      ...(world.provider === null ? {} : { formsTo: new URL(world.provider.issuer).origin }),
    }),
  );
  application.use(
    bodyLimit({ maxSize: mostBytes, onError: (context) => context.text('This is more than is taken here; nothing was kept.', 413) }),
  );
  application.use(refuseCrossSite(new URL(world.baseUrl).origin));
  application.use(wholeBody);
  application.onError((error, context) => failed(world, options, error, context));
  application.notFound((context) => notFound(options, context));
  routes.get('/static/:hash/:file', 'public', (context) => serveAsset(context) ?? notFound(options, context));
  if (options.demo !== null) demoRoutes(world, options.projects, options.demo, routes, (context) => notFound(options, context));
  routes.get('/', 'public', (context) =>
    context.redirect(options.demo === null ? pathsOf(options.projects[0]?.project ?? '').advisories : '/sign-in', 302),
  );
  // RFC 9116 section 3: at the root of the host; where several projects share it, each has its own below its name.
  routes.get('/.well-known/security.txt', 'public', (context) => {
    const [only, ...others] = options.projects;
    return only === undefined || others.length > 0 ? notFound(options, context) : context.redirect(pathsOf(only.project).securityTxt, 302);
  });
  const page: PageRoute = (method, path, rule, show) =>
    routes[method](path, rule, async (context) => {
      // No name and no id holds a control character, and the database takes no NUL: such an address leads nowhere.
      if (Object.values(context.req.param() as Readonly<Record<string, string>>).some((value) => /\p{Cc}/u.test(value)))
        return notFound(options, context);
      const visit = await visitOf(world, options.projects, context, replayOf(options, context));
      return (visit && (await show(context, visit))) ?? notFound(options, context);
    });
  publicPages(world, page);
  signInRoutes(world, page, ({ project }) => (options.demo === null ? [] : demoLinks(options.demo, project)));
  enrolRoutes(world, page);
  serviceRoutes(world, page);
  accountRoutes(world, page);
  policyPages(world, page);
  peoplePages(world, page);
  policyChangePages(world, page);
  breakGlassPages(world, page);
  reportPages(world, page);
  reporterPages(world, page);
  memberPages(world, page);
  casePages(world, page);
  publishedRoutes(world, routes, (context) => notFound(options, context));
  return { application, routes };
}

function publicPages(world: World, page: PageRoute): void {
  page('get', '/:project', 'public', (context, { project }) => context.redirect(pathsOf(project).advisories, 302));
  page('get', '/:project/advisories', 'public', async (context, { project, frame }) => {
    if (frame.viewer === null) markPublished(context, 60);
    return context.html(render(AdvisoriesPage({ frame, advisories: await advisoriesOf(world, project) })));
  });
  page('get', '/:project/statistics', 'public', (context, visit) => statisticsPage(world, context, visit));
  page('post', '/:project/preferences', 'intake', async (context, visit) => {
    const { values } = await sentForm(context.req.raw);
    if (!formIsOurs(world, visit, values['csrf'])) return context.text('Refused: this form is not of your session.', 403);
    const kept = { path: '/', sameSite: 'Lax', maxAge: 365 * 86_400, secure: world.baseUrl.startsWith('https:'), httpOnly: true } as const;
    setCookie(
      context,
      cookieName(world, 'theme'),
      ['light', 'dark'].includes(values['theme'] ?? '') ? (values['theme'] ?? '') : 'system',
      kept,
    );
    setCookie(context, cookieName(world, 'shortcuts'), values['shortcuts'] === 'on' ? 'on' : 'off', kept);
    const paths = pathsOf(visit.project);
    return context.redirect(visit.actor === undefined ? paths.advisories : paths.queue, 303);
  });
}

function reportPages(world: World, page: PageRoute): void {
  page('get', '/:project/report', 'public', (context, visit) => writeReport(world, context, visit));
  page('post', '/:project/report', 'intake', (context, visit) => writeReport(world, context, visit));
  page('post', '/:project/report/check', 'intake', (context, visit) => checkReport(world, context, visit));
  page('post', '/:project/report/send', 'intake', (context, visit) => sendReport(world, context, visit));
}

function memberPages(world: World, page: PageRoute): void {
  page('get', '/:project/queue', 'member', async (context, { actor, frame }) => {
    if (actor === undefined) return undefined;
    const [view, upkeep] = await Promise.all([readQueue(world, actor, askedIn(context)), readUpkeep(world, actor)]);
    return context.html(render(QueuePage({ frame, view, done: doneOf(context), upkeep })));
  });
  page('post', '/:project/queue/mark-duplicates', 'member', (context, visit) => markCluster(world, context, visit));
  page('get', '/:project/embargoes', 'member', async (context, { actor, frame }) => {
    const view = actor && (await readEmbargoes(world, actor));
    return view && context.html(render(EmbargoesPage({ frame, view })));
  });
  page('post', '/:project/sign-out', 'member', async (context, visit) => {
    const { values } = await sentForm(context.req.raw);
    if (!formIsOurs(world, visit, values['csrf'])) return context.text('Refused: this form is not of your session.', 403);
    if (visit.actor !== undefined) await closeSession(world, visit.actor, visit.session);
    dropSession(world, context, visit.project);
    return context.redirect(pathsOf(visit.project).advisories, 303);
  });
}

function casePages(world: World, page: PageRoute): void {
  page('get', '/:project/cases/:case', 'case', (context, visit) => casePage(world, context, visit));
  page('get', '/:project/cases/:case/preview', 'case', (context, visit) => previewPage(world, context, visit));
  page('get', '/:project/cases/:case/release', 'case', (context, visit) => releasePage(world, context, visit));
  page('get', '/:project/cases/:case/release/to-sign', 'case', (context, visit) => toSign(world, context, visit));
  page('get', '/:project/cases/:case/access', 'case', (context, visit) => accessPage(world, context, visit));
  page('get', '/:project/cases/:case/record.json', 'case', (context, visit) => recordDownload(world, context, visit));
  page('get', '/:project/cases/:case/advisory', 'case', (context, visit) => advisoryPage(world, context, visit));
  page('post', '/:project/cases/:case/advisory', 'case', (context, visit) => lookAtAdvisory(world, context, visit));
  page('get', '/:project/cases/:case/severity', 'case', (context, visit) => severityPage(world, context, visit));
  page('post', '/:project/cases/:case/severity', 'case', (context, visit) => computeSeverity(world, context, visit));
  page('get', '/:project/cases/:case/attachments/:attachment', 'case', (context, visit) =>
    attachment(world, context, visit.actor ?? { kind: 'anonymous', project: visit.project }, context.req.param('case') as CaseId),
  );
  page('post', '/:project/cases/:case/mail/:message/take-back', 'case', async (context, visit) => {
    const { values } = await sentForm(context.req.raw);
    if (!formIsOurs(world, visit, values['csrf'])) return context.text('Refused: this form is not of your session.', 403);
    const id = context.req.param('case') as CaseId;
    const withdrawn = visit.actor && (await withdrawMessage(world, visit.actor, id, context.req.param('message') ?? ''));
    return withdrawn ? context.redirect(pathsOf(visit.project).case(id), 303) : undefined;
  });
  page('post', '/:project/cases/:case/:action', 'case', (context, visit) => {
    const id = context.req.param('case') as CaseId;
    if (visit.actor === undefined) return signedOutFrom(context, visit);
    return takeAction(world, context, { visit, actor: visit.actor, base: pathsOf(visit.project).case(id) }, id);
  });
}

/** Whoever typed while the session ended sees what was typed; nothing of the case is asked for. */
async function signedOutFrom(context: Context, visit: Visit): Promise<Response> {
  return signedOut(context, visit, await sentForm(context.req.raw));
}

/** What every page of a demonstration says: what the case replays, or that all of it is invented or replayed. */
function replayOf({ demo }: WebOptions, context: Context): string | null {
  if (demo === null) return null;
  return (
    demo.replays.get(context.req.param('case') ?? '') ??
    'Demonstration: the people are invented, the first cases are replays of public ones'
  );
}

/** The same bytes for what is hidden and for what does not exist (L-22). */
function notFound({ projects }: WebOptions, context: Context): Response | Promise<Response> {
  return context.html(render(NotFoundPage({ project: stranger(projects, context).project })), 404);
}

/** An id, and nothing of what went wrong (L-28). */
function failed(world: World, { projects }: WebOptions, error: Error, context: Context): Response | Promise<Response> {
  if (error instanceof HTTPException) return context.text(error.message, error.status);
  const id = base32(world.random(10));
  world.log('request-failed', { id, error: error.name });
  return context.html(
    render(FailurePage({ frame: stranger(projects, context), id, at: world.clock.now() })),
    maySucceedLater(error) ? 503 : 500,
  );
}

function stranger(projects: readonly ProjectSettings[], context: Context): Frame {
  const [, first = ''] = context.req.path.split('/');
  const known = projects.find((one) => one.project === first);
  const project = known === undefined ? { id: '', title: 'Daylight' } : { id: known.project, title: known.title };
  return {
    project,
    viewer: null,
    now: '1970-01-01T00:00:00.000Z' as Frame['now'],
    theme: 'system',
    shortcuts: false,
    csrf: '',
    replay: null,
  };
}
