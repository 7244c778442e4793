// SPDX-License-Identifier: Apache-2.0
// Signing by a person: the bytes go out to whoever may sign, and each signature that comes back is held against the named keys and those bytes (VMT-44).

import type { PersonActor } from '../core/model/actor.ts';
import type { CaseState } from '../core/model/case.ts';
import type { HandedIn } from '../core/model/ends.ts';
import type { CaseId } from '../core/model/identifiers.ts';
import type { Refused } from '../core/model/refusal.ts';
import { isRefusal, refused } from '../core/model/refusal.ts';
import type { Instant } from '../core/model/time.ts';
import { reach } from '../core/policy/access.ts';
import { possibility } from '../core/process/possibilities.ts';
import { waiting } from '../core/process/publication-instant.ts';
import { type FormatName, formats } from '../formats/index.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { KeptDocument } from '../ports/store/documents.ts';
import type { Transaction } from '../ports/store/store.ts';
import type { PublicKey } from '../ports/verifier.ts';
import { actIn, type Request, type Taken } from './act.ts';
import { mostCasesInAnHour, stopReading } from './bulk-reads.ts';
import { principalOf } from './principal.ts';
import { fingerprintsOf, offByADay, signingOf, withSignature } from './signing.ts';
import type { World } from './world.ts';

/** One file for a person to sign. */
export interface ToSign {
  readonly file: string;
  /** `clearsign`: the signature goes round the text; `detached`: it stands in a file of its own. */
  readonly how: 'clearsign' | 'detached';
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

export interface FilesToSign {
  readonly codename: string;
  readonly files: readonly ToSign[];
  /** Of the keys of which one signs. */
  readonly keys: readonly string[];
}

/** What somebody types in the folder of the files; the signatures then lie beside them. File names are letters, digits and `._:+-`. */
export function commandsFor({
  files,
  keys,
}: Pick<FilesToSign, 'keys'> & { readonly files: readonly Pick<ToSign, 'file' | 'how'>[] }): readonly string[] {
  const [only, ...others] = keys;
  const user = only === undefined || others.length > 0 ? '' : ` --local-user ${only}`;
  const loop = (how: ToSign['how'], verb: string) => {
    const names = files.filter((one) => one.how === how).map(({ file }) => file);
    return names.length === 0 ? [] : [`for f in ${names.join(' ')}; do gpg${user} ${verb} "$f"; done`];
  };
  return [...loop('clearsign', '--clear-sign'), ...loop('detached', '--armor --detach-sign')];
}

/** The exact bytes that wait, for who may sign them; undefined for everybody else, and where nothing waits. One row in the log of reads (L-33). */
export async function readToSign(world: World, actor: PersonActor, id: CaseId): Promise<FilesToSign | undefined> {
  const read = await world.store.as(principalOf(actor), async (transaction) => {
    const record = await transaction.cases.find(id);
    if (record === undefined || !maySign(world, actor, record)) return undefined;
    if (!record.guarded.public && !(await transaction.cases.mayOpen(id, mostCasesInAnHour))) return 'too many';
    await transaction.cases.recordRead(id, 'to-sign');
    const keys = fingerprintsOf(await signingOf(world, actor.project, transaction, record.policy));
    return { codename: record.state.codename, files: (await waitingDocuments(transaction, record.state)).map(toSign), keys };
  });
  return read === 'too many' ? stopReading(world, actor) : read;
}

/** Who reads the whole case and may disclose it, while something waits. */
function maySign(world: World, actor: PersonActor, { state, policy, guarded }: CaseRecord): boolean {
  const situation = { state, policy, actor, now: world.clock.now(), nextNumber: '' };
  return reach(principalOf(actor), guarded) === 'everything' && possibility('sign-documents', situation) !== undefined;
}

function toSign({ file, format, sha256, bytes }: KeptDocument): ToSign {
  return { file, how: formats[format as FormatName].signing, sha256, bytes };
}

/** Documents of the version that is being made, as far as they wait. */
async function waitingDocuments({ documents }: Transaction, state: CaseState): Promise<readonly KeptDocument[]> {
  const files = waiting(state);
  const all = files.length === 0 ? [] : await documents.of(state.case);
  return all.filter(({ file, version }) => version > state.advisory.published && files.includes(file));
}

/** A signature that was refused, by the name of its file. */
interface RefusedSignature {
  readonly name: string;
  readonly sentence: string;
}

interface Looked {
  readonly good: readonly { readonly document: KeptDocument; readonly before: string; readonly fingerprint: string }[];
  readonly wrong: readonly RefusedSignature[];
}

/** What holds is kept, what does not is named; where nothing holds, nothing was done. The clock looks at once whether the last one was waited for. */
export async function signDocuments(world: World, actor: PersonActor, id: CaseId, request: Request): Promise<Taken | Refused> {
  if (request.action.kind !== 'sign-documents') return refused.notFound();
  const { signatures } = request.action;
  const read = await world.store.as(principalOf(actor), async (transaction) => {
    const record = await transaction.cases.find(id);
    if (record === undefined || reach(principalOf(actor), record.guarded) !== 'everything') return undefined;
    const signing = await signingOf(world, actor.project, transaction, record.policy);
    return { documents: await waitingDocuments(transaction, record.state), keys: signing.by === 'people' ? signing.keys : [] };
  });
  if (read === undefined) return refused.notFound();
  const looked = await lookedAt(world, signatures, read.documents, read.keys);
  if (looked.good.length === 0 && looked.wrong.length > 0) return refused.invalid('signatures', sentencesOf(looked.wrong));
  return handedIn(world, actor, id, request, looked);
}

function sentencesOf(wrong: readonly RefusedSignature[]): string {
  return wrong.map(({ name, sentence }) => `${name}: ${sentence}`).join(' ');
}

async function lookedAt(
  world: World,
  signatures: readonly HandedIn[],
  documents: readonly KeptDocument[],
  keys: readonly PublicKey[],
): Promise<Looked> {
  const good: Looked['good'][number][] = [];
  const wrong: RefusedSignature[] = [];
  for (const { name, armored } of signatures) {
    const document = documents.find(({ file }) => name === `${file}.asc`);
    const proven = document === undefined ? { fault: strange(documents) } : await withSignature(world.verifier, document, armored, keys);
    const fault = 'fault' in proven ? proven.fault : offBy(proven.at, proven.document.preparedAt, world.clock.now());
    if (fault !== undefined || 'fault' in proven) wrong.push({ name, sentence: fault ?? '' });
    else if (!good.some((one) => one.document.file === proven.document.file))
      good.push({ document: proven.document, before: document?.sha256 ?? '', fingerprint: proven.fingerprint });
  }
  return { good, wrong };
}

function strange(documents: readonly KeptDocument[]): string {
  return `No document that waits goes by this name. Waited for: ${documents.map(({ file }) => `${file}.asc`).join(', ') || 'nothing'}.`;
}

function offBy(at: Instant, preparedAt: Instant, now: Instant): string | undefined {
  if (!offByADay(at, preparedAt, now)) return undefined;
  return `It says that it was made at ${at.slice(0, 16)}Z, more than a day from when it can have been. Look at the clock of the machine that signs.`;
}

/** Undoes what the transaction did when the process says no after all. */
class Undone extends Error {
  readonly refused: Refused;
  constructor(said: Refused) {
    super('undone');
    this.refused = said;
  }
}

/** In one transaction, and only where the bytes that were looked at still wait. */
async function handedIn(world: World, actor: PersonActor, id: CaseId, request: Request, { good, wrong }: Looked): Promise<Taken | Refused> {
  try {
    return await world.store.as({ kind: 'process', project: actor.project }, async (transaction) => {
      const record = await transaction.cases.lock(id);
      if (record === undefined) return refused.notFound();
      const all = (await transaction.documents.of(id)).filter(({ version }) => version > record.state.advisory.published);
      const stands = good.every(({ document, before }) => all.some((one) => one.file === document.file && one.sha256 === before));
      if (!stands) return refused.conflict(record.state.version);
      const signed = new Map(good.map(({ document }) => [document.file, document]));
      await transaction.documents.keep(all.map((one) => signed.get(one.file) ?? one));
      const documents = good.map(({ document: { format, file, sha256 } }) => ({ format, file, sha256 }));
      const keys = [...new Set(good.map(({ fingerprint }) => fingerprint))];
      const action = { kind: 'sign-documents' as const, signatures: [], documents, keys };
      const acted = await actIn(world, transaction, actor, id, { ...request, action });
      if (isRefusal(acted)) throw new Undone(acted);
      await transaction.jobs.enqueue({ task: 'tick' }, 'tick');
      return { ...acted, version: acted.state.version, ...(wrong.length === 0 ? {} : { refusedSignatures: wrong }) };
    });
  } catch (failure) {
    if (failure instanceof Undone) return failure.refused;
    throw failure;
  }
}
