// SPDX-License-Identifier: Apache-2.0
// Publication as jobs: build the site of the kept documents and see it live; then announce. Each step alone can be tried again.

import type { ProcessActor } from '../core/model/actor.ts';
import type { When } from '../core/model/day.ts';
import type { CaseId, ProjectId } from '../core/model/identifiers.ts';
import { guarded } from '../core/policy/access.ts';
import { OutsideFailure } from '../ports/failure.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { KeptDocument } from '../ports/store/documents.ts';
import { newest } from '../site/entry.ts';
import { actIn } from './act.ts';
import { newContents } from './contents.ts';
import { base32 } from './encoding.ts';
import { putOnSite } from './site.ts';
import type { World } from './world.ts';

/** Public cases that are looked through for the dates of a list. */
const mostListed = 1000;

/** Puts the advisory on the site and confirms the channel once a signed-out visitor gets the page. @throws OutsideFailure temporary until then. */
export async function publishSite(world: World, project: ProjectId, id: CaseId, channel: string): Promise<void> {
  await putOnSite(world, project, id);
  const mine = newest(await world.store.as({ kind: 'anonymous', project }, ({ documents }) => documents.of(id)));
  if (mine.length === 0) throw new OutsideFailure('temporary', 'no document of the case is published yet');
  for (const document of mine) {
    const url = `${world.siteUrl(project)}/${document.file}`;
    if (!(await world.site.seen(url, document.bytes))) throw new OutsideFailure('temporary', 'the published page is not live yet');
  }
  await confirmChannel(world, project, id, channel);
}

/** One message for each list of the channel; the channel is confirmed when the last has left. */
export async function announce(world: World, project: ProjectId, id: CaseId, channel: string): Promise<void> {
  await world.store.as({ kind: 'process', project }, async (transaction) => {
    const record = await transaction.cases.lock(id);
    const lists = record === undefined ? [] : listsOf(record, channel);
    for (const address of lists) {
      await transaction.outbox.put({
        id: base32(world.random(16)),
        case: id,
        key: `announcement:${channel}:${address}:${record?.state.advisory.published ?? 0}`,
        notice: 'announcement',
        to: { kind: 'list', address, channel },
        seq: record?.state.version ?? 0,
        askedAt: world.clock.now(),
        heldUntil: null,
      });
    }
    await transaction.jobs.enqueue({ task: 'tick' }, 'tick');
  });
}

/** The documents of public cases, as a signed-out visitor gets them: asked as one. */
export function publishedDocuments(world: World, project: ProjectId): Promise<readonly KeptDocument[]> {
  return world.store.as({ kind: 'anonymous', project }, (transaction) => transaction.documents.published());
}

/** When each public case was published, and whether its whole record stands open, as a signed-out visitor may know. */
export async function publicCases(
  world: World,
  project: ProjectId,
): Promise<ReadonlyMap<CaseId, { readonly at: When | null; readonly opened: boolean }>> {
  const entries = await world.store.as({ kind: 'anonymous', project }, (transaction) => transaction.cases.published(mostListed));
  return new Map(
    entries.map(({ state, policy }) => [
      state.case,
      {
        at: state.imported?.published ?? state.disclosure.begunAt ?? state.publicSince,
        opened: guarded(state, policy).opening === 'full_record',
      },
    ]),
  );
}

function listsOf({ policy }: CaseRecord, channel: string): readonly string[] {
  const rules = policy.disclosure.channels[Number(channel.split(':')[0])];
  return rules?.kind === 'mail' ? rules.lists : [];
}

/** `evidence`: what shows that it is out; for the team. */
export async function confirmChannel(world: World, project: ProjectId, id: CaseId, channel: string, evidence?: string): Promise<void> {
  const process: ProcessActor = { kind: 'process', project };
  const contents = newContents(world.random);
  const shown = evidence === undefined ? null : contents.text({ kind: 'evidence', audience: 'team' }, evidence);
  await world.store.as(process, (transaction) =>
    actIn(world, transaction, process, id, { action: { kind: 'confirm-channel', channel, evidence: shown }, contents }),
  );
}
