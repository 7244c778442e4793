// SPDX-License-Identifier: Apache-2.0
// A form whose session is over: what was typed into it, to copy, and the way back in.

import type { Context } from 'hono';
import { type SentForm, unkeptFiles } from './form-body.ts';
import { SignedOutPage } from './pages/answers.tsx';
import { pathsOf } from './paths.ts';
import { render } from './render.ts';
import type { Visit } from './visit.ts';

/** Fields of a form that nobody typed, or that must be typed anew. */
export const unsaid: readonly string[] = ['csrf', 'version', 'codename'];

/** What was typed into a form of a session that is over, to copy. */
export function signedOut(
  context: Context,
  { frame, project }: Visit,
  form: SentForm,
  signIn = pathsOf(project).signIn,
): Response | Promise<Response> {
  const words = Object.entries(form.values).filter(([name, text]) => !unsaid.includes(name) && text.trim() !== '');
  return context.html(render(SignedOutPage({ frame, signIn, typed: [...words, ...unkeptFiles(form)] })), 403);
}
