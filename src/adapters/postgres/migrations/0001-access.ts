// SPDX-License-Identifier: Apache-2.0
// The access rule in SQL: what core/policy/access.ts says, said again by the database to whoever forgets to ask. A property test compares the two.

import { toldToParties } from '../../../core/policy/told-in-part.ts';
import type { RoleNames } from '../roles.ts';

/** The scalar sub-selects are worked out once in a statement, not once in a row. */
const project = 'project = (select acting_project())';
const acting = 'case_id = any ((select acting_cases())::text[])';

/** canSee of access.ts, and the cases that this transaction writes. */
const seen = `(public
    or case_id = (select own_case())
    or readers && (select acting_roles())
    or cve_readers && (select acting_roles())
    or parties && (select acting_roles())
    or (select acting_person()) = any (guests)
    or ${acting})`;

/** reach of access.ts, for a person: everything. Never null, for it is negated below and `not null` would hide what is public. */
export const everything = '(c.readers && (select acting_roles()) or coalesce((select acting_person()) = any (c.guests), false))';

/** reach of access.ts: a member of a told party who has accepted its terms and holds its role, while the case is private. */
const party = `(not c.public and c.party_members && (select acting_memberships()))`;

/** For everybody but the team and the reporter of this case: how much is open. */
const outside = `(c.public and not ${everything} and c.case_id is distinct from (select own_case()))`;

/**
 * The row's case, as far as the acting role sees it at all: the policy of `cases` holds inside. A scalar sub-select is one look-up by key for each row;
 * an `exists` the planner may turn into a list of all cases.
 */
export const ofCase = (table: string, also: string) =>
  `(select ${also} from cases c where c.project = ${table}.project and c.case_id = ${table}.case_id)`;

const opened = (table: string) =>
  `(not ${table}.closed and (c.opening <> 'nothing' and ${table}.audience = 'shared' or c.opening = 'full_record' and ${table}.audience = 'team'
    or c.opening <> 'nothing' and ${table}.audience = 'proof' and ${table}.participant = any (c.proofs)))`;

/** canRead of access.ts for contents and attachments; what a CVE number needs of this table, and what a party does. */
export const readable = (table: string, forANumber: string, forAParty: string) => `
    ${everything}
    or c.case_id = (select own_case())
      and (${table}.participant = (select own_participant()) or ${table}.audience = 'shared' and ${table}.participant is null and not ${table}.closed)
    or ${outside} and ${opened(table)}
    or ${party} and ${forAParty}
    or not c.public and c.cve_readers && (select acting_roles()) and ${forANumber}`;

export const titleOrImpact = `content.kind in ('title', 'impact') and not content.closed`;
/** readByParty of access.ts: a notice in words is read by the members of its own party. */
const ofAParty = `(${titleOrImpact} or content.kind = 'party_notice' and not content.closed and exists (select from unnest((select acting_memberships())) as own
  where own = any (c.party_members) and split_part(own, ' ', 1) || ' ' || content.content_id = any (c.party_notices)))`;
const patch = `attachment.purpose = 'patch' and attachment.audience = 'shared' and not attachment.closed`;
const eventOfAParty = `event.kind in (${toldToParties.map((kind) => `'${kind}'`).join(', ')})`;
const logReadable = `${everything} or ${party} and ${eventOfAParty} or c.case_id = (select own_case()) or ${outside} and c.opening <> 'nothing' or not c.public and c.cve_readers && (select acting_roles()) and not ${party}`;
const documentOut = 'c.public and document.version <= c.published_version';

export const caseAccess = (roles: RoleNames): string => `
create policy seen on cases for select to ${roles.app} using (${project} and ${seen});
create policy opened on cases for select to ${roles.publisher} using (${project} and public);
create policy process on cases for select to ${roles.jobs} using (${project});
create policy opening on cases for insert to ${roles.app}, ${roles.jobs} with check (${project} and ${acting});
create policy locked on cases for update to ${roles.app} using (${project} and ${seen}) with check (${project} and ${acting});
create policy process_locked on cases for update to ${roles.jobs} using (${project}) with check (${project} and ${acting});

create policy seen on case_key for select to ${roles.app}, ${roles.publisher} using (${project} and ${ofCase('case_key', 'true')});
create policy process on case_key for select to ${roles.jobs} using (${project});

create policy readable on event for select to ${roles.app} using (${project} and ${ofCase('event', logReadable)});
create policy opened on event for select to ${roles.publisher} using (${project} and ${ofCase('event', `c.opening <> 'nothing'`)});
create policy process on event for select to ${roles.jobs} using (${project});

create policy readable on content for select to ${roles.app} using (${project} and ${ofCase('content', readable('content', titleOrImpact, ofAParty))});
create policy opened on content for select to ${roles.publisher} using (${project} and ${ofCase('content', opened('content'))});
create policy process on content for select to ${roles.jobs} using (${project});

create policy readable on attachment for select to ${roles.app} using (${project} and ${ofCase('attachment', readable('attachment', 'false', patch))});
create policy opened on attachment for select to ${roles.publisher} using (${project} and ${ofCase('attachment', opened('attachment'))});
create policy process on attachment for select to ${roles.jobs} using (${project});

create policy as_its_attachment on attachment_chunk for select to ${roles.app}, ${roles.jobs}, ${roles.publisher}
  using (${project} and (select true from attachment a where a.project = attachment_chunk.project
    and a.case_id = attachment_chunk.case_id and a.attachment_id = attachment_chunk.attachment_id));

${['case_key', 'event', 'content', 'attachment', 'attachment_chunk']
  .map((table) => `create policy written on ${table} for insert to ${roles.app}, ${roles.jobs} with check (${project} and ${acting});`)
  .join('\n')}

-- What a text or file is does not change; whether it is closed does, and what is asked to be destroyed is gone.
${['content', 'attachment']
  .map(
    (
      table,
    ) => `create policy closed on ${table} for update to ${roles.app}, ${roles.jobs} using (${project} and ${acting}) with check (${project} and ${acting});
create policy destroyed on ${table} for delete to ${roles.app}, ${roles.jobs} using (${project} and ${acting} and closed);`,
  )
  .join('\n')}
create policy destroyed on attachment_chunk for delete to ${roles.app}, ${roles.jobs} using (${project} and ${acting}
  and (select a.closed from attachment a where a.project = attachment_chunk.project
    and a.case_id = attachment_chunk.case_id and a.attachment_id = attachment_chunk.attachment_id));

create policy claimed on cve_number for all to ${roles.owner} using (${project}) with check (${project});

create policy team on outbox for select to ${roles.app} using (${project} and ${ofCase('outbox', everything)});
create policy process on outbox for select to ${roles.jobs} using (${project});
create policy ordered on outbox for insert to ${roles.app} with check (${project} and ${acting});
create policy process_ordered on outbox for insert to ${roles.jobs} with check (${project});
create policy withdrawn on outbox for update to ${roles.app}
  using (${project} and state = 'waiting' and ${ofCase('outbox', everything)}) with check (${project} and state = 'withdrawn');
create policy process_sent on outbox for update to ${roles.jobs} using (${project}) with check (${project});

create policy readable on document for select to ${roles.app} using (${project} and ${ofCase('document', `${everything} or ${documentOut}`)});
create policy published on document for select to ${roles.publisher} using (${project} and ${ofCase('document', documentOut)});
create policy process on document for select to ${roles.jobs} using (${project});
create policy process_kept on document for insert to ${roles.jobs} with check (${project});
create policy process_replaced on document for delete to ${roles.jobs} using (${project});
`;

export const projectAccess = (roles: RoleNames): string => `
create policy own on project for select to ${roles.app}, ${roles.publisher} using (${project});
-- At its start the process asks which projects there are; that a project exists is no secret.
create policy process on project for select to ${roles.jobs} using (true);
create policy process_added on project for insert to ${roles.jobs} with check (${project});
create policy process_named on project for update to ${roles.jobs} using (${project}) with check (${project});

create policy own on policy_version for select to ${roles.app}, ${roles.jobs}, ${roles.publisher} using (${project});
create policy process_kept on policy_version for insert to ${roles.jobs} with check (${project});
create policy process_activated on policy_version for update to ${roles.jobs} using (${project}) with check (${project});

-- A proposal is known to members before it holds; the version that came of it says for everybody whose it was.
create policy members on policy_step for select to ${roles.app} using (${project} and (select acting_person()) is not null);
create policy process on policy_step for select to ${roles.jobs} using (${project});
create policy process_kept on policy_step for insert to ${roles.jobs} with check (${project});

create policy process on project_mail for all to ${roles.jobs} using (${project}) with check (${project});

-- Who is a member is known to members (L-37), and changed by the process alone: nobody gives themselves a role.
${['member', 'membership']
  .map(
    (table) => `create policy members on ${table} for select to ${roles.app} using (${project} and (select acting_person()) is not null);
create policy process on ${table} for all to ${roles.jobs} using (${project}) with check (${project});
create policy lookup on ${table} for select to ${roles.owner} using (true);`,
  )
  .join('\n')}

create policy members on maintainers_file for select to ${roles.app} using (${project} and (select acting_person()) is not null);
create policy process on maintainers_file for all to ${roles.jobs} using (${project}) with check (${project});

create policy own on case_link for insert to ${roles.app} with check (${project} and ${acting}
  and participant = coalesce((select own_participant()), participant));
create policy process on case_link for insert to ${roles.jobs} with check (${project});
create policy lookup on case_link for select to ${roles.owner} using (true);

create policy own on reply_kept for all to ${roles.app}, ${roles.jobs}
  using (${project} and principal = (select acting_mark())) with check (${project} and principal = (select acting_mark()));

create policy counted on running_number for all to ${roles.app}, ${roles.jobs} using (${project}) with check (${project});

create policy owner on installation for all to ${roles.owner} using (true) with check (true);
create policy owner on migration for all to ${roles.owner} using (true) with check (true);
create policy owner on migration_lock for all to ${roles.owner} using (true) with check (true);
`;

/** Every table of the schema, those of the migrator included: enabled and forced, so that not even the owner goes round a policy. */
export const forced = `
do $$
declare name text;
begin
  for name in select relname from pg_class where relnamespace = 'daylight'::regnamespace and relkind in ('r', 'p') loop
    execute format('alter table daylight.%I enable row level security', name);
    execute format('alter table daylight.%I force row level security', name);
  end loop;
end $$;
`;

/** What each role may do at all, before a policy is asked. Nobody who runs may delete or change an event or a logged read; a content is closed, or destroyed, and never changed. */
export const grants = (roles: RoleNames): string => `
grant usage on schema daylight to ${roles.app}, ${roles.jobs}, ${roles.publisher};

grant select on project, policy_version, cases, case_key, event, content, attachment, attachment_chunk to ${roles.app}, ${roles.jobs};
grant insert on case_link, reply_kept, running_number, outbox, read_log to ${roles.app}, ${roles.jobs};
grant select on policy_step, member, membership, maintainers_file, reply_kept, running_number, outbox, document, read_log to ${roles.app}, ${roles.jobs};
grant insert on cases, case_key, event, content, attachment, attachment_chunk to ${roles.app}, ${roles.jobs};
grant update (policy_name, policy_version, version, state, head, open, owner, title_id, public, public_since, opening, readers, cve_readers, guests, parties, party_members, party_notices, proofs, patches, published_version,
  next_deadline)
  on cases to ${roles.app}, ${roles.jobs};
grant update (closed) on content, attachment to ${roles.app}, ${roles.jobs};
grant delete on content, attachment, attachment_chunk to ${roles.app}, ${roles.jobs};
grant update (next) on running_number to ${roles.app}, ${roles.jobs};
grant update (state) on outbox to ${roles.app};
grant select, insert on title_shown to ${roles.app};
grant update (at) on title_shown to ${roles.app};

grant insert on project, policy_version, policy_step, project_mail, member, membership, maintainers_file, document, read_batch to ${roles.jobs};
grant update (text) on maintainers_file to ${roles.jobs};
grant update (title) on project to ${roles.jobs};
grant update (active, active_since, confirmed_at, origin) on policy_version to ${roles.jobs};
grant select on project_mail to ${roles.jobs};
grant update (state, due_at, attempts, outcome) on project_mail to ${roles.jobs};
grant update (name, address, covers, organisation) on member to ${roles.jobs};
grant delete on membership, document to ${roles.jobs};
grant update (state, due_at, sent_at, attempts, outcome) on outbox to ${roles.jobs};
grant select on read_batch to ${roles.jobs};
grant update (batch) on read_log to ${roles.jobs};

grant select on project, policy_version, case_key, event, content, attachment, attachment_chunk, document to ${roles.publisher};
grant select (project, case_id, policy_name, policy_version, version, state, head, title_id, public, public_since, opening, proofs, published_version, opened_at)
  on cases to ${roles.publisher};
`;
