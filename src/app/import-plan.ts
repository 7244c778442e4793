// SPDX-License-Identifier: Apache-2.0
// What an import would do: which advisories are new, which are here, which say something else now, and which have a number that is another case's. Nothing is written.

import type { Advisory } from '../core/model/advisory.ts';
import type { CaseId, CveId, ProjectId } from '../core/model/identifiers.ts';
import { formats } from '../formats/index.ts';
import type { Publisher } from '../formats/publisher.ts';
import type { Transaction } from '../ports/store/store.ts';
import { newest } from '../site/entry.ts';
import type { Anomaly, Archive, ArchivedAdvisory, ArchiveReader } from './archive.ts';
import { base32 } from './encoding.ts';
import { publisherOf } from './publisher.ts';
import { type Difference, recordDifferences } from './record-differences.ts';
import type { World } from './world.ts';

/** What is published stays as it is; whether an erratum is due is for people to say. */
export interface Changed {
  readonly number: string;
  readonly file: string;
  readonly differences: readonly Difference[];
}

export interface ImportPlan {
  readonly fresh: readonly ArchivedAdvisory[];
  /** Taken over before, and saying the same. */
  readonly known: readonly ArchivedAdvisory[];
  readonly changed: readonly Changed[];
  /** Their numbers stand on cases that came another way; nothing of theirs is touched. */
  readonly refused: readonly { readonly number: string; readonly file: string; readonly why: string }[];
  /** What is odd in the archive, and beside what is here already. */
  readonly anomalies: readonly Anomaly[];
}

/** By whom and when an archive of this project is read. @param addresses whether mail addresses of people in it are published. */
export function archiveReader(world: World, project: ProjectId, addresses: Publisher['addresses']): Promise<ArchiveReader> {
  return world.store.as({ kind: 'process', project }, async ({ policies }) => {
    const { policy } = await policies.active();
    const publisher = { ...publisherOf(world, project, policy, []), addresses };
    return { publisher, scheme: policy.advisory.id, now: world.clock.now() };
  });
}

export async function planImport(world: World, project: ProjectId, { advisories, anomalies }: Archive): Promise<ImportPlan> {
  const plan = {
    fresh: [] as ArchivedAdvisory[],
    known: [] as ArchivedAdvisory[],
    changed: [] as Changed[],
    refused: [] as ImportPlan['refused'][number][],
    anomalies: [...anomalies],
  };
  await world.store.as({ kind: 'process', project }, async (transaction) => {
    const numbered = await transaction.cases.numbered(advisories.map(({ advisory }) => advisory.id));
    for (const one of advisories) {
      const number: string = one.advisory.id;
      const file = one.file.name;
      const id = numbered.get(number);
      if (id === undefined) plan.fresh.push(one);
      else if (id !== importedCase(world, project, number))
        plan.refused.push({ number, file, why: 'a case of this project has that number' });
      else {
        const differences = await changesOf(transaction, id, one);
        if (differences.length === 0) plan.known.push(one);
        else plan.changed.push({ number, file, differences });
      }
    }
    plan.anomalies.push(...(await numbersElsewhere(world, project, transaction, advisories)));
  });
  return plan;
}

/** A CVE number of a case that this archive does not hold; what two of its files name, the archive tells by itself (CNA 4.2.11). */
async function numbersElsewhere(
  world: World,
  project: ProjectId,
  { cases }: Transaction,
  advisories: readonly ArchivedAdvisory[],
): Promise<readonly Anomaly[]> {
  const named = advisories.flatMap(({ file, advisory: { id, cves = [] } }) => cves.map((cve) => ({ file, id, cve: cve.id as CveId })));
  const own = new Set(advisories.map(({ advisory }) => importedCase(world, project, advisory.id)));
  const others = (await cases.naming(named.map(({ cve }) => cve))).filter((one) => !own.has(one.case));
  return named.flatMap(({ file, id, cve }) =>
    others
      .filter((one) => one.cve === cve)
      .map(({ advisory }) => {
        // A case that has published nothing is not named: the list may be kept where not everybody sees the case.
        const where = advisory ?? 'another case of this project';
        return {
          file: file.name,
          place: 'cves',
          rule: 'number-on-two',
          message: `${id} names ${cve}, as ${where} does, which is here already: one number, two flaws`,
        };
      }),
  );
}

/** The same advisory is the same case, however often it comes. */
export function importedCase(world: Pick<World, 'derive'>, project: ProjectId, number: string): CaseId {
  return base32(world.derive('case', project, 'import', number).subarray(0, 16)) as CaseId;
}

/** What the file says otherwise than what was kept: spaces and the order of keys in it mean nothing. */
async function changesOf(
  { cases, documents }: Transaction,
  id: CaseId,
  { sha256, advisory }: ArchivedAdvisory,
): Promise<readonly Difference[]> {
  if ((await cases.find(id))?.state.imported?.sha256 === sha256) return [];
  const kept = newest(await documents.of(id)).find(({ format }) => format === 'advisory');
  const now = formats.advisory.write(advisory);
  if (kept === undefined || !now.ok) throw new Error('an advisory that was imported has its record');
  return recordDifferences(JSON.parse(new TextDecoder().decode(kept.bytes)) as Advisory, JSON.parse(now.text) as Advisory);
}
