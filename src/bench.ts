// SPDX-License-Identifier: Apache-2.0
// Benchmarks of the whole: an installation of their own in a new folder, or in the database that DATABASE_URL names, measured beside an anchor in the same run.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bareSql } from './adapters/postgres/bare.ts';
import { startEmbeddedPostgres } from './adapters/postgres/embedded.ts';
import { installProject } from './app/projects.ts';
import { manyCases } from './bench/cases.ts';
import type { Reading } from './bench/reading.ts';
import { readingTimes } from './bench/reading.ts';
import type { Config } from './config.ts';
import type { ProjectId } from './core/model/identifiers.ts';
import type { Policy } from './core/policy/policy.ts';
import { type Installation, openInstallation } from './installation.ts';
import { openDoors } from './serve.ts';
import { sessionCookie } from './web/session-cookie.ts';

const usage = `Examples
  daylight bench B6
  daylight bench B6 --cases 5000 --json

B6: the page of the queue and the page of a case, each beside the bare SQL of the same rows; the page of a case leaves a row in the log of reads,
and its anchor one row on disk. 100,000 cases unless --cases says otherwise; taking them in takes most of the time. The data is removed at the end.`;

/** @returns the exit code: 2 for words that are off. */
export async function bench(config: Config, words: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: {
      cases: { type: 'string', default: '100000' },
      rounds: { type: 'string', default: '300' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  const [cases, rounds] = [Number(values.cases), Number(values.rounds)];
  if (values.help === true) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  if (positionals.length !== 1 || positionals[0] !== 'B6' || !(cases >= 1) || !(rounds >= 1)) {
    process.stderr.write(`daylight bench: expected B6, and whole numbers above 0\n\n${usage}\n`);
    return 2;
  }
  const measured = await reading(config, { cases, rounds });
  process.stdout.write(`${values.json === true ? JSON.stringify(measured) : told(measured)}\n`);
  return 0;
}

async function reading(given: Config, { cases, rounds }: { readonly cases: number; readonly rounds: number }): Promise<Reading> {
  await using ended = new AsyncDisposableStack();
  const data = await mkdtemp(join(tmpdir(), 'daylight-bench-'));
  ended.defer(() => rm(data, { recursive: true, force: true }));
  const config: Config = { ...given, data, http: { host: '127.0.0.1', port: 0 }, smtp: null, lmtp: null, clockFile: null };
  // Kept up from one installation to the next.
  const postgres = given.databaseUrl === null ? await startEmbeddedPostgres({ dataDir: join(data, 'postgres'), log }) : null;
  ended.defer(() => postgres?.stop());
  const anchor = await bareSql({ owner: given.databaseUrl ?? postgres?.connection ?? '' });
  ended.defer(() => anchor.close());
  await anchor.waitForDisk(false);
  const ids = await installed(config, ({ world }) =>
    manyCases(world, project, cases, (done) => process.stderr.write(`${done} of ${cases} reports taken in\n`)),
  );
  await anchor.waitForDisk(true);
  return await installed(config, async (installation, policy) => {
    const web = { projects: [settings], demo: null };
    const doors = await openDoors(installation, { config, projects: [settings], policies: new Map([[project, policy]]), web });
    const { world } = installation;
    const pages = { world, base: `http://127.0.0.1:${doors.http}`, cookie: sessionCookie(world, project), anchor };
    return readingTimes(pages, { project, ids, rounds }).finally(() => doors.close());
  });
}

const settings = { project: 'qemu', title: 'QEMU', policy: 'qemu-2026', sender: { name: 'QEMU', address: 'security@qemu.example' } };
const project = settings.project as ProjectId;
const log = () => undefined;

async function installed<Result>(config: Config, work: (installation: Installation, policy: Policy) => Promise<Result>): Promise<Result> {
  const installation = await openInstallation({ config, projects: [settings], siteAssets: [], log });
  try {
    const file = join(config.root, 'policies', `${settings.policy}.yaml`);
    return await work(installation, await installProject(installation.world, settings, { file, text: await readFile(file, 'utf8') }));
  } finally {
    await installation.stop();
  }
}

function told({ cases, ...compared }: Reading): string {
  const lines = Object.entries(compared).map(
    ([name, { page, sql, ratio }]) =>
      `${name.padEnd(6)} p99 ${page.p99} ms, bare SQL ${sql.p99} ms: ${ratio} times (medians ${page.p50} and ${sql.p50} ms, ${page.rounds} rounds)`,
  );
  return [`${cases} cases`, ...lines].join('\n');
}
