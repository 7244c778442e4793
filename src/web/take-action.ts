// SPDX-License-Identifier: Apache-2.0
// An action that a form sends: read, held to the case as it was looked at, and taken.

import type { Context } from 'hono';
import { caseNamed } from '../app/bulk.ts';
import { newContents } from '../app/contents.ts';
import { lookAndAct } from '../app/look-and-act.ts';
import type { OfferedAction } from '../app/parse.ts';
import { isOffered, looked, parseBody } from '../app/parse.ts';
import { readCase } from '../app/read.ts';
import type { CaseView } from '../app/views.ts';
import type { World } from '../app/world.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import { isRefusal } from '../core/model/refusal.ts';
import { canSee, guarded } from '../core/policy/access.ts';
import { rowOf } from '../core/process/table.ts';
import type { Actor, Page } from './action-answers.ts';
import { mend, provePage, refusalPage } from './action-answers.ts';
import { draftOf, valuesOf } from './advisory-values.ts';
import type { Problem } from './fields.ts';
import type { SentForm } from './form-body.ts';
import { actionBody, seenIn, sentForm } from './form-body.ts';
import { below, pathsOf } from './paths.ts';
import { proved, withoutProof } from './prove.ts';
import { releaseAgain } from './record-routes.ts';
import { calculatedOtherwise } from './severity-page.ts';
import { signedOut } from './signed-out.ts';
import { formIsOurs } from './visit.ts';

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
  const problems = [...unconfirmed(kind, form, view), ...calculatedOtherwise(kind, form)];
  const contents = newContents(world.random);
  const participant = page.actor.kind === 'reporter' ? page.actor.participant : null;
  const written = kind === 'write-advisory' ? { advisory: draftOf(valuesOf(form)) } : actionBody(kind, form);
  const body = kind === 'mark-duplicate' ? await named(world, page.actor, written) : written;
  const parsed = parseBody(kind, body, { ...looked(view), contents, random: world.random, participant });
  if (problems.length > 0 || 'problems' in parsed)
    return mend(world, context, page, view, kind, form, 'problems' in parsed ? [...problems, ...parsed.problems] : problems);
  const acted = await lookAndAct(world, page.actor, id, { action: parsed.action, contents, seen: seenIn(form) });
  if (isRefusal(acted) && kind === 'sign-documents' && acted.refusal.kind === 'invalid')
    return releaseAgain(world, context, page.visit, id, [acted.refusal]);
  if (isRefusal(acted)) return refusalPage(world, context, page, view, kind, form, acted.refusal);
  if (acted.refusedSignatures !== undefined)
    return releaseAgain(
      world,
      context,
      page.visit,
      id,
      acted.refusedSignatures.map(({ name, sentence }) => ({ field: 'signatures', sentence: `${name}: ${sentence}` })),
    );
  return context.redirect(`${afterwards(page, kind, acted.state, view)}?done=${kind}`, 303);
}

/** People name a case by its codename. */
async function named(world: World, actor: Actor, body: object): Promise<object> {
  if (actor.kind !== 'person' || !('of' in body) || typeof body.of !== 'string') return body;
  return { ...body, of: await caseNamed(world, actor, body.of) };
}

/** Where one reads that it was done. Who sees the case no more, as a moderator who let a report through, goes on with the queue. */
function afterwards({ visit, actor, base }: Page, kind: OfferedAction, state: CaseView['state'], { policy }: CaseView): string {
  if (actor.kind === 'person' && !canSee(actor, guarded(state, policy))) return pathsOf(visit.project).queue;
  if (kind === 'sign-documents') return below.release(base);
  return kind === 'write-advisory' ? below.advisory(base) : base;
}

/** What cannot be taken back is confirmed by the codename. */
function unconfirmed(kind: OfferedAction, form: SentForm, { state }: CaseView): readonly Problem[] {
  if (rowOf(kind).irreversible !== true || form.values['codename']?.trim() === state.codename) return [];
  return [{ field: 'codename', sentence: `Type ${state.codename} to confirm: this cannot be taken back.` }];
}
