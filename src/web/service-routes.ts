// SPDX-License-Identifier: Apache-2.0
// Leaving for the sign-in service and coming back. The way back is a GET by its standard, good once, and for the browser that left only.

import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { mayTry } from '../app/sign-in/limit.ts';
import { type Aim, leaveForService, type Returned, returnFromService } from '../app/sign-in/service.ts';
import type { World } from '../app/world.ts';
import { cameFrom } from '../http/came-from.ts';
import { csrfToken } from './cross-site.ts';
import { sentForm } from './form-body.ts';
import type { PageRoute } from './page-route.ts';
import { ProvePage } from './pages/prove.tsx';
import { ResumePage } from './pages/resume.tsx';
import { SignInPage } from './pages/sign-in.tsx';
import { type ParkedForm, parkedFormOf, parkForm } from './parked.ts';
import { pathsOf } from './paths.ts';
import { render } from './render.ts';
import { beginSession, cookieName } from './session-cookie.ts';
import { serviceName } from './sign-in-routes.ts';
import { formIsOurs, type Visit } from './visit.ts';

const messages = {
  no: 'That did not sign you in',
  'second-factor': 'Your sign-in service did not say that it asked for a second factor. Sign in with your passkey',
  bound:
    'Your account is bound. Your sign-in service did not say that it asked for a second factor: open your link again and add a passkey',
} as const;

export function serviceRoutes(world: World, page: PageRoute): void {
  const cookie = { path: '/', httpOnly: true, sameSite: 'Lax', secure: world.baseUrl.startsWith('https:') } as const;
  const name = cookieName(world, 'leaving');
  const leave = async (context: Context, { project }: Visit, aim: Aim) => {
    if (!(await mayTry(world, project, 'service', cameFrom(context))))
      return context.text('Too many attempts. Wait a quarter of an hour.', 429);
    const leaving = await leaveForService(world, project, aim);
    if (leaving === undefined) return undefined;
    setCookie(context, name, leaving.browser, { ...cookie, maxAge: 600 });
    return context.redirect(leaving.url, 303);
  };
  page('post', '/:project/sign-in/service', 'intake', (context, visit) => leave(context, visit, { kind: 'sign-in' }));
  page('post', '/:project/enrol/:token/service', 'link', (context, visit) =>
    leave(context, visit, { kind: 'enrolment', link: context.req.param('token') ?? '' }),
  );
  page('post', '/:project/account/prove/service', 'account', async (context, visit) => {
    const { values } = await sentForm(context.req.raw);
    if (visit.actor === undefined || !formIsOurs(world, visit, values['csrf'])) return undefined;
    if (values['parked'] !== undefined) await parkForm(world, context, visit.actor, values['parked']);
    return leave(context, visit, { kind: 'proof', actor: visit.actor });
  });
  page('get', '/:project/sign-in/return', 'public', async (context, visit) => {
    const query = new URL(context.req.url).search.slice(1);
    const browser = getCookie(context, name) ?? '';
    deleteCookie(context, name, { path: '/', secure: cookie.secure });
    const returned = await returnFromService(world, visit.project, query, browser, visit.session);
    const parked = visit.actor && (await parkedFormOf(world, context, visit.actor));
    if (parked !== undefined) return resumed(world, context, visit, parked, returned);
    if (returned === undefined || typeof returned === 'string') {
      const message = messages[returned ?? 'no'];
      return context.html(render(SignInPage({ frame: visit.frame, links: [], service: serviceName(world), message })), 403);
    }
    await beginSession(world, context, visit, returned.token);
    return context.redirect(visit.session === '' ? pathsOf(visit.project).queue : pathsOf(visit.project).account, 303);
  });
}

/** Whoever went away with a form in hand finds it again: to press once more, or, where the service gave no second factor, to go on with a passkey. */
async function resumed(world: World, context: Context, visit: Visit, form: ParkedForm, returned: Returned): Promise<Response> {
  const { frame } = visit;
  if (returned === undefined || typeof returned === 'string') {
    const sentence = `${messages[returned ?? 'no']}.`;
    const about = {
      title: form.label,
      standing: { kind: 'confidential' },
      service: serviceName(world),
      failed: true,
      typed: [],
      unkept: [],
    } as const;
    return context.html(render(ProvePage({ frame, ...form, ...about, sentence })), 403) as Response;
  }
  await beginSession(world, context, visit, returned.token);
  const fresh = { ...frame, csrf: csrfToken(world.derive('csrf'), returned.token) };
  return context.html(render(ResumePage({ frame: fresh, form }))) as Response;
}
