// SPDX-License-Identifier: Apache-2.0
// A form that waits while its sender proves at another service who they are: where it was going, and all that it holds.

import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { park, unpark } from '../app/sign-in/parked.ts';
import type { World } from '../app/world.ts';
import type { PersonActor } from '../core/model/actor.ts';
import { cookieName } from './session-cookie.ts';

const parkedForm = z.object({
  label: z.string().max(200),
  action: z.string().max(500),
  back: z.string().max(500),
  fields: z.array(z.tuple([z.string(), z.string()])),
});

export type ParkedForm = z.infer<typeof parkedForm>;

/** The value of the hidden field by which a page of ours hands a form over. */
export function handedOver({ label, action, back, fields }: ParkedFields): string {
  return JSON.stringify({ label, action, back, fields });
}

type ParkedFields = { readonly [K in keyof Omit<ParkedForm, 'fields'>]: ParkedForm[K] } & {
  readonly fields: readonly (readonly [name: string, value: string])[];
};

/** Keeps a form aside; what is none of ours, or goes elsewhere than to this project, is not kept. */
export async function parkForm(world: World, context: Context, actor: PersonActor, given: string): Promise<void> {
  const form = read(given);
  const inside = `/${actor.project}/`;
  if (form === undefined || !form.action.startsWith(inside) || !form.back.startsWith(inside)) return;
  const kept = await park(world, actor, JSON.stringify(form));
  if (kept === undefined) return;
  setCookie(context, cookieName(world, 'parked'), kept, { ...ofCookie(world), httpOnly: true, sameSite: 'Lax', maxAge: 600 });
}

/** The form that this browser left, for the same person; it is kept no longer. */
export async function parkedFormOf(world: World, context: Context, actor: PersonActor): Promise<ParkedForm | undefined> {
  const kept = getCookie(context, cookieName(world, 'parked')) ?? '';
  if (kept === '') return undefined;
  deleteCookie(context, cookieName(world, 'parked'), ofCookie(world));
  const text = await unpark(world, actor, kept);
  return text === undefined ? undefined : read(text);
}

function ofCookie({ baseUrl }: World) {
  return { path: '/', secure: baseUrl.startsWith('https:') } as const;
}

function read(text: string): ParkedForm | undefined {
  try {
    return parkedForm.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
