// SPDX-License-Identifier: Apache-2.0
// What is good for one use, how often something was tried, and the end of every secret that was seen where it should not be.

import { sql } from 'kysely';
import type { PersonId } from '../../core/model/identifiers.ts';
import type { OneTime, SignIn } from '../../ports/store/sign-in.ts';
import type { Session } from './session.ts';

type OneTimes = Pick<
  SignIn,
  'putOneTime' | 'lookOneTime' | 'takeOneTime' | 'oneTimes' | 'dropOneTimes' | 'sweepOneTimes' | 'attempt' | 'revoke'
>;

export function oneTimesOf(session: Session): OneTimes {
  const { project } = session.principal;
  return {
    async putOneTime(tokenHash, purpose, { person, data, expires }) {
      await session.change(sql`delete from one_time where project = ${project} and token_hash = ${tokenHash}`);
      await session.change(sql`
        insert into one_time (token_hash, project, purpose, person, data, expires)
        values (${tokenHash}, ${project}, ${purpose}, ${person}, ${JSON.stringify(data)}, ${expires})`);
    },
    lookOneTime: (tokenHash, purpose, now) =>
      session.row(sql<OneTime>`
        select person, data, expires from one_time
        where project = ${project} and token_hash = ${tokenHash} and purpose = ${purpose} and expires > ${now}`),
    async takeOneTime(tokenHash, purpose, now) {
      const [taken] = await session.rows(sql<OneTime>`
        delete from one_time where project = ${project} and token_hash = ${tokenHash} and purpose = ${purpose} and expires > ${now}
        returning person, data, expires`);
      return taken;
    },
    oneTimes: (purpose, now) =>
      session.rows(sql<OneTime>`
        select person, data, expires from one_time where project = ${project} and purpose = ${purpose} and expires > ${now} order by expires`),
    async dropOneTimes(person) {
      await session.change(sql`delete from one_time where project = ${project} and person = ${person}`);
    },
    async sweepOneTimes(now) {
      await session.change(sql`
        delete from one_time where token_hash in (select token_hash from one_time where project = ${project} and expires <= ${now} limit 100)`);
      await session.change(sql`
        delete from case_link where token_hash in (select token_hash from case_link where project = ${project} and expires <= ${now} limit 100)`);
    },
    async attempt(keyHash, now, seconds) {
      const [row] = await session.rows(sql<{ count: number }>`
        insert into attempt as a (project, key_hash, began, count) values (${project}, ${keyHash}, ${now}, 1)
        on conflict (project, key_hash) do update set
          count = case when a.began + make_interval(secs => ${seconds}) > excluded.began then a.count + 1 else 1 end,
          began = case when a.began + make_interval(secs => ${seconds}) > excluded.began then a.began else excluded.began end
        returning count`);
      return row?.count ?? 0;
    },
    revoke: (tokenHashes) => revoke(session, tokenHashes),
  };
}

function revoke(session: Session, hashes: readonly string[]): ReturnType<SignIn['revoke']> {
  const { project } = session.principal;
  return session.rows(sql<{ kind: string; person: PersonId | null }>`
    with sessions as (delete from session where project = ${project} and token_hash = any (${hashes}) returning person),
      tokens as (delete from api_token where project = ${project} and token_hash = any (${hashes}) returning person),
      links as (delete from case_link where project = ${project} and (token_hash = any (${hashes}) or opened_by = any (${hashes})) returning participant),
      secrets as (delete from one_time where project = ${project} and token_hash = any (${hashes}) returning person, purpose)
    select 'session' as kind, person from sessions
    union all select 'api-token', person from tokens
    union all select 'case-link', null from links
    union all select purpose, person from secrets`);
}
