// SPDX-License-Identifier: Apache-2.0
// How the store fails: what is not certain is never taken for done, and no error quotes what a row holds.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { ClientConfig } from 'pg';
import { openDatabase } from '../../src/adapters/postgres/database.ts';
import { OutsideFailure } from '../../src/ports/failure.ts';
import { testDatabase, testMasterKey } from '../support/database.ts';
import { anna, appended, byAnna, libvirt, next, personOf, processOf, receive, report, settle } from './store-material.ts';

const { store, connection, ask } = await testDatabase();
await settle(store);

const temporary = (error: unknown) => error instanceof OutsideFailure && error.lasting === 'temporary';
const permanent = (error: unknown) => error instanceof OutsideFailure && error.lasting === 'permanent';

/** When the bytes of a COMMIT pass: cut the line before it reaches the database, or before its answer reaches us. */
type Fault = 'none' | 'commit lost' | 'answer lost';

/** A line to the database that can be cut at the worst moment. */
async function faultyLine(to: ClientConfig): Promise<{ readonly config: ClientConfig; fault: Fault; close(): void }> {
  const sockets = new Set<Socket>();
  const line = { config: { ...to, host: '127.0.0.1', port: 0 }, fault: 'none' as Fault, close: () => {} };
  const server = createServer((near) => {
    const { host = '', port = 5432 } = to;
    const far = host.startsWith('/') ? createConnection(join(host, `.s.PGSQL.${port}`)) : createConnection(port, host);
    const cut = () => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', cut).on('close', cut);
    }
    near.on('data', (bytes) => {
      const commits = bytes.includes('commit\0');
      if (commits && line.fault === 'commit lost') return cut();
      far.write(bytes);
      if (commits && line.fault === 'answer lost') near.pause();
    });
    far.on('data', (bytes) => {
      if (line.fault === 'answer lost' && bytes.includes('COMMIT')) return cut();
      near.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  line.config.port = typeof address === 'object' && address !== null ? address.port : 0;
  line.close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return line;
}

test('R-01 a commit that never arrived and one whose answer was lost are both told as uncertain, and asking again tells which it was', async (t) => {
  const line = await faultyLine(connection);
  const away = await openDatabase({ owner: line.config, masterKey: testMasterKey, log: () => {} });
  t.after(async () => {
    await away.close();
    line.close();
  });
  for (const [fault, kept] of [
    ['commit lost', false],
    ['answer lost', true],
    ['none', true],
  ] as const) {
    const one = report(libvirt);
    line.fault = fault;
    const attempt = receive(away.store, one);
    if (fault === 'none') await attempt;
    else await assert.rejects(attempt, temporary, fault);
    line.fault = 'none';
    const found = await away.store.as(one.reporter, ({ cases }) => cases.find(one.id));
    assert.equal(found !== undefined, kept, fault);
  }
});

test('R-06 while nothing listens the failure is temporary, and the store goes on when the database is back', async () => {
  const line = await faultyLine(connection);
  const away = await openDatabase({ owner: line.config, masterKey: testMasterKey, log: () => {} });
  const { port } = line.config;
  line.close();
  await assert.rejects(
    away.store.as(processOf(libvirt), ({ accounts }) => accounts.projects()),
    temporary,
  );
  const again = await faultyLine(connection);
  const bridge = createServer((near) => {
    const far = createConnection(again.config.port ?? 0, '127.0.0.1');
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  bridge.listen(port, '127.0.0.1');
  await once(bridge, 'listening');
  assert.equal((await away.store.as(processOf(libvirt), ({ accounts }) => accounts.projects())).length, 2);
  await away.close();
  bridge.close();
  again.close();
});

test('a connection that the server cuts in the middle is a temporary failure, and nothing of the work is kept', async () => {
  const one = await receive(store, report(libvirt));
  const attempt = store.as(personOf(libvirt, anna), async ({ cases }) => {
    await cases.lock(one.id);
    await ask(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'daylight app' and state = 'idle in transaction'`,
    );
    await pause(50);
    const { events, state } = next(one.first.state, byAnna, { kind: 'case-taken-up' });
    await cases.append(one.id, appended(state, events));
  });
  await assert.rejects(attempt, temporary);
  assert.equal((await store.as(one.reporter, ({ cases }) => cases.find(one.id)))?.state.version, 1);
});

test('a failed statement that was passed over does not pass for a commit', async () => {
  const attempt = store.as(processOf(libvirt), async ({ accounts, cases }) => {
    await cases.takeNumber('LSN', 2026, 7).catch(() => {});
    await accounts.addProject({ project: 'other' as never, title: 'not ours' }).catch(() => {});
  });
  await assert.rejects(attempt, /rolled back/);
});

test('L-28 an error tells the code and the rule that was broken, and no value of a row', async () => {
  const canary = 'canary-value';
  const attempts = [
    () =>
      store.as(processOf(libvirt), ({ accounts }) =>
        accounts.openSession({
          tokenHash: canary,
          person: canary as never,
          proof: canary,
          opened: '2026-03-02T08:00:00.000Z' as never,
          expires: '2026-03-02T20:00:00.000Z' as never,
        }),
      ),
    () =>
      store.as(processOf(libvirt), ({ accounts }) =>
        accounts.openSession({
          tokenHash: canary,
          person: anna,
          proof: canary,
          opened: '2026-03-02T08:00:00.000Z' as never,
          expires: canary as never,
        }),
      ),
    () => store.as(processOf(libvirt), ({ accounts }) => accounts.addProject({ project: libvirt, title: `${canary}\0` })),
  ];
  for (const attempt of attempts) {
    const error = await attempt().then(
      () => assert.fail('it should fail'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof Error && !(error instanceof OutsideFailure));
    assert.match(error.message, /^PostgreSQL refused a statement \((23503|22007|22021)\)/);
    const told = JSON.stringify([error.message, error.stack, ...Object.values(error), error.cause ?? '']);
    assert.ok(!told.includes(canary), told);
  }
});

test('a database that is not there, a user that may not log in and an unreachable host are told apart from bugs', async () => {
  const open = (owner: ClientConfig) => openDatabase({ owner, masterKey: testMasterKey, log: () => {} });
  await assert.rejects(open({ ...connection, database: 'no_such_database' }), permanent);
  await assert.rejects(open({ ...connection, user: 'no_such_user' }), permanent);
  await assert.rejects(open({ ...connection, host: '/nowhere' }), temporary);
  await assert.rejects(openDatabase({ owner: connection, masterKey: new Uint8Array(16), log: () => {} }), RangeError);
});
