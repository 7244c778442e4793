// SPDX-License-Identifier: Apache-2.0
// The severity of a case: the calculator on a page of its own. It computes what the form says and keeps nothing; recording is an action like every other.

import type { Context } from 'hono';
import { chosenIn, vectorOf } from '../app/cvss-metrics.ts';
import { readCase } from '../app/read.ts';
import { contradicted, type Score, scoreOfMetrics, scoreOfVector } from '../app/score.ts';
import type { CaseView } from '../app/views.ts';
import { weaknessIds, weaknessName } from '../app/weaknesses.ts';
import type { World } from '../app/world.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import type { Problem } from './fields.ts';
import { type SentForm, seenIn, sentForm } from './form-body.ts';
import { SeverityPage, type SeverityValues } from './pages/severity.tsx';
import { render } from './render.ts';
import { signedOut } from './signed-out.ts';
import { formIsOurs, type Visit } from './visit.ts';

type Scheme = Score['scheme'];

/** As they are offered: every published format carries the first. */
const allSchemes: readonly Scheme[] = ['cvss_3.1', 'cvss_4.0', 'cvss_2.0'];

export async function severityPage(world: World, context: Context, visit: Visit): Promise<Response | undefined> {
  const view = await readable(world, context, visit);
  if (view === undefined) return undefined;
  const { severity } = view.state;
  const vector = severity?.vector ?? '';
  const scheme = severity?.score?.scheme ?? schemesOf(view)[0] ?? 'cvss_3.1';
  const score = vector === '' ? { ...scoreOfMetrics(scheme, {}), problem: null } : scoreOfVector(vector, scheme);
  const values = { level: severity?.level ?? '', cwes: [...(severity?.cwes ?? [])], ssvc: severity?.ssvc ?? '' };
  return shown(context, visit, view, { score, values, basedOn: view.state.version, problems: [] });
}

/** What the form says, computed; its other fields come back as they were. */
export async function computeSeverity(world: World, context: Context, visit: Visit): Promise<Response | undefined> {
  const form = await sentForm(context.req.raw);
  if (visit.actor === undefined || !formIsOurs(world, visit, form.values['csrf'])) return signedOut(context, visit, form);
  const view = await readable(world, context, visit);
  if (view === undefined) return undefined;
  const typed = typedIn(view, form);
  if (context.req.header('Accept') !== 'application/json') return shown(context, visit, view, { ...typed, problems: [] });
  return context.json({
    ...typed.score,
    contradiction: contradicted(typed.values.level, typed.score, view.policy.severity.scale),
    weaknesses: form.all('cwes').map((one) => (one.trim() === '' ? '' : nameOfTyped(one))),
  });
}

/** The page again, with what has to be mended before it can be recorded. */
export function mendSeverity(context: Context, visit: Visit, view: CaseView, form: SentForm, problems: readonly Problem[]): Response {
  const typed = typedIn(view, form);
  const vector = form.values['vector'] ?? typed.score.vector;
  return shown(context, visit, view, { ...typed, score: { ...typed.score, vector }, problems }, 422);
}

/** Whether the form is that of the calculator. */
export function isCalculated(kind: string, form: SentForm): boolean {
  return kind === 'assess-severity' && form.values['scheme'] !== undefined;
}

/** Metrics and a vector that say different things are not recorded as either. */
export function calculatedOtherwise(kind: string, form: SentForm): readonly Problem[] {
  if (!isCalculated(kind, form)) return [];
  const chosen = metricsIn(form);
  const scheme = allSchemes.find((one) => one === form.values['scheme']) ?? 'cvss_3.1';
  const metrics = vectorOf(scheme, chosen);
  const read = chosenIn(form.values['vector'] ?? '');
  const vector = read === undefined ? (form.values['vector'] ?? '').trim() : vectorOf(read.scheme, read.chosen);
  if (metrics === '' || metrics === vector) return [];
  return [
    { field: 'vector', sentence: 'The metrics and the vector say different things. Compute from the metrics, or fill in from the vector.' },
  ];
}

interface Typed {
  readonly score: Score;
  readonly values: SeverityValues;
  readonly basedOn: number;
}

function typedIn(view: CaseView, form: SentForm): Typed {
  const { level = '', ssvc = '' } = form.values;
  const cwes = form.all('cwes').filter((one) => one.trim() !== '');
  return { score: scoreOf(form, schemesOf(view)), values: { level, ssvc, cwes }, basedOn: seenIn(form) };
}

async function readable(world: World, context: Context, { actor }: Visit): Promise<CaseView | undefined> {
  const view = actor && (await readCase(world, actor, context.req.param('case') as CaseId, 'case'));
  const may = view?.reach === 'everything' && view.possibilities.some(({ action }) => action === 'assess-severity');
  return may ? view : undefined;
}

function shown(
  context: Context,
  { frame }: Visit,
  view: CaseView,
  typed: Typed & { readonly problems: readonly Problem[] },
  status: 200 | 422 = 200,
): Response {
  const names = typed.values.cwes.map((one) => [one, nameOfTyped(one)] as const);
  const page = SeverityPage({ frame, view, ...typed, schemes: schemesOf(view), weaknessNames: new Map(names) });
  return context.html(render(page), status) as Response;
}

/** The metrics, unless the vector was pressed, or another scheme was chosen, which begins anew. */
function scoreOf(form: SentForm, schemes: readonly Scheme[]): Score {
  const { do: wish = 'metrics', vector = '', scheme: was = '' } = form.values;
  const before = schemes.find((one) => one === was) ?? schemes[0] ?? 'cvss_3.1';
  const other = schemes.find((one) => wish === `scheme ${one}`);
  if (other !== undefined) return { ...scoreOfMetrics(other, {}), problem: null };
  if (wish === 'vector' || (vector.trim() !== '' && vectorOf(before, metricsIn(form)) === '')) return scoreOfVector(vector, before);
  return scoreOfMetrics(before, metricsIn(form));
}

function metricsIn({ values }: SentForm): Readonly<Record<string, string>> {
  const named = Object.entries(values).filter(([name]) => name.startsWith('metric.'));
  return Object.fromEntries(named.map(([name, letters]) => [name.slice('metric.'.length), letters]));
}

/** What the policy scores by; where it says nothing of it, all that are known. */
function schemesOf({ policy }: CaseView): readonly Scheme[] {
  const wanted = allSchemes.filter((one) => policy.severity.scores.includes(one));
  return wanted.length > 0 ? wanted : allSchemes;
}

function nameOfTyped(typed: string): string {
  const ids = weaknessIds(typed);
  if (ids === undefined) return 'No number and no name of the CWE list.';
  return ids.map((id) => `${id} ${weaknessName(id) ?? '(not in the list here)'}`).join(', ');
}
