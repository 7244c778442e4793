// SPDX-License-Identifier: Apache-2.0
// How long the pages take that people open all day, beside the bare SQL of the same rows: the queue, and one case, which leaves a row in the log of reads.

import { changeMember } from '../app/owners.ts';
import { pageLength } from '../app/read-queue.ts';
import { openSession } from '../app/sign-in/sessions.ts';
import type { World } from '../app/world.ts';
import type { CaseId, PersonId, ProjectId } from '../core/model/identifiers.ts';
import type { Timed } from './timing.ts';
import { inTurn } from './timing.ts';

/** The anchor: the same rows without an access rule, a person, or a page. */
export interface Anchor {
  queue(project: string, limit: number): Promise<void>;
  caseAndRow(project: string, id: string): Promise<void>;
}

export interface Reading {
  readonly cases: number;
  readonly queue: Compared;
  readonly case: Compared;
}

interface Compared {
  readonly page: Timed;
  readonly sql: Timed;
  /** Of the 99th percentiles. */
  readonly ratio: number;
}

/** Different cases that are opened: fewer than the hour lets one person open (bulk-reads.ts). */
const opened = 32;

/** `base`: where the pages are served, with `cookie` before the token of a session. */
export async function readingTimes(
  { world, base, cookie, anchor }: { readonly world: World; readonly base: string; readonly cookie: string; readonly anchor: Anchor },
  { project, ids, rounds }: { readonly project: ProjectId; readonly ids: readonly CaseId[]; readonly rounds: number },
): Promise<Reading> {
  const person = 'mei' as PersonId;
  await changeMember(world, project, { person, name: 'mei', address: 'mei@members.example', roles: ['maintainer'] as never });
  const { token } = await openSession(world, project, person, 'demo_link');
  const page = async (path: string) => {
    const answer = await fetch(`${base}/${project}${path}`, { headers: { Cookie: `${cookie}=${token}` } });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  };
  const stride = Math.max(1, Math.floor(ids.length / opened));
  const some = (round: number) => ids[((round % opened) * stride) % ids.length] ?? '';
  const times = await inTurn(rounds, {
    queueSql: () => anchor.queue(project, pageLength + 1),
    queuePage: () => page('/queue'),
    caseSql: (round) => anchor.caseAndRow(project, some(round)),
    casePage: (round) => page(`/cases/${some(round)}`),
  });
  return {
    cases: ids.length,
    queue: compared(times.queuePage, times.queueSql),
    case: compared(times.casePage, times.caseSql),
  };
}

function compared(page: Timed, sql: Timed): Compared {
  return { page, sql, ratio: Math.round((page.p99 / sql.p99) * 100) / 100 };
}
