-- Generated from the catalogs; a test compares. UPDATE_GOLDEN=1 writes it anew.

create role app login nosuperuser nobypassrls nocreatedb nocreaterole;

create role jobs login nosuperuser nobypassrls nocreatedb nocreaterole;

create role owner login nosuperuser nobypassrls nocreatedb nocreaterole;

create role publisher login nosuperuser nobypassrls nocreatedb nocreaterole;

create schema daylight authorization owner;
grant usage on schema daylight to app;
grant usage on schema daylight to jobs;
grant usage on schema daylight to publisher;

create schema daylight_jobs authorization jobs;
grant usage on schema daylight_jobs to app;

create table daylight.api_token (
  token_hash text not null,
  project text not null,
  person text not null,
  name text not null,
  scopes text[] not null,
  made timestamp(3) with time zone not null,
  used timestamp(3) with time zone,
  expires timestamp(3) with time zone not null,
  constraint api_token_pkey PRIMARY KEY (token_hash),
  constraint api_token_project_person_fkey FOREIGN KEY (project, person) REFERENCES daylight.member(project, person)
);
CREATE INDEX api_token_person ON daylight.api_token USING btree (project, person);
alter table daylight.api_token enable row level security;
alter table daylight.api_token force row level security;
create policy process on daylight.api_token for all to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant delete, insert, select on daylight.api_token to jobs;
grant update (used) on daylight.api_token to jobs;

create table daylight.attachment (
  project text not null,
  case_id text not null,
  attachment_id text not null,
  purpose text not null,
  audience text not null,
  participant text,
  closed boolean not null default false,
  salt bytea not null,
  hash text not null,
  bytes integer not null,
  chunks integer not null,
  sealed_name bytea not null,
  constraint attachment_pkey PRIMARY KEY (project, case_id, attachment_id),
  constraint attachment_audience_check CHECK ((audience = ANY (ARRAY['shared'::text, 'team'::text, 'withheld'::text, 'proof'::text]))),
  constraint attachment_project_case_id_fkey FOREIGN KEY (project, case_id) REFERENCES daylight.cases(project, case_id)
);
alter table daylight.attachment enable row level security;
alter table daylight.attachment force row level security;
create policy closed on daylight.attachment for update to app, jobs
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])))
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])));
create policy destroyed on daylight.attachment for delete to app, jobs
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])) AND closed);
create policy opened on daylight.attachment for select to publisher
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND ( SELECT ((NOT attachment.closed) AND (((c.opening <> 'nothing'::text) AND (attachment.audience = 'shared'::text)) OR ((c.opening = 'full_record'::text) AND (attachment.audience = 'team'::text)) OR ((c.opening <> 'nothing'::text) AND (attachment.audience = 'proof'::text) AND (attachment.participant = ANY (c.proofs)))))
   FROM daylight.cases c
  WHERE ((c.project = attachment.project) AND (c.case_id = attachment.case_id))));
create policy process on daylight.attachment for select to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project));
create policy readable on daylight.attachment for select to app
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND ( SELECT ((c.readers && ( SELECT daylight.acting_roles() AS acting_roles)) OR COALESCE((( SELECT daylight.acting_person() AS acting_person) = ANY (c.guests)), false) OR (c.few && ( SELECT daylight.acting_memberships() AS acting_memberships)) OR ((c.case_id = ( SELECT daylight.own_case() AS own_case)) AND ((attachment.participant = ( SELECT daylight.own_participant() AS own_participant)) OR ((attachment.audience = 'shared'::text) AND (attachment.participant IS NULL) AND (NOT attachment.closed)))) OR (c.public AND (NOT ((c.readers && ( SELECT daylight.acting_roles() AS acting_roles)) OR COALESCE((( SELECT daylight.acting_person() AS acting_person) = ANY (c.guests)), false) OR (c.few && ( SELECT daylight.acting_memberships() AS acting_memberships)))) AND (c.case_id IS DISTINCT FROM ( SELECT daylight.own_case() AS own_case)) AND ((NOT attachment.closed) AND (((c.opening <> 'nothing'::text) AND (attachment.audience = 'shared'::text)) OR ((c.opening = 'full_record'::text) AND (attachment.audience = 'team'::text)) OR ((c.opening <> 'nothing'::text) AND (attachment.audience = 'proof'::text) AND (attachment.participant = ANY (c.proofs)))))) OR ((NOT c.public) AND (c.party_members && ( SELECT daylight.acting_memberships() AS acting_memberships)) AND (attachment.purpose = 'patch'::text) AND (attachment.audience = 'shared'::text) AND (NOT attachment.closed)) OR ((NOT c.public) AND (c.cve_readers && ( SELECT daylight.acting_roles() AS acting_roles)) AND false))
   FROM daylight.cases c
  WHERE ((c.project = attachment.project) AND (c.case_id = attachment.case_id))));
create policy written on daylight.attachment for insert to app, jobs
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])));
grant delete, insert, select on daylight.attachment to app;
grant update (closed) on daylight.attachment to app;
grant delete, insert, select on daylight.attachment to jobs;
grant update (closed) on daylight.attachment to jobs;
grant select on daylight.attachment to publisher;

create table daylight.attachment_chunk (
  project text not null,
  case_id text not null,
  attachment_id text not null,
  index integer not null,
  sealed bytea not null,
  constraint attachment_chunk_pkey PRIMARY KEY (project, case_id, attachment_id, index),
  constraint attachment_chunk_project_case_id_attachment_id_fkey FOREIGN KEY (project, case_id, attachment_id) REFERENCES daylight.attachment(project, case_id, attachment_id)
);
alter table daylight.attachment_chunk enable row level security;
alter table daylight.attachment_chunk force row level security;
create policy as_its_attachment on daylight.attachment_chunk for select to app, jobs, publisher
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND ( SELECT true
   FROM daylight.attachment a
  WHERE ((a.project = attachment_chunk.project) AND (a.case_id = attachment_chunk.case_id) AND (a.attachment_id = attachment_chunk.attachment_id))));
create policy destroyed on daylight.attachment_chunk for delete to app, jobs
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])) AND ( SELECT a.closed
   FROM daylight.attachment a
  WHERE ((a.project = attachment_chunk.project) AND (a.case_id = attachment_chunk.case_id) AND (a.attachment_id = attachment_chunk.attachment_id))));
create policy written on daylight.attachment_chunk for insert to app, jobs
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])));
grant delete, insert, select on daylight.attachment_chunk to app;
grant delete, insert, select on daylight.attachment_chunk to jobs;
grant select on daylight.attachment_chunk to publisher;

create table daylight.attempt (
  project text not null,
  key_hash text not null,
  began timestamp(3) with time zone not null,
  count integer not null,
  constraint attempt_pkey PRIMARY KEY (project, key_hash),
  constraint attempt_project_fkey FOREIGN KEY (project) REFERENCES daylight.project(project)
);
alter table daylight.attempt enable row level security;
alter table daylight.attempt force row level security;
create policy process on daylight.attempt for all to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant delete, insert, select on daylight.attempt to jobs;
grant update (began, count) on daylight.attempt to jobs;

create table daylight.case_key (
  project text not null,
  case_id text not null,
  wrapped bytea not null,
  constraint case_key_pkey PRIMARY KEY (project, case_id),
  constraint case_key_project_case_id_fkey FOREIGN KEY (project, case_id) REFERENCES daylight.cases(project, case_id)
);
alter table daylight.case_key enable row level security;
alter table daylight.case_key force row level security;
create policy process on daylight.case_key for select to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project));
create policy seen on daylight.case_key for select to app, publisher
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND ( SELECT true
   FROM daylight.cases c
  WHERE ((c.project = case_key.project) AND (c.case_id = case_key.case_id))));
create policy written on daylight.case_key for insert to app, jobs
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])));
grant insert, select on daylight.case_key to app;
grant insert, select on daylight.case_key to jobs;
grant select on daylight.case_key to publisher;

create table daylight.case_link (
  token_hash text not null,
  project text not null,
  case_id text not null,
  participant text not null,
  expires timestamp(3) with time zone not null,
  opened_by text,
  constraint case_link_pkey PRIMARY KEY (token_hash),
  constraint case_link_project_case_id_fkey FOREIGN KEY (project, case_id) REFERENCES daylight.cases(project, case_id)
);
CREATE INDEX case_link_opened_by ON daylight.case_link USING btree (project, opened_by) WHERE (opened_by IS NOT NULL);
alter table daylight.case_link enable row level security;
alter table daylight.case_link force row level security;
create policy lookup on daylight.case_link for select to owner
  using true;
create policy own on daylight.case_link for insert to app
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])) AND (participant = COALESCE(( SELECT daylight.own_participant() AS own_participant), participant)));
create policy process on daylight.case_link for insert to jobs
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
create policy process_ended on daylight.case_link for delete to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project));
create policy process_found on daylight.case_link for select to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project));
grant insert on daylight.case_link to app;
grant delete, insert, select on daylight.case_link to jobs;

create table daylight.cases (
  project text not null,
  case_id text not null,
  policy_name text not null,
  policy_version integer not null,
  version integer not null,
  state json not null,
  head bytea not null,
  open boolean not null,
  owner text,
  title_id text not null,
  public boolean not null,
  public_since timestamp(3) with time zone,
  opening text not null,
  readers text[] not null,
  cve_readers text[] not null,
  guests text[] not null,
  parties text[] not null,
  party_members text[] not null,
  party_notices text[] not null,
  proofs text[] not null,
  published_version integer not null,
  next_deadline timestamp(3) with time zone,
  patches boolean not null,
  opened_at timestamp(3) with time zone not null,
  few text[] not null,
  constraint cases_pkey PRIMARY KEY (project, case_id),
  constraint cases_opening_check CHECK ((opening = ANY (ARRAY['nothing'::text, 'issue'::text, 'full_record'::text]))),
  constraint cases_project_policy_name_policy_version_fkey FOREIGN KEY (project, policy_name, policy_version) REFERENCES daylight.policy_version(project, name, version)
);
CREATE INDEX cases_due ON daylight.cases USING btree (project, next_deadline) WHERE (next_deadline IS NOT NULL);
CREATE INDEX cases_owner ON daylight.cases USING btree (project, owner) WHERE open;
CREATE INDEX cases_published ON daylight.cases USING btree (project, public_since DESC) WHERE public;
CREATE INDEX cases_queue ON daylight.cases USING btree (project, open, next_deadline, opened_at);
alter table daylight.cases enable row level security;
alter table daylight.cases force row level security;
create policy locked on daylight.cases for update to app
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (public OR (case_id = ( SELECT daylight.own_case() AS own_case)) OR ((((readers || cve_readers) || parties) || few) && ( SELECT daylight.acting_capacities() AS acting_capacities)) OR (( SELECT daylight.acting_person() AS acting_person) = ANY (guests)) OR (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[]))))
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])));
create policy opened on daylight.cases for select to publisher
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND public);
create policy opening on daylight.cases for insert to app, jobs
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])));
create policy process on daylight.cases for select to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project));
create policy process_locked on daylight.cases for update to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])));
create policy seen on daylight.cases for select to app
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (public OR (case_id = ( SELECT daylight.own_case() AS own_case)) OR ((((readers || cve_readers) || parties) || few) && ( SELECT daylight.acting_capacities() AS acting_capacities)) OR (( SELECT daylight.acting_person() AS acting_person) = ANY (guests)) OR (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[]))));
grant insert, select on daylight.cases to app;
grant update (policy_name, policy_version, version, state, head, open, owner, title_id, public, public_since, opening, readers, cve_readers, guests, parties, party_members, party_notices, proofs, published_version, next_deadline, patches, few) on daylight.cases to app;
grant insert, select on daylight.cases to jobs;
grant update (policy_name, policy_version, version, state, head, open, owner, title_id, public, public_since, opening, readers, cve_readers, guests, parties, party_members, party_notices, proofs, published_version, next_deadline, patches, few) on daylight.cases to jobs;
grant select (project, case_id, policy_name, policy_version, version, state, head, title_id, public, public_since, opening, proofs, published_version, opened_at) on daylight.cases to publisher;

create table daylight.content (
  project text not null,
  case_id text not null,
  content_id text not null,
  kind text not null,
  audience text not null,
  participant text,
  closed boolean not null default false,
  salt bytea not null,
  hash text not null,
  sealed bytea not null,
  constraint content_pkey PRIMARY KEY (project, case_id, content_id),
  constraint content_audience_check CHECK ((audience = ANY (ARRAY['shared'::text, 'team'::text, 'withheld'::text, 'proof'::text]))),
  constraint content_project_case_id_fkey FOREIGN KEY (project, case_id) REFERENCES daylight.cases(project, case_id)
);
alter table daylight.content enable row level security;
alter table daylight.content force row level security;
create policy closed on daylight.content for update to app, jobs
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])))
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])));
create policy destroyed on daylight.content for delete to app, jobs
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])) AND closed);
create policy opened on daylight.content for select to publisher
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND ( SELECT ((NOT content.closed) AND (((c.opening <> 'nothing'::text) AND (content.audience = 'shared'::text)) OR ((c.opening = 'full_record'::text) AND (content.audience = 'team'::text)) OR ((c.opening <> 'nothing'::text) AND (content.audience = 'proof'::text) AND (content.participant = ANY (c.proofs)))))
   FROM daylight.cases c
  WHERE ((c.project = content.project) AND (c.case_id = content.case_id))));
create policy process on daylight.content for select to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project));
create policy readable on daylight.content for select to app
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND ( SELECT ((c.readers && ( SELECT daylight.acting_roles() AS acting_roles)) OR COALESCE((( SELECT daylight.acting_person() AS acting_person) = ANY (c.guests)), false) OR (c.few && ( SELECT daylight.acting_memberships() AS acting_memberships)) OR ((c.case_id = ( SELECT daylight.own_case() AS own_case)) AND ((content.participant = ( SELECT daylight.own_participant() AS own_participant)) OR ((content.audience = 'shared'::text) AND (content.participant IS NULL) AND (NOT content.closed)))) OR (c.public AND (NOT ((c.readers && ( SELECT daylight.acting_roles() AS acting_roles)) OR COALESCE((( SELECT daylight.acting_person() AS acting_person) = ANY (c.guests)), false) OR (c.few && ( SELECT daylight.acting_memberships() AS acting_memberships)))) AND (c.case_id IS DISTINCT FROM ( SELECT daylight.own_case() AS own_case)) AND ((NOT content.closed) AND (((c.opening <> 'nothing'::text) AND (content.audience = 'shared'::text)) OR ((c.opening = 'full_record'::text) AND (content.audience = 'team'::text)) OR ((c.opening <> 'nothing'::text) AND (content.audience = 'proof'::text) AND (content.participant = ANY (c.proofs)))))) OR ((NOT c.public) AND (c.party_members && ( SELECT daylight.acting_memberships() AS acting_memberships)) AND (((content.kind = ANY (ARRAY['title'::text, 'impact'::text])) AND (NOT content.closed)) OR ((content.kind = ANY (ARRAY['party_notice'::text, 'party_message'::text])) AND (NOT content.closed) AND (EXISTS ( SELECT
           FROM unnest(( SELECT daylight.acting_memberships() AS acting_memberships)) own(own)
          WHERE ((own.own = ANY (c.party_members)) AND (((split_part(own.own, ' '::text, 1) || ' '::text) || content.content_id) = ANY (c.party_notices)))))))) OR ((NOT c.public) AND (c.cve_readers && ( SELECT daylight.acting_roles() AS acting_roles)) AND (content.kind = ANY (ARRAY['title'::text, 'impact'::text])) AND (NOT content.closed)))
   FROM daylight.cases c
  WHERE ((c.project = content.project) AND (c.case_id = content.case_id))));
create policy written on daylight.content for insert to app, jobs
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])));
grant delete, insert, select on daylight.content to app;
grant update (closed) on daylight.content to app;
grant delete, insert, select on daylight.content to jobs;
grant update (closed) on daylight.content to jobs;
grant select on daylight.content to publisher;

create table daylight.cve_number (
  project text not null,
  number text not null,
  case_id text not null,
  constraint cve_number_pkey PRIMARY KEY (project, number),
  constraint cve_number_project_case_id_fkey FOREIGN KEY (project, case_id) REFERENCES daylight.cases(project, case_id)
);
alter table daylight.cve_number enable row level security;
alter table daylight.cve_number force row level security;
create policy claimed on daylight.cve_number for all to owner
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));

create table daylight.document (
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
  prepared_at timestamp(3) with time zone not null,
  constraint document_pkey PRIMARY KEY (project, case_id, version, file),
  constraint document_project_case_id_fkey FOREIGN KEY (project, case_id) REFERENCES daylight.cases(project, case_id)
);
CREATE INDEX document_number ON daylight.document USING btree (project, number, file);
alter table daylight.document enable row level security;
alter table daylight.document force row level security;
create policy process on daylight.document for select to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project));
create policy process_kept on daylight.document for insert to jobs
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
create policy process_replaced on daylight.document for delete to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project));
create policy published on daylight.document for select to publisher
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND ( SELECT (c.public AND (document.version <= c.published_version))
   FROM daylight.cases c
  WHERE ((c.project = document.project) AND (c.case_id = document.case_id))));
create policy readable on daylight.document for select to app
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND ( SELECT ((c.readers && ( SELECT daylight.acting_roles() AS acting_roles)) OR COALESCE((( SELECT daylight.acting_person() AS acting_person) = ANY (c.guests)), false) OR (c.few && ( SELECT daylight.acting_memberships() AS acting_memberships)) OR (c.public AND (document.version <= c.published_version)))
   FROM daylight.cases c
  WHERE ((c.project = document.project) AND (c.case_id = document.case_id))));
grant select on daylight.document to app;
grant delete, insert, select on daylight.document to jobs;
grant select on daylight.document to publisher;

create table daylight.event (
  project text not null,
  case_id text not null,
  seq integer not null,
  at timestamp(3) with time zone not null,
  kind text not null,
  v integer not null,
  envelope json not null,
  hash bytea not null,
  constraint event_pkey PRIMARY KEY (project, case_id, seq),
  constraint event_hash_check CHECK ((length(hash) = 32)),
  constraint event_project_case_id_fkey FOREIGN KEY (project, case_id) REFERENCES daylight.cases(project, case_id)
);
alter table daylight.event enable row level security;
alter table daylight.event force row level security;
create policy opened on daylight.event for select to publisher
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND ( SELECT (c.opening <> 'nothing'::text)
   FROM daylight.cases c
  WHERE ((c.project = event.project) AND (c.case_id = event.case_id))));
create policy process on daylight.event for select to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project));
create policy readable on daylight.event for select to app
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND ( SELECT ((c.readers && ( SELECT daylight.acting_roles() AS acting_roles)) OR COALESCE((( SELECT daylight.acting_person() AS acting_person) = ANY (c.guests)), false) OR (c.few && ( SELECT daylight.acting_memberships() AS acting_memberships)) OR ((NOT c.public) AND (c.party_members && ( SELECT daylight.acting_memberships() AS acting_memberships)) AND (event.kind = ANY (ARRAY['embargo-activated'::text, 'embargo-moved'::text, 'embargo-exited'::text, 'cve-assigned'::text, 'fix-completed'::text, 'disclosure-begun'::text, 'case-opened'::text, 'case-disclosed'::text]))) OR (c.case_id = ( SELECT daylight.own_case() AS own_case)) OR (c.public AND (NOT ((c.readers && ( SELECT daylight.acting_roles() AS acting_roles)) OR COALESCE((( SELECT daylight.acting_person() AS acting_person) = ANY (c.guests)), false) OR (c.few && ( SELECT daylight.acting_memberships() AS acting_memberships)))) AND (c.case_id IS DISTINCT FROM ( SELECT daylight.own_case() AS own_case)) AND (c.opening <> 'nothing'::text)) OR ((NOT c.public) AND (c.cve_readers && ( SELECT daylight.acting_roles() AS acting_roles)) AND (NOT ((NOT c.public) AND (c.party_members && ( SELECT daylight.acting_memberships() AS acting_memberships)))) AND (event.kind = ANY (ARRAY['report-submitted'::text, 'title-given'::text, 'flaw-confirmed'::text, 'flaw-added'::text, 'flaw-dropped'::text, 'cve-required'::text, 'cve-waived'::text, 'cve-requested'::text, 'cve-refused'::text, 'cve-assigned'::text, 'cve-record-published'::text, 'cve-rejected'::text, 'cve-disputed'::text, 'impact-described'::text, 'embargo-activated'::text, 'embargo-moved'::text, 'embargo-exited'::text, 'fixing-started'::text, 'fix-completed'::text, 'fix-reopened'::text, 'disclosure-begun'::text, 'case-opened'::text, 'case-disclosed'::text, 'case-closed'::text, 'case-reopened'::text]))))
   FROM daylight.cases c
  WHERE ((c.project = event.project) AND (c.case_id = event.case_id))));
create policy written on daylight.event for insert to app, jobs
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])));
grant insert, select on daylight.event to app;
grant insert, select on daylight.event to jobs;
grant select on daylight.event to publisher;

create table daylight.identity (
  project text not null,
  issuer text not null,
  subject text not null,
  person text not null,
  bound timestamp(3) with time zone not null,
  constraint identity_pkey PRIMARY KEY (project, issuer, subject),
  constraint identity_project_person_fkey FOREIGN KEY (project, person) REFERENCES daylight.member(project, person)
);
CREATE INDEX identity_person ON daylight.identity USING btree (project, person);
alter table daylight.identity enable row level security;
alter table daylight.identity force row level security;
create policy process on daylight.identity for all to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant delete, insert, select on daylight.identity to jobs;

create table daylight.installation (
  id boolean not null default true,
  key_fingerprint bytea not null,
  worker text,
  constraint installation_pkey PRIMARY KEY (id),
  constraint installation_id_check CHECK (id)
);
alter table daylight.installation enable row level security;
alter table daylight.installation force row level security;
create policy owner on daylight.installation for all to owner
  using true
  with check true;

create table daylight.mail_hours (
  project text not null,
  person text not null,
  zone text not null,
  digest_at smallint,
  quiet_from text,
  quiet_to text,
  constraint mail_hours_pkey PRIMARY KEY (project, person),
  constraint mail_hours_check CHECK (((quiet_from IS NULL) = (quiet_to IS NULL))),
  constraint mail_hours_digest_at_check CHECK (((digest_at >= 0) AND (digest_at <= 23))),
  constraint mail_hours_project_person_fkey FOREIGN KEY (project, person) REFERENCES daylight.member(project, person)
);
alter table daylight.mail_hours enable row level security;
alter table daylight.mail_hours force row level security;
create policy process on daylight.mail_hours for all to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant insert, select on daylight.mail_hours to jobs;
grant update (zone, digest_at, quiet_from, quiet_to) on daylight.mail_hours to jobs;

create table daylight.maintainers_file (
  project text not null,
  text text not null,
  constraint maintainers_file_pkey PRIMARY KEY (project),
  constraint maintainers_file_project_fkey FOREIGN KEY (project) REFERENCES daylight.project(project)
);
alter table daylight.maintainers_file enable row level security;
alter table daylight.maintainers_file force row level security;
create policy members on daylight.maintainers_file for select to app
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (( SELECT daylight.acting_person() AS acting_person) IS NOT NULL));
create policy process on daylight.maintainers_file for all to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant select on daylight.maintainers_file to app;
grant insert, select on daylight.maintainers_file to jobs;
grant update (text) on daylight.maintainers_file to jobs;

create table daylight.member (
  project text not null,
  person text not null,
  name text not null,
  address text,
  covers text[] not null default '{}'::text[],
  organisation text,
  nominated_by text,
  standing text not null default 'active'::text,
  roster json,
  next_deadline timestamp(3) with time zone,
  constraint member_pkey PRIMARY KEY (project, person),
  constraint member_project_fkey FOREIGN KEY (project) REFERENCES daylight.project(project),
  constraint member_standing_check CHECK ((standing = ANY (ARRAY['applicant'::text, 'active'::text, 'suspended'::text, 'declined'::text, 'removed'::text])))
);
CREATE INDEX member_due ON daylight.member USING btree (project, next_deadline) WHERE (next_deadline IS NOT NULL);
alter table daylight.member enable row level security;
alter table daylight.member force row level security;
create policy lookup on daylight.member for select to owner
  using true;
create policy members on daylight.member for select to app
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (( SELECT daylight.acting_person() AS acting_person) IS NOT NULL));
create policy process on daylight.member for all to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant select on daylight.member to app;
grant insert, select on daylight.member to jobs;
grant update (name, address, covers, organisation, nominated_by, standing, roster, next_deadline) on daylight.member to jobs;

create table daylight.membership (
  project text not null,
  person text not null,
  role text not null,
  in_force boolean not null default true,
  constraint membership_pkey PRIMARY KEY (project, person, role),
  constraint membership_project_person_fkey FOREIGN KEY (project, person) REFERENCES daylight.member(project, person)
);
alter table daylight.membership enable row level security;
alter table daylight.membership force row level security;
create policy lookup on daylight.membership for select to owner
  using true;
create policy members on daylight.membership for select to app
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (( SELECT daylight.acting_person() AS acting_person) IS NOT NULL));
create policy process on daylight.membership for all to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant select on daylight.membership to app;
grant delete, insert, select on daylight.membership to jobs;
grant update (in_force) on daylight.membership to jobs;

create table daylight.migration (
  name character varying(255) not null,
  "timestamp" character varying(255) not null,
  constraint migration_pkey PRIMARY KEY (name)
);
alter table daylight.migration enable row level security;
alter table daylight.migration force row level security;
create policy owner on daylight.migration for all to owner
  using true
  with check true;

create table daylight.migration_lock (
  id character varying(255) not null,
  is_locked integer not null default 0,
  constraint migration_lock_pkey PRIMARY KEY (id)
);
alter table daylight.migration_lock enable row level security;
alter table daylight.migration_lock force row level security;
create policy owner on daylight.migration_lock for all to owner
  using true
  with check true;

create table daylight.one_time (
  token_hash text not null,
  project text not null,
  purpose text not null,
  person text,
  data json not null,
  expires timestamp(3) with time zone not null,
  constraint one_time_pkey PRIMARY KEY (token_hash),
  constraint one_time_project_fkey FOREIGN KEY (project) REFERENCES daylight.project(project)
);
CREATE INDEX one_time_purpose ON daylight.one_time USING btree (project, purpose, person);
alter table daylight.one_time enable row level security;
alter table daylight.one_time force row level security;
create policy process on daylight.one_time for all to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant delete, insert, select on daylight.one_time to jobs;

create table daylight.outbox (
  project text not null,
  case_id text not null,
  id text not null,
  key text not null,
  notice text not null,
  recipient json not null,
  seq integer not null,
  state text not null,
  held_until timestamp(3) with time zone,
  due_at timestamp(3) with time zone not null,
  sent_at timestamp(3) with time zone,
  attempts integer not null,
  outcome text,
  constraint outbox_pkey PRIMARY KEY (project, id),
  constraint outbox_project_case_id_key_key UNIQUE (project, case_id, key),
  constraint outbox_project_case_id_seq_fkey FOREIGN KEY (project, case_id, seq) REFERENCES daylight.event(project, case_id, seq),
  constraint outbox_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'withdrawn'::text, 'cancelled'::text, 'failed'::text])))
);
CREATE INDEX outbox_due ON daylight.outbox USING btree (project, due_at) WHERE (state = 'waiting'::text);
alter table daylight.outbox enable row level security;
alter table daylight.outbox force row level security;
create policy ordered on daylight.outbox for insert to app
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (case_id = ANY (( SELECT daylight.acting_cases() AS acting_cases)::text[])));
create policy process on daylight.outbox for select to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project));
create policy process_ordered on daylight.outbox for insert to jobs
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
create policy process_sent on daylight.outbox for update to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
create policy team on daylight.outbox for select to app
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND ( SELECT ((c.readers && ( SELECT daylight.acting_roles() AS acting_roles)) OR COALESCE((( SELECT daylight.acting_person() AS acting_person) = ANY (c.guests)), false) OR (c.few && ( SELECT daylight.acting_memberships() AS acting_memberships)))
   FROM daylight.cases c
  WHERE ((c.project = outbox.project) AND (c.case_id = outbox.case_id))));
create policy withdrawn on daylight.outbox for update to app
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (state = 'waiting'::text) AND ( SELECT ((c.readers && ( SELECT daylight.acting_roles() AS acting_roles)) OR COALESCE((( SELECT daylight.acting_person() AS acting_person) = ANY (c.guests)), false) OR (c.few && ( SELECT daylight.acting_memberships() AS acting_memberships)))
   FROM daylight.cases c
  WHERE ((c.project = outbox.project) AND (c.case_id = outbox.case_id))))
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (state = 'withdrawn'::text));
grant insert, select on daylight.outbox to app;
grant update (state) on daylight.outbox to app;
grant insert, select on daylight.outbox to jobs;
grant update (state, due_at, sent_at, attempts, outcome) on daylight.outbox to jobs;

create table daylight.passkey (
  project text not null,
  person text not null,
  credential text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  name text not null,
  added timestamp(3) with time zone not null,
  used timestamp(3) with time zone,
  constraint passkey_pkey PRIMARY KEY (project, credential),
  constraint passkey_project_person_fkey FOREIGN KEY (project, person) REFERENCES daylight.member(project, person)
);
CREATE INDEX passkey_person ON daylight.passkey USING btree (project, person);
alter table daylight.passkey enable row level security;
alter table daylight.passkey force row level security;
create policy process on daylight.passkey for all to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant delete, insert, select on daylight.passkey to jobs;
grant update (counter, name, used) on daylight.passkey to jobs;

create table daylight.person_event (
  project text not null,
  person text not null,
  seq integer not null,
  place integer not null,
  envelope json not null,
  hash bytea not null,
  note_salt bytea,
  sealed_note bytea,
  constraint person_event_pkey PRIMARY KEY (project, person, seq),
  constraint person_event_hash_check CHECK ((length(hash) = 32)),
  constraint person_event_project_person_fkey FOREIGN KEY (project, person) REFERENCES daylight.member(project, person),
  constraint person_event_project_place_key UNIQUE (project, place)
);
alter table daylight.person_event enable row level security;
alter table daylight.person_event force row level security;
create policy overseen on daylight.person_event for select to app
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND ((person = ( SELECT daylight.acting_person() AS acting_person)) OR ( SELECT true
   FROM daylight.project p
  WHERE ((p.project = person_event.project) AND (p.roster_readers && ( SELECT daylight.acting_roles() AS acting_roles))))));
create policy process on daylight.person_event for select to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project));
create policy process_added on daylight.person_event for insert to jobs
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant select on daylight.person_event to app;
grant insert, select on daylight.person_event to jobs;

create table daylight.policy_step (
  project text not null,
  seq integer not null,
  envelope json not null,
  hash bytea not null,
  constraint policy_step_pkey PRIMARY KEY (project, seq),
  constraint policy_step_hash_check CHECK ((length(hash) = 32)),
  constraint policy_step_project_fkey FOREIGN KEY (project) REFERENCES daylight.project(project)
);
alter table daylight.policy_step enable row level security;
alter table daylight.policy_step force row level security;
create policy members on daylight.policy_step for select to app
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (( SELECT daylight.acting_person() AS acting_person) IS NOT NULL));
create policy process on daylight.policy_step for select to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project));
create policy process_kept on daylight.policy_step for insert to jobs
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant select on daylight.policy_step to app;
grant insert, select on daylight.policy_step to jobs;

create table daylight.policy_version (
  project text not null,
  name text not null,
  version integer not null,
  policy json not null,
  text text not null,
  sha256 text not null,
  active boolean not null,
  active_since timestamp(3) with time zone not null,
  confirmed_at timestamp(3) with time zone not null,
  origin json,
  constraint policy_version_pkey PRIMARY KEY (project, name, version),
  constraint policy_version_project_fkey FOREIGN KEY (project) REFERENCES daylight.project(project)
);
CREATE UNIQUE INDEX policy_version_active ON daylight.policy_version USING btree (project) WHERE active;
alter table daylight.policy_version enable row level security;
alter table daylight.policy_version force row level security;
create policy own on daylight.policy_version for select to app, jobs, publisher
  using (project = ( SELECT daylight.acting_project() AS acting_project));
create policy process_activated on daylight.policy_version for update to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
create policy process_kept on daylight.policy_version for insert to jobs
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant select on daylight.policy_version to app;
grant insert, select on daylight.policy_version to jobs;
grant update (active, active_since, confirmed_at, origin) on daylight.policy_version to jobs;
grant select on daylight.policy_version to publisher;

create table daylight.project (
  project text not null,
  title text not null,
  roster_readers text[] not null default '{}'::text[],
  constraint project_pkey PRIMARY KEY (project)
);
alter table daylight.project enable row level security;
alter table daylight.project force row level security;
create policy own on daylight.project for select to app, publisher
  using (project = ( SELECT daylight.acting_project() AS acting_project));
create policy process on daylight.project for select to jobs
  using true;
create policy process_added on daylight.project for insert to jobs
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
create policy process_named on daylight.project for update to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant select on daylight.project to app;
grant insert, select on daylight.project to jobs;
grant update (title, roster_readers) on daylight.project to jobs;
grant select on daylight.project to publisher;

create table daylight.project_mail (
  project text not null,
  key text not null,
  notice text not null,
  person text not null,
  state text not null,
  due_at timestamp(3) with time zone not null,
  attempts integer not null,
  outcome text,
  constraint project_mail_pkey PRIMARY KEY (project, key),
  constraint project_mail_project_fkey FOREIGN KEY (project) REFERENCES daylight.project(project),
  constraint project_mail_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'cancelled'::text, 'failed'::text])))
);
CREATE INDEX project_mail_due ON daylight.project_mail USING btree (project, due_at) WHERE (state = 'waiting'::text);
alter table daylight.project_mail enable row level security;
alter table daylight.project_mail force row level security;
create policy process on daylight.project_mail for all to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant insert, select on daylight.project_mail to jobs;
grant update (state, due_at, attempts, outcome) on daylight.project_mail to jobs;

create table daylight.read_batch (
  project text not null,
  batch integer not null,
  at timestamp(3) with time zone not null default now(),
  entries integer not null,
  digest bytea not null,
  hash bytea not null,
  constraint read_batch_pkey PRIMARY KEY (project, batch),
  constraint read_batch_project_fkey FOREIGN KEY (project) REFERENCES daylight.project(project)
);
alter table daylight.read_batch enable row level security;
alter table daylight.read_batch force row level security;
create policy process on daylight.read_batch for select to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project));
create policy process_sealed on daylight.read_batch for insert to jobs
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant insert, select on daylight.read_batch to jobs;

create table daylight.read_log (
  project text not null,
  id bigint not null generated always as identity,
  case_id text,
  at timestamp(3) with time zone not null default now(),
  principal text not null,
  what text not null,
  shown text[] not null default '{}'::text[],
  held boolean not null default false,
  batch integer,
  constraint read_log_pkey PRIMARY KEY (project, id),
  constraint read_log_project_case_id_fkey FOREIGN KEY (project, case_id) REFERENCES daylight.cases(project, case_id),
  constraint read_log_project_fkey FOREIGN KEY (project) REFERENCES daylight.project(project)
);
CREATE INDEX read_log_batch ON daylight.read_log USING btree (project, batch);
CREATE INDEX read_log_case ON daylight.read_log USING btree (project, case_id, at);
CREATE INDEX read_log_reader ON daylight.read_log USING btree (project, principal, at);
CREATE INDEX read_log_shown ON daylight.read_log USING gin (shown) WHERE (cardinality(shown) > 0);
alter table daylight.read_log enable row level security;
alter table daylight.read_log force row level security;
create policy inside on daylight.read_log for select to app
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND ( SELECT ((c.readers && ( SELECT daylight.acting_roles() AS acting_roles)) OR COALESCE((( SELECT daylight.acting_person() AS acting_person) = ANY (c.guests)), false) OR (c.few && ( SELECT daylight.acting_memberships() AS acting_memberships)))
   FROM daylight.cases c
  WHERE ((c.project = read_log.project) AND (c.case_id = read_log.case_id))));
create policy own on daylight.read_log for insert to app, jobs
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (principal = ( SELECT daylight.acting_mark() AS acting_mark)) AND (batch IS NULL) AND ((case_id IS NULL) OR ( SELECT true
   FROM daylight.cases c
  WHERE ((c.project = read_log.project) AND (c.case_id = read_log.case_id)))));
create policy own_of_late on daylight.read_log for select to app
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (( SELECT daylight.acting_person() AS acting_person) IS NOT NULL) AND (principal = ( SELECT daylight.acting_mark() AS acting_mark)) AND (at > (now() - '01:00:00'::interval)));
create policy process on daylight.read_log for select to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project));
create policy process_sealed on daylight.read_log for update to jobs
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (batch IS NULL))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant insert, select on daylight.read_log to app;
grant insert, select on daylight.read_log to jobs;
grant update (batch) on daylight.read_log to jobs;

create table daylight.reply_kept (
  project text not null,
  principal text not null,
  key_hash text not null,
  sealed bytea not null,
  constraint reply_kept_pkey PRIMARY KEY (project, principal, key_hash)
);
alter table daylight.reply_kept enable row level security;
alter table daylight.reply_kept force row level security;
create policy own on daylight.reply_kept for all to app, jobs
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (principal = ( SELECT daylight.acting_mark() AS acting_mark)))
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (principal = ( SELECT daylight.acting_mark() AS acting_mark)));
grant insert, select on daylight.reply_kept to app;
grant insert, select on daylight.reply_kept to jobs;

create table daylight.roster_head (
  project text not null,
  events integer not null,
  head bytea not null,
  constraint roster_head_pkey PRIMARY KEY (project),
  constraint roster_head_head_check CHECK ((length(head) = 32)),
  constraint roster_head_project_fkey FOREIGN KEY (project) REFERENCES daylight.project(project)
);
alter table daylight.roster_head enable row level security;
alter table daylight.roster_head force row level security;
create policy process on daylight.roster_head for all to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant insert, select on daylight.roster_head to jobs;
grant update (events, head) on daylight.roster_head to jobs;

create table daylight.running_number (
  project text not null,
  scheme text not null,
  year integer not null,
  next integer not null,
  constraint running_number_pkey PRIMARY KEY (project, scheme, year),
  constraint running_number_project_fkey FOREIGN KEY (project) REFERENCES daylight.project(project)
);
alter table daylight.running_number enable row level security;
alter table daylight.running_number force row level security;
create policy counted on daylight.running_number for all to app, jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant insert, select on daylight.running_number to app;
grant update (next) on daylight.running_number to app;
grant insert, select on daylight.running_number to jobs;
grant update (next) on daylight.running_number to jobs;

create table daylight.session (
  token_hash text not null,
  project text not null,
  person text not null,
  proof text not null,
  detail text,
  opened timestamp(3) with time zone not null,
  seen timestamp(3) with time zone not null,
  proven timestamp(3) with time zone not null,
  expires timestamp(3) with time zone not null,
  constraint session_pkey PRIMARY KEY (token_hash),
  constraint session_project_person_fkey FOREIGN KEY (project, person) REFERENCES daylight.member(project, person)
);
CREATE INDEX session_person ON daylight.session USING btree (project, person);
alter table daylight.session enable row level security;
alter table daylight.session force row level security;
create policy closed on daylight.session for delete to owner
  using true;
create policy lookup on daylight.session for select to owner
  using true;
create policy own on daylight.session for insert to app
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (person = ( SELECT daylight.acting_person() AS acting_person)));
create policy process on daylight.session for all to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant insert on daylight.session to app;
grant delete, insert, select on daylight.session to jobs;
grant update (seen) on daylight.session to jobs;

create table daylight.sign_in_batch (
  project text not null,
  batch integer not null,
  at timestamp(3) with time zone not null default now(),
  entries integer not null,
  digest bytea not null,
  hash bytea not null,
  constraint sign_in_batch_pkey PRIMARY KEY (project, batch),
  constraint sign_in_batch_project_fkey FOREIGN KEY (project) REFERENCES daylight.project(project)
);
alter table daylight.sign_in_batch enable row level security;
alter table daylight.sign_in_batch force row level security;
create policy process on daylight.sign_in_batch for all to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant insert, select on daylight.sign_in_batch to jobs;

create table daylight.sign_in_log (
  project text not null,
  id bigint not null generated always as identity,
  at timestamp(3) with time zone not null,
  person text,
  kind text not null,
  detail text,
  batch integer,
  constraint sign_in_log_pkey PRIMARY KEY (project, id),
  constraint sign_in_log_project_fkey FOREIGN KEY (project) REFERENCES daylight.project(project)
);
CREATE INDEX sign_in_log_batch ON daylight.sign_in_log USING btree (project, batch);
alter table daylight.sign_in_log enable row level security;
alter table daylight.sign_in_log force row level security;
create policy process on daylight.sign_in_log for all to jobs
  using (project = ( SELECT daylight.acting_project() AS acting_project))
  with check (project = ( SELECT daylight.acting_project() AS acting_project));
grant insert, select on daylight.sign_in_log to jobs;
grant update (batch) on daylight.sign_in_log to jobs;

create table daylight.title_shown (
  project text not null,
  principal text not null,
  case_id text not null,
  at timestamp(3) with time zone not null default now(),
  constraint title_shown_pkey PRIMARY KEY (project, principal, case_id),
  constraint title_shown_project_case_id_fkey FOREIGN KEY (project, case_id) REFERENCES daylight.cases(project, case_id)
);
alter table daylight.title_shown enable row level security;
alter table daylight.title_shown force row level security;
create policy own on daylight.title_shown for all to app
  using ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (principal = ( SELECT daylight.acting_mark() AS acting_mark)))
  with check ((project = ( SELECT daylight.acting_project() AS acting_project)) AND (principal = ( SELECT daylight.acting_mark() AS acting_mark)) AND ( SELECT true
   FROM daylight.cases c
  WHERE ((c.project = title_shown.project) AND (c.case_id = title_shown.case_id))));
grant insert, select on daylight.title_shown to app;
grant update (at) on daylight.title_shown to app;

create function daylight.acting_capacities() returns text[]
  language plpgsql stable owned by owner
as $$
    declare person text := daylight.acting_person();
      roles text[] := daylight.acting_roles();
    begin
      return roles || array(select role || ' ' || person from unnest(roles) as role);
    end
  $$;
grant execute on function daylight.acting_capacities() to app, jobs, publisher;

create function daylight.acting_cases() returns text[]
  language sql stable owned by owner
as $$
    select case
      when current_setting('daylight.kind', true) <> 'reporter' then string_to_array(nullif(current_setting('daylight.acting_cases', true), ''), ',')
      when daylight.own_case() = any (string_to_array(current_setting('daylight.acting_cases', true), ',')) then array[daylight.own_case()]
    end
  $$;
grant execute on function daylight.acting_cases() to app, jobs, publisher;

create function daylight.acting_kind() returns text
  language sql stable owned by owner
as $$ select nullif(current_setting('daylight.kind', true), '') $$;
grant execute on function daylight.acting_kind() to app, jobs, publisher;

create function daylight.acting_mark() returns text
  language sql stable owned by owner
as $$ select concat_ws(':', daylight.acting_kind(), coalesce(daylight.acting_person(), daylight.own_participant())) $$;
grant execute on function daylight.acting_mark() to app, jobs, publisher;

create function daylight.acting_memberships() returns text[]
  language plpgsql stable owned by owner
as $$
    declare person text := daylight.acting_person();
    begin
      return array(select role || ' ' || person from unnest(daylight.acting_roles()) as role);
    end
  $$;
grant execute on function daylight.acting_memberships() to app, jobs, publisher;

create function daylight.acting_person() returns text
  language plpgsql stable security definer owned by owner set search_path=daylight, pg_temp
as $$
    declare named text := case when current_setting('daylight.kind', true) = 'person' then nullif(current_setting('daylight.person', true), '') end;
    begin
      if named is null or exists (select from member where project = acting_project() and person = named and standing <> 'active') then return null; end if;
      return named;
    end
  $$;
grant execute on function daylight.acting_person() to app, jobs, publisher;

create function daylight.acting_project() returns text
  language sql stable owned by owner
as $$ select nullif(current_setting('daylight.project', true), '') $$;
grant execute on function daylight.acting_project() to app, jobs, publisher;

create function daylight.acting_roles() returns text[]
  language plpgsql stable security definer owned by owner set search_path=daylight, pg_temp
as $$
    begin
      return array(select role from membership where project = acting_project() and person = acting_person() and in_force);
    end
  $$;
grant execute on function daylight.acting_roles() to app, jobs, publisher;

create function daylight.claim_numbers(text,text[],text[]) returns boolean
  language plpgsql volatile security definer owned by owner set search_path=daylight, pg_temp
as $$
    begin
      if of_case <> all (coalesce(acting_cases(), '{}')) then return false; end if;
      delete from cve_number where project = acting_project() and case_id = of_case and number <> all (numbers);
      insert into cve_number (project, number, case_id) select acting_project(), one, of_case from unnest(numbers) as one on conflict do nothing;
      return not exists (select from cve_number where project = acting_project() and number = any (recorded) and case_id <> of_case);
    end
  $$;
grant execute on function daylight.claim_numbers(text,text[],text[]) to app, jobs, publisher;

create function daylight.close_session(text) returns void
  language sql volatile security definer owned by owner set search_path=daylight, pg_temp
as $$ delete from session where token_hash = wanted $$;
grant execute on function daylight.close_session(text) to app, jobs, publisher;

create function daylight.find_case_link(text,timestamp with time zone) returns TABLE(project text, case_id text, participant text)
  language sql stable security definer owned by owner set search_path=daylight, pg_temp
as $$ select l.project, l.case_id, l.participant from case_link l where l.token_hash = wanted and l.expires > at $$;
grant execute on function daylight.find_case_link(text,timestamp with time zone) to app, jobs, publisher;

create function daylight.find_session(text,timestamp with time zone) returns TABLE(project text, person text, name text, address text, roles text[], proof text, detail text, seen timestamp with time zone, proven timestamp with time zone)
  language sql stable security definer owned by owner set search_path=daylight, pg_temp
as $$
    select s.project, s.person, m.name, m.address,
      array(select r.role from membership r where r.project = s.project and r.person = s.person and r.in_force order by r.role),
      s.proof, s.detail, s.seen, s.proven
    from session s join member m on m.project = s.project and m.person = s.person
    where s.token_hash = wanted and s.expires > at and m.standing = 'active'
  $$;
grant execute on function daylight.find_session(text,timestamp with time zone) to app, jobs, publisher;

create function daylight.own_case() returns text
  language sql stable owned by owner
as $$ select case when current_setting('daylight.kind', true) = 'reporter' then nullif(current_setting('daylight.case', true), '') end $$;
grant execute on function daylight.own_case() to app, jobs, publisher;

create function daylight.own_participant() returns text
  language sql stable owned by owner
as $$ select case when current_setting('daylight.kind', true) = 'reporter' then nullif(current_setting('daylight.participant', true), '') end $$;
grant execute on function daylight.own_participant() to app, jobs, publisher;

create function daylight_jobs.enqueue_job(text,jsonb,text) returns void
  language plpgsql volatile security definer owned by jobs set search_path=graphile_worker, pg_temp
as $$
  declare
    project text := nullif(current_setting('daylight.project', true), '');
  begin
    if project is null then raise exception 'a job belongs to a project'; end if;
    perform add_job(task, (payload || jsonb_build_object('project', project))::json, job_key => project || ':' || key);
  end $$;
grant execute on function daylight_jobs.enqueue_job(text,jsonb,text) to app;
