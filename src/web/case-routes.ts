// SPDX-License-Identifier: Apache-2.0
// Cases by web: the page of a case, the actions on it, its advisory and its files; and the same for a reporter with a link.

import type { Context } from 'hono';
import { advisoryDraft } from '../app/advisory-draft.ts';
import { caseNamed } from '../app/bulk.ts';
import { newContents } from '../app/contents.ts';
import { lookAndAct } from '../app/look-and-act.ts';
import { isOffered, looked, type OfferedAction, parseBody } from '../app/parse.ts';
import { previews } from '../app/preparation.ts';
import { formatLabel } from '../app/publisher.ts';
import { readAttachment, readCase } from '../app/read.ts';
import type { CaseView } from '../app/views.ts';
import type { World } from '../app/world.ts';
import type { PersonActor, ReporterActor } from '../core/model/actor.ts';
import type { Event } from '../core/model/event.ts';
import type { AttachmentId, CaseId } from '../core/model/identifiers.ts';
import type { Refusal } from '../core/model/refusal.ts';
import { isRefusal } from '../core/model/refusal.ts';
import { canSee, guarded } from '../core/policy/access.ts';
import { rowOf } from '../core/process/table.ts';
import { draftOf, valuesFrom, valuesOf } from './advisory-values.ts';
import { castOf } from './cast.ts';
import type { Problem } from './fields.ts';
import type { SentForm } from './form-body.ts';
import { actionBody, sentForm } from './form-body.ts';
import { forms } from './forms.ts';
import { exact } from './moments.ts';
import { AdvisoryEditorPage } from './pages/advisory-editor.tsx';
import { ConflictPage, RefusalPage } from './pages/answers.tsx';
import { CasePage } from './pages/case.tsx';
import { MyReportPage } from './pages/my-report.tsx';
import { PartyPage } from './pages/party-case.tsx';
import { ProvePage } from './pages/prove.tsx';
import { RecordPage } from './pages/record.tsx';
import { below, pathsOf } from './paths.ts';
import { fieldsOf, proved, withoutProof } from './prove.ts';
import { render } from './render.ts';
import { downloadHeaders, markPublished } from './security-headers.ts';
import { nameOf, sentenceOf } from './sentences.ts';
import { serviceName } from './sign-in-routes.ts';
import { signedOut, unsaid } from './signed-out.ts';
import { standingOf } from './standing.ts';
import { isToldTo } from './told.ts';
import { formIsOurs, type Visit } from './visit.ts';

type Actor = PersonActor | ReporterActor;

/** Whose page an action was sent from: where its answers lead back to. */
export interface Page {
  readonly visit: Visit;
  readonly actor: Actor;
  readonly base: string;
}

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

export async function advisoryPage(world: World, context: Context, visit: Visit): Promise<Response | undefined> {
  const view = visit.actor && (await readCase(world, visit.actor, context.req.param('case') as CaseId, 'advisory'));
  if (view === undefined || view.reach !== 'everything') return undefined;
  return editor(world, context, visit, view, valuesFrom(keptDraft(view)), [], 200);
}

/** Takes the action of a form; every answer that is not a success shows what was typed. */
export async function takeAction(world: World, context: Context, asked: Page, id: CaseId): Promise<Response | undefined> {
  const kind = context.req.param('action') ?? '';
  const view = isOffered(kind) ? await readCase(world, asked.actor, id, 'action') : undefined;
  if (view === undefined || !isOffered(kind)) return undefined;
  const sent = await sentForm(context.req.raw);
  if (!formIsOurs(world, asked.visit, sent.values['csrf'])) return signedOut(context, asked.visit, sent);
  const proof = asked.actor.kind === 'person' ? await proved(world, context, asked.visit, asked.actor, sent) : 'not-asked';
  const form = withoutProof(sent);
  if (proof === 'not-proven') return provePage(world, context, asked, view, kind, form, 'Show your passkey once more.', true);
  const page: Page = proof === 'not-asked' ? asked : { ...asked, ...proof };
  const problems = unconfirmed(kind, form, view);
  const contents = newContents(world.random);
  const participant = page.actor.kind === 'reporter' ? page.actor.participant : null;
  const written = kind === 'write-advisory' ? { advisory: draftOf(valuesOf(form)) } : actionBody(kind, form);
  const body = kind === 'mark-duplicate' ? await named(world, page.actor, written) : written;
  const parsed = parseBody(kind, body, { ...looked(view), contents, random: world.random, participant });
  if (problems.length > 0 || 'problems' in parsed)
    return mend(world, context, page, view, kind, form, 'problems' in parsed ? [...problems, ...parsed.problems] : problems);
  const acted = await lookAndAct(world, page.actor, id, { action: parsed.action, contents, seen: seenIn(form) });
  if (isRefusal(acted)) return refusalPage(world, context, page, view, kind, form, acted.refusal);
  return context.redirect(`${afterwards(page, kind, acted.state, view)}?done=${kind}`, 303);
}

/** The version of the case that the form was made of; one that names none was made of none, and is stale. */
function seenIn({ values }: SentForm): number {
  return /^[1-9]\d{0,14}$/.test(values['version'] ?? '') ? Number(values['version']) : -1;
}

/** People name a case by its codename. */
async function named(world: World, actor: Actor, body: object): Promise<object> {
  if (actor.kind !== 'person' || !('of' in body) || typeof body.of !== 'string') return body;
  return { ...body, of: await caseNamed(world, actor, body.of) };
}

/** Where one reads that it was done. Who sees the case no more, as a moderator who let a report through, goes on with the queue. */
function afterwards({ visit, actor, base }: Page, kind: OfferedAction, state: CaseView['state'], { policy }: CaseView): string {
  if (actor.kind === 'person' && !canSee(actor, guarded(state, policy))) return pathsOf(visit.project).queue;
  return kind === 'write-advisory' ? below.advisory(base) : base;
}

export async function attachment(
  world: World,
  context: Context,
  reader: Parameters<typeof readAttachment>[1],
  id: CaseId,
): Promise<Response | undefined> {
  const found = await readAttachment(world, reader, id, context.req.param('attachment') as AttachmentId);
  return found && new Response(new Uint8Array(found.bytes), { headers: downloadHeaders(found.info.name, found.bytes.length) });
}

/** What cannot be taken back is confirmed by the codename. */
function unconfirmed(kind: OfferedAction, form: SentForm, { state }: CaseView): readonly Problem[] {
  if (rowOf(kind).irreversible !== true || form.values['codename']?.trim() === state.codename) return [];
  return [{ field: 'codename', sentence: `Type ${state.codename} to confirm: this cannot be taken back.` }];
}

function mend(
  world: World,
  context: Context,
  page: Page,
  view: CaseView,
  kind: OfferedAction,
  form: SentForm,
  problems: readonly Problem[],
): Response | Promise<Response> {
  const { visit, actor, base } = page;
  // A page whose form is gone could not show what was typed.
  if (!view.possibilities.some(({ action }) => action === kind)) return gone(context, page, view, kind, form, problems);
  if (kind === 'write-advisory') return editor(world, context, visit, view, valuesOf(form), problems.map(withoutAdvisory), 422);
  const returned = { action: kind, filled: { values: form.values, problems } };
  const shown =
    actor.kind === 'reporter'
      ? MyReportPage({ frame: visit.frame, view, participant: actor.participant, base, done: null, returned })
      : view.reach === 'party' || view.reach === 'terms'
        ? PartyPage({ frame: visit.frame, view, done: null, returned })
        : CasePage({ frame: visit.frame, view, done: null, returned });
  return context.html(render(shown), 422);
}

function gone(
  context: Context,
  { visit, base }: Page,
  { state, ...view }: CaseView,
  kind: OfferedAction,
  form: SentForm,
  [problem]: readonly Problem[],
): Response | Promise<Response> {
  const sentence = `This is not possible where the case stands now. ${problem?.sentence ?? ''}`.trim();
  const refusal = { kind: 'invalid', field: problem?.field ?? '', sentence } as const;
  const { label } = rowOf(kind);
  return context.html(
    render(RefusalPage({ frame: visit.frame, state, label, back: base, typed: typed(kind, form, { state, ...view }), refusal })),
    409,
  );
}

function withoutAdvisory({ field, sentence }: Problem): Problem {
  return { field: field.replace(/^advisory\./, ''), sentence };
}

function refusalPage(
  world: World,
  context: Context,
  { visit, base, actor }: Page,
  view: CaseView,
  kind: OfferedAction,
  form: SentForm,
  refusal: Refusal,
): Response | undefined {
  const { frame } = visit;
  const { label } = rowOf(kind);
  const common = { frame, state: view.state, label, back: base, typed: typed(kind, form, view) };
  switch (refusal.kind) {
    case 'not_found':
      return undefined;
    case 'prove_again':
      return provePage(world, context, { visit, base, actor }, view, kind, form, refusal.sentence, false);
    case 'conflict': {
      const cast = actor.kind === 'reporter' ? castOf(view, actor.participant) : castOf(view);
      const changes = told(view, actor)
        .filter((event) => event.seq > seenIn(form))
        .map((event) => `${sentenceOf(event, cast)} (${nameOf(event.by, cast)}, ${exact(event.at)})`);
      return context.html(render(ConflictPage({ ...common, changes })), 409);
    }
    default:
      return context.html(render(RefusalPage({ ...common, refusal })), statusOf(refusal.kind));
  }
}

function provePage(
  world: World,
  context: Context,
  { visit, base }: Page,
  view: CaseView,
  kind: OfferedAction,
  form: SentForm,
  sentence: string,
  failed: boolean,
): Response {
  const { frame } = visit;
  const about = { title: view.state.codename, standing: standingOf(view.state, frame.now) };
  const common = { frame, ...about, label: rowOf(kind).label, back: base, typed: typed(kind, form, view), service: serviceName(world) };
  return context.html(
    render(ProvePage({ ...common, sentence, failed, action: below.action(base, kind), fields: fieldsOf(form) })),
    403,
  ) as Response;
}

/** Events that the actor's own page tells: a form that comes too late tells no more. */
function told(view: CaseView, actor: Actor): readonly Event[] {
  if (actor.kind === 'reporter') return view.log.filter((event) => isToldTo(event, actor.participant));
  return view.reach === 'everything' ? view.log : [];
}

function statusOf(kind: Exclude<Refusal['kind'], 'not_found' | 'conflict' | 'prove_again'>): 403 | 409 | 422 {
  switch (kind) {
    case 'not_permitted':
      return 403;
    case 'wrong_state':
      return 409;
    case 'gates':
    case 'invalid':
      return 422;
  }
}

function typed(kind: OfferedAction, form: SentForm, view: CaseView): readonly (readonly [string, string])[] {
  const labels = new Map((forms[kind]?.(view).fields ?? []).map((field) => [field.name, field.label]));
  return Object.entries(form.values).flatMap(([name, text]) =>
    unsaid.includes(name) || text.trim() === '' ? [] : [[labels.get(name) ?? name, text] as const],
  );
}

function editor(
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

/** The action that a redirect says was done; anything else in the address says nothing. */
export function doneOf(context: Context): OfferedAction | null {
  const done = context.req.query('done') ?? '';
  return isOffered(done) ? done : null;
}
