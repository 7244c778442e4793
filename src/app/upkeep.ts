// SPDX-License-Identifier: Apache-2.0
// What a project needs that belongs to no case: the end of its security.txt and of its signing key, who belongs by another system, and mail about the project and its people.

import type { PersonActor } from '../core/model/actor.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import { type Instant, shifted } from '../core/model/time.ts';
import { administrator } from '../core/process/owners.ts';
import { concernedBy, mayLookAtChanges } from '../core/process/policy-change.ts';
import type { Transaction } from '../ports/store/store.ts';
import { sendToProject } from './project-mail.ts';
import { expiresAt, firstWarning, stageOf } from './security-txt.ts';
import { orderMemberCheck } from './sign-in/synced-roles.ts';
import type { World } from './world.ts';

const batch = 100;

export async function tickProject(world: World, project: ProjectId): Promise<void> {
  const process = { kind: 'process', project } as const;
  await world.store.as(process, (transaction) => callBeforeExpiry(world, transaction));
  await world.store.as(process, (transaction) => orderHeads(world, transaction));
  const keys = await world.store.as(process, ({ projectMail }) => projectMail.due(world.clock.now(), batch));
  for (const key of keys) await world.store.as(process, (transaction) => sendToProject(world, transaction, project, key));
  await world.store.as(process, (transaction) => callBeforeKeyEnds(world, project, transaction));
  await orderMemberCheck(world, project);
}

/** Once a day of UTC, to everybody who runs the system: what they keep finds a chain that was cut off afterwards. The first is due when the policy has held for a day. */
async function orderHeads(world: World, { accounts, projectMail, policies }: Transaction): Promise<void> {
  const now = world.clock.now();
  const confirmed = await policies.confirmedAt();
  if (confirmed === null || now < shifted(confirmed, { hours: 24 })) return;
  for (const { person } of await accounts.membersIn([administrator]))
    await projectMail.put({ key: `audit-head:${now.slice(0, 10)}:${person}`, notice: 'audit-head', person, askedAt: now });
}

/** VMT-44: each stage is told once, as the key of the mail makes sure. Nobody makes a key for this alone: it is looked at when the policy has held for a day. */
async function callBeforeKeyEnds(world: World, project: ProjectId, { policies, accounts, projectMail }: Transaction): Promise<void> {
  const now = world.clock.now();
  const confirmed = await policies.confirmedAt();
  if (confirmed === null || now < shifted(confirmed, { hours: 24 })) return;
  const holds = await policies.active();
  if (holds.policy.disclosure.signed === null) return;
  const { fingerprint, expires } = await world.signer(project);
  const stage = expires === null ? undefined : stageOf(expires, now);
  if (stage === undefined) return;
  for (const { person } of await accounts.membersIn([...concernedBy(holds), administrator]))
    await projectMail.put({ key: `signing-key:${fingerprint}:${stage}:${person}`, notice: 'signing-key-ends', person, askedAt: now });
}

/** RFC 9116 section 2.5.5: whoever keeps the file says in time that it is still true. Each stage is told once, also after a time of being down. */
async function callBeforeExpiry(world: World, { policies, accounts, projectMail }: Transaction): Promise<void> {
  const now = world.clock.now();
  const confirmed = await policies.confirmedAt();
  if (confirmed === null) return;
  const expires = expiresAt(confirmed);
  if (now < firstWarning(expires)) return;
  const stage = stageOf(expires, now);
  const isTold = async () =>
    (await policies.steps()).some((step) => step.kind === 'security-txt-called' && step.expires === expires && step.stage === stage);
  if (stage === undefined || (await isTold())) return;
  await policies.lock();
  if (await isTold()) return;
  const roles = [...concernedBy(await policies.active()), administrator];
  await policies.record([{ kind: 'security-txt-called', at: now, expires, stage }]);
  for (const { person } of await accounts.membersIn(roles))
    await projectMail.put({ key: `security-txt:${expires}:${stage}:${person}`, notice: 'security-txt-expires', person, askedAt: now });
}

/** Somebody who may change the policy says that security.txt is still true. @returns its new end; undefined for everybody else. */
export function renewSecurityTxt(world: World, actor: PersonActor): Promise<Instant | undefined> {
  return world.store.as({ kind: 'process', project: actor.project }, async ({ policies }) => {
    await policies.lock();
    if (!mayLookAtChanges(actor, await policies.active())) return undefined;
    const at = world.clock.now();
    await policies.record([{ kind: 'security-txt-renewed', at, by: actor.person }]);
    await policies.confirm(at);
    return expiresAt(at);
  });
}
