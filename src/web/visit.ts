// SPDX-License-Identifier: Apache-2.0
// A visit: whose project, who looks, with which session and which preferences. Every route of the web door begins with one.

import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { ProjectSettings } from '../app/projects.ts';
import { sessionMember } from '../app/sign-in/sessions.ts';
import type { World } from '../app/world.ts';
import type { PersonActor } from '../core/model/actor.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import type { Policy } from '../core/policy/policy.ts';
import { csrfMatches, csrfToken } from './cross-site.ts';
import type { Frame } from './frame.ts';
import { cookieName, sessionCookie } from './session-cookie.ts';

export interface Visit {
  readonly project: ProjectId;
  readonly title: string;
  readonly frame: Frame;
  readonly actor: PersonActor | undefined;
  /** Empty where nobody has a session. */
  readonly session: string;
}

/** The visit, or nothing when there is no such project. */
export async function visitOf(
  world: World,
  projects: readonly ProjectSettings[],
  context: Context,
  replay: string | null = null,
): Promise<Visit | undefined> {
  const settings = projects.find((one) => one.project === context.req.param('project'));
  if (settings === undefined) return undefined;
  const project = settings.project as ProjectId;
  const token = getCookie(context, sessionCookie(world, project)) ?? '';
  const member = token === '' ? undefined : await sessionMember(world, project, token);
  const actor = member?.actor;
  const session = member === undefined ? '' : token;
  return {
    project,
    title: settings.title,
    actor,
    session,
    frame: {
      project: { id: project, title: settings.title },
      viewer: member === undefined ? null : { name: member.name, roles: member.actor.roles },
      now: world.clock.now(),
      ...preferences(world, context),
      csrf: session === '' ? '' : csrfToken(world.derive('csrf'), session),
      replay,
    },
  };
}

/** A signed-in visitor's form carries the token of their session; a visitor without one has nothing that another site could borrow. */
export function formIsOurs(world: World, visit: Visit, given: unknown): boolean {
  return visit.session === '' || csrfMatches(world.derive('csrf'), visit.session, given);
}

export function activePolicy(world: World, project: ProjectId): Promise<Policy> {
  return world.store.as({ kind: 'anonymous', project }, async (transaction) => (await transaction.policies.active()).policy);
}

export function preferences(world: World, context: Context): Pick<Frame, 'theme' | 'shortcuts'> {
  const theme = getCookie(context, cookieName(world, 'theme'));
  const shortcuts = getCookie(context, cookieName(world, 'shortcuts')) !== 'off';
  return { theme: theme === 'light' || theme === 'dark' ? theme : 'system', shortcuts };
}
