// SPDX-License-Identifier: Apache-2.0
// The order in which the policies of the log of reads are asked: what is one's own and of late is known at once, whose case it is takes a look-up in each row.

export const readsOfLate = (): string => `
-- PostgreSQL asks permissive policies from the last name to the first, and stops at the first that lets a row through.
alter policy team on read_log rename to inside;
`;
