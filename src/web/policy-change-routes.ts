// SPDX-License-Identifier: Apache-2.0
// Changing the policy by web: look, propose, accept, withdraw, and confirm security.txt. Whoever may not finds nothing there.

import type { Context } from 'hono';
import type { Published } from '../app/policy-change.ts';
import { acceptChange, proposeChange, withdrawChange } from '../app/policy-change.ts';
import { lookAtText, readChanges, readProposal } from '../app/policy-changes.ts';
import { renewSecurityTxt } from '../app/upkeep.ts';
import type { World } from '../app/world.ts';
import type { Refusal, Refused } from '../core/model/refusal.ts';
import { isRefusal } from '../core/model/refusal.ts';
import type { Filled } from './fields.ts';
import { untouched } from './fields.ts';
import type { SentForm } from './form-body.ts';
import { sentForm } from './form-body.ts';
import type { PageRoute } from './page-route.ts';
import { PolicyChangesPage } from './pages/policy-changes.tsx';
import { PolicyProposalPage } from './pages/policy-proposal.tsx';
import { pathsOf } from './paths.ts';
import { render } from './render.ts';
import { formIsOurs, type Visit } from './visit.ts';

export function policyChangePages(world: World, page: PageRoute): void {
  const root = '/:project/policy/changes';
  page('get', root, 'member', (context, visit) => changes(world, context, visit, { filled: untouched }));
  page('post', `${root}/look`, 'member', (context, visit) => ours(world, context, visit, (form) => lookAt(world, context, visit, form)));
  page('post', `${root}/propose`, 'member', (context, visit) =>
    ours(world, context, visit, (form) => propose(world, context, visit, form)),
  );
  page('post', `${root}/confirm-security-txt`, 'member', (context, visit) =>
    ours(world, context, visit, async () => {
      const done = visit.actor && (await renewSecurityTxt(world, visit.actor));
      return done && changes(world, context, visit, { filled: untouched, confirmed: true });
    }),
  );
  page('get', `${root}/:proposal`, 'member', (context, visit) => proposal(world, context, visit, null));
  page('post', `${root}/:proposal/accept`, 'member', (context, visit) =>
    ours(
      world,
      context,
      visit,
      async () => visit.actor && said(world, context, visit, await acceptChange(world, visit.actor, idOf(context))),
    ),
  );
  page('post', `${root}/:proposal/withdraw`, 'member', (context, visit) =>
    ours(world, context, visit, async ({ values }) => {
      const reason = values['reason'] ?? null;
      return visit.actor && said(world, context, visit, await withdrawChange(world, visit.actor, idOf(context), reason));
    }),
  );
}

type Shown = Promise<Response | undefined>;

async function ours(world: World, context: Context, visit: Visit, show: (form: SentForm) => Shown): Shown {
  const form = await sentForm(context.req.raw);
  if (!formIsOurs(world, visit, form.values['csrf'])) return context.text('Refused: this form is not of your session.', 403);
  return visit.actor === undefined ? undefined : show(form);
}

async function changes(
  world: World,
  context: Context,
  { actor, frame }: Visit,
  {
    filled,
    look = null,
    confirmed = false,
  }: { filled: Filled; look?: Parameters<typeof PolicyChangesPage>[0]['look']; confirmed?: boolean },
): Shown {
  const view = actor && (await readChanges(world, actor));
  const status = filled.problems.length === 0 ? 200 : 422;
  return view && context.html(render(PolicyChangesPage({ frame, view, filled, look, confirmed })), status);
}

async function lookAt(world: World, context: Context, visit: Visit, { values }: SentForm): Shown {
  const look = visit.actor && (await lookAtText(world, visit.actor, values['policy'] ?? ''));
  return look && changes(world, context, visit, { filled: { values, problems: [] }, look });
}

async function propose(world: World, context: Context, visit: Visit, { values }: SentForm): Shown {
  if (visit.actor === undefined) return undefined;
  const [text, reason] = [values['policy'] ?? '', values['reason'] ?? ''];
  const outcome = await proposeChange(world, visit.actor, { text, reason });
  if (outcome === undefined) return undefined;
  if (!isRefusal(outcome)) return context.redirect(pathsOf(visit.project).proposal(outcome.proposal.id), 303);
  const look = await lookAtText(world, visit.actor, text);
  return changes(world, context, visit, {
    filled: { values, problems: problemsOf(outcome.refusal) },
    ...(look === undefined ? {} : { look }),
  });
}

/** A file with errors has them in the look below, line by line: here they are said once. */
function problemsOf(refusal: Refusal): Filled['problems'] {
  if (refusal.kind === 'invalid') {
    const [first = '', ...others] = refusal.sentence.split('\n');
    return [{ field: refusal.field, sentence: others.length === 0 ? first : `${first} And ${others.length} more.` }];
  }
  return [{ field: 'policy', sentence: 'sentence' in refusal ? refusal.sentence : 'This was not taken.' }];
}

async function said(world: World, context: Context, visit: Visit, outcome: Published | Refused | undefined): Shown {
  if (outcome === undefined) return undefined;
  if (!isRefusal(outcome)) return context.redirect(pathsOf(visit.project).proposal(outcome.proposal.id), 303);
  return outcome.refusal.kind === 'not_found' ? undefined : proposal(world, context, visit, outcome.refusal);
}

async function proposal(world: World, context: Context, { actor, frame }: Visit, refusal: Refusal | null): Shown {
  const found = actor && (await readProposal(world, actor, idOf(context)));
  return found && context.html(render(PolicyProposalPage({ frame, ...found, refusal })), refusal === null ? 200 : 422);
}

function idOf(context: Context): string {
  return context.req.param('proposal') ?? '';
}
