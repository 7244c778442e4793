// SPDX-License-Identifier: Apache-2.0
// API tokens: for programs of a member's, with less than the member's rights, for at most a quarter of a year. No token opens a page (L-69).

import type { PersonActor } from '../../core/model/actor.ts';
import type { PersonId, ProjectId } from '../../core/model/identifiers.ts';
import type { Refused } from '../../core/model/refusal.ts';
import { refused } from '../../core/model/refusal.ts';
import { shifted } from '../../core/model/time.ts';
import type { ApiToken } from '../../ports/store/sign-in.ts';
import type { Transaction } from '../../ports/store/store.ts';
import { sha256 } from '../encoding.ts';
import type { RegisteredRoute } from '../registry.ts';
import type { World } from '../world.ts';
import { mostEach, seenEverySeconds, tokenDays } from './limits.ts';
import { isFresh } from './sessions.ts';
import { tellHolder } from './tell.ts';
import { hasForm, newSecret } from './tokens.ts';

/**
 * Which of the routes, by their rule, and whether to look or to act. There is no scope for publishing, dates, access or exports: what asks for a fresh
 * proof is no token's (sign-in/step-up.ts). Nor is there one for people's own ways in, or for everything.
 */
export const scopes = ['member:read', 'member:act', 'case:read', 'case:act'] as const;
export type Scope = (typeof scopes)[number];

function isScope(word: string): word is Scope {
  return (scopes as readonly string[]).includes(word);
}

/** The scope that a route of the API asks of a token; null where no token opens it, or none is needed. */
export function scopeFor({ method, rule }: Pick<RegisteredRoute, 'method' | 'rule'>): Scope | null {
  if (rule !== 'member' && rule !== 'case') return null;
  return `${rule}:${method === 'GET' ? 'read' : 'act'}`;
}

/** The member whose token this is, if it may do this; undefined for every other, whatever is wrong with it. */
export async function tokenActor(world: World, project: ProjectId, given: string, scope: Scope): Promise<PersonActor | undefined> {
  if (!hasForm('api-token', given)) return undefined;
  const now = world.clock.now();
  return world.store.as({ kind: 'process', project }, async ({ accounts, signIn }) => {
    const hash = sha256(given);
    const token = await signIn.apiToken(hash, now);
    if (token === undefined || !token.scopes.includes(scope)) return undefined;
    const member = await accounts.member(token.person);
    if (member === undefined) return undefined;
    if (token.used === null || now >= shifted(token.used, { seconds: seenEverySeconds })) await signIn.apiTokenUsed(hash, now);
    return { kind: 'person', project, person: member.person, roles: member.roles, proof: { by: 'token', token: token.id } };
  });
}

export interface AskedToken {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly days: number;
}

/** Made from a session with a fresh proof. The token itself is in the answer, and nowhere else ever. */
export function makeApiToken(world: World, actor: PersonActor, asked: AskedToken): Promise<{ readonly token: string } | Refused> {
  if (!isFresh(actor, world.clock.now())) return Promise.resolve(refused.proveAgain('A new token asks for a fresh proof that it is you.'));
  return world.store.as({ kind: 'process', project: actor.project }, (transaction) =>
    makeApiTokenIn(world, transaction, actor.person, asked),
  );
}

export async function makeApiTokenIn(
  world: World,
  transaction: Transaction,
  person: PersonId,
  { name, scopes: wanted, days }: AskedToken,
): Promise<{ readonly token: string } | Refused> {
  const { signIn } = transaction;
  if (name.trim() === '' || name.length > 60)
    return refused.invalid('name', 'Give the token a name of at most 60 letters, so that you know it again.');
  if (wanted.length === 0 || !wanted.every(isScope)) return refused.invalid('scopes', `Choose from ${scopes.join(', ')}.`);
  if (!Number.isInteger(days) || days < 1 || days > tokenDays) return refused.invalid('days', `A token lives 1 to ${tokenDays} days.`);
  const made = world.clock.now();
  if ((await signIn.apiTokensOf(person, made)).length >= mostEach)
    return refused.invalid('name', `Nobody has more than ${mostEach} tokens.`);
  const token = newSecret('api-token', world.random);
  const expires = shifted(made, { hours: 24 * days });
  await signIn.addApiToken({ tokenHash: sha256(token), person, name: name.trim(), scopes: [...new Set(wanted)], made, expires });
  await signIn.log({ at: made, person, kind: 'token-made', detail: sha256(token).slice(0, 16) });
  await tellHolder(world, transaction, person, 'way-in-added');
  return { token };
}

export function apiTokensOf(world: World, project: ProjectId, person: PersonId): Promise<readonly ApiToken[]> {
  return world.store.as({ kind: 'process', project }, ({ signIn }) => signIn.apiTokensOf(person, world.clock.now()));
}

/** Ends one of a person's own at once; false when there is none such. */
export function revokeApiToken(world: World, project: ProjectId, person: PersonId, id: string): Promise<boolean> {
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    const revoked = await transaction.signIn.revokeApiToken(person, id);
    if (!revoked) return false;
    await transaction.signIn.log({ at: world.clock.now(), person, kind: 'token-revoked', detail: id });
    await tellHolder(world, transaction, person, 'way-in-removed');
    return true;
  });
}
