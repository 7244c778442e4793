// SPDX-License-Identifier: Apache-2.0
// What answers a form that did not go through: what to mend, why it was refused, who moved the case meanwhile.

import type { Context } from 'hono';
import type { OfferedAction } from '../app/parse.ts';
import { toldSince } from '../app/reporter-view.ts';
import type { CaseView } from '../app/views.ts';
import type { World } from '../app/world.ts';
import type { PersonActor, ReporterActor } from '../core/model/actor.ts';
import type { Event } from '../core/model/event.ts';
import type { Refusal } from '../core/model/refusal.ts';
import { rowOf } from '../core/process/table.ts';
import { editor } from './advisory-page.ts';
import { castOf } from './cast.ts';
import type { Problem } from './fields.ts';
import { chosenFiles, type SentForm, seenIn, unkeptFiles } from './form-body.ts';
import { forms } from './forms.ts';
import { exact } from './moments.ts';
import { ConflictPage, RefusalPage } from './pages/answers.tsx';
import { CasePage } from './pages/case.tsx';
import { MyReportPage } from './pages/my-report.tsx';
import { PartyPage } from './pages/party-case.tsx';
import { ProvePage } from './pages/prove.tsx';
import { below } from './paths.ts';
import { fieldsOf } from './prove.ts';
import { render } from './render.ts';
import { nameOf, sentenceOf } from './sentences.ts';
import { isCalculated, mendSeverity } from './severity-page.ts';
import { serviceName } from './sign-in-routes.ts';
import { unsaid } from './signed-out.ts';
import { standingOf } from './standing.ts';
import type { Visit } from './visit.ts';

export type Actor = PersonActor | ReporterActor;

/** Whose page an action was sent from: where its answers lead back to. */
export interface Page {
  readonly visit: Visit;
  readonly actor: Actor;
  readonly base: string;
}

export function mend(
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
  if (kind === 'write-advisory' && actor.kind === 'person')
    return editor(world, context, { ...visit, actor }, view, form, problems.map(withoutAdvisory));
  if (isCalculated(kind, form)) return mendSeverity(context, visit, view, form, problems);
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

export function refusalPage(
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
      const changes = told(view, actor, seenIn(form)).map(
        (event) => `${sentenceOf(event, cast)} (${nameOf(event.by, cast)}, ${exact(event.at)})`,
      );
      return context.html(render(ConflictPage({ ...common, changes })), 409);
    }
    default:
      return context.html(render(RefusalPage({ ...common, refusal })), statusOf(refusal.kind));
  }
}

export function provePage(
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
    render(ProvePage({ ...common, sentence, failed, unkept: chosenFiles(form), action: below.action(base, kind), fields: fieldsOf(form) })),
    403,
  ) as Response;
}

/** Events since then that the actor's own page tells: a form that comes too late tells no more. */
function told(view: CaseView, actor: Actor, seen: number): readonly Event[] {
  if (actor.kind === 'reporter') return toldSince(view.log, actor.participant, seen);
  return view.reach === 'everything' ? view.log.filter((event) => event.seq > seen) : [];
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
  const words = Object.entries(form.values).flatMap(([name, text]) =>
    unsaid.includes(name) || text.trim() === '' ? [] : [[labels.get(name) ?? name, text] as const],
  );
  return [...words, ...unkeptFiles(form)];
}
