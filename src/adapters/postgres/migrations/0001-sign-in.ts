// SPDX-License-Identifier: Apache-2.0
// Signing in: sessions, passkeys, identities of other services, tokens, one-time secrets. The process alone reaches these tables; whoever asks is known after them.

import type { RoleNames } from '../roles.ts';
import { chain } from './0001-audit.ts';

/** Secrets stand here as SHA-256, hexadecimal; the secrets themselves are nowhere (L-24). Every other key is random or belongs to one project. */
export const signInTables = `
create table session (
  token_hash text primary key,
  project text not null,
  person text not null,
  proof text not null,
  -- Which passkey, or whose word: an id, never a secret.
  detail text,
  opened timestamptz(3) not null,
  seen timestamptz(3) not null,
  -- When its holder last proved who they are.
  proven timestamptz(3) not null,
  expires timestamptz(3) not null,
  foreign key (project, person) references member
);
create index session_person on session (project, person);

create table passkey (
  project text not null,
  person text not null,
  credential text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  name text not null,
  added timestamptz(3) not null,
  used timestamptz(3),
  primary key (project, credential),
  foreign key (project, person) references member
);
create index passkey_person on passkey (project, person);

-- Who somebody is at another service: its address and its name for them, never a mail address (L-26).
create table identity (
  project text not null,
  issuer text not null,
  subject text not null,
  person text not null,
  bound timestamptz(3) not null,
  primary key (project, issuer, subject),
  foreign key (project, person) references member
);
create index identity_person on identity (project, person);

create table api_token (
  token_hash text primary key,
  project text not null,
  person text not null,
  name text not null,
  scopes text[] not null,
  made timestamptz(3) not null,
  used timestamptz(3),
  expires timestamptz(3) not null,
  foreign key (project, person) references member
);
create index api_token_person on api_token (project, person);

-- Challenges, links and everything else that is good for one use.
create table one_time (
  token_hash text primary key,
  project text not null references project,
  purpose text not null,
  person text,
  data json not null,
  expires timestamptz(3) not null
);
create index one_time_purpose on one_time (project, purpose, person);

-- How often something was tried in the present stretch of time.
create table attempt (
  project text not null references project,
  key_hash text not null,
  began timestamptz(3) not null,
  count integer not null,
  primary key (project, key_hash)
);

-- What happened at the door; put into the chain of sign_in_batch once a second. Nobody who runs changes or deletes a row.
create table sign_in_log (
  project text not null references project,
  id bigint generated always as identity,
  at timestamptz(3) not null,
  person text,
  kind text not null,
  detail text,
  batch integer,
  primary key (project, id)
);
create index sign_in_log_batch on sign_in_log (project, batch);

${chain('sign_in_batch')}`;

const project = 'project = (select acting_project())';

export const signInAccess = (roles: RoleNames): string => `
create policy lookup on session for select to ${roles.owner} using (true);
create policy closed on session for delete to ${roles.owner} using (true);
create policy own on session for insert to ${roles.app} with check (${project} and person = (select acting_person()));
${['session', 'passkey', 'identity', 'api_token', 'one_time', 'attempt', 'sign_in_log', 'sign_in_batch']
  .map((table) => `create policy process on ${table} for all to ${roles.jobs} using (${project}) with check (${project});`)
  .join('\n')}

-- A link that was seen where it should not be ends at once; nobody but the process ends one.
create policy process_ended on case_link for delete to ${roles.jobs} using (${project});
create policy process_found on case_link for select to ${roles.jobs} using (${project});

grant insert on session to ${roles.app};
grant select, delete on case_link to ${roles.jobs};
grant select, insert, delete on session, passkey, identity, api_token, one_time, attempt to ${roles.jobs};
grant select, insert on sign_in_log, sign_in_batch to ${roles.jobs};
grant update (batch) on sign_in_log to ${roles.jobs};
grant update (seen) on session to ${roles.jobs};
grant update (counter, used, name) on passkey to ${roles.jobs};
grant update (used) on api_token to ${roles.jobs};
grant update (began, count) on attempt to ${roles.jobs};
`;
