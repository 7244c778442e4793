// SPDX-License-Identifier: Apache-2.0
// What a party and the team write to each other is read like the notice to that party: by the team, and by the members of its own party alone.

import { ofCase, readable, titleOrImpact } from './0001-access.ts';

/** readByParty of access.ts. */
const ofAParty = `(${titleOrImpact} or content.kind in ('party_notice', 'party_message') and not content.closed
  and exists (select from unnest((select acting_memberships())) as own
    where own = any (c.party_members) and split_part(own, ' ', 1) || ' ' || content.content_id = any (c.party_notices)))`;

export const partyMessages = (): string => `
alter policy readable on content using (project = (select acting_project()) and
  ${ofCase('content', readable('content', titleOrImpact, ofAParty))});
`;
