// SPDX-License-Identifier: Apache-2.0
// The queue by web, and what can be done there to several cases at once.

import type { Context } from 'hono';
import { caseIdIn } from '../app/bodies/relations.ts';
import { markDuplicates, mostAtOnce, type Outcome } from '../app/bulk.ts';
import type { QueueAsked } from '../app/read-queue.ts';
import { readQueue } from '../app/read-queue.ts';
import type { QueueView } from '../app/views.ts';
import type { World } from '../app/world.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import type { Refusal } from '../core/model/refusal.ts';
import type { Check } from './components/notice.tsx';
import { sentForm } from './form-body.ts';
import { QueuePage } from './pages/queue.tsx';
import { render } from './render.ts';
import { formIsOurs, type Visit } from './visit.ts';

/** The page of the queue that the address asks for. */
export function askedIn(context: Context): QueueAsked {
  return { order: context.req.query('order') === 'patches' ? 'patches' : 'clock', after: context.req.query('after') };
}

/** Marks the chosen cases as duplicates of one, and shows the queue with what came of each. */
export async function markCluster(world: World, context: Context, visit: Visit): Promise<Response | undefined> {
  const { actor, frame } = visit;
  if (actor === undefined) return undefined;
  const form = await sentForm(context.req.raw);
  if (!formIsOurs(world, visit, form.values['csrf'])) return context.text('Refused: this form is not of your session.', 403);
  const asked = askedIn(context);
  const cases = form
    .all('cases')
    .flatMap((one) => caseIdIn(one) ?? [])
    .slice(0, mostAtOnce);
  const of = caseIdIn(form.values['of'] ?? '') ?? ('' as CaseId);
  const before = await readQueue(world, actor, { ...asked, lookup: true });
  const outcomes = await markDuplicates(world, actor, { cases, of, independent: form.values['independent'] === 'yes', reason: undefined });
  const rows = outcomes.length === 0 ? [nothingChosen] : outcomes.map((one) => told(one, before));
  return context.html(render(QueuePage({ frame, view: await readQueue(world, actor, asked), outcomes: rows })), statusOf(outcomes));
}

const nothingChosen: Check = { state: 'wrong', text: 'No case was chosen.' };

function statusOf(outcomes: readonly Outcome[]): 200 | 422 {
  return outcomes.length > 0 && outcomes.every(({ refusal }) => refusal === null) ? 200 : 422;
}

/** By the name that the member knows it by; what they do not see has none, and is answered as what does not exist. */
function told({ case: id, refusal }: Outcome, { rows }: QueueView): Check {
  const name = rows.find(({ state }) => state.case === id)?.state.codename ?? 'a case that does not exist';
  return refusal === null ? { state: 'met', text: name } : { state: 'wrong', text: name, remark: sentenceOf(refusal) };
}

function sentenceOf(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'not_found':
      return 'There is no such case.';
    case 'gates':
      return refusal.unmet.map(({ sentence }) => sentence).join(' ');
    case 'conflict':
      return 'Somebody changed it in the meantime; try again.';
    default:
      return refusal.sentence;
  }
}
