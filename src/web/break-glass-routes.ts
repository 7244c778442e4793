// SPDX-License-Identifier: Apache-2.0
// Breaking the glass by web. Whoever may not finds nothing there.

import type { Context } from 'hono';
import { breakGlass, emergency, mayBreakGlass } from '../app/break-glass.ts';
import type { World } from '../app/world.ts';
import type { Refusal } from '../core/model/refusal.ts';
import { isRefusal } from '../core/model/refusal.ts';
import type { Filled } from './fields.ts';
import { untouched } from './fields.ts';
import { sentForm } from './form-body.ts';
import type { PageRoute } from './page-route.ts';
import { BreakGlassPage } from './pages/break-glass.tsx';
import { pathsOf } from './paths.ts';
import { render } from './render.ts';
import { formIsOurs, type Visit } from './visit.ts';

export function breakGlassPages(world: World, page: PageRoute): void {
  page('get', '/:project/break-glass', 'member', async (context, visit) =>
    visit.actor !== undefined && (await mayBreakGlass(world, visit.actor)) ? shown(context, visit, untouched) : undefined,
  );
  page('post', '/:project/break-glass', 'member', (context, visit) => broken(world, context, visit));
}

function shown(context: Context, { frame }: Visit, filled: Filled): Response | Promise<Response> {
  return context.html(render(BreakGlassPage({ frame, filled })), filled.problems.length === 0 ? 200 : 422);
}

async function broken(world: World, context: Context, visit: Visit): Promise<Response | undefined> {
  const { values } = await sentForm(context.req.raw);
  if (!formIsOurs(world, visit, values['csrf'])) return context.text('Refused: this form is not of your session.', 403);
  if (visit.actor === undefined || !(await mayBreakGlass(world, visit.actor))) return undefined;
  const asked = emergency.safeParse(values);
  const again = (problems: Filled['problems']) => shown(context, visit, { values, problems });
  if (!asked.success) return again(asked.error.issues.map(({ path, message }) => ({ field: path.join('.'), sentence: message })));
  const outcome = await breakGlass(world, visit.actor, asked.data);
  if (outcome === undefined) return again([{ field: 'case', sentence: 'There is no such case that is open and confidential.' }]);
  return isRefusal(outcome) ? again([problemOf(outcome.refusal)]) : context.redirect(pathsOf(visit.project).case(outcome.case), 303);
}

function problemOf(refusal: Refusal): Filled['problems'][number] {
  switch (refusal.kind) {
    case 'invalid':
      return { field: refusal.field === '' ? 'case' : refusal.field, sentence: refusal.sentence };
    case 'gates':
      return { field: 'case', sentence: refusal.unmet.map(({ sentence }) => sentence).join(' ') };
    default:
      return { field: 'case', sentence: 'sentence' in refusal ? refusal.sentence : 'This was not taken.' };
  }
}
