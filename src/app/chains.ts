// SPDX-License-Identifier: Apache-2.0
// The chains of a project, checked: every case's log, people, policy, reads, sign-ins; and against ends that were kept somewhere else.

import type { CaseId, ProjectId } from '../core/model/identifiers.ts';
import { type Instant, shifted } from '../core/model/time.ts';
import { type ChainName, chainNames, type Head } from '../ports/store/audit.ts';
import type { Transaction } from '../ports/store/store.ts';
import type { World } from './world.ts';

export interface Checked {
  /** `case` and the id, or the name of a chain. */
  readonly chain: string;
  readonly entries: number;
  /** The first place that does not fit; null where all do. */
  readonly brokenAt: number | null;
}

const step = 200;

/** Every chain of the project, cases one by one. */
export async function verifyChains(world: World, project: ProjectId): Promise<readonly Checked[]> {
  const process = { kind: 'process', project } as const;
  const single = await world.store.as(process, async ({ audit, roster, policies }): Promise<Checked[]> => {
    const [reads, signIns, people, policy] = [
      await audit.verify(),
      await audit.verifySignIns(),
      await roster.verify(),
      await policies.verify(),
    ];
    return [
      { chain: 'reads', entries: reads.batches, brokenAt: reads.brokenAt },
      { chain: 'sign-ins', entries: signIns.length, brokenAt: signIns.brokenAt },
      { chain: 'people', entries: people.events, brokenAt: people.brokenAt },
      { chain: 'policy', entries: policy.steps, brokenAt: policy.brokenAt },
    ];
  });
  const cases: Checked[] = [];
  for (let after: CaseId | '' = ''; ; ) {
    const ids: readonly CaseId[] = await world.store.as(process, ({ audit }) => audit.cases(after, step));
    for (const id of ids) {
      const { events, brokenAt } = await world.store.as(process, (transaction) => transaction.cases.verify(id));
      cases.push({ chain: `case ${id}`, entries: events, brokenAt });
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < step) return [...single, ...cases];
    after = last;
  }
}

/** Minutes that an event may need from its instant to its commit: what is younger is left to the next line. */
const settling = 5;

/** Where every chain ends, a line each: `PROJECT CHAIN PLACE HASH`. It tells hashes and counts, and nothing of any case. */
export async function headLines({ audit }: Transaction, project: ProjectId, now: Instant): Promise<readonly string[]> {
  const heads = await audit.heads(shifted(now, { minutes: -settling }));
  return heads.map(({ chain, place, hash }) => `${project} ${chain} ${place} ${hash}`);
}

/** Lines of heads among others, as in a mail. */
export function headsIn(text: string): readonly (Head & { readonly project: string })[] {
  const form = new RegExp(
    `^\\s*([a-z][a-z0-9-]{1,30}) (${chainNames.join('|')}) (\\d{1,9}|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z) ([0-9a-f]{64})\\s*$`,
    'gm',
  );
  return [...text.matchAll(form)].map(([, project = '', chain = '', place = '', hash = '']) => ({
    project,
    chain: chain as ChainName,
    place,
    hash,
  }));
}

/** Those of the kept ends that the chains of today do not go through: something was cut off, or written anew. */
export function lostHeads(world: World, project: ProjectId, kept: readonly Head[]): Promise<readonly Head[]> {
  return world.store.as({ kind: 'process', project }, async ({ audit }) => {
    const lost: Head[] = [];
    for (const head of kept) if ((await audit.hashAt(head.chain, head.place)) !== head.hash) lost.push(head);
    return lost;
  });
}
