// SPDX-License-Identifier: Apache-2.0
// How the store's statements are planned among many cases: each list by its one index, each look-up by key, no table read from end to end.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openPools } from '../../src/adapters/postgres/pool.ts';
import { rolesOf } from '../../src/adapters/postgres/roles.ts';
import { masterKeys } from '../../src/adapters/postgres/seal.ts';
import { withPrincipal } from '../../src/adapters/postgres/session.ts';
import { transactionOf } from '../../src/adapters/postgres/store.ts';
import type { Principal } from '../../src/core/policy/access.ts';
import type { Transaction } from '../../src/ports/store/store.ts';
import { testDatabase, testMasterKey } from '../support/database.ts';
import { anna, anyone, libvirt, morning, personOf, processOf, receive, report, settle } from './store-material.ts';

const { store, connection, ask } = await testDatabase();
const keys = masterKeys(testMasterKey);
const pools = openPools(rolesOf({ owner: connection }, keys), () => {});
after(() => Promise.all(Object.values(pools).map((pool) => pool.end())));

await settle(store);
const one = await receive(store, report(libvirt));
await store.as(processOf(libvirt), ({ outbox }) =>
  outbox.put({
    id: 'first',
    case: one.id,
    key: 'k',
    notice: 'held',
    to: { kind: 'right', right: 'handle' },
    seq: 1,
    askedAt: morning,
    heldUntil: null,
  }),
);
/** Thousands of cases after the pattern of one, of which some are public, some due, some ended. */
for (const copy of [
  `insert into daylight.cases select project, md5(n::text), policy_name, policy_version, version, state, head, n % 3 > 0, null, title_id, n % 5 = 0,
     at + n * interval '1 minute', opening, readers, cve_readers, guests, parties, party_members, party_notices, proofs, published_version, case when n % 2 = 0 then at + n * interval '1 hour' end, n % 7 = 0, at, few
   from daylight.cases, generate_series(1, 5000) n, (select timestamptz '2026-03-02' as at) t where case_id = $1`,
  `insert into daylight.case_key select project, md5(n::text), wrapped from daylight.case_key, generate_series(1, 5000) n where case_id = $1`,
  `insert into daylight.event select project, md5(n::text), seq, at, kind, v, envelope, hash from daylight.event, generate_series(1, 5000) n where case_id = $1`,
  `insert into daylight.content select project, md5(n::text), content_id, kind, audience, participant, closed, salt, hash, sealed from daylight.content, generate_series(1, 5000) n where case_id = $1`,
  `insert into daylight.outbox select project, md5(n::text), md5(n::text), key, notice, recipient, seq, case when n % 10 = 0 then 'waiting' else 'sent' end,
     held_until, due_at + n * interval '1 minute', sent_at, attempts, outcome from daylight.outbox, generate_series(1, 5000) n where case_id = $1`,
])
  await ask(copy, [one.id]);
await ask('analyze');

/** Plans of the statements that `work` prepares, as they run for every value: EXPLAIN of what the connection has kept. */
function plansOf(who: Principal, work: (transaction: Transaction) => Promise<unknown>): Promise<string> {
  return withPrincipal(pools, who, async (session) => {
    const before = await prepared(session);
    await work(transactionOf(session, { pools, keys, policies: new Map() })).catch((error: unknown) => {
      // The copies cannot be unsealed; their statements ran all the same.
      if (!/unable to authenticate/.test(String(error))) throw error;
    });
    const plans: string[] = [];
    for (const { name, types } of await prepared(session))
      if (!before.some((one) => one.name === name)) {
        const values = types.map((type) =>
          type === 'text[]' ? `'{}'` : type.startsWith('timestamp') ? `'2026-03-02'` : type === 'boolean' ? 'true' : `'1'`,
        );
        const lines = await session.rows(sql<{ 'QUERY PLAN': string }>`${sql.raw(`explain execute "${name}"(${values.join(', ')})`)}`);
        plans.push(...lines.map((line) => line['QUERY PLAN']));
      }
    return plans.join('\n');
  });
}

function prepared(session: Parameters<Parameters<typeof withPrincipal>[2]>[0]) {
  return session.rows(sql<{ name: string; types: readonly string[] }>`
    select name, parameter_types::text[] as types from pg_prepared_statements where statement not like '%pg_prepared_statements%'`);
}

const lists: readonly (readonly [string, string, Principal, (transaction: Transaction) => Promise<unknown>])[] = [
  ['what is due', 'cases_due', processOf(libvirt), ({ cases }) => cases.due(morning, 50)],
  ['the queue', 'cases_queue', personOf(libvirt, anna), ({ cases }) => cases.queue({ open: true, limit: 50 })],
  [
    'a page of the queue further on',
    'cases_queue',
    personOf(libvirt, anna),
    ({ cases }) =>
      cases.queue({
        open: true,
        limit: 50,
        after: { patches: false, deadline: null, openedAt: morning, case: one.id },
      }),
  ],
  ['what is public', 'cases_published', anyone(libvirt), ({ cases }) => cases.published(50)],
  ['the mail that is due', 'outbox_due', processOf(libvirt), ({ outbox }) => outbox.due(morning, 50)],
  ['the next mail', 'outbox_due', processOf(libvirt), ({ outbox }) => outbox.nextDue()],
];

for (const [what, index, who, work] of lists)
  test(`${what} is found by the index ${index}, in its order, without reading a table from end to end`, async () => {
    const plan = await plansOf(who, work);
    assert.match(plan, new RegExp(`Index (Only )?Scan using ${index} `));
    assert.doesNotMatch(plan, /Seq Scan on (cases|content|case_key|event|outbox)/);
    assert.doesNotMatch(plan, /hashed SubPlan/);
  });

const looks: readonly (readonly [string, Principal, (transaction: Transaction) => Promise<unknown>])[] = [
  ['a case', personOf(libvirt, anna), ({ cases }) => cases.find(one.id)],
  ['a case that is locked', personOf(libvirt, anna), ({ cases }) => cases.lock(one.id)],
  ['its log', personOf(libvirt, anna), ({ cases }) => cases.log(one.id)],
  ['its texts', personOf(libvirt, anna), ({ cases }) => cases.texts(one.id)],
  ['some of its texts', personOf(libvirt, anna), ({ cases }) => cases.texts(one.id, [one.title.ref.id])],
  ['its texts, for the anonymous', anyone(libvirt), ({ cases }) => cases.texts(one.id)],
  ['its mail', personOf(libvirt, anna), ({ outbox }) => outbox.of(one.id)],
  ['a message that is taken', processOf(libvirt), ({ outbox }) => outbox.take('first')],
];

for (const [what, who, work] of looks)
  test(`${what} is found by key`, async () => {
    const plan = await plansOf(who, work);
    assert.match(plan, /Index (Only )?Scan|Bitmap Index Scan/);
    assert.doesNotMatch(plan, /Seq Scan on (cases|content|case_key|event|outbox)|hashed SubPlan/);
  });

test('P4 cases that have ended while a clock runs are found by that clock, in the order of the index, and none of the thousands beside them is looked at', async () => {
  const plan = await plansOf(processOf(libvirt), ({ cases }) => cases.queue({ open: false, clocked: true, limit: 50 }));
  assert.match(plan, /Index (Only )?Scan using cases_queue /);
  assert.match(plan, /Index Cond: .*\(open = .*\(next_deadline IS NOT NULL\)/);
  assert.doesNotMatch(plan, /Seq Scan on (cases|content|event)|hashed SubPlan/);
});

test('L-31 the reads of an hour are counted with one look-up of who asks, and none of the case of each', async () => {
  const plan = await plansOf(personOf(libvirt, anna), ({ cases }) => cases.mayOpen(one.id, 40));
  const filters = plan.split('\n').filter((line) => /Filter: .*held/.test(line) && !line.includes('state'));
  assert.equal(filters.length, 1, plan);
  assert.doesNotMatch(filters[0] ?? '', /concat_ws|current_setting/);
  assert.match(filters[0] ?? '', /principal = (\(InitPlan|\$\d).* OR \(SubPlan/, 'what is one’s own is known before the case is looked up');
});
