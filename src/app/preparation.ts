// SPDX-License-Identifier: Apache-2.0
// What goes out is prepared in full: written once in every format, checked, and kept, signed by the program or for a person to sign.

import type { ProcessActor } from '../core/model/actor.ts';
import type { Advisory } from '../core/model/advisory.ts';
import type { CaseState } from '../core/model/case.ts';
import { duplicatesOf } from '../core/model/case.ts';
import type { CaseId, ContentId, PersonId, ProjectId } from '../core/model/identifiers.ts';
import { publicVersion } from '../core/model/record.ts';
import type { Instant } from '../core/model/time.ts';
import { instantToCarry, madeAnewSince } from '../core/process/publication-instant.ts';
import type { Publisher } from '../formats/publisher.ts';
import { OutsideFailure } from '../ports/failure.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { KeptDocument } from '../ports/store/documents.ts';
import type { Transaction } from '../ports/store/store.ts';
import { actIn } from './act.ts';
import { type AdvisoryDraft, advisoryDraft, assembled } from './advisory-draft.ts';
import { archivedRecord, asArchived, assembledAgain, draftOfRecord } from './archived.ts';
import { newContents } from './contents.ts';
import { type Drafts, draftsOf, sure, unsignedDocuments, validated } from './documents.ts';
import { sha256 } from './encoding.ts';
import { openTexts } from './opened.ts';
import { formatsOf, publisherOf } from './publisher.ts';
import { reportIds } from './related.ts';
import { fingerprintsOf, signedNow, signingOf } from './signing.ts';
import type { World } from './world.ts';

interface Written {
  readonly advisory: Advisory;
  readonly publisher: Publisher;
  readonly drafts: Drafts;
  readonly published: Instant;
}

/**
 * Writes every format of an armed release, checks it and keeps it: from now on these bytes are the advisory, once they are signed.
 * The check takes seconds and locks nothing; what was checked is what is kept, or nothing is.
 * @throws OutsideFailure temporary when the case changed meanwhile
 */
export async function preparePublication(world: World, project: ProjectId, id: CaseId): Promise<void> {
  const process: ProcessActor = { kind: 'process', project };
  const now = world.clock.now();
  const first = await world.store.as(process, async (transaction) => {
    const record = await transaction.cases.find(id);
    return record !== undefined && isWanted(record) ? written(world, transaction, project, record, now) : undefined;
  });
  if (first === undefined) return;
  const drafts = await validated(world, first.drafts);
  sure(drafts);
  await world.store.as(process, async (transaction) => {
    const record = await transaction.cases.lock(id);
    if (record === undefined || !isWanted(record)) return;
    const again = await written(world, transaction, project, record, now);
    if (textOf(again) !== textOf(first)) throw new OutsideFailure('temporary', 'the case changed while its documents were checked');
    await keep(world, transaction, process, record, { ...again, drafts });
  });
}

function isWanted({ state: { disclosure } }: CaseRecord): boolean {
  return disclosure.armed && disclosure.prepared === null;
}

function textOf({ drafts, published }: Written): string {
  return JSON.stringify([drafts.made, published]);
}

async function keep(
  world: World,
  transaction: Transaction,
  process: ProcessActor,
  { state, policy }: CaseRecord,
  all: Written,
): Promise<void> {
  const { advisory, publisher, drafts, published } = all;
  const signing = await signingOf(world, process.project, transaction, policy);
  const preparedAt = world.clock.now();
  const { id: number, version, title } = advisory;
  const kept = await transaction.documents.of(state.case);
  const earlier = [...new Set(kept.map((one) => one.version))].filter((before) => before < version);
  const rendered = unsignedDocuments(advisory, publisher, drafts.made, signing.by !== 'nobody', earlier);
  const { documents: signed, ...waiting } = await signedNow(world, signing, rendered, signing.by === 'people' ? kept : []);
  const documents = signed.map((one): KeptDocument => ({ ...one, case: state.case, number, version, title, preparedAt }));
  await transaction.documents.keep(documents);
  const prepared = documents.map(({ format, file, sha256: hash }) => ({ format, file, sha256: hash }));
  const text = sha256(JSON.stringify({ ...advisory, dates: null }));
  await actIn(world, transaction, process, state.case, {
    action: { kind: 'record-preparation', documents: prepared, published, text, ...waiting },
    contents: newContents(world.random),
  });
  // The hour of documents that were made anew has come: they do not wait for the clock to look again.
  if (madeAnewSince(state) !== null) await transaction.jobs.enqueue({ task: 'tick' }, 'tick');
}

async function written(world: World, transaction: Transaction, project: ProjectId, record: CaseRecord, now: Instant): Promise<Written> {
  const { state, policy } = record;
  const published = instantToCarry(state, policy, now);
  const advisory = await advisoryOf(transaction, record, null, published, now);
  const keys = fingerprintsOf(await signingOf(world, project, transaction, policy));
  const publisher = asArchived(publisherOf(world, project, policy, keys), advisory);
  return { advisory, publisher, drafts: draftsOf(advisory, publisher, formatsOf(policy)), published };
}

/**
 * The record that is published, with the texts and names that this transaction reads; `draft` stands in the place of what is kept.
 * @throws OutsideFailure permanent when there is neither
 */
export async function advisoryOf(
  transaction: Transaction,
  { state, policy }: Pick<CaseRecord, 'state' | 'policy'>,
  draft: AdvisoryDraft | null,
  published: Instant,
  now: Instant,
): Promise<Advisory> {
  const own = await transaction.cases.texts(state.case);
  const { content } = state.advisory;
  const text = content === null ? undefined : own.get(publicVersion(state.record, content.id));
  const texts = new Map([...openTexts(state.record, own), ...(await textsOfDuplicates(transaction, state))]);
  const record = await archivedRecord(transaction, state);
  const written = draft ?? (text === undefined ? null : advisoryDraft.parse(JSON.parse(text)));
  const members = await transaction.accounts.members(1000);
  const names = new Map<PersonId, string>(members.map((member) => [member.person, member.name]));
  if (record !== null) return assembledAgain(record, written ?? draftOfRecord(record), state, texts, now, names);
  if (written === null) throw new OutsideFailure('permanent', 'the advisory has no text');
  return assembled(written, state, policy, texts, published, now, names);
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
