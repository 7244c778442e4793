// SPDX-License-Identifier: Apache-2.0
// The tables of the first release. Every key begins with the project, and every uniqueness holds within one case or on a random key,
// so that no refused row tells of another that is hidden (L-23). What is said stands in sealed columns only.

/** `timestamptz(3)` is our `Instant`; `json` keeps the very bytes that were hashed. */
export const tables = `
create table installation (
  id boolean primary key default true check (id),
  -- By which a database refuses another master key than its own.
  key_fingerprint bytea not null,
  -- Version of the job queue that is in place.
  worker text
);

create table project (
  project text primary key,
  title text not null,
  -- Roles that read why people were admitted or removed: who may admit, by the active policy, and who runs or audits the system.
  roster_readers text[] not null default '{}'
);

create table policy_version (
  project text not null references project,
  name text not null,
  version integer not null,
  policy json not null,
  text text not null,
  sha256 text not null,
  active boolean not null,
  active_since timestamptz(3) not null,
  -- When somebody last said that what security.txt tells is true.
  confirmed_at timestamptz(3) not null,
  -- Who proposed and who accepted it; null where the installation put it in.
  origin json,
  primary key (project, name, version)
);
create unique index policy_version_active on policy_version (project) where active;

-- How the policy changed, in a chain: proposals with their texts, and each person's word on them.
create table policy_step (
  project text not null references project,
  seq integer not null,
  envelope json not null,
  hash bytea not null check (length(hash) = 32),
  primary key (project, seq)
);

-- Mail of a project that belongs to no case.
create table project_mail (
  project text not null references project,
  key text not null,
  notice text not null,
  person text not null,
  state text not null check (state in ('waiting', 'sent', 'cancelled', 'failed')),
  due_at timestamptz(3) not null,
  attempts integer not null,
  outcome text,
  primary key (project, key)
);
create index project_mail_due on project_mail (project, due_at) where state = 'waiting';

create table member (
  project text not null references project,
  person text not null,
  name text not null,
  address text,
  covers text[] not null default '{}',
  organisation text,
  nominated_by text,
  standing text not null default 'active' check (standing in ('applicant', 'active', 'suspended', 'declined', 'removed')),
  -- What the log of the person folds to; null for somebody who was written down before there was one.
  roster json,
  next_deadline timestamptz(3),
  primary key (project, person)
);
create index member_due on member (project, next_deadline) where next_deadline is not null;

create table membership (
  project text not null,
  person text not null,
  role text not null,
  -- False while the terms are not accepted, nobody has confirmed the role in time, or the person is suspended: it is held and gives no right.
  in_force boolean not null default true,
  primary key (project, person, role),
  foreign key (project, person) references member
);

-- MAINTAINERS or CODEOWNERS, as the project publishes it.
create table maintainers_file (
  project text primary key references project,
  text text not null
);

create table cases (
  project text not null,
  case_id text not null,
  policy_name text not null,
  policy_version integer not null,
  -- Number of events, the state they fold to, and the hash of the last one.
  version integer not null,
  state json not null,
  head bytea not null,
  open boolean not null,
  owner text,
  -- Content that is the title, so that a list finds it by key.
  title_id text not null,
  -- What access depends on, written from core/policy/access.ts.
  public boolean not null,
  public_since timestamptz(3),
  opening text not null check (opening in ('nothing', 'issue', 'full_record')),
  readers text[] not null,
  cve_readers text[] not null,
  guests text[] not null,
  parties text[] not null,
  -- Pairs of a role and a person, and of a role and a content, with a blank between them.
  party_members text[] not null,
  party_notices text[] not null,
  -- Reporters whose proofs of concept are open with the record.
  proofs text[] not null,
  -- Version of the advisory that the public sees; 0 before the first.
  published_version integer not null,
  next_deadline timestamptz(3),
  -- Whether somebody sent a patch: such cases can stand first in a queue.
  patches boolean not null,
  opened_at timestamptz(3) not null,
  foreign key (project, policy_name, policy_version) references policy_version
);
create index cases_due on cases (project, next_deadline) where next_deadline is not null;
create index cases_queue on cases (project, open, next_deadline, opened_at);
create index cases_owner on cases (project, owner) where open;
create index cases_published on cases (project, public_since desc) where public;
-- Made last: among indexes that cost the same, as all do while a table is new, PostgreSQL takes the youngest, and keeps to it.
alter table cases add primary key (project, case_id);

-- Apart from the case: to destroy a key is to delete one row, and all contents of the case are gone for good.
create table case_key (
  project text not null,
  case_id text not null,
  wrapped bytea not null,
  primary key (project, case_id),
  foreign key (project, case_id) references cases
);

create table case_link (
  token_hash text primary key,
  project text not null,
  case_id text not null,
  participant text not null,
  expires timestamptz(3) not null,
  foreign key (project, case_id) references cases
);

create table reply_kept (
  project text not null,
  principal text not null,
  key_hash text not null,
  sealed bytea not null,
  primary key (project, principal, key_hash)
);

create table event (
  project text not null,
  case_id text not null,
  seq integer not null,
  at timestamptz(3) not null,
  kind text not null,
  v integer not null,
  envelope json not null,
  hash bytea not null check (length(hash) = 32),
  primary key (project, case_id, seq),
  foreign key (project, case_id) references cases
);

create table content (
  project text not null,
  case_id text not null,
  content_id text not null,
  kind text not null,
  audience text not null check (audience in ('shared', 'team', 'withheld', 'proof')),
  participant text,
  -- Struck out, replaced by a copy, or never to be opened: nobody outside reads it, whatever is opened.
  closed boolean not null default false,
  salt bytea not null,
  hash text not null,
  sealed bytea not null,
  primary key (project, case_id, content_id),
  foreign key (project, case_id) references cases
);

create table attachment (
  project text not null,
  case_id text not null,
  attachment_id text not null,
  purpose text not null,
  audience text not null check (audience in ('shared', 'team', 'withheld', 'proof')),
  participant text,
  closed boolean not null default false,
  salt bytea not null,
  hash text not null,
  bytes integer not null,
  chunks integer not null,
  sealed_name bytea not null,
  primary key (project, case_id, attachment_id),
  foreign key (project, case_id) references cases
);

create table attachment_chunk (
  project text not null,
  case_id text not null,
  attachment_id text not null,
  index integer not null,
  sealed bytea not null,
  primary key (project, case_id, attachment_id, index),
  foreign key (project, case_id, attachment_id) references attachment
);

create table running_number (
  project text not null references project,
  scheme text not null,
  year integer not null,
  next integer not null,
  primary key (project, scheme, year)
);

-- Each CVE number stands on one flaw of the project. Nobody reads this table: whose number it is, is asked of claim_numbers alone.
create table cve_number (
  project text not null,
  number text not null,
  case_id text not null,
  primary key (project, number),
  foreign key (project, case_id) references cases
);

create table outbox (
  project text not null,
  case_id text not null,
  -- Random, so that nobody can name a message that is not theirs.
  id text not null,
  key text not null,
  notice text not null,
  recipient json not null,
  seq integer not null,
  state text not null check (state in ('waiting', 'sent', 'withdrawn', 'cancelled', 'failed')),
  held_until timestamptz(3),
  due_at timestamptz(3) not null,
  sent_at timestamptz(3),
  attempts integer not null,
  outcome text,
  primary key (project, id),
  unique (project, case_id, key),
  foreign key (project, case_id, seq) references event
);
create index outbox_due on outbox (project, due_at) where state = 'waiting';

create table document (
  project text not null,
  case_id text not null,
  version integer not null,
  file text not null,
  number text not null,
  format text not null,
  media_type text not null,
  sealed_bytes bytea not null,
  sealed_title bytea not null,
  sha256 text not null,
  signature text,
  prepared_at timestamptz(3) not null,
  primary key (project, case_id, version, file),
  foreign key (project, case_id) references cases
);
create index document_number on document (project, number, file);
`;
