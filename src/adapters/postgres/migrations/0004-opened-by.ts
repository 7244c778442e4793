// SPDX-License-Identifier: Apache-2.0
// Which secret a reporter's session was opened with: whoever ends that secret ends the session (L-32).

export const openedBy = (): string => `
-- SHA-256 of the return key, or of the link of a mail, by which this session came; null of what was not opened by another secret.
alter table case_link add column opened_by text;
create index case_link_opened_by on case_link (project, opened_by) where opened_by is not null;
`;
