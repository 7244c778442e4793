// SPDX-License-Identifier: Apache-2.0
// Identifiers: each noun has its own type, so that one cannot stand for another. All are random; none tells an order or a count (L-22).

type Id<Noun extends string> = string & { readonly noun: Noun };

/** Short lower-case name of a project, also the first part of its addresses: `libvirt`. */
export type ProjectId = Id<'project'>;
/** 128 random bits in 26 characters of Crockford's base 32, lower case. */
export type CaseId = Id<'case'>;
export type PersonId = Id<'person'>;
/** Somebody who takes part in one case without being a member: a reporter or a guest. */
export type ParticipantId = Id<'participant'>;
export type ContentId = Id<'content'>;
export type AttachmentId = Id<'attachment'>;
/** A text or a file of a case. */
export type PieceId = ContentId | AttachmentId;
export type RedactionId = Id<'redaction'>;
/** One flaw of a case; a case may have several, each with its own CVE region. */
export type FlawId = Id<'flaw'>;
/** Name of a role, as the policy declares it: `maintainer`, `coordinator`, or one of the reserved ones. */
export type Role = Id<'role'>;
/** `CVE-YYYY-NNNN…`. */
export type CveId = Id<'cve'>;

const cveForm = /^CVE-(?:1900|1999|2\d{3})-\d{4,19}$/;

/** The CVE id in `text`, or nothing when it has not the form of one (CVE record format 5.2, cveId). `CVE-1900-` is the test range (CNA 5.4.1). */
export function cveId(text: string): CveId | undefined {
  return cveForm.test(text) ? (text as CveId) : undefined;
}
