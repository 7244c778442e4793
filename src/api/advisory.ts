// SPDX-License-Identifier: Apache-2.0
// The advisory by API: what is written with who wrote it, what would come of a text that is not saved, what the repository says; and the calculator.

import type { Context } from 'hono';
import { z } from 'zod';
import { deskOf, keptDraft } from '../app/advisory-desk.ts';
import { type AdvisoryDraft, advisoryDraft } from '../app/advisory-draft.ts';
import { previewAdvisory } from '../app/advisory-preview.ts';
import { proposalName, proposeVersions, withChosen } from '../app/affected-versions.ts';
import { readCase } from '../app/read.ts';
import { scoreOfMetrics, scoreOfVector } from '../app/score.ts';
import type { CaseView } from '../app/views.ts';
import { weaknessName } from '../app/weaknesses.ts';
import type { World } from '../app/world.ts';
import type { PersonActor } from '../core/model/actor.ts';
import type { CaseId, ProjectId } from '../core/model/identifiers.ts';
import { projectOf } from '../http/project.ts';
import type { Routes } from '../http/routes.ts';
import { jsonBody } from './body.ts';
import { invalidBody, notFound, problem } from './problem.ts';

type MemberOf = (context: Context) => Promise<PersonActor | undefined>;

/** Without an advisory the one that is kept is meant. */
export const lookBody = z.strictObject({ advisory: advisoryDraft.optional() });
/** `take`: names of proposals, as an answer gave them, that the returned draft shall hold. */
export const proposeBody = z.strictObject({ advisory: advisoryDraft.optional(), take: z.array(z.string().max(400)).max(100).optional() });
const scheme = z.enum(['cvss_4.0', 'cvss_3.1', 'cvss_2.0']);
export const scoreBody = z.union([
  z.strictObject({ vector: z.string().max(400) }),
  z.strictObject({ scheme, metrics: z.record(z.string().max(8), z.string().max(8)) }),
]);

export function advisoryRoutes(world: World, routes: Routes, memberOf: MemberOf, isKnown: (project: ProjectId) => Promise<boolean>): void {
  routes.get('/api/v1/:project/cases/:case/advisory', 'case', async (context) => {
    const found = await readable(world, context, memberOf);
    return found === undefined ? problem(context, notFound) : written(world, context, found);
  });
  routes.post('/api/v1/:project/cases/:case/advisory/preview', 'case', async (context) => {
    const found = await readable(world, context, memberOf);
    if (found === undefined) return problem(context, notFound);
    const sent = await bodyOf(context, lookBody);
    return sent instanceof Response ? sent : preview(world, context, found, sent.advisory ?? null);
  });
  routes.post('/api/v1/:project/cases/:case/advisory/propose-versions', 'case', async (context) => {
    const found = await readable(world, context, memberOf);
    if (found === undefined) return problem(context, notFound);
    const sent = await bodyOf(context, proposeBody);
    return sent instanceof Response ? sent : propose(world, context, found.view, sent);
  });
  routes.post('/api/v1/:project/score', 'intake', async (context) => {
    if (!(await isKnown(projectOf(context)))) return problem(context, notFound);
    const sent = await bodyOf(context, scoreBody);
    if (sent instanceof Response) return sent;
    return context.json('vector' in sent ? scoreOfVector(sent.vector, 'cvss_3.1') : scoreOfMetrics(sent.scheme, sent.metrics));
  });
}

interface Found {
  readonly view: CaseView;
  readonly actor: PersonActor;
}

/** As those who read the whole case; the reading is logged like that of the page. */
async function readable(world: World, context: Context, memberOf: MemberOf): Promise<Found | undefined> {
  const actor = await memberOf(context);
  const named = context.req.param('case') ?? '';
  const id = (/^[0-9a-z]{1,40}$/.test(named) ? named : '') as CaseId;
  const view = actor && (await readCase(world, actor, id, 'advisory'));
  return actor !== undefined && view?.reach === 'everything' ? { view, actor } : undefined;
}

async function bodyOf<T>(context: Context, schema: z.ZodType<T>): Promise<T | Response> {
  const sent = await jsonBody(context);
  if ('malformed' in sent) return problem(context, sent.malformed);
  const parsed = schema.safeParse(sent.body ?? {});
  if (parsed.success) return parsed.data;
  return problem(context, invalidBody(parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), sentence: message }))));
}

async function written(world: World, context: Context, { view, actor }: Found): Promise<Response> {
  const asked = context.req.query('since') ?? '';
  const desk = await deskOf(world, actor, view, null, /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : null);
  return context.json({
    advisory: keptDraft(view),
    state: view.state.advisory.state,
    version: view.state.advisory.draft,
    versions: desk.saved.map(({ content: _, ...version }) => version),
    written: Object.fromEntries(desk.writers),
    weaknesses: (view.state.severity?.cwes ?? []).map((id) => ({ id, name: weaknessName(id) ?? null })),
    since: desk.base?.version ?? null,
    changes: desk.changes.map(({ place, was, is }) => ({ field: place, was, is })),
    lines: desk.lines,
  });
}

async function preview(world: World, context: Context, { view, actor }: Found, draft: AdvisoryDraft | null): Promise<Response> {
  const made = await previewAdvisory(world, actor, view, draft, 'everybody');
  if (made !== undefined) return context.json(made);
  return problem(context, invalidBody([{ field: 'advisory', sentence: 'Nothing is written yet: send the advisory.' }]));
}

async function propose(world: World, context: Context, view: CaseView, sent: z.infer<typeof proposeBody>): Promise<Response> {
  const draft = sent.advisory ?? keptDraft(view);
  if (draft === null) return problem(context, invalidBody([{ field: 'advisory', sentence: 'Nothing is written yet: send the advisory.' }]));
  const proposed = await proposeVersions(world, view, draft.products);
  return context.json({
    histories: proposed.histories.map((one) => (one.kind === 'found' ? { kind: one.kind, unknown: one.unknown, named: one.named } : one)),
    proposals: proposed.proposals.map((one) => ({ name: proposalName(one), ...one })),
    ...(sent.take === undefined ? {} : { advisory: withChosen(draft, proposed, sent.take) }),
  });
}
