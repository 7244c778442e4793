// SPDX-License-Identifier: Apache-2.0
// Mail of a project that belongs to no case: kept with what asked for it, written and sent by the worker. The process only.

import type { PersonId } from '../../core/model/identifiers.ts';
import type { Instant } from '../../core/model/time.ts';
import type { PersonNoticeName } from '../../core/people/consequences.ts';

/** What is told of a project as a whole; each has its rule in app/registry.ts. */
export type ProjectNoticeName = UpkeepNoticeName | HeadNoticeName | PersonNoticeName | SignInNoticeName;

/** To a member, of their own ways in. */
export type SignInNoticeName =
  | 'way-in-added'
  | 'way-in-removed'
  | 'recovery-asked'
  | 'recovery-used'
  | 'sign-in-refused'
  | 'sign-in-unusual';

export type UpkeepNoticeName = 'policy-proposed' | 'policy-published' | 'security-txt-expires' | 'signing-key-ends';

/** Once a day to those who run the system: where the chains end. */
export type HeadNoticeName = 'audit-head';

export interface ProjectMessage {
  /** What asked for it and to whom: the same again is not sent again. */
  readonly key: string;
  readonly notice: ProjectNoticeName;
  readonly person: PersonId;
  readonly attempts: number;
}

export interface ProjectMail {
  put(message: Omit<ProjectMessage, 'attempts'> & { readonly askedAt: Instant }): Promise<void>;
  due(now: Instant, limit: number): Promise<readonly string[]>;
  /** The message, locked until the transaction ends; undefined when another worker has it, or it is done. */
  take(key: string): Promise<ProjectMessage | undefined>;
  finish(key: string, state: 'sent' | 'cancelled' | 'failed', outcome: string): Promise<void>;
  postpone(key: string, next: Instant, outcome: string): Promise<void>;
}
