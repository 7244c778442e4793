// SPDX-License-Identifier: Apache-2.0
// A name counts while its bearer may come in: whoever is suspended or removed reads nothing by an invitation either, not even the rest of what they had begun to read (L-11).

export const standing = (): string => `
create or replace function acting_person() returns text language plpgsql stable security definer set search_path = daylight, pg_temp
  as $$
    declare named text := case when current_setting('daylight.kind', true) = 'person' then nullif(current_setting('daylight.person', true), '') end;
    begin
      if named is null or exists (select from member where project = acting_project() and person = named and standing <> 'active') then return null; end if;
      return named;
    end
  $$;
`;
