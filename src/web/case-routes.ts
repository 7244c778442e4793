// SPDX-License-Identifier: Apache-2.0
// Cases by web: the page of a case and its files; and the same for a reporter with a link.

import type { Context } from 'hono';
import { readAttachment, readCase } from '../app/read.ts';
import type { World } from '../app/world.ts';
import type { ReporterActor } from '../core/model/actor.ts';
import type { AttachmentId, CaseId } from '../core/model/identifiers.ts';
import { download } from '../http/headers.ts';
import type { Page } from './action-answers.ts';
import { doneOf } from './done.ts';
import { CasePage } from './pages/case.tsx';
import { MyReportPage } from './pages/my-report.tsx';
import { PartyPage } from './pages/party-case.tsx';
import { RecordPage } from './pages/record.tsx';
import { render } from './render.ts';
import { markPublished } from './security-headers.ts';
import type { Visit } from './visit.ts';

/** The page of a case for those inside, the opened record for everybody else; undefined when there is neither. */
export async function casePage(world: World, context: Context, visit: Visit): Promise<Response | undefined> {
  const id = context.req.param('case') as CaseId;
  const view = await readCase(world, visit.actor ?? { kind: 'anonymous', project: visit.project }, id);
  if (view === undefined) return undefined;
  if (view.reach === 'everything' || view.reach === 'for_a_number')
    return context.html(render(CasePage({ frame: visit.frame, view, done: doneOf(context), returned: null })));
  if (view.reach === 'party' || view.reach === 'terms')
    return context.html(render(PartyPage({ frame: visit.frame, view, done: doneOf(context), returned: null })));
  markPublished(context, 0);
  return context.html(render(RecordPage({ frame: visit.frame, view })));
}

export async function myReportPage(
  world: World,
  context: Context,
  { visit, actor, base }: Page & { readonly actor: ReporterActor },
): Promise<Response | undefined> {
  const view = await readCase(world, actor, actor.case);
  if (view === undefined) return undefined;
  return context.html(
    render(MyReportPage({ frame: visit.frame, view, participant: actor.participant, base, done: doneOf(context), returned: null })),
  );
}

export async function attachment(
  world: World,
  context: Context,
  reader: Parameters<typeof readAttachment>[1],
  id: CaseId,
): Promise<Response | undefined> {
  const found = await readAttachment(world, reader, id, context.req.param('attachment') as AttachmentId);
  return found && download({ name: found.info.name, bytes: found.info.ref.bytes }, found.bytes);
}
