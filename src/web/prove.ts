// SPDX-License-Identifier: Apache-2.0
// The fresh proof that goes with a form: shown with what was typed, it makes a new session, and the form goes on as if it had been fresh all along.

import type { Context } from 'hono';
import { proveWithPasskey } from '../app/sign-in/passkeys.ts';
import { sessionActor } from '../app/sign-in/sessions.ts';
import type { World } from '../app/world.ts';
import type { PersonActor } from '../core/model/actor.ts';
import { csrfToken } from './cross-site.ts';
import type { SentForm } from './form-body.ts';
import { keepSession } from './session-cookie.ts';
import { jsonOf } from './sign-in-routes.ts';
import type { Visit } from './visit.ts';

/** Fields of a form that belong to the session and the ceremony, and never to the action. */
const ofTheProof: readonly string[] = ['response'];

export type Proved = { readonly visit: Visit; readonly actor: PersonActor } | 'not-proven' | 'not-asked';

/** Spends the proof that a form carries. The cookie of the new session goes with whatever is answered. */
export async function proved(world: World, context: Context, visit: Visit, actor: PersonActor, form: SentForm): Promise<Proved> {
  const given = form.values['response'] ?? '';
  if (given === '') return 'not-asked';
  const session = await proveWithPasskey(world, actor, visit.session, jsonOf(given));
  if (session === undefined) return 'not-proven';
  keepSession(world, context, visit.project, session.token);
  const fresh = await sessionActor(world, visit.project, session.token);
  if (fresh === undefined) return 'not-proven';
  const frame = { ...visit.frame, csrf: csrfToken(world.derive('csrf'), session.token) };
  return { visit: { ...visit, session: session.token, actor: fresh, frame }, actor: fresh };
}

/** The form without what belongs to the proof. */
export function withoutProof(form: SentForm): SentForm {
  return { ...form, values: Object.fromEntries(Object.entries(form.values).filter(([name]) => !ofTheProof.includes(name))) };
}

/** All that the form holds, to be sent again; the session's own token is the page's. */
export function fieldsOf(form: SentForm): readonly (readonly [name: string, value: string])[] {
  return Object.keys(form.values)
    .filter((name) => name !== 'csrf' && !ofTheProof.includes(name))
    .flatMap((name) => form.all(name).map((value) => [name, value] as const));
}
