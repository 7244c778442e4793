// SPDX-License-Identifier: Apache-2.0
// Publication as jobs: render and sign once and keep; build the site and see it live; then announce. Each step alone can be tried again.

import type { ProcessActor } from '../core/model/actor.ts';
import type { Advisory } from '../core/model/advisory.ts';
import type { CaseState } from '../core/model/case.ts';
import { duplicatesOf } from '../core/model/case.ts';
import type { CaseId, ContentId, PersonId, ProjectId } from '../core/model/identifiers.ts';
import type { Line } from '../core/model/prose.ts';
import { line } from '../core/model/prose.ts';
import { publicVersion } from '../core/model/record.ts';
import type { Instant } from '../core/model/time.ts';
import { guarded } from '../core/policy/access.ts';
import { instantToCarry, madeAnewSince } from '../core/process/publication-instant.ts';
import type { PublishedFile } from '../formats/format.ts';
import type { FormatName } from '../formats/index.ts';
import { formats } from '../formats/index.ts';
import type { Publisher } from '../formats/publisher.ts';
import { OutsideFailure } from '../ports/failure.ts';
import type { Signer } from '../ports/signer.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { KeptDocument } from '../ports/store/documents.ts';
import type { Transaction } from '../ports/store/store.ts';
import { newest } from '../site/entry.ts';
import { actIn } from './act.ts';
import { advisoryDraft, assembled } from './advisory-draft.ts';
import { newContents } from './contents.ts';
import { base32, sha256 } from './encoding.ts';
import { openTexts } from './opened.ts';
import { formatsOf, publisherOf } from './publisher.ts';
import { reportIds } from './related.ts';
import { putOnSite } from './site.ts';
import type { CaseView } from './views.ts';
import type { World } from './world.ts';

const utf8 = new TextEncoder();

/** Public cases that are looked through for the dates of a list. */
const mostListed = 1000;

/** Renders every format of an armed release, signs it and keeps it: from now on these bytes are the advisory. */
export async function preparePublication(world: World, project: ProjectId, id: CaseId): Promise<void> {
  const process: ProcessActor = { kind: 'process', project };
  await world.store.as(process, async (transaction) => {
    const record = await transaction.cases.lock(id);
    if (record === undefined || !record.state.disclosure.armed || record.state.disclosure.prepared !== null) return;
    const signer = record.policy.disclosure.signed === null ? null : await world.signer(project);
    const { documents, published, text } = await rendered(world, transaction, project, record, signer);
    await transaction.documents.keep(documents);
    const prepared = documents.map(({ format, file, sha256: hash }) => ({ format, file, sha256: hash }));
    await actIn(world, transaction, process, id, {
      action: { kind: 'record-preparation', documents: prepared, published, text },
      contents: newContents(world.random),
    });
    // The hour of documents that were made anew has come: they do not wait for the clock to look again.
    if (madeAnewSince(record.state) !== null) await transaction.jobs.enqueue({ task: 'tick' }, 'tick');
  });
}

/** Puts the advisory on the site and confirms the channel once a signed-out visitor gets the page. @throws OutsideFailure temporary until then. */
export async function publishSite(world: World, project: ProjectId, id: CaseId, channel: string): Promise<void> {
  await putOnSite(world, project, id);
  const mine = newest(await world.store.as({ kind: 'anonymous', project }, ({ documents }) => documents.of(id)));
  if (mine.length === 0) throw new OutsideFailure('temporary', 'no document of the case is published yet');
  for (const document of mine) {
    const url = `${world.siteUrl(project)}/${document.file}`;
    if (!(await world.site.seen(url, document.bytes))) throw new OutsideFailure('temporary', 'the published page is not live yet');
  }
  await confirm(world, project, id, channel);
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

/** Each format of the advisory as it stands in the case, unsigned; a format that cannot be made says why. */
export function previews(
  world: World,
  project: ProjectId,
  view: CaseView,
): readonly { readonly label: string; readonly text: string | null; readonly why: string | null }[] {
  const { state, policy, texts, names } = view;
  const text = state.advisory.content === null ? undefined : texts.get(state.advisory.content.id);
  if (text === undefined) return [];
  const advisory = assembled(advisoryDraft.parse(JSON.parse(text)), state, policy, texts, instantToCarry(state, view.now), view.now, names);
  const publisher = publisherOf(world, project, policy, null);
  return formatsOf(policy).map((name) => {
    const written = formats[name].write(advisory, publisher, []);
    return written.ok
      ? { label: formats[name].label, text: written.text, why: null }
      : { label: formats[name].label, text: null, why: written.refusal.message };
  });
}

async function rendered(
  world: World,
  transaction: Transaction,
  project: ProjectId,
  record: CaseRecord,
  signer: Signer | null,
): Promise<{ readonly documents: readonly KeptDocument[]; readonly published: Instant; readonly text: string }> {
  const { state, policy } = record;
  const now = world.clock.now();
  const published = instantToCarry(state, now);
  const advisory = await theAdvisory(transaction, record, published, now);
  const publisher = publisherOf(world, project, policy, signer?.fingerprint ?? null);
  const names = formatsOf(policy).filter((name) => name !== 'html');
  const others = await Promise.all(names.map((name) => oneDocument(name, advisory, publisher, signer, [])));
  const html = await oneDocument('html', advisory, publisher, signer, others.map(listed));
  const documents = [...others, html].map((document) => ({
    ...document,
    case: state.case,
    number: advisory.id,
    version: advisory.version,
    title: advisory.title,
    preparedAt: now,
  }));
  return { documents, published, text: sha256(JSON.stringify({ ...advisory, dates: null })) };
}

type Rendered = Pick<KeptDocument, 'format' | 'file' | 'mediaType' | 'bytes' | 'sha256' | 'signature'> & {
  readonly label: string;
  readonly signed: boolean;
};

async function oneDocument(
  name: FormatName,
  advisory: Advisory,
  publisher: Publisher,
  signer: Signer | null,
  files: readonly PublishedFile[],
): Promise<Rendered> {
  const { label, extension, mediaType, signing, write } = formats[name];
  const written = write(advisory, publisher, files);
  if (!written.ok) throw new OutsideFailure('permanent', `${name}: ${written.refusal.message}`);
  const clear = signing === 'clearsign' && signer !== null ? await signer.clearsign(written.text) : written.text;
  const bytes = utf8.encode(clear);
  const signature = signing === 'detached' && signer !== null ? await signer.detach(bytes) : null;
  return {
    format: name,
    label,
    signed: signer !== null,
    file: `${advisory.id}${extension}`,
    mediaType,
    bytes,
    sha256: sha256(bytes),
    signature,
  };
}

function listed({ label, file, sha256: hash, signature, signed }: Rendered): PublishedFile {
  const carried = signature === null ? (signed ? { signature: 'inside' as const } : {}) : { signature: { href: `${file}.asc` } };
  return { label: asLine(label), href: file, sha256: hash, ...carried };
}

async function theAdvisory(transaction: Transaction, { state, policy }: CaseRecord, published: Instant, now: Instant): Promise<Advisory> {
  const own = await transaction.cases.texts(state.case);
  const { content } = state.advisory;
  const text = content === null ? undefined : own.get(publicVersion(state.record, content.id));
  const texts = new Map([...openTexts(state.record, own), ...(await textsOfDuplicates(transaction, state))]);
  if (text === undefined) throw new OutsideFailure('permanent', 'the advisory has no text');
  const members = await transaction.accounts.members(1000);
  const names = new Map<PersonId, string>(members.map((member) => [member.person, member.name]));
  return assembled(advisoryDraft.parse(JSON.parse(text)), state, policy, texts, published, now, names);
}

/** Names by which reporters of duplicates are credited, as far as they are open in their own cases. */
async function textsOfDuplicates({ cases }: Transaction, state: CaseState): Promise<ReadonlyMap<ContentId, string>> {
  const texts = new Map<ContentId, string>();
  for (const id of duplicatesOf(state)) {
    const duplicate = await cases.find(id);
    if (duplicate === undefined) continue;
    const { record } = duplicate.state;
    const ids = reportIds(state, id).flatMap((one) => [one, publicVersion(record, one)]);
    for (const [ref, words] of openTexts(record, await cases.texts(id, ids))) texts.set(ref, words);
  }
  return texts;
}

function listsOf({ policy }: CaseRecord, channel: string): readonly string[] {
  const rules = policy.disclosure.channels[Number(channel.split(':')[0])];
  return rules?.kind === 'mail' ? rules.lists : [];
}

async function confirm(world: World, project: ProjectId, id: CaseId, channel: string): Promise<void> {
  const process: ProcessActor = { kind: 'process', project };
  await world.store.as(process, (transaction) =>
    actIn(world, transaction, process, id, {
      action: { kind: 'confirm-channel', channel, evidence: null },
      contents: newContents(world.random),
    }),
  );
}

function asLine(text: string): Line {
  const made = line(text);
  if (made === undefined) throw new Error('a label is not empty');
  return made;
}
