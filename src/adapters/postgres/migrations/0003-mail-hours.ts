// SPDX-License-Identifier: Apache-2.0
// When a member wants mail: theirs alone to choose, read by the process that sends.

import type { RoleNames } from '../roles.ts';

const project = 'project = (select acting_project())';

export const mailHours = (roles: RoleNames): string => `
create table mail_hours (
  project text not null,
  person text not null,
  zone text not null,
  digest_at smallint check (digest_at between 0 and 23),
  quiet_from text,
  quiet_to text,
  primary key (project, person),
  foreign key (project, person) references member,
  check ((quiet_from is null) = (quiet_to is null))
);
alter table mail_hours enable row level security;
alter table mail_hours force row level security;
create policy process on mail_hours for all to ${roles.jobs} using (${project}) with check (${project});
grant select, insert on mail_hours to ${roles.jobs};
grant update (zone, digest_at, quiet_from, quiet_to) on mail_hours to ${roles.jobs};
`;
