// SPDX-License-Identifier: Apache-2.0
// Giving a member a way in, from their page: after a fresh proof, and with the link on this answer and on no other page.

import type { Context } from 'hono';
import { readPerson } from '../app/roster-view.ts';
import { type EnrolmentLink, waysInOf } from '../app/sign-in/enrolment.ts';
import { isFresh } from '../app/sign-in/sessions.ts';
import { giveWay, type WayDeed, wayLabels } from '../app/sign-in/ways.ts';
import type { World } from '../app/world.ts';
import type { PersonId } from '../core/model/identifiers.ts';
import type { SentForm } from './form-body.ts';
import { PersonPage } from './pages/person.tsx';
import { ProvePage } from './pages/prove.tsx';
import { pathsOf } from './paths.ts';
import { fieldsOf, proved, withoutProof } from './prove.ts';
import { render } from './render.ts';
import { serviceName } from './sign-in-routes.ts';
import type { Visit } from './visit.ts';

export async function wayGiven(
  world: World,
  context: Context,
  asked: Visit,
  sent: SentForm,
  { deed, person }: { readonly deed: WayDeed; readonly person: PersonId },
): Promise<Response | undefined> {
  if (asked.actor === undefined || (await waysInOf(world, asked.actor, person)) === undefined) return undefined;
  const proof = await proved(world, context, asked, asked.actor, sent);
  const visit = typeof proof === 'string' ? asked : proof.visit;
  const actor = visit.actor ?? asked.actor;
  const form = withoutProof(sent);
  if (proof === 'not-proven' || !isFresh(actor, world.clock.now()))
    return provePage(world, context, visit, form, { deed, person, failed: proof === 'not-proven' });
  const given = await giveWay(world, actor, person, deed, { subject: form.values['subject'] });
  if (typeof given === 'string') return context.redirect(pathsOf(visit.project).person(person), 303);
  if (!('refusal' in given)) return personPage(world, context, visit, person, { link: given });
  return personPage(world, context, visit, person, {
    problem: 'sentence' in given.refusal ? given.refusal.sentence : 'This cannot be done.',
  });
}

function provePage(
  world: World,
  context: Context,
  { frame, project }: Visit,
  form: SentForm,
  { deed, person, failed }: { readonly deed: WayDeed; readonly person: PersonId; readonly failed: boolean },
): Response {
  const back = pathsOf(project).person(person);
  const label = wayLabels[deed];
  const sentence = 'This gives somebody a way in. Prove once more that it is you.';
  const props = { frame, title: label, label, sentence, failed, back, service: serviceName(world), typed: [], unkept: [] } as const;
  const page = ProvePage({ ...props, standing: { kind: 'confidential' }, action: `${back}/${deed}`, fields: fieldsOf(form) });
  return context.html(render(page), 403) as Response;
}

async function personPage(
  world: World,
  context: Context,
  { actor, frame }: Visit,
  person: PersonId,
  { link, problem }: { readonly link?: EnrolmentLink; readonly problem?: string },
): Promise<Response | undefined> {
  const view = actor && (await readPerson(world, actor, person));
  const ways = actor && (await waysInOf(world, actor, person));
  if (view === undefined || ways === undefined) return undefined;
  return context.html(
    render(PersonPage({ frame, view, refused: null, ways: { ways, link: link ?? null, problem: problem ?? null } })),
    problem === undefined ? 200 : 422,
  );
}
