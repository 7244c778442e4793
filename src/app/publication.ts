// SPDX-License-Identifier: Apache-2.0
// Publication as jobs: build the site of the kept documents and see it live; then announce. Each step alone can be tried again.

import type { ProcessActor } from '../core/model/actor.ts';
import type { CaseId, ProjectId } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';
import { guarded } from '../core/policy/access.ts';
import { siteIndex } from '../formats/site-index.ts';
import { OutsideFailure } from '../ports/failure.ts';
import type { SiteFile } from '../ports/site.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { KeptDocument } from '../ports/store/documents.ts';
import { actIn } from './act.ts';
import { newContents } from './contents.ts';
import { filesOf, manifestOf } from './document-files.ts';
import { base32 } from './encoding.ts';
import type { World } from './world.ts';

const utf8 = new TextEncoder();

/** Public cases that are looked through for the dates of a list. */
const mostListed = 1000;

/** Puts the whole site out and confirms the channel once a signed-out visitor gets the page. @throws OutsideFailure temporary until then. */
export async function publishSite(world: World, project: ProjectId, id: CaseId, channel: string): Promise<void> {
  const documents = await publishedDocuments(world, project);
  await world.site.replace(project, await wholeSite(world, project, documents));
  const again = await publishedDocuments(world, project);
  if (again.length !== documents.length) throw new OutsideFailure('temporary', 'another publication came in between');
  const mine = newest(documents).filter((document) => document.case === id);
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
): Promise<ReadonlyMap<CaseId, { readonly at: Instant | null; readonly opened: boolean }>> {
  const entries = await world.store.as({ kind: 'anonymous', project }, (transaction) => transaction.cases.published(mostListed));
  return new Map(
    entries.map(({ state, policy }) => [
      state.case,
      { at: state.disclosure.begunAt ?? state.publicSince, opened: guarded(state, policy).opening === 'full_record' },
    ]),
  );
}

/** The documents of the version that stands; a format that it has no more is gone with the version before. */
export function newest(documents: readonly KeptDocument[]): readonly KeptDocument[] {
  const versions = new Map<string, number>();
  for (const { number, version } of documents) versions.set(number, Math.max(version, versions.get(number) ?? 0));
  return documents.filter(({ number, version }) => versions.get(number) === version);
}

/** Versions before the one that stands stay where they can be read, byte for byte: `LSN-2026-0003-v1.txt`. */
export function pathOf(document: KeptDocument, latest: ReadonlySet<KeptDocument>): string {
  const { file, version, number } = document;
  return latest.has(document) ? file : `${number}-v${version}${file.slice(number.length)}`;
}

/** Files of the site, from the kept documents alone: the same documents give the same site. */
export function siteOf(world: World, project: ProjectId, documents: readonly KeptDocument[]): readonly SiteFile[] {
  const latest = newest(documents);
  const standing = new Set(latest);
  const files = documents.flatMap((document) => filesOf(document, pathOf(document, standing)));
  const entries = latest
    .filter((document) => document.format === 'html')
    .map(({ number, title, file, preparedAt }) => ({ number, title, file, at: preparedAt }));
  const index = siteIndex(world.sender(project).name, `${world.baseUrl}/${project}/report`, entries);
  return [{ path: 'index.html', bytes: utf8.encode(index) }, ...files, ...world.siteAssets];
}

/** The site with its key, and the list of the hashes of all its files. */
export async function wholeSite(world: World, project: ProjectId, documents: readonly KeptDocument[]): Promise<readonly SiteFile[]> {
  const files = [...siteOf(world, project, documents), ...(await keyFile(world, project))];
  return [...files, manifestOf(files)];
}

async function keyFile(world: World, project: ProjectId): Promise<readonly SiteFile[]> {
  const { policy } = await world.store.as({ kind: 'process', project }, (transaction) => transaction.policies.active());
  if (policy.disclosure.signed === null) return [];
  return [{ path: 'key.asc', bytes: utf8.encode((await world.signer(project)).publicKey) }];
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
