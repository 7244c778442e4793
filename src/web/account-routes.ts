// SPDX-License-Identifier: Apache-2.0
// One's own way in: sessions, passkeys and tokens, each ended by hand; and the fresh proof that some of it asks for.

import type { Context } from 'hono';
import { chooseMailHours, ownMailHours } from '../app/mail-hours.ts';
import { apiTokensOf, makeApiToken, revokeApiToken } from '../app/sign-in/api-tokens.ts';
import { addOwnPasskey, beginOwnPasskey, beginProof, ownPasskeys, proveWithPasskey, removeOwnPasskey } from '../app/sign-in/passkeys.ts';
import { endOtherSessions, endOwnSession, isFresh, ownSessions } from '../app/sign-in/sessions.ts';
import type { World } from '../app/world.ts';
import type { PersonActor } from '../core/model/actor.ts';
import { isRefusal } from '../core/model/refusal.ts';
import type { OwnMailHours } from './components/mail-hours.tsx';
import type { MadeToken } from './components/tokens.tsx';
import { type SentForm, sentForm } from './form-body.ts';
import type { PageRoute } from './page-route.ts';
import { AccountPage, type AccountSaid } from './pages/account.tsx';
import { pathsOf } from './paths.ts';
import { render } from './render.ts';
import { keepSession } from './session-cookie.ts';
import { jsonOf, serviceName } from './sign-in-routes.ts';
import { formIsOurs, type Visit } from './visit.ts';

type SignedIn = Visit & { readonly actor: PersonActor };

export function accountRoutes(world: World, page: PageRoute): void {
  page('get', '/:project/account', 'account', (context, visit) => {
    const said = context.req.query('said');
    return isSignedIn(visit) ? show(world, context, visit, saids.find((one) => one === said) ?? null, 200) : undefined;
  });
  page('post', '/:project/account/prove/begin', 'account', async (context, visit) => {
    const form = await ownForm(world, context, visit);
    return form && isSignedIn(visit) ? context.json((await beginProof(world, visit.actor)).options) : undefined;
  });
  page('post', '/:project/account/passkey/begin', 'account', async (context, visit) => {
    const form = await ownForm(world, context, visit);
    const begun = form && isSignedIn(visit) ? await beginOwnPasskey(world, visit.actor) : undefined;
    return begun && context.json(begun.options);
  });
  page('post', '/:project/account/:deed', 'account', async (context, visit) => {
    const form = await ownForm(world, context, visit);
    return form && isSignedIn(visit) ? done(world, context, visit, form) : undefined;
  });
}

const saids: readonly AccountSaid[] = ['ended', 'proven', 'not-proven', 'added', 'not-added', 'removed', 'last', 'revoked', 'chosen'];

function isSignedIn(visit: Visit): visit is SignedIn {
  return visit.actor !== undefined;
}

/** The form, when it is of this very session; nothing otherwise. */
async function ownForm(world: World, context: Context, visit: Visit): Promise<SentForm | undefined> {
  const form = await sentForm(context.req.raw);
  return visit.session !== '' && formIsOurs(world, visit, form.values['csrf']) ? form : undefined;
}

async function show(
  world: World,
  context: Context,
  visit: SignedIn,
  said: AccountSaid | null,
  status: 200 | 403 | 422,
  { made = null, mail }: { readonly made?: MadeToken | null; readonly mail?: OwnMailHours } = {},
): Promise<Response> {
  const { actor, frame, session } = visit;
  const [sessions, passkeys, tokens, hours] = await Promise.all([
    ownSessions(world, actor, session),
    ownPasskeys(world, actor),
    apiTokensOf(world, actor.project, actor.person),
    ownMailHours(world, actor),
  ]);
  const fresh = isFresh(actor, world.clock.now());
  const shown = { sessions, passkeys, tokens, mail: mail ?? { typed: hours, problem: null }, made };
  return context.html(render(AccountPage({ frame, ...shown, fresh, said, service: serviceName(world) })), status);
}

async function done(world: World, context: Context, visit: SignedIn, form: SentForm): Promise<Response | undefined> {
  const { values } = form;
  const { actor, project, session } = visit;
  const back = (said: AccountSaid) => context.redirect(`${pathsOf(project).account}?said=${said}`, 303);
  switch (context.req.param('deed')) {
    case 'end-session':
      return (await endOwnSession(world, actor, values['session'] ?? '')) ? back('ended') : undefined;
    case 'end-other-sessions':
      await endOtherSessions(world, actor, session);
      return back('ended');
    case 'prove': {
      const proven = await proveWithPasskey(world, actor, session, jsonOf(values['response']));
      if (proven === undefined) return back('not-proven');
      keepSession(world, context, project, proven.token);
      return back('proven');
    }
    case 'add-passkey':
      return back((await addOwnPasskey(world, actor, jsonOf(values['response']), values['name'] ?? '')) ? 'added' : 'not-added');
    case 'remove-passkey': {
      if (!isFresh(actor, world.clock.now())) return back('not-proven');
      const removed = await removeOwnPasskey(world, actor, values['passkey'] ?? '');
      return removed === 'none' ? undefined : back(removed);
    }
    case 'make-token':
      return makeToken(world, context, visit, form);
    case 'choose-mail':
      return chooseMail(world, context, visit, form);
    case 'revoke-token':
      return (await revokeApiToken(world, project, actor.person, values['token'] ?? '')) ? back('revoked') : undefined;
    default:
      return undefined;
  }
}

/** The token is on this answer and on no other page ever. */
async function makeToken(world: World, context: Context, visit: SignedIn, { values, all }: SentForm): Promise<Response> {
  const asked = { name: values['name'] ?? '', scopes: all('scopes'), days: Number(values['days'] ?? '') };
  const made = await makeApiToken(world, visit.actor, asked);
  if (!isRefusal(made)) return show(world, context, visit, null, 200, { made: { token: made.token, sentence: null } });
  const sentence = 'sentence' in made.refusal ? made.refusal.sentence : 'This cannot be done.';
  return show(world, context, visit, null, 422, { made: { token: null, sentence } });
}

/** What cannot be kept is shown again as it was typed. */
async function chooseMail(world: World, context: Context, visit: SignedIn, { values }: SentForm): Promise<Response> {
  const of = (name: string) => (values[name] ?? '').trim();
  const typed = { digest: of('digest'), from: of('from'), to: of('to'), zone: of('zone') };
  const not = await chooseMailHours(world, visit.actor, typed);
  if (not === undefined) return context.redirect(`${pathsOf(visit.project).account}?said=chosen`, 303);
  const problem = not.refusal.kind === 'invalid' ? not.refusal : { field: 'zone', sentence: 'This cannot be kept.' };
  return show(world, context, visit, 'not-chosen', 422, { mail: { typed, problem } });
}
