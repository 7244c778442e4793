// SPDX-License-Identifier: Apache-2.0
// Which reporter is asking: a return key or a reply address becomes an actor. Addresses and domains grant nothing (L-26).

import type { ReporterActor } from '../core/model/actor.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import { sameText, sha256 } from './encoding.ts';
import { replyToken, returnKey } from './intake.ts';
import { hasForm, secretsIn } from './sign-in/tokens.ts';
import type { World } from './world.ts';

/** The reporter behind a return key; undefined for any other token, a reply address's own too, and in another project. */
export async function keyActor(world: World, project: ProjectId, key: string): Promise<ReporterActor | undefined> {
  const actor = hasForm('return-key', key) ? await bearer(world, project, key, 'case_link', returnKey) : undefined;
  return actor?.project === project ? actor : undefined;
}

/** The return key in what somebody typed or pasted, with whatever stands around it. */
export function keyIn(typed: string): string {
  return secretsIn(typed).find(({ kind }) => kind === 'return-key')?.token ?? '';
}

/** The reporter behind a reply address, whichever project the case belongs to; `asked` is any project of this installation. */
export function replyActor(world: World, asked: ProjectId, token: string): Promise<ReporterActor | undefined> {
  return bearer(world, asked, token, 'reply_address', replyToken);
}

/**
 * A token is good for what it was made for and for nothing else: a reply address stands in headers and in copies of answers,
 * so whoever saw one may append and read nothing (L-42).
 */
async function bearer(
  world: World,
  asked: ProjectId,
  token: string,
  by: 'case_link' | 'reply_address',
  made: typeof returnKey,
): Promise<ReporterActor | undefined> {
  const link = await world.store.as({ kind: 'anonymous', project: asked }, (transaction) =>
    transaction.accounts.caseLink(sha256(token), world.clock.now()),
  );
  if (link === undefined || !sameText(token, made(world, link.case, link.participant))) return undefined;
  return { kind: 'reporter', project: link.project, case: link.case, participant: link.participant, proof: { by } };
}
