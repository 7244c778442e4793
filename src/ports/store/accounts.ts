// SPDX-License-Identifier: Apache-2.0
// People, their roles, their sessions, and the links by which reporters come back. Secrets are kept as SHA-256 only.

import type { CaseId, ParticipantId, PersonId, ProjectId, Role } from '../../core/model/identifiers.ts';
import type { Instant } from '../../core/model/time.ts';
import type { MailHours } from '../../core/people/mail-hours.ts';

export interface Project {
  readonly project: ProjectId;
  readonly title: string;
}

export interface Member {
  readonly person: PersonId;
  /** Short name shown in the record: `anna`. */
  readonly name: string;
  readonly address: string | null;
  readonly roles: readonly Role[];
  /** Distributions or components that the person looks after, where a role of theirs is held per such (LIBVIRT-20). */
  readonly covers: readonly string[];
  /** Employer or vendor, where it matters who is represented. */
  readonly organisation: string | null;
}

/** A member as they are written down: who covers nothing and represents nobody says neither. */
export type NewMember = Omit<Member, 'covers' | 'organisation'> & Partial<Pick<Member, 'covers' | 'organisation'>>;

export interface FoundSession {
  readonly project: ProjectId;
  readonly member: Omit<Member, 'covers' | 'organisation'>;
  readonly proof: string;
  readonly detail: string | null;
  /** When it was last used; brought up to date now and then, not at each request. */
  readonly seen: Instant;
  /** When its holder last proved who they are. */
  readonly proven: Instant;
}

export interface Accounts {
  /** For the process all there are, so that it can begin; for everybody else their own. */
  projects(): Promise<readonly Project[]>;
  /** Adds the principal's own project, or gives it another title; the process only. */
  addProject(project: Project): Promise<void>;
  /** Adds the member or brings name, address and roles up to date; the process only. Roles count from the commit on, at once (L-11). */
  putMember(member: NewMember): Promise<void>;
  /** Members of the principal's project, at most `limit`, by name; for members and the process (L-37). */
  members(limit: number): Promise<readonly Member[]>;
  membersIn(roles: readonly Role[]): Promise<readonly Member[]>;
  member(person: PersonId): Promise<Member | undefined>;

  /** When the member wants mail; undefined for who never chose. The process only. */
  mailHours(person: PersonId): Promise<MailHours | undefined>;
  /** The process only. */
  keepMailHours(person: PersonId, hours: MailHours): Promise<void>;

  /** The text of the project's own MAINTAINERS or CODEOWNERS file, as it was last kept; for members and the process. */
  maintainersFile(): Promise<string | undefined>;
  /** The process only. */
  keepMaintainersFile(text: string): Promise<void>;

  /** The person themselves, or the process. */
  openSession(session: {
    readonly tokenHash: string;
    readonly person: PersonId;
    readonly proof: string;
    /** Which passkey, or whose word; an id, never a secret. */
    readonly detail?: string;
    readonly opened: Instant;
    readonly expires: Instant;
  }): Promise<void>;
  /** Who holds this session; looked up before anybody is known, by hash alone. Its roles are those of this moment. */
  session(tokenHash: string, now: Instant): Promise<FoundSession | undefined>;
  closeSession(tokenHash: string): Promise<void>;

  /** For a case that this transaction has opened or locked, or as the process. The same link again changes nothing. */
  addCaseLink(link: {
    readonly tokenHash: string;
    readonly case: CaseId;
    readonly participant: ParticipantId;
    readonly expires: Instant;
    /** Hash of the secret that opened it, where it is a session: it ends with that one. */
    readonly openedBy?: string;
  }): Promise<void>;
  caseLink(
    tokenHash: string,
    now: Instant,
  ): Promise<{ readonly project: ProjectId; readonly case: CaseId; readonly participant: ParticipantId } | undefined>;

  /** The answer kept for this key of this principal, or undefined when the key is new; then it is claimed until the transaction ends. */
  replyTo(key: string): Promise<string | undefined>;
  keepReply(key: string, reply: string): Promise<void>;
}
