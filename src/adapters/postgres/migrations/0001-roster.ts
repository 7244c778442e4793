// SPDX-License-Identifier: Apache-2.0
// The tables of people: the log of the roster with its chain, and what is said with it, sealed. Who is a member stands in `member` and `membership`.

import type { RoleNames } from '../roles.ts';

export const rosterTables = `
-- Where the log of the project's people ends; locked while one is added to it.
create table roster_head (
  project text primary key references project,
  events integer not null,
  head bytea not null check (length(head) = 32)
);

create table person_event (
  project text not null,
  person text not null,
  seq integer not null,
  -- Place in the project's chain.
  place integer not null,
  envelope json not null,
  hash bytea not null check (length(hash) = 32),
  note_salt bytea,
  sealed_note bytea,
  primary key (project, person, seq),
  unique (project, place),
  foreign key (project, person) references member
);
`;

const project = 'project = (select acting_project())';

export const rosterAccess = (roles: RoleNames): string => `
create policy process on roster_head for all to ${roles.jobs} using (${project}) with check (${project});

-- What was decided about people, and why, is for themselves and for those who admit, audit or run the system.
create policy overseen on person_event for select to ${roles.app} using (${project} and (person = (select acting_person())
  or (select true from project p where p.project = person_event.project and p.roster_readers && (select acting_roles()))));
create policy process on person_event for select to ${roles.jobs} using (${project});
create policy process_added on person_event for insert to ${roles.jobs} with check (${project});
`;

export const rosterGrants = (roles: RoleNames): string => `
grant select on person_event to ${roles.app}, ${roles.jobs};
grant insert on person_event to ${roles.jobs};
grant select, insert on roster_head to ${roles.jobs};
grant update (events, head) on roster_head to ${roles.jobs};
grant update (roster_readers) on project to ${roles.jobs};
grant update (standing, nominated_by, roster, next_deadline) on member to ${roles.jobs};
grant update (in_force) on membership to ${roles.jobs};
`;
