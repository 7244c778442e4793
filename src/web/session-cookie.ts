// SPDX-License-Identifier: Apache-2.0
// The cookie of a session: set at sign-in and at each new proof, and taken away at the end.

import type { Context } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { closeSession, sessionActor } from '../app/sign-in/sessions.ts';
import type { World } from '../app/world.ts';
import type { ProjectId } from '../core/model/identifiers.ts';

/** With TLS the name makes browsers keep a cookie to this host and path; without it, on a loopback address, they would drop such a cookie. */
export function cookieName({ baseUrl }: Pick<World, 'baseUrl'>, what: string): string {
  return `${baseUrl.startsWith('https:') ? '__Host-' : ''}daylight-${what}`;
}

export function sessionCookie(world: World, project: ProjectId): string {
  return cookieName(world, project);
}

/** Lax, not strict: who follows a link from a mail to a case arrives signed in; nothing changes by such a request (cross-site.ts). */
export function keepSession(world: World, context: Context, project: ProjectId, token: string): void {
  setCookie(context, sessionCookie(world, project), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: world.baseUrl.startsWith('https:'),
  });
}

/** After signing in: the session that this browser had ends, whoever's it was, and its token is not good beside the new one (ASVS 7.2.4). */
export async function beginSession(
  world: World,
  context: Context,
  { project, session }: { readonly project: ProjectId; readonly session: string },
  token: string,
): Promise<void> {
  const former = session === '' ? undefined : await sessionActor(world, project, session);
  if (former !== undefined) await closeSession(world, former, session);
  keepSession(world, context, project, token);
}

/** The browser also forgets what it kept of our pages, so that the next user of a shared machine does not go back to them (ASVS 14.3.1). */
export function dropSession(world: World, context: Context, project: ProjectId): void {
  context.header('Clear-Site-Data', '"cache", "storage"');
  deleteCookie(context, sessionCookie(world, project), { path: '/', secure: world.baseUrl.startsWith('https:') });
}
