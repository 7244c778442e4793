// SPDX-License-Identifier: Apache-2.0
// The demonstration: the whole system on this machine, its mail kept in a folder, its cases replays of public ones. A second start continues.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startMailSink } from './adapters/sink/mail-sink.ts';
import { smtpRelay } from './adapters/smtp/relay.ts';
import { rehearsalClock, systemClock } from './adapters/system.ts';
import { changeMember } from './app/owners.ts';
import { installProject, type ProjectSettings } from './app/projects.ts';
import type { World } from './app/world.ts';
import type { Config } from './config.ts';
import type { Policy } from './core/policy/policy.ts';
import { type DemoProject, demoProjects } from './demo/people.ts';
import { seedDemo } from './demo/seed.ts';
import { openInstallation } from './installation.ts';
import type { Clock } from './ports/clock.ts';
import { openDoors, startJobs } from './serve.ts';
import { siteAssets } from './web/site-assets.ts';

/** Where the demonstration takes reports by mail. */
const mailIn = 2525;

export async function demo(given: Config, log: World['log'], started: AsyncDisposableStack): Promise<void> {
  const smtp = given.smtp ?? { host: given.http.host, port: mailIn };
  const config: Config = { ...given, data: join(given.data, 'demo'), smtp, replyDomain: 'reply.example' };
  await mkdir(config.data, { recursive: true, mode: 0o700 });
  const projects = demoProjects.map(settingsOf);
  const past = movableClock(config.clockFile === null ? systemClock : rehearsalClock(config.clockFile));
  const sink = await startMailSink({ dir: join(config.data, 'mail'), port: 0, clock: past.clock });
  started.defer(() => sink.stop());
  const relay = smtpRelay({ host: '127.0.0.1', port: sink.port, name: 'demo.localhost' });
  const installation = await openInstallation({
    config,
    projects,
    siteAssets: siteAssets(),
    log,
    substitutes: { clock: past.clock, relay },
  });
  started.defer(() => installation.stop());
  const policies = new Map<string, Policy>();
  for (const project of demoProjects) policies.set(project.project, await install(installation.world, config, project));
  const replays = new Map<string, string>();
  const doors = await openDoors(installation, {
    config,
    projects,
    policies,
    web: { projects, demo: { people: demoProjects, replays, sink } },
  });
  started.defer(() => doors.close());
  for (const [id, text] of Object.entries(await seeded(installation.world, config, past))) replays.set(id, text);
  const worker = await startJobs(installation, projects);
  started.defer(() => worker.stop());
  welcome(config, log);
}

function settingsOf({ project, title, policy, sender }: DemoProject): ProjectSettings {
  return { project, title, policy, sender };
}

/** A clock which the seeding turns back for a while: the cases have a past. */
function movableClock(base: Clock) {
  let set: ReturnType<Clock['now']> | null = null;
  return {
    clock: { now: () => set ?? base.now() } satisfies Clock,
    turn: (at: ReturnType<Clock['now']> | null) => {
      set = at;
    },
  };
}

async function install(world: World, config: Config, { project, title, policy, sender, members }: DemoProject): Promise<Policy> {
  const file = join(config.root, 'policies', `${policy}.yaml`);
  const text = await readFile(file, 'utf8');
  const holds = await installProject(world, { project, title, policy, sender }, { file, text });
  for (const member of members) await changeMember(world, project, member);
  return holds;
}

/** Seeds once; a half-seeded folder of a killed start is finished by the same reports, which are the same cases. */
async function seeded(world: World, config: Config, past: ReturnType<typeof movableClock>): Promise<Readonly<Record<string, string>>> {
  const file = join(config.data, 'replays.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept) as Record<string, string>;
  const replays = await seedDemo({ world, setClock: past.turn }, demoProjects, world.clock.now());
  past.turn(null);
  await writeFile(file, JSON.stringify(replays), { flush: true });
  return replays;
}

function welcome(config: Config, log: World['log']): void {
  const lines = [
    '',
    `Daylight demo is ready: ${config.baseUrl}`,
    '',
    ...demoProjects.flatMap(({ project, title, members }) => [
      `  ${title}: report ${config.baseUrl}/${project}/report · advisories ${config.baseUrl}/${project}/advisories`,
      ...members.map(({ name, roles }) => `    as ${name.padEnd(7)} (${roles.join(', ')})  ${config.baseUrl}/${project}/sign-in/${name}`),
    ]),
    '',
    `  Mail to libvirt: swaks --server 127.0.0.1:${config.smtp?.port ?? 0} --to security@lists.libvirt.org`,
    `  Mail that would have left: ${config.baseUrl}/libvirt/mail. No mail leaves this machine.`,
    `  Data: ${config.data} (delete the folder to begin anew). Ctrl-C stops everything.`,
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  log('ready', { projects: demoProjects.length });
}
