// SPDX-License-Identifier: Apache-2.0
// Benchmarks of the whole: an installation of their own in a new folder, whatever DATABASE_URL names, measured beside an anchor in the same run.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bareSql } from './adapters/postgres/bare.ts';
import { startEmbeddedPostgres } from './adapters/postgres/embedded.ts';
import { fileSite } from './adapters/site/files.ts';
import { installProject } from './app/projects.ts';
import { manyCases } from './bench/cases.ts';
import type { Reading } from './bench/reading.ts';
import { readingTimes } from './bench/reading.ts';
import type { SiteTimes } from './bench/site.ts';
import { siteTimes } from './bench/site.ts';
import type { Timed } from './bench/timing.ts';
import type { Config } from './config.ts';
import type { ProjectId } from './core/model/identifiers.ts';
import type { Policy } from './core/policy/policy.ts';
import { type Installation, openInstallation } from './installation.ts';
import { openDoors } from './serve.ts';
import { sessionCookie } from './web/session-cookie.ts';

const usage = `Examples
  daylight bench B6
  daylight bench B6 --cases 5000 --json
  daylight bench B7

B6: the page of the queue and the page of a case, each beside the bare SQL of the same rows; the page of a case leaves a row in the log of reads,
and its anchor one row on disk. 100,000 cases unless --cases says otherwise; taking them in takes most of the time. The data is removed at the end.
B7: a public site of 10,000 advisories (--advisories) in every format, from their records to files, signing apart, beside \`cp -r\` of it; and then
one advisory more at a time (--rounds), its formats and all its lists, each file in its place; beside the same bytes as bare files, its formats alone,
and one page of it by xsltproc, where that is installed.`;

/** @returns the exit code: 2 for words that are off. */
export async function bench(config: Config, words: readonly string[]): Promise<number> {
  const asked = askedBy(words);
  if (asked === 'help' || asked === 'wrong') {
    const text = asked === 'help' ? usage : `daylight bench: expected B6 or B7, and whole numbers above 0\n\n${usage}`;
    (asked === 'help' ? process.stdout : process.stderr).write(`${text}\n`);
    return asked === 'help' ? 0 : 2;
  }
  if (asked.name === 'B6') {
    const measured = await reading(config, asked);
    process.stdout.write(`${asked.json ? JSON.stringify(measured) : told(measured)}\n`);
  } else {
    const measured = await building(asked);
    process.stdout.write(`${asked.json ? JSON.stringify(measured) : toldOfSite(measured)}\n`);
  }
  return 0;
}

interface Asked {
  readonly name: 'B6' | 'B7';
  readonly cases: number;
  readonly advisories: number;
  readonly rounds: number;
  readonly json: boolean;
}

function askedBy(words: readonly string[]): Asked | 'help' | 'wrong' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const count = (usual: string) => ({ ...text, default: usual });
  const options = { cases: count('100000'), advisories: count('10000'), rounds: text, json: flag, help: flag };
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
    if (values.help) return 'help';
    const [name, ...more] = positionals;
    if ((name !== 'B6' && name !== 'B7') || more.length > 0) return 'wrong';
    const rounds = Number(values.rounds ?? (name === 'B6' ? 300 : 20));
    const asked = { name, cases: Number(values.cases), advisories: Number(values.advisories), rounds, json: values.json } as const;
    const counts = [asked.cases, asked.advisories, rounds].every((one) => Number.isSafeInteger(one) && one >= 1);
    return counts ? asked : 'wrong';
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return 'wrong';
  }
}

/** In a folder of its own, on the file system of temporary files. */
async function building({ advisories, rounds }: Asked): Promise<SiteTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'daylight-bench-'));
  try {
    return await siteTimes(folder, fileSite(folder), { advisories, rounds });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function toldOfSite({ advisories, files, built, copied, onDisk, ratio, oneMore }: SiteTimes): string {
  const { published, bareFiles, bytes, formats, stylesheet } = oneMore;
  const said = ({ p50, p99 }: Timed) => `p50 ${p50} ms, p99 ${p99} ms`;
  return [
    `${advisories} advisories, ${files} files: built in ${built} s, cp -r ${copied} s: ${ratio} times; cp -r until it is on the disk ${onDisk} s`,
    `one more: ${said(published)} (${published.rounds} rounds)`,
    `  the same bytes as bare files, ${(bytes / 1e6).toFixed(1)} MB: ${said(bareFiles)}`,
    `  its formats alone: ${said(formats)}`,
    `  one page of it by xsltproc: ${stylesheet === null ? 'not installed' : said(stylesheet)}`,
  ].join('\n');
}

async function reading(given: Config, { cases, rounds }: Asked): Promise<Reading> {
  await using ended = new AsyncDisposableStack();
  const data = await mkdtemp(join(tmpdir(), 'daylight-bench-'));
  ended.defer(() => rm(data, { recursive: true, force: true }));
  const config: Config = {
    ...given,
    data,
    databaseUrl: null,
    http: { host: '127.0.0.1', port: 0 },
    smtp: null,
    lmtp: null,
    oidc: null,
    clockFile: null,
  };
  // Kept up from one installation to the next.
  const postgres = await startEmbeddedPostgres({ dataDir: join(data, 'postgres'), log });
  ended.defer(() => postgres.stop());
  const anchor = await bareSql({ owner: postgres.connection });
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
