// SPDX-License-Identifier: Apache-2.0
// Cases in the store: the log, the state it folds to, contents and files sealed with the case's own key.

import type { CaseState } from '../../core/model/case.ts';
import type { AttachmentRef, ContentRef } from '../../core/model/content.ts';
import type { Event } from '../../core/model/event.ts';
import type { AttachmentId, CaseId, ContentId, CveId, PersonId, PieceId } from '../../core/model/identifiers.ts';
import type { Instant } from '../../core/model/time.ts';
import type { Guarded } from '../../core/policy/access.ts';
import type { Policy } from '../../core/policy/policy.ts';

/** A case as it was read: its state, its policy, and what access depends on. */
export interface CaseRecord {
  readonly state: CaseState;
  readonly policy: Policy;
  readonly guarded: Guarded;
  readonly openedAt: Instant;
}

/** A text together with what the log says of it. `salt` is 16 random bytes. */
export interface NewContent {
  readonly ref: ContentRef;
  readonly salt: Uint8Array;
  readonly text: string;
}

export interface NewAttachment {
  readonly ref: AttachmentRef;
  readonly salt: Uint8Array;
  readonly name: string;
  /** As declared by the sender; files are always served as `application/octet-stream`. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What one action adds: committed together or not at all. */
export interface Append {
  readonly events: readonly Event[];
  /** The state after the last of these events. */
  readonly state: CaseState;
  readonly guarded: Guarded;
  readonly nextDeadline: Instant | null;
  readonly contents: readonly NewContent[];
  readonly attachments: readonly NewAttachment[];
  /** Texts and files that this closes to everybody outside, opens again, or destroys; absent where it touches none. */
  readonly pieces?: { readonly closed: readonly PieceId[]; readonly opened: readonly PieceId[]; readonly destroyed: readonly PieceId[] };
}

/** What anybody needs to check an opened log: each envelope as it was hashed, and the salts of what they may read. */
export interface Verifiable {
  /** Hash before the first event, hexadecimal. */
  readonly start: string;
  readonly events: readonly { readonly seq: number; readonly envelope: string; readonly hash: string }[];
  /** Salts of readable texts and files by id, hexadecimal. */
  readonly salts: ReadonlyMap<string, string>;
}

export interface AttachmentInfo {
  readonly ref: AttachmentRef;
  readonly name: string;
  readonly mediaType: string;
}

export interface QueueEntry {
  readonly state: CaseState;
  readonly policy: Policy;
  readonly openedAt: Instant;
  readonly nextDeadline: Instant | null;
  /** Empty when this principal may not read it, or its key was destroyed. */
  readonly title: string;
}

export interface QueueFilter {
  readonly open: boolean;
  /** Those alone of which a clock runs: a case that has ended has one while something of it is still to be done. */
  readonly clocked?: boolean;
  readonly limit: number;
  /** Cases with a patch stand before the others. */
  readonly patchesFirst?: boolean;
  /** Oldest first, whatever is due: for who reads a part of a case, for an order tells what it looks at (L-02). */
  readonly byAge?: boolean;
  /** Of this codename alone. */
  readonly codename?: string;
  /** Those that stand behind this place, which need not be there any more: what comes or goes before it moves nothing. */
  readonly after?: QueuePlace;
}

/** What the order of a queue looks at. */
export interface QueuePlace {
  readonly patches: boolean;
  readonly deadline: Instant | null;
  readonly openedAt: Instant;
  readonly case: CaseId;
}

/** That a case names a CVE number. `advisory`: the number of what it has published, null where it has published nothing. */
export interface Naming {
  readonly cve: CveId;
  readonly case: CaseId;
  readonly advisory: string | null;
}

export interface Cases {
  /**
   * Draws the case's key and writes the first events. The principal must be the reporter of this case, a person, or the process.
   * @throws OutsideFailure temporary when the case is there already: the same report came twice at once.
   */
  open(id: CaseId, policyVersion: { readonly name: string; readonly version: number }, first: Append): Promise<void>;
  /**
   * The case, locked until the transaction ends; undefined when it does not exist or this principal cannot see it: one statement, one answer (L-22).
   * The anonymous lock nothing.
   */
  lock(id: CaseId): Promise<CaseRecord | undefined>;
  /** The same for many at once, in the order of their ids; what the principal does not see is left out. */
  lockAll(ids: readonly CaseId[]): Promise<readonly CaseRecord[]>;
  find(id: CaseId): Promise<CaseRecord | undefined>;
  /** Those of these cases that this principal sees, in no order: a cluster has hundreds, and they are looked up in one statement. */
  findAll(ids: readonly CaseId[]): Promise<readonly CaseRecord[]>;
  /**
   * Only after `lock` or `open` in the same transaction. Without events it brings deadline and access up to date.
   * @throws Error when the events do not continue the log.
   */
  append(id: CaseId, addition: Append): Promise<void>;
  /**
   * Cases that the principal sees, by next deadline, then by age: those in which somebody has to act, the held ones too; or the others.
   * Of a person those that concern them: what everybody may read is in nobody's queue by that alone.
   */
  queue(filter: QueueFilter): Promise<readonly QueueEntry[]>;
  /** How many cases the whole queue has, for this principal; no more than `limit` are counted. */
  queued(filter: Omit<QueueFilter, 'after'>): Promise<number>;
  /** Public cases, newest first; the anonymous learn no deadline. */
  published(limit: number): Promise<readonly QueueEntry[]>;
  /** Ids of cases whose deadline has come, at most `limit`; the process only. */
  due(now: Instant, limit: number): Promise<readonly CaseId[]>;
  /** Everybody who owns an open case, each once, and null where one has no owner; the process only. */
  owners(): Promise<readonly (PersonId | null)[]>;
  /** Open cases of this owner, or those without one; the process only. */
  ownedBy(owner: PersonId | null): Promise<readonly CaseId[]>;
  /** Private cases that are narrowed to some people, this one among them; null: to whomever. The process only. */
  narrowedTo(person: PersonId | null): Promise<readonly CaseId[]>;
  /** Cases to which this person was invited by name, also those that are public or closed; the process only. */
  invitedTo(person: PersonId): Promise<readonly CaseId[]>;
  /** The events of a case that the principal sees and that is not closed to them, in order, lifted to today's version. */
  log(id: CaseId): Promise<readonly Event[]>;
  /** Checks the chain and the fold: number of events, and the first event that does not fit, if any (I13). What is not seen has none. */
  verify(id: CaseId): Promise<{ readonly events: number; readonly brokenAt: number | null; readonly head: string }>;
  /** Hash of the last event of the chain, hexadecimal; empty for what is not seen. */
  head(id: CaseId): Promise<string>;
  /** The log with its chain, and the salts of what this principal may read. What is not seen has no events. */
  verifiable(id: CaseId): Promise<Verifiable>;
  /** The texts among `ids` (all of the case when absent) that this principal may read. */
  texts(id: CaseId, ids?: readonly ContentId[]): Promise<ReadonlyMap<ContentId, string>>;
  /** The same over several cases. */
  textsOfAll(cases: readonly CaseId[], ids: readonly ContentId[]): Promise<ReadonlyMap<ContentId, string>>;
  attachments(id: CaseId): Promise<readonly AttachmentInfo[]>;
  /** The bytes can be read after the transaction too: each piece is then authorised anew, and an Error is thrown when the right has ended. */
  attachment(
    id: CaseId,
    attachment: AttachmentId,
  ): Promise<{ readonly info: AttachmentInfo; readonly bytes: AsyncIterable<Uint8Array> } | undefined>;
  /**
   * Logs that the principal has read something of this case, unless it is public; bound into the audit chain in batches.
   * `shown`: other confidential cases whose titles the same page shows.
   */
  recordRead(id: CaseId, what: string, shown?: readonly CaseId[]): Promise<void>;
  /** Logs one page of a list with the confidential cases on it; nothing where it has none. */
  recordList(what: string, shown: readonly CaseId[]): Promise<void>;
  /**
   * Whether this person may open the case: it waits for a moderator, they have opened it within the hour, or fewer than `most` others that do not wait.
   * Everybody who is no person may.
   */
  mayOpen(id: CaseId, most: number): Promise<boolean>;
  /**
   * Those of `ids` whose titles a list may show this person: what lists have shown them within the hour, and others until that makes `most`.
   * They count as shown from now on. Everybody who is no person is shown all.
   */
  mayBeTitled(ids: readonly CaseId[], most: number): Promise<ReadonlySet<CaseId>>;
  /**
   * The CVE numbers that a locked case has from now on; false where one of those that are `recorded` now stands on a flaw of another case.
   * None is taken from another: an archive may name one twice, and then it stays where it was first.
   */
  claimNumbers(id: CaseId, numbers: readonly CveId[], recorded: readonly CveId[]): Promise<boolean>;
  /** The next running number of `scheme` in `year`, held until the transaction ends; `takeNumber` uses it up. */
  nextNumber(scheme: string, year: number): Promise<number>;
  takeNumber(scheme: string, year: number, number: number): Promise<void>;
  /** The next running number comes after this one, if it would not anyway; the process only. */
  passNumber(scheme: string, year: number, number: number): Promise<void>;
  /** Cases that have one of these advisory numbers already, by number; the process only. */
  numbered(numbers: readonly string[]): Promise<ReadonlyMap<string, CaseId>>;
  /** Cases of which a flaw has one of these CVE numbers already; the process only. */
  naming(numbers: readonly CveId[]): Promise<readonly Naming[]>;
}
