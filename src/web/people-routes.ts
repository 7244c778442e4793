// SPDX-License-Identifier: Apache-2.0
// People by web: the list, one person, applications, proposals, and the terms. Whoever may not finds nothing there.

import type { Context } from 'hono';
import { readPeople } from '../app/people.ts';
import { actOnPerson } from '../app/roster.ts';
import { isPersonDeed, type PersonDeed, type PersonRequest, parsePersonDeed } from '../app/roster-body.ts';
import { openRoles, readPerson, readRoster, readTerms } from '../app/roster-view.ts';
import { waysInOf } from '../app/sign-in/enrolment.ts';
import { mayTry } from '../app/sign-in/limit.ts';
import { isFresh } from '../app/sign-in/sessions.ts';
import { isWayDeed } from '../app/sign-in/ways.ts';
import type { World } from '../app/world.ts';
import type { PersonActor } from '../core/model/actor.ts';
import type { PersonId } from '../core/model/identifiers.ts';
import { isRefusal, type Refusal, type Refused, refused } from '../core/model/refusal.ts';
import type { PersonState } from '../core/people/person.ts';
import { personRow } from '../core/people/table.ts';
import { cameFrom } from '../http/came-from.ts';
import { type Filled, untouched } from './fields.ts';
import { type SentForm, sentForm } from './form-body.ts';
import type { PageRoute } from './page-route.ts';
import { ApplyPage, InvitePage, TermsPage } from './pages/admission.tsx';
import { PeoplePage } from './pages/people.tsx';
import { PersonPage } from './pages/person.tsx';
import { ProvePage } from './pages/prove.tsx';
import { pathsOf } from './paths.ts';
import { fieldsOf, proved, withoutProof } from './prove.ts';
import { render } from './render.ts';
import { serviceName, tooOften } from './sign-in-routes.ts';
import { activePolicy, formIsOurs, type Visit } from './visit.ts';
import { wayGiven } from './ways-routes.ts';

type Shown = Promise<Response | undefined>;

export function peoplePages(world: World, page: PageRoute): void {
  page('get', '/:project/people', 'member', (context, visit) => list(world, context, visit));
  page('get', '/:project/people/invite', 'member', (context, visit) => invitation(world, context, visit, untouched));
  page('post', '/:project/people/invite', 'member', (context, visit) =>
    ours(world, context, visit, (form) => invite(world, context, visit, form)),
  );
  page('get', '/:project/people/:person', 'member', (context, visit) => one(world, context, visit, null));
  page('post', '/:project/people/:person/:deed', 'member', (context, visit) =>
    ours(world, context, visit, (form) => deed(world, context, visit, form)),
  );
  page('get', '/:project/apply', 'public', (context, visit) =>
    application(world, context, visit, untouched, context.req.query('sent') === 'yes'),
  );
  page('post', '/:project/apply', 'intake', async (context, visit) => {
    const form = await sentForm(context.req.raw);
    return formIsOurs(world, visit, form.values['csrf']) ? apply(world, context, visit, form) : notOfYours(context);
  });
  page('get', '/:project/terms', 'account', (context, visit) => terms(world, context, visit, null));
  page('post', '/:project/terms', 'account', (context, visit) =>
    ours(world, context, visit, (form) => acceptTerms(world, context, visit, form)),
  );
}

function notOfYours(context: Context): Response {
  return context.text('Refused: this form is not of your session.', 403);
}

async function ours(world: World, context: Context, visit: Visit, show: (form: SentForm) => Shown): Shown {
  const form = await sentForm(context.req.raw);
  if (!formIsOurs(world, visit, form.values['csrf'])) return notOfYours(context);
  return visit.actor === undefined ? undefined : show(form);
}

/** Whoever holds roles of which none counts is led to their own page: it says what they are asked for. */
async function list(world: World, context: Context, { actor, frame, project }: Visit): Shown {
  if (actor === undefined) return undefined;
  const [view, roster] = [await readPeople(world, actor), await readRoster(world, actor)];
  if (view !== undefined && roster !== undefined) return context.html(render(PeoplePage({ frame, view, roster })));
  const own = actor.roles.length === 0 ? await readPerson(world, actor, actor.person) : undefined;
  return own === undefined || own.person.roles.length === 0 ? undefined : context.redirect(pathsOf(project).person(actor.person), 303);
}

async function one(world: World, context: Context, { actor, frame }: Visit, failed: Parameters<typeof PersonPage>[0]['refused']): Shown {
  const view = actor && (await readPerson(world, actor, personOf(context)));
  const ways = actor && view && (await waysInOf(world, actor, personOf(context)));
  const given = ways === undefined ? null : { ways, link: null, problem: null };
  return view && context.html(render(PersonPage({ frame, view, refused: failed, ways: given })), failed === null ? 200 : 422);
}

async function deed(world: World, context: Context, asked: Visit, sent: SentForm): Shown {
  const kind = context.req.param('deed') ?? '';
  const person = personOf(context);
  if (isWayDeed(kind)) return wayGiven(world, context, asked, sent, { deed: kind, person });
  if (asked.actor === undefined || !isPersonDeed(kind) || kind === 'apply' || kind === 'invite') return undefined;
  if ((await readPerson(world, asked.actor, person)) === undefined) return undefined;
  const form = withoutProof(sent);
  const done = await taken(world, context, asked, sent, { kind, person, request: parsePersonDeed(kind, form.values) });
  if (done instanceof Response) return done;
  const { visit, outcome } = done;
  if (!isRefusal(outcome)) return context.redirect(pathsOf(visit.project).person(person), 303);
  return one(world, context, visit, { deed: kind, filled: { values: form.values, problems: problemsOf(outcome.refusal) } });
}

interface Wish {
  readonly kind: PersonDeed;
  readonly person: PersonId | null;
  readonly request: ReturnType<typeof parsePersonDeed>;
}

/** Takes a deed of a member; where it asks for a fresh proof, the page that asks comes back with all that was typed. */
async function taken(
  world: World,
  context: Context,
  asked: Visit,
  sent: SentForm,
  { kind, person, request }: Wish,
): Promise<Response | { readonly visit: Visit; readonly outcome: PersonState | Refused }> {
  const { actor } = asked;
  if (actor === undefined) return { visit: asked, outcome: refused.notFound() };
  const proof = await proved(world, context, asked, actor, sent);
  const visit = typeof proof === 'string' ? asked : proof.visit;
  if ('problems' in request) return { visit, outcome: refusedBy(request.problems) };
  const who = visit.actor ?? actor;
  if (proof === 'not-proven' || (personRow(kind).stepUp && !isFresh(who, world.clock.now())))
    return context.html(
      render(ProvePage({ ...proveProps(visit, kind, person, sent), service: serviceName(world), failed: proof === 'not-proven' })),
      403,
    ) as Response;
  return { visit, outcome: await actOnPerson(world, visit.project, rosterActor(who), { person, ...request }) };
}

function refusedBy([first]: readonly { readonly field: string; readonly sentence: string }[]): Refused {
  return refused.invalid(first?.field ?? '', first?.sentence ?? '');
}

function proveProps({ frame, project }: Visit, kind: PersonDeed, person: PersonId | null, sent: SentForm) {
  const paths = pathsOf(project);
  const back = person === null ? paths.people : paths.person(person);
  return {
    frame,
    title: personRow(kind).label,
    standing: { kind: 'confidential' },
    label: personRow(kind).label,
    sentence: 'This changes who may see cases. Prove once more that it is you.',
    action: person === null ? paths.invite : `${back}/${kind}`,
    fields: fieldsOf(sent),
    back,
    typed: [],
    unkept: [],
  } as const;
}

async function invitation(world: World, context: Context, { actor, frame }: Visit, filled: Filled): Shown {
  const roster = actor && (await readRoster(world, actor));
  if (roster === undefined || roster.invitable.length === 0) return undefined;
  return context.html(render(InvitePage({ frame, roles: roster.invitable, filled })), filled.problems.length === 0 ? 200 : 422);
}

async function invite(world: World, context: Context, asked: Visit, sent: SentForm): Shown {
  const form = withoutProof(sent);
  const request = parsePersonDeed('invite', form.values);
  if ('problems' in request) return invitation(world, context, asked, { values: form.values, problems: request.problems });
  const done = await taken(world, context, asked, sent, { kind: 'invite', person: null, request });
  if (done instanceof Response) return done;
  const { visit, outcome } = done;
  if (!isRefusal(outcome)) return context.redirect(pathsOf(visit.project).person(outcome.person), 303);
  if (outcome.refusal.kind === 'not_found') return undefined;
  return invitation(world, context, visit, { values: form.values, problems: problemsOf(outcome.refusal) });
}

async function application(world: World, context: Context, { frame, project }: Visit, filled: Filled, sent: boolean): Shown {
  const roles = openRoles(await activePolicy(world, project));
  return context.html(render(ApplyPage({ frame, roles, filled, sent })), filled.problems.length === 0 ? 200 : 422);
}

async function apply(world: World, context: Context, visit: Visit, { values }: SentForm): Shown {
  if (!(await mayTry(world, visit.project, 'apply', cameFrom(context)))) return context.text(tooOften, 429);
  const request = parsePersonDeed('apply', values);
  const outcome: PersonState | Refused | readonly Filled['problems'][number][] =
    'problems' in request ? request.problems : await applied(world, visit, request);
  if ('standing' in outcome) return context.redirect(`${pathsOf(visit.project).apply}?sent=yes`, 303);
  const problems = 'refusal' in outcome ? problemsOf(outcome.refusal) : outcome;
  return application(world, context, visit, { values, problems }, false);
}

function applied(world: World, { project }: Visit, request: PersonRequest): Promise<PersonState | Refused> {
  return actOnPerson(world, project, { kind: 'outsider' }, { person: null, ...request });
}

async function terms(world: World, context: Context, { actor, frame }: Visit, problem: string | null): Shown {
  const read = actor && (await readTerms(world, actor));
  return read && context.html(render(TermsPage({ frame, ...read, problem })), problem === null ? 200 : 422);
}

async function acceptTerms(world: World, context: Context, visit: Visit, { values }: SentForm): Shown {
  const { actor, project } = visit;
  const request = parsePersonDeed('accept-terms', values);
  if (actor === undefined || 'problems' in request) return undefined;
  const outcome = await actOnPerson(world, project, rosterActor(actor), { person: actor.person, ...request });
  if (!isRefusal(outcome)) return context.redirect(pathsOf(project).queue, 303);
  return terms(world, context, visit, problemsOf(outcome.refusal)[0]?.sentence ?? null);
}

function rosterActor({ person, roles }: PersonActor) {
  return { kind: 'person', person, roles } as const;
}

function problemsOf(refusal: Refusal): Filled['problems'] {
  if (refusal.kind === 'gates') return refusal.unmet.map(({ sentence }) => ({ field: 'deviation', sentence }));
  if (refusal.kind === 'invalid') return [{ field: refusal.field, sentence: refusal.sentence }];
  return [{ field: 'note', sentence: 'sentence' in refusal ? refusal.sentence : 'This was not taken.' }];
}

function personOf(context: Context): PersonId {
  return (context.req.param('person') ?? '') as PersonId;
}
