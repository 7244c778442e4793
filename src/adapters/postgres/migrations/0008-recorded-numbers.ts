// SPDX-License-Identifier: Apache-2.0
// A case from an archive that names a number of another one can be given a further number: only what is recorded now has to be its own.

import type { RoleNames } from '../roles.ts';

export const recordedNumbers = (roles: RoleNames): string => `
drop function claim_numbers(text, text[]);

-- The numbers that a case of this transaction has from now on; false where one that is recorded now is another case's, and nothing more is told (P9, L-23).
create function claim_numbers(of_case text, numbers text[], recorded text[]) returns boolean
  language plpgsql volatile security definer set search_path = daylight, pg_temp
  as $$
    begin
      if of_case <> all (coalesce(acting_cases(), '{}')) then return false; end if;
      delete from cve_number where project = acting_project() and case_id = of_case and number <> all (numbers);
      insert into cve_number (project, number, case_id) select acting_project(), one, of_case from unnest(numbers) as one on conflict do nothing;
      return not exists (select from cve_number where project = acting_project() and number = any (recorded) and case_id <> of_case);
    end
  $$;

revoke execute on function claim_numbers(text, text[], text[]) from public;
grant execute on function claim_numbers(text, text[], text[]) to ${roles.app}, ${roles.jobs}, ${roles.publisher};
`;
