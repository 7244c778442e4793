// SPDX-License-Identifier: Apache-2.0
// The log of reads and its chain: every role that reads may add its own, and nobody who runs changes or deletes one.

import type { RoleNames } from '../roles.ts';
import { everything, ofCase } from './0001-access.ts';

/** The batches of a log, each bound to the one before. */
export const chain = (table: string): string => `
create table ${table} (
  project text not null references project,
  batch integer not null,
  at timestamptz(3) not null default now(),
  entries integer not null,
  digest bytea not null,
  hash bytea not null,
  primary key (project, batch)
);
`;

export const auditTables = `
-- Who read what of a confidential case; put into the chain of read_batch once a second. A page of a list is one row without a case.
create table read_log (
  project text not null references project,
  id bigint generated always as identity,
  case_id text,
  at timestamptz(3) not null default now(),
  principal text not null,
  what text not null,
  -- Other confidential cases whose titles stood on the same page.
  shown text[] not null default '{}',
  -- The report waited for a moderator.
  held boolean not null default false,
  batch integer,
  primary key (project, id),
  foreign key (project, case_id) references cases
);
create index read_log_case on read_log (project, case_id, at);
create index read_log_batch on read_log (project, batch);
create index read_log_reader on read_log (project, principal, at);
create index read_log_shown on read_log using gin (shown) where cardinality(shown) > 0;

-- Titles of confidential cases that lists have shown to somebody, each when it was shown first within the hour: so that an hour's titles can be counted.
create table title_shown (
  project text not null,
  principal text not null,
  case_id text not null,
  at timestamptz(3) not null default now(),
  primary key (project, principal, case_id),
  foreign key (project, case_id) references cases
);

${chain('read_batch')}`;

const project = 'project = (select acting_project())';

export const auditAccess = (roles: RoleNames): string => `
create policy team on read_log for select to ${roles.app} using (${project} and ${ofCase('read_log', everything)});
create policy process on read_log for select to ${roles.jobs} using (${project});
-- Their own of late, so that a person's reads can be counted before the next one.
create policy own_of_late on read_log for select to ${roles.app} using (${project} and (select acting_person()) is not null
  and principal = (select acting_mark()) and at > now() - interval '1 hour');
create policy own on read_log for insert to ${roles.app}, ${roles.jobs}
  with check (${project} and principal = (select acting_mark()) and batch is null and (case_id is null or ${ofCase('read_log', 'true')}));
create policy process_sealed on read_log for update to ${roles.jobs} using (${project} and batch is null) with check (${project});

create policy own on title_shown for all to ${roles.app} using (${project} and principal = (select acting_mark()))
  with check (${project} and principal = (select acting_mark()) and ${ofCase('title_shown', 'true')});

create policy process on read_batch for select to ${roles.jobs} using (${project});
create policy process_sealed on read_batch for insert to ${roles.jobs} with check (${project});
`;
