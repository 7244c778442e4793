// SPDX-License-Identifier: Apache-2.0
// The store: transactions under one principal. What the principal may not see is not there; nothing outside a transaction can be asked.

import type { Principal } from '../../core/policy/access.ts';
import type { Accounts } from './accounts.ts';
import type { Audit } from './audit.ts';
import type { Cases } from './cases.ts';
import type { Documents } from './documents.ts';
import type { Jobs } from './jobs.ts';
import type { Outbox } from './outbox.ts';
import type { Policies } from './policies.ts';
import type { ProjectMail } from './project-mail.ts';
import type { Roster } from './roster.ts';
import type { SignIn } from './sign-in.ts';

export interface Transaction {
  readonly cases: Cases;
  readonly accounts: Accounts;
  readonly policies: Policies;
  readonly outbox: Outbox;
  readonly projectMail: ProjectMail;
  readonly documents: Documents;
  readonly jobs: Jobs;
  readonly audit: Audit;
  readonly roster: Roster;
  readonly signIn: SignIn;
}

export interface Store {
  /**
   * One transaction as `principal`. It commits when `work` returns and leaves no trace when it throws; what it returns is durable then.
   * @throws OutsideFailure temporary when the database cannot be reached or the commit is not certain.
   */
  as<Result>(principal: Principal, work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
}
