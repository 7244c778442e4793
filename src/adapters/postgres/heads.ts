// SPDX-License-Identifier: Apache-2.0
// Where the chains of a project end. Kept somewhere else, such a line finds a chain whose tail was cut off, which no chain shows by itself.

import { sql } from 'kysely';
import type { Instant } from '../../core/model/time.ts';
import type { ChainName, Head } from '../../ports/store/audit.ts';
import type { Session } from './session.ts';

/** The hash of each chain at one place of it. Cases have a chain each: theirs is one digest over the last event of every case up to an instant. */
export async function headsOf(session: Session, until: Instant): Promise<readonly Head[]> {
  const { project } = session.principal;
  const ends = await session.rows(sql<{ chain: ChainName; place: number }>`
    select 'reads' as chain, max(batch) as place from read_batch where project = ${project}
    union all select 'sign-ins', max(batch) from sign_in_batch where project = ${project}
    union all select 'people', max(place) from person_event where project = ${project}
    union all select 'policy', max(seq) from policy_step where project = ${project}`);
  const heads: Head[] = [];
  for (const { chain, place } of ends) {
    const hash = place === null ? null : await hashAt(session, chain, String(place));
    if (hash !== null) heads.push({ chain, place: String(place), hash });
  }
  const cases = await hashAt(session, 'cases', until);
  return cases === null ? heads : [...heads, { chain: 'cases', place: until, hash: cases }];
}

/** Null where the chain does not reach this place. */
export async function hashAt(session: Session, chain: ChainName, place: string): Promise<string | null> {
  const { project } = session.principal;
  const one = (query: ReturnType<typeof sql<{ hash: string | null }>>) => session.row(query).then((row) => row?.hash ?? null);
  switch (chain) {
    case 'reads':
      return one(sql`select encode(hash, 'hex') as hash from read_batch where project = ${project} and batch = ${place}::integer`);
    case 'sign-ins':
      return one(sql`select encode(hash, 'hex') as hash from sign_in_batch where project = ${project} and batch = ${place}::integer`);
    case 'people':
      return one(sql`select encode(hash, 'hex') as hash from person_event where project = ${project} and place = ${place}::integer`);
    case 'policy':
      return one(sql`select encode(hash, 'hex') as hash from policy_step where project = ${project} and seq = ${place}::integer`);
    case 'cases':
      return one(sql`
        select encode(sha256(convert_to(string_agg(case_id || ' ' || seq || ' ' || encode(hash, 'hex'), E'\n' order by case_id), 'UTF8')), 'hex') as hash
        from (select distinct on (case_id) case_id, seq, hash from event where project = ${project} and at <= ${place}::timestamptz
          order by case_id desc, seq desc) ends`);
  }
}
