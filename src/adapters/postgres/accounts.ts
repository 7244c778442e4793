// SPDX-License-Identifier: Apache-2.0
// Projects, members with their roles, sessions, reporters' links, and the answers kept for repeated requests.

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { CaseId, ParticipantId, ProjectId } from '../../core/model/identifiers.ts';
import type { Accounts, FoundSession, Member } from '../../ports/store/accounts.ts';
import { type MasterKeys, sealed, unsealed } from './seal.ts';
import type { Session } from './session.ts';
import { queries } from './tables.ts';

type Projects = Pick<Accounts, 'projects' | 'addProject'>;
type Members = Pick<Accounts, 'putMember' | 'members' | 'membersIn' | 'member' | 'maintainersFile' | 'keepMaintainersFile'>;
type Hours = Pick<Accounts, 'mailHours' | 'keepMailHours'>;
type Sessions = Pick<Accounts, 'openSession' | 'session' | 'closeSession'>;
type Links = Pick<Accounts, 'addCaseLink' | 'caseLink'>;
type Replies = Pick<Accounts, 'replyTo' | 'keepReply'>;

export function accountsOf(session: Session, keys: MasterKeys): Accounts {
  return {
    ...projectsOf(session),
    ...membersOf(session),
    ...hoursOf(session),
    ...sessionsOf(session),
    ...linksOf(session),
    ...repliesOf(session, keys),
  };
}

function projectsOf(session: Session): Projects {
  return {
    projects: () => session.rows(queries.selectFrom('project').select(['project', 'title']).orderBy('project')),
    async addProject({ project, title }) {
      const insert = queries.insertInto('project').values({ project, title });
      await session.change(insert.onConflict((conflict) => conflict.column('project').doUpdateSet({ title })));
    },
  };
}

function hoursOf(session: Session): Hours {
  const { project } = session.principal;
  return {
    async mailHours(person) {
      const row = await session.row(sql<{ zone: string; digest_at: number | null; quiet_from: string | null; quiet_to: string | null }>`
        select zone, digest_at, quiet_from, quiet_to from mail_hours where project = ${project} and person = ${person}`);
      if (row === undefined) return undefined;
      const { zone, digest_at: digestAt, quiet_from: from, quiet_to: to } = row;
      return { zone, digestAt, quiet: from === null || to === null ? null : { from, to } };
    },
    async keepMailHours(person, { zone, digestAt, quiet }) {
      await session.change(sql`
        insert into mail_hours (project, person, zone, digest_at, quiet_from, quiet_to)
        values (${project}, ${person}, ${zone}, ${digestAt}, ${quiet?.from ?? null}, ${quiet?.to ?? null})
        on conflict (project, person) do update set zone = excluded.zone, digest_at = excluded.digest_at,
          quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to`);
    },
  };
}

function membersOf(session: Session): Members {
  const { project } = session.principal;
  const found = (also: ReturnType<typeof sql>, limit: ReturnType<typeof sql>) =>
    session.rows(sql<Member>`
      select person, name, address, covers, organisation,
        array(select role from membership r where r.project = m.project and r.person = m.person and r.in_force order by role) as roles
      from member m where project = ${project} and standing = 'active' and ${also} order by name, person ${limit}`);
  return {
    async putMember({ person, name, address, roles, covers = [], organisation = null }) {
      const about = { name, address, covers, organisation };
      const insert = queries.insertInto('member').values({ project, person, ...about });
      await session.change(insert.onConflict((conflict) => conflict.columns(['project', 'person']).doUpdateSet(about)));
      await session.change(sql`delete from membership where project = ${project} and person = ${person} and role <> all (${roles})`);
      await session.change(sql`
        insert into membership (project, person, role) select ${project}, ${person}, role from unnest(${roles}::text[]) as role
        on conflict do nothing`);
    },
    members: (limit) => found(sql`true`, sql`limit ${limit}`),
    membersIn: (roles) =>
      found(
        sql`exists (select from membership r where r.project = m.project and r.person = m.person and r.role = any (${roles}) and r.in_force)`,
        sql``,
      ),
    member: async (person) => (await found(sql`person = ${person}`, sql``))[0],
    maintainersFile: async () =>
      (await session.row(queries.selectFrom('maintainers_file').select('text').where('project', '=', project)))?.text,
    async keepMaintainersFile(text) {
      const insert = queries.insertInto('maintainers_file').values({ project, text });
      await session.change(insert.onConflict((conflict) => conflict.column('project').doUpdateSet({ text })));
    },
  };
}

function sessionsOf(session: Session): Sessions {
  const { project } = session.principal;
  return {
    async openSession({ tokenHash, opened, ...rest }) {
      const times = { opened, seen: opened, proven: opened };
      await session.change(queries.insertInto('session').values({ token_hash: tokenHash, project, ...rest, ...times }));
    },
    async session(tokenHash, now) {
      const row = await session.row(sql<FoundSession['member'] & Omit<FoundSession, 'member'>>`
        select project, person, name, address, roles, proof, detail, seen, proven from find_session(${tokenHash}, ${now})`);
      if (row === undefined) return undefined;
      const { project: where, proof, detail, seen, proven, ...member } = row;
      return { project: where, member, proof, detail, seen, proven };
    },
    async closeSession(tokenHash) {
      await session.rows(sql`select close_session(${tokenHash})`);
    },
  };
}

function linksOf(session: Session): Links {
  const { project } = session.principal;
  return {
    async addCaseLink({ tokenHash, case: id, participant, expires, openedBy = null }) {
      const link = { token_hash: tokenHash, project, case_id: id, participant, expires, opened_by: openedBy };
      const insert = queries.insertInto('case_link').values(link);
      await session.change(insert.onConflict((conflict) => conflict.doNothing()));
    },
    caseLink: (tokenHash, now) =>
      session.row(sql<{ project: ProjectId; case: CaseId; participant: ParticipantId }>`
        select project, case_id as case, participant from find_case_link(${tokenHash}, ${now})`),
  };
}

/** Kept sealed: an answer may say what was asked. */
function repliesOf(session: Session, keys: MasterKeys): Replies {
  const { project } = session.principal;
  const digest = (key: string) => createHash('sha256').update(key).digest('hex');
  const place = (key: string) => ['reply', project, digest(key)];
  return {
    async replyTo(key) {
      await session.rows(
        sql`select pg_advisory_xact_lock(hashtextextended(${project} || ' ' || acting_mark() || ' ' || ${digest(key)}, 0))`,
      );
      const row = await session.row(
        queries.selectFrom('reply_kept').select('sealed').where('project', '=', project).where('key_hash', '=', digest(key)),
      );
      return row === undefined ? undefined : Buffer.from(unsealed(keys.general, row.sealed, place(key))).toString();
    },
    async keepReply(key, reply) {
      const bytes = sealed(keys.general, Buffer.from(reply), place(key));
      await session.change(sql`
        insert into reply_kept (project, principal, key_hash, sealed) values (${project}, acting_mark(), ${digest(key)}, ${bytes})`);
    },
  };
}
