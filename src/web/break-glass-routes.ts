// SPDX-License-Identifier: Apache-2.0
// Breaking the glass by web, and letting somebody into a narrowed case with another person's word. Whoever may not finds nothing there.

import type { Context } from 'hono';
import type { z } from 'zod';
import { breakGlass, emergency, mayBreakGlass } from '../app/break-glass.ts';
import { nameReader, readerNamed, strandedCases } from '../app/let-in.ts';
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
  page('get', '/:project/break-glass', 'member', (context, visit) => shown(world, context, visit, {}));
  page('post', '/:project/break-glass', 'member', (context, visit) => broken(world, context, visit));
  page('post', '/:project/break-glass/readers', 'member', (context, visit) => readerSaid(world, context, visit));
}

interface Returned {
  readonly filled?: Filled;
  readonly returned?: { readonly case: string; readonly filled: Filled };
}

/** Nothing for whoever may not break the glass. */
async function shown(world: World, context: Context, { actor, frame }: Visit, came: Returned): Promise<Response | undefined> {
  const stranded = actor === undefined ? undefined : await strandedCases(world, actor);
  if (stranded === undefined) return undefined;
  const { filled = untouched, returned = null } = came;
  const problems = [...filled.problems, ...(returned?.filled.problems ?? [])];
  const said = context.req.query('done');
  const done = said === 'proposed' || said === 'named' ? said : null;
  return context.html(render(BreakGlassPage({ frame, filled, stranded, returned, done })), problems.length === 0 ? 200 : 422);
}

const notOurs = 'Refused: this form is not of your session.';

async function broken(world: World, context: Context, visit: Visit): Promise<Response | undefined> {
  const { values } = await sentForm(context.req.raw);
  if (!formIsOurs(world, visit, values['csrf'])) return context.text(notOurs, 403);
  if (visit.actor === undefined || !(await mayBreakGlass(world, visit.actor))) return undefined;
  const asked = emergency.safeParse(values);
  const again = (problems: Filled['problems']) => shown(world, context, visit, { filled: { values, problems } });
  if (!asked.success) return again(problemsOf(asked.error));
  const outcome = await breakGlass(world, visit.actor, asked.data);
  if (outcome === undefined) return again([{ field: 'case', sentence: 'There is no such case that is open and confidential.' }]);
  return isRefusal(outcome) ? again([problemOf(outcome.refusal)]) : context.redirect(pathsOf(visit.project).case(outcome.case), 303);
}

async function readerSaid(world: World, context: Context, visit: Visit): Promise<Response | undefined> {
  const { values } = await sentForm(context.req.raw);
  if (!formIsOurs(world, visit, values['csrf'])) return context.text(notOurs, 403);
  if (visit.actor === undefined || !(await mayBreakGlass(world, visit.actor))) return undefined;
  const asked = readerNamed.safeParse(values);
  const again = (problems: Filled['problems']) =>
    shown(world, context, visit, { returned: { case: values['case'] ?? '', filled: { values, problems } } });
  if (!asked.success) return again(problemsOf(asked.error));
  const outcome = await nameReader(world, visit.actor, asked.data);
  if (outcome === undefined) return undefined;
  if (isRefusal(outcome)) return again([problemOf(outcome.refusal, 'person')]);
  return context.redirect(`${pathsOf(visit.project).breakGlass}?done=${outcome.named ? 'named' : 'proposed'}`, 303);
}

function problemsOf({ issues }: z.ZodError): Filled['problems'] {
  return issues.map(({ path, message }) => ({ field: path.join('.'), sentence: message }));
}

function problemOf(refusal: Refusal, field = 'case'): Filled['problems'][number] {
  switch (refusal.kind) {
    case 'invalid':
      return { field: refusal.field === '' ? field : refusal.field, sentence: refusal.sentence };
    case 'gates':
      return { field, sentence: refusal.unmet.map(({ sentence }) => sentence).join(' ') };
    default:
      return { field, sentence: 'sentence' in refusal ? refusal.sentence : 'This was not taken.' };
  }
}
