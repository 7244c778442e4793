// SPDX-License-Identifier: Apache-2.0
// Who is asking: functions over the transaction-local settings that session.ts makes. An unset setting is null, and null sees nothing.

import type { RoleNames } from '../roles.ts';

/** The first five SECURITY DEFINER functions of the schema are here; enqueue_job belongs to the job queue (jobs-schema.ts), and acting_person became one (0009-standing.ts). */
export const functions = (roles: RoleNames): string => `
create function acting_project() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('daylight.project', true), '') $$;

create function acting_kind() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('daylight.kind', true), '') $$;

-- Null for whoever is not a member.
create function acting_person() returns text language sql stable parallel safe
  as $$ select case when current_setting('daylight.kind', true) = 'person' then nullif(current_setting('daylight.person', true), '') end $$;

-- The reporter's own case, and which of its participants they are; null for everybody else.
create function own_case() returns text language sql stable parallel safe
  as $$ select case when current_setting('daylight.kind', true) = 'reporter' then nullif(current_setting('daylight.case', true), '') end $$;

create function own_participant() returns text language sql stable parallel safe
  as $$ select case when current_setting('daylight.kind', true) = 'reporter' then nullif(current_setting('daylight.participant', true), '') end $$;

-- The name under which reads are logged and replies are kept.
create function acting_mark() returns text language sql stable parallel safe
  as $$ select concat_ws(':', daylight.acting_kind(), coalesce(daylight.acting_person(), daylight.own_participant())) $$;

-- Cases that this transaction has locked or opens: it may write them to its end, even when its own action ends the actor's right to see them.
-- A reporter writes their own case and no other.
create function acting_cases() returns text[] language sql stable parallel safe
  as $$
    select case
      when current_setting('daylight.kind', true) <> 'reporter' then string_to_array(nullif(current_setting('daylight.acting_cases', true), ''), ',')
      when daylight.own_case() = any (string_to_array(current_setting('daylight.acting_cases', true), ',')) then array[daylight.own_case()]
    end
  $$;

-- The person's roles of this moment, from the table and never from the client: a removal acts at once (L-11).
create function acting_roles() returns text[] language plpgsql stable security definer set search_path = daylight, pg_temp
  as $$
    begin
      return array(select role from membership where project = acting_project() and person = acting_person() and in_force);
    end
  $$;

-- Those roles with the person's own name behind each, as the members of told parties are kept in a case.
create function acting_memberships() returns text[] language sql stable parallel safe
  as $$ select array(select role || ' ' || daylight.acting_person() from unnest(daylight.acting_roles()) as role) $$;

-- Sessions and links are looked up before anybody is known, by hash alone.
create function find_session(wanted text, at timestamptz)
  returns table (project text, person text, name text, address text, roles text[], proof text, detail text, seen timestamptz, proven timestamptz)
  language sql stable security definer set search_path = daylight, pg_temp
  as $$
    select s.project, s.person, m.name, m.address,
      array(select r.role from membership r where r.project = s.project and r.person = s.person and r.in_force order by r.role),
      s.proof, s.detail, s.seen, s.proven
    from session s join member m on m.project = s.project and m.person = s.person
    where s.token_hash = wanted and s.expires > at and m.standing = 'active'
  $$;

create function find_case_link(wanted text, at timestamptz)
  returns table (project text, case_id text, participant text)
  language sql stable security definer set search_path = daylight, pg_temp
  as $$ select l.project, l.case_id, l.participant from case_link l where l.token_hash = wanted and l.expires > at $$;

-- Whoever holds the token may close its session, wherever they stand.
create function close_session(wanted text) returns void
  language sql volatile security definer set search_path = daylight, pg_temp
  as $$ delete from session where token_hash = wanted $$;

-- The numbers that a case of this transaction has from now on; false where one of them is another case's, and nothing more is told (P9, L-23).
create function claim_numbers(of_case text, numbers text[]) returns boolean
  language plpgsql volatile security definer set search_path = daylight, pg_temp
  as $$
    begin
      if of_case <> all (coalesce(acting_cases(), '{}')) then return false; end if;
      delete from cve_number where project = acting_project() and case_id = of_case and number <> all (numbers);
      insert into cve_number (project, number, case_id) select acting_project(), one, of_case from unnest(numbers) as one on conflict do nothing;
      return not exists (select from cve_number where project = acting_project() and number = any (numbers) and case_id <> of_case);
    end
  $$;

revoke execute on all functions in schema daylight from public;
grant execute on all functions in schema daylight to ${roles.owner}, ${roles.app}, ${roles.jobs}, ${roles.publisher};
`;
