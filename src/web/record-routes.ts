// SPDX-License-Identifier: Apache-2.0
// The record by web: as one file for everybody, as a preview for those inside, who can see it; and the project's figures.

import type { Context } from 'hono';
import { readAccess } from '../app/access-view.ts';
import { readPreview } from '../app/preview.ts';
import { readRecord } from '../app/read-record.ts';
import { readReleaseRoom } from '../app/release-room.ts';
import { readStatistics } from '../app/statistics.ts';
import type { World } from '../app/world.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import { downloadHeaders } from '../http/headers.ts';
import { AccessPage } from './pages/access.tsx';
import { PreviewPage } from './pages/preview.tsx';
import { ReleasePage } from './pages/release.tsx';
import { StatisticsPage } from './pages/statistics.tsx';
import { render } from './render.ts';
import { markPublished } from './security-headers.ts';
import type { Visit } from './visit.ts';

export async function recordDownload(world: World, context: Context, visit: Visit): Promise<Response | undefined> {
  const id = context.req.param('case') as CaseId;
  const record = await readRecord(world, visit.project, id);
  if (record === undefined) return undefined;
  const bytes = new TextEncoder().encode(`${JSON.stringify(record, null, 2)}\n`);
  return new Response(bytes, { headers: downloadHeaders(`${record.codename}.json`, bytes.length) });
}

export async function previewPage(world: World, context: Context, visit: Visit): Promise<Response | undefined> {
  const preview = visit.actor && (await readPreview(world, visit.actor, context.req.param('case') as CaseId));
  return preview && context.html(render(PreviewPage({ frame: visit.frame, preview })));
}

export async function releasePage(world: World, context: Context, visit: Visit): Promise<Response | undefined> {
  const room = visit.actor && (await readReleaseRoom(world, visit.actor, context.req.param('case') as CaseId));
  return room && context.html(render(ReleasePage({ frame: visit.frame, room })));
}

export async function accessPage(world: World, context: Context, visit: Visit): Promise<Response | undefined> {
  const view = visit.actor && (await readAccess(world, visit.actor, context.req.param('case') as CaseId));
  return view && context.html(render(AccessPage({ frame: visit.frame, view })));
}

export async function statisticsPage(world: World, context: Context, { project, frame }: Visit): Promise<Response | undefined> {
  const statistics = await readStatistics(world, project);
  if (statistics === undefined) return undefined;
  if (frame.viewer === null) markPublished(context, 60);
  return context.html(render(StatisticsPage({ frame, statistics })));
}
