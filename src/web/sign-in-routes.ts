// SPDX-License-Identifier: Apache-2.0
// Signing in by web: with a passkey, and with the link by which one gets a first. Every wrong answer is the same answer (L-22).

import type { Context } from 'hono';
import { beginEnrolmentByLink, enrolByLink, enrolmentOf } from '../app/sign-in/enrolment.ts';
import { mayTry } from '../app/sign-in/limit.ts';
import { beginSignIn, signInWithPasskey } from '../app/sign-in/passkeys.ts';
import type { World } from '../app/world.ts';
import { cameFrom } from '../http/came-from.ts';
import { sentForm } from './form-body.ts';
import type { PageRoute } from './page-route.ts';
import { EnrolPage } from './pages/enrol.tsx';
import { type DemoLink, SignInPage } from './pages/sign-in.tsx';
import { pathsOf } from './paths.ts';
import { render } from './render.ts';
import { beginSession } from './session-cookie.ts';
import type { Visit } from './visit.ts';

/** Said whatever was wrong: no such passkey, another's, a spent challenge, a removed person. */
const notSignedIn = 'That did not sign you in';
export const tooOften = 'Too many attempts. Wait a quarter of an hour, then try again.';

export function signInRoutes(world: World, page: PageRoute, linksOf: (visit: Visit) => readonly DemoLink[]): void {
  const show = (context: Context, visit: Visit, message: string | null, status: 200 | 403) =>
    context.html(render(SignInPage({ frame: visit.frame, links: linksOf(visit), service: serviceName(world), message })), status);
  page('get', '/:project/sign-in', 'public', (context, visit) => show(context, visit, null, 200));
  page('post', '/:project/sign-in/passkey/begin', 'intake', async (context, { project }) => {
    if (!(await mayTry(world, project, 'passkey', cameFrom(context)))) return context.text(tooOften, 429);
    return context.json((await beginSignIn(world, project)).options);
  });
  page('post', '/:project/sign-in/passkey', 'intake', async (context, visit) => {
    const { values } = await sentForm(context.req.raw);
    const session = await signInWithPasskey(world, visit.project, jsonOf(values['response']));
    if (session === undefined) return show(context, visit, notSignedIn, 403);
    await beginSession(world, context, visit, session.token);
    return context.redirect(pathsOf(visit.project).queue, 303);
  });
}

export function enrolRoutes(world: World, page: PageRoute): void {
  const tokenOf = (context: Context) => context.req.param('token') ?? '';
  const show = (context: Context, { frame, project }: Visit, name: string | null, refused: boolean) =>
    context.html(
      render(EnrolPage({ frame, action: pathsOf(project).enrol(tokenOf(context)), name, service: serviceName(world), refused })),
      refused ? 403 : 200,
    );
  page('get', '/:project/enrol/:token', 'link', async (context, visit) =>
    show(context, visit, (await enrolmentOf(world, visit.project, tokenOf(context))) ?? null, false),
  );
  page('post', '/:project/enrol/:token/begin', 'link', async (context, { project }) => {
    if (!(await mayTry(world, project, 'enrol', cameFrom(context)))) return context.text(tooOften, 429);
    const begun = await beginEnrolmentByLink(world, project, tokenOf(context));
    return begun === undefined ? context.text('This link is not good any more.', 403) : context.json(begun.options);
  });
  page('post', '/:project/enrol/:token', 'link', async (context, visit) => {
    const { values } = await sentForm(context.req.raw);
    const session = await enrolByLink(world, visit.project, tokenOf(context), jsonOf(values['response']), values['name'] ?? '');
    if (session === undefined) return show(context, visit, (await enrolmentOf(world, visit.project, tokenOf(context))) ?? null, true);
    await beginSession(world, context, visit, session.token);
    return context.redirect(pathsOf(visit.project).account, 303);
  });
}

/** Host of the sign-in service, as its button names it; null where there is none. */
export function serviceName({ provider }: World): string | null {
  return provider === null ? null : new URL(provider.issuer).host;
}

/** What the script put into the form; anything that is no JSON is no answer. */
export function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
