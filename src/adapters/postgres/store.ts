// SPDX-License-Identifier: Apache-2.0
// The store on PostgreSQL: a transaction of one principal, with every port of it.

import type { Store, Transaction } from '../../ports/store/store.ts';
import { accountsOf } from './accounts.ts';
import { auditOf } from './audit.ts';
import type { Backing } from './backing.ts';
import { casesOf } from './cases.ts';
import { documentsOf } from './documents.ts';
import { jobsOf } from './jobs.ts';
import { outboxOf } from './outbox.ts';
import { policiesOf } from './policies.ts';
import type { Pools } from './pool.ts';
import { projectMailOf } from './project-mail.ts';
import { rosterOf } from './roster.ts';
import type { MasterKeys } from './seal.ts';
import { type Session, withPrincipal } from './session.ts';
import { signInOf } from './sign-in.ts';

export function storeOn(pools: Pools, keys: MasterKeys): Store {
  const backing: Backing = { pools, keys, policies: new Map() };
  return {
    as: (principal, work) => withPrincipal(pools, principal, (session) => work(transactionOf(session, backing))),
  };
}

export function transactionOf(session: Session, backing: Backing): Transaction {
  return {
    cases: casesOf(session, backing),
    accounts: accountsOf(session, backing.keys),
    policies: policiesOf(session, backing.policies),
    outbox: outboxOf(session),
    projectMail: projectMailOf(session),
    documents: documentsOf(session, backing.keys),
    jobs: jobsOf(session),
    audit: auditOf(session),
    roster: rosterOf(session, backing.keys),
    signIn: signInOf(session),
  };
}
