// SPDX-License-Identifier: Apache-2.0
// The outbox: what is to be sent, committed with the events that ask for it. Its text is made when it is sent, with the recipient's rights of that moment.

import type { CaseId, PersonId } from '../../core/model/identifiers.ts';
import type { Instant } from '../../core/model/time.ts';
import type { Addressee } from '../../core/process/addressee.ts';
import type { NoticeName } from '../../core/process/consequence.ts';

export type OutgoingTo = Addressee | { readonly kind: 'list'; readonly address: string; readonly channel: string };

export interface Outgoing {
  readonly id: string;
  readonly case: CaseId;
  readonly notice: NoticeName | 'announcement';
  readonly to: OutgoingTo;
  /** Event that asked for it. */
  readonly seq: number;
  /** `waiting` for its hold to pass or its turn; the rest are ends. */
  readonly state: 'waiting' | 'sent' | 'withdrawn' | 'cancelled' | 'failed';
  readonly heldUntil: Instant | null;
  readonly sentAt: Instant | null;
  readonly attempts: number;
  /** What the relay said, or why it was not sent. */
  readonly outcome: string | null;
}

export interface NewOutgoing {
  readonly id: string;
  readonly case: CaseId;
  /** One per case, event, notice and addressee: a job that runs twice puts in one message. */
  readonly key: string;
  readonly notice: Outgoing['notice'];
  readonly to: OutgoingTo;
  readonly seq: number;
  /** When it was asked for: what is not held is due from then on. */
  readonly askedAt: Instant;
  readonly heldUntil: Instant | null;
}

export interface Outbox {
  /**
   * After the event that asks for it, in a transaction that has locked the case, or as the process.
   * The actor need not see the case any more: a moderator who lets a report through orders its acknowledgement.
   */
  put(outgoing: NewOutgoing): Promise<void>;
  /** Ids of messages whose turn has come; the process only. */
  due(now: Instant, limit: number): Promise<readonly string[]>;
  /** The message, locked; undefined when another worker holds it or it is not waiting any more. */
  take(id: string): Promise<Outgoing | undefined>;
  finish(id: string, state: 'sent' | 'cancelled' | 'failed', at: Instant, outcome: string): Promise<void>;
  /** A temporary failure: tried again at `next`. */
  postpone(id: string, next: Instant, outcome: string): Promise<void>;
  /** Its turn comes later, for no failure: the recipient wants no mail before. */
  defer(id: string, until: Instant): Promise<void>;
  /** Ids of messages to this person whose turn has come, oldest first; the process only. */
  waitingFor(person: PersonId, now: Instant, limit: number): Promise<readonly string[]>;
  /** What was deferred for this person is looked at anew: they chose other hours. The process only. */
  wake(person: PersonId, now: Instant): Promise<void>;
  /** True when it was still waiting and now never goes out; for those who read the whole case. */
  withdraw(id: string): Promise<boolean>;
  of(id: CaseId): Promise<readonly Outgoing[]>;
  /** The earliest instant at which something that waits becomes or became due; the process only. */
  nextDue(): Promise<Instant | null>;
}
