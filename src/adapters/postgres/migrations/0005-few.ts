// SPDX-License-Identifier: Apache-2.0
// The few of a narrowed case read it in a role that still reads, and by their name no longer: the access rule in SQL, said anew with that.

import { toldToParties } from '../../../core/policy/told-in-part.ts';
import { ofCase, titleOrImpact } from './0001-access.ts';
import { backFill } from './back-fill.ts';

export const project = 'project = (select acting_project())';
const acting = 'case_id = any ((select acting_cases())::text[])';

/** canSee of access.ts, and the cases that this transaction writes. The roster is asked once: each question takes time that a case which is not there does not (L-22). */
const seen = `(public
    or case_id = (select own_case())
    or (readers || cve_readers || parties || few) && (select acting_capacities())
    or (select acting_person()) = any (guests)
    or ${acting})`;

/** reach of access.ts, for a person: everything. Never null, for it is negated below and `not null` would hide what is public. */
export const everything = `(c.readers && (select acting_roles()) or coalesce((select acting_person()) = any (c.guests), false)
    or c.few && (select acting_memberships()))`;

export const party = '(not c.public and c.party_members && (select acting_memberships()))';
export const outside = `(c.public and not ${everything} and c.case_id is distinct from (select own_case()))`;

const opened = (table: string) =>
  `(not ${table}.closed and (c.opening <> 'nothing' and ${table}.audience = 'shared' or c.opening = 'full_record' and ${table}.audience = 'team'
    or c.opening <> 'nothing' and ${table}.audience = 'proof' and ${table}.participant = any (c.proofs)))`;

/** canRead of access.ts for contents and attachments; what a CVE number needs of this table, and what a party does. */
const readable = (table: string, forANumber: string, forAParty: string) => `
    ${everything}
    or c.case_id = (select own_case())
      and (${table}.participant = (select own_participant()) or ${table}.audience = 'shared' and ${table}.participant is null and not ${table}.closed)
    or ${outside} and ${opened(table)}
    or ${party} and ${forAParty}
    or not c.public and c.cve_readers && (select acting_roles()) and ${forANumber}`;

/** readByParty of access.ts. */
const ofAParty = `(${titleOrImpact} or content.kind in ('party_notice', 'party_message') and not content.closed
  and exists (select from unnest((select acting_memberships())) as own
    where own = any (c.party_members) and split_part(own, ' ', 1) || ' ' || content.content_id = any (c.party_notices)))`;
const patch = `attachment.purpose = 'patch' and attachment.audience = 'shared' and not attachment.closed`;
export const eventOfAParty = `event.kind in (${toldToParties.map((kind) => `'${kind}'`).join(', ')})`;
const logReadable = `${everything} or ${party} and ${eventOfAParty} or c.case_id = (select own_case()) or ${outside} and c.opening <> 'nothing' or not c.public and c.cve_readers && (select acting_roles()) and not ${party}`;

/** What the policies of `using` say for each table whose rows the whole of a case's readers read. */
const using: Readonly<Record<string, string>> = {
  'seen on cases': seen,
  'locked on cases': seen,
  'readable on event': ofCase('event', logReadable),
  'readable on content': ofCase('content', readable('content', titleOrImpact, ofAParty)),
  'readable on attachment': ofCase('attachment', readable('attachment', 'false', patch)),
  'readable on document': ofCase('document', `${everything} or c.public and document.version <= c.published_version`),
  'team on outbox': ofCase('outbox', everything),
  'withdrawn on outbox': `state = 'waiting' and ${ofCase('outbox', everything)}`,
  'team on read_log': ofCase('read_log', everything),
};

/** The cases that are narrowed when this release comes: their names pass from those who are read as invited to the few, in the roles of their policy. */
export const narrowedBefore = `
update cases c set
  few = array(select role || ' ' || one from json_array_elements_text(c.state -> 'narrowed' -> 'people') as one,
    json_array_elements_text(p.policy -> 'visibility' -> 'onReceipt') as role),
  guests = array(select one from json_array_elements_text(c.state -> 'added') as one where one = any (c.guests))
from policy_version p
where p.project = c.project and p.name = c.policy_name and p.version = c.policy_version
  and not c.public and json_typeof(c.state -> 'narrowed') = 'object';`;

type Roles = Readonly<Record<'owner' | 'app' | 'jobs' | 'publisher', string>>;

export const few = (roles: Roles): string => `
-- In this language a function keeps its plan from one call to the next; in SQL it would be planned at each.
create or replace function acting_memberships() returns text[] language plpgsql stable
  as $$
    declare person text := daylight.acting_person();
    begin
      return array(select role || ' ' || person from unnest(daylight.acting_roles()) as role);
    end
  $$;

-- Roles of who acts, and the same with their own name behind each: what a case can name of them. A role holds no blank.
create function acting_capacities() returns text[] language plpgsql stable
  as $$
    declare person text := daylight.acting_person();
      roles text[] := daylight.acting_roles();
    begin
      return roles || array(select role || ' ' || person from unnest(roles) as role);
    end
  $$;
revoke execute on function acting_capacities() from public;
grant execute on function acting_capacities() to ${roles.owner}, ${roles.app}, ${roles.jobs}, ${roles.publisher};
-- Pairs of a role and a person, with a blank between them: written from core/policy/access.ts, as the columns beside it are.
alter table cases add column few text[] not null default '{}';
alter table cases alter column few drop default;
grant update (few) on cases to ${roles.app}, ${roles.jobs};
${backFill('cases', backFill('policy_version', narrowedBefore))}
${Object.entries(using)
  .map(([policy, says]) => `alter policy ${policy} using (${project} and ${says});`)
  .join('\n')}
`;
