// SPDX-License-Identifier: Apache-2.0
// Taking over an archive: each advisory becomes a case that nobody outside sees, with its documents kept; when all are there, they become readable in one step (L-38).
// What is there already is left as it is, so that an import that was ended in the middle goes on where it was.

import type { ProcessActor } from '../core/model/actor.ts';
import type { PolicyRef } from '../core/model/case.ts';
import type { CveId, ProjectId } from '../core/model/identifiers.ts';
import { isRefusal } from '../core/model/refusal.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Publisher } from '../formats/publisher.ts';
import { publicationOf } from '../formats/timestamps.ts';
import type { Signer } from '../ports/signer.ts';
import type { KeptDocument } from '../ports/store/documents.ts';
import type { Transaction } from '../ports/store/store.ts';
import { actOn, byId } from './act.ts';
import type { Archive, ArchivedAdvisory } from './archive.ts';
import { codename } from './codename.ts';
import { newContents } from './contents.ts';
import { draftsOf, type LeftOut, type Rendered, signedDocuments, sure, validated } from './documents.ts';
import { type ImportPlan, importedCase, planImport } from './import-plan.ts';
import { openIn } from './keep.ts';
import { numberParts } from './numbering.ts';
import { formatsOf, publisherOf } from './publisher.ts';
import { putWholeSite, standsOnSite } from './site.ts';
import type { World } from './world.ts';

/** Advisories that are checked and kept at a time: progress is told after each. */
const atOnce = 25;

export interface ImportOutcome {
  readonly plan: ImportPlan;
  /** Formats that could not honestly be made of an advisory, with the reason. */
  readonly leftOut: readonly (LeftOut & { readonly number: string })[];
}

interface Importing {
  readonly actor: ProcessActor;
  readonly archive: Archive;
  readonly policy: Policy;
  readonly policyRef: PolicyRef;
  readonly publisher: Publisher;
  readonly signer: Signer | null;
}

/** @param progress is told how many of how many are there. @throws OutsideFailure when it cannot go on; what was taken over by then is not public. */
export async function importArchive(
  world: World,
  project: ProjectId,
  archive: Archive,
  progress: (done: number, all: number) => void,
): Promise<ImportOutcome> {
  const plan = await planImport(world, project, archive);
  const importing = await begun(world, project, { ...archive, anomalies: plan.anomalies });
  const leftOut: ImportOutcome['leftOut'][number][] = [];
  for (let at = 0; at < plan.fresh.length; at += atOnce) {
    const some = plan.fresh.slice(at, at + atOnce);
    for (const one of some) leftOut.push(...(await takeOver(world, importing, one)));
    progress(at + some.length, plan.fresh.length);
  }
  await openAll(world, importing.actor, [...plan.fresh, ...plan.known]);
  const numbers = [...plan.fresh, ...plan.known].map(({ advisory }) => advisory.id);
  if (!(await standsOnSite(world, project, numbers))) await putWholeSite(world, project);
  return { plan, leftOut };
}

async function begun(world: World, project: ProjectId, archive: Archive): Promise<Importing> {
  const actor: ProcessActor = { kind: 'process', project };
  const { policy, sha256 } = await world.store.as(actor, ({ policies }) => policies.active());
  // By the program's own key, whoever signs what is new: nobody signs an archive of a thousand files by hand.
  const signer = policy.disclosure.signed === null ? null : await world.signer(project);
  const policyRef = { name: policy.name, version: policy.version, sha256 };
  const publisher = { ...publisherOf(world, project, policy, signer === null ? [] : [signer.fingerprint]), addresses: archive.addresses };
  return { actor, archive, policy, policyRef, signer, publisher };
}

/** Documents are made before the transaction: the check of one takes longer than anything that is written. */
async function takeOver(world: World, importing: Importing, one: ArchivedAdvisory): Promise<ImportOutcome['leftOut']> {
  const { actor, policy, publisher, signer } = importing;
  const { advisory } = one;
  const drafts = await validated(world, draftsOf(advisory, publisher, formatsOf(policy)));
  sure(drafts);
  const documents = await signedDocuments(advisory, publisher, drafts.made, signer);
  await world.store.as(actor, (transaction) => openOne(world, transaction, importing, one, documents));
  return drafts.left.map((left) => ({ number: advisory.id, ...left }));
}

async function openOne(
  world: World,
  transaction: Transaction,
  { actor, archive, policy, policyRef }: Importing,
  { file, sha256, advisory }: ArchivedAdvisory,
  documents: readonly Rendered[],
): Promise<void> {
  const { id: number, version, title } = advisory;
  const out = publicationOf(advisory);
  if (out === undefined) throw new Error('an archive was read without its dates');
  const id = importedCase(world, actor.project, number);
  const contents = newContents(world.random);
  const odd = [...new Set(archive.anomalies.filter((one) => one.file === file.name).map(({ rule }) => rule))];
  const source = { name: file.name, mediaType: 'application/octet-stream', bytes: file.bytes };
  const event = {
    kind: 'advisory-imported' as const,
    project: actor.project,
    case: id,
    codename: codename(world.random),
    policy: policyRef,
    from: archive.format,
    sha256,
    original: contents.file({ purpose: 'original', audience: 'withheld' }, source),
    title: contents.text({ kind: 'title', audience: 'shared' }, title),
    number,
    numbers: (advisory.cves ?? []).map((cve) => cve.id as CveId),
    version,
    published: out,
    ...(odd.length === 0 ? {} : { anomalies: odd }),
  };
  await openIn(world, transaction, { actor, policy, policyRef, events: [event], contents });
  // A number that is another advisory's already stays there: the archive's anomaly tells of it.
  await transaction.cases.claimNumbers(id, event.numbers, []);
  const own = numberParts(policy.advisory.id, number);
  if (own !== undefined) await transaction.cases.passNumber(policy.advisory.id, own.year, own.running);
  const preparedAt = world.clock.now();
  await transaction.documents.keep(documents.map((one): KeptDocument => ({ ...one, case: id, number, version, title, preparedAt })));
}

/** What this archive holds becomes readable in one transaction. @throws Error where the process may not: a bug. */
async function openAll(world: World, actor: ProcessActor, all: readonly ArchivedAdvisory[]): Promise<void> {
  const ids = all.map(({ advisory }) => importedCase(world, actor.project, advisory.id));
  await world.store.as(actor, async (transaction) => {
    const locked = byId(await transaction.cases.lockAll(ids));
    for (const [id, { state }] of locked) {
      if (state.visibility === 'public') continue;
      const request = { action: { kind: 'complete-import' } as const, contents: newContents(world.random) };
      const done = await actOn(world, transaction, actor, id, request, { locked, beside: async () => undefined });
      if (isRefusal(done)) throw new Error(`an imported case stays closed: ${done.refusal.kind}`);
    }
  });
}
