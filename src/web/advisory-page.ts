// SPDX-License-Identifier: Apache-2.0
// The page on which an advisory is written, with what would come of it.

import type { Context } from 'hono';
import { advisoryDraft } from '../app/advisory-draft.ts';
import { previews } from '../app/preparation.ts';
import { formatLabel } from '../app/publisher.ts';
import { readCase } from '../app/read.ts';
import type { CaseView } from '../app/views.ts';
import type { World } from '../app/world.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import { valuesFrom } from './advisory-values.ts';
import { doneOf } from './done.ts';
import type { Problem } from './fields.ts';
import { AdvisoryEditorPage } from './pages/advisory-editor.tsx';
import { render } from './render.ts';
import type { Visit } from './visit.ts';

export async function advisoryPage(world: World, context: Context, visit: Visit): Promise<Response | undefined> {
  const view = visit.actor && (await readCase(world, visit.actor, context.req.param('case') as CaseId, 'advisory'));
  if (view === undefined || view.reach !== 'everything') return undefined;
  return editor(world, context, visit, view, valuesFrom(keptDraft(view)), [], 200);
}

export function editor(
  world: World,
  context: Context,
  visit: Visit,
  view: CaseView,
  values: ReturnType<typeof valuesFrom>,
  problems: readonly Problem[],
  status: 200 | 422,
): Response {
  const drafts = previews(world, visit.project, view);
  return context.html(
    render(
      AdvisoryEditorPage({
        frame: visit.frame,
        view,
        values,
        problems,
        previews: (drafts?.made ?? []).map(({ format, text }) => ({ name: formatLabel(format), text })),
        warnings: (drafts?.left ?? []).map(({ format, why }) => `${formatLabel(format)}: ${why}`),
        done: status === 200 ? doneOf(context) : null,
      }),
    ),
    status,
  );
}

function keptDraft({ state, texts }: CaseView) {
  const text = state.advisory.content === null ? undefined : texts.get(state.advisory.content.id);
  return text === undefined ? null : advisoryDraft.parse(JSON.parse(text));
}
