// SPDX-License-Identifier: Apache-2.0
// The composition root, read from top to bottom: configuration, installation, doors, worker; and the way back at a signal.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installProject, type ProjectSettings, readProjects } from './app/projects.ts';
import type { World } from './app/world.ts';
import { localCommands, runCommand } from './cli/cli.ts';
import { type Config, configOf } from './config.ts';
import type { Policy } from './core/policy/policy.ts';
import { demo } from './demo.ts';
import { openInstallation } from './installation.ts';
import { readPolicy } from './policy/read-policy.ts';
import { OutsideFailure } from './ports/failure.ts';
import { openDoors, startJobs } from './serve.ts';
import { siteAssets } from './web/site-assets.ts';

const root = join(import.meta.dirname, '..', '..');
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };

const commands = {
  demo: { does: 'the whole system on this machine, with replayed public cases', run: () => running((config, log) => demo(config, log)) },
  serve: { does: 'server: pages, API, mail and jobs in one process', run: () => running((config, log) => serve(config, log, true)) },
  work: { does: 'server: jobs alone, beside other processes', run: () => running((config, log) => serve(config, log, false)) },
  ...localCommands(root),
};

process.exitCode = await runCommand(commands, version, process.argv.slice(2));

/** Starts, waits for a signal, stops. What goes wrong at the start is one line. */
async function running(start: (config: Config, log: World['log']) => Promise<{ stop(): Promise<void> }>): Promise<number> {
  const signal = new Promise<NodeJS.Signals>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, resolve);
  });
  try {
    const system = await start(configOf(process.env, root), jsonLog);
    await signal;
    await system.stop();
    return 0;
  } catch (error) {
    if (!(error instanceof OutsideFailure || error instanceof RangeError)) throw error;
    process.stderr.write(`daylight: ${error.message}\n`);
    return 1;
  }
}

async function serve(config: Config, log: World['log'], doors: boolean): Promise<{ stop(): Promise<void> }> {
  if (!existsSync(config.projects)) throw new RangeError(`${config.projects}: expected the list of projects; docs/operate.md shows one`);
  const projects = readProjects(config.projects, await readFile(config.projects, 'utf8'));
  const installation = await openInstallation({ config, projects, siteAssets: siteAssets(), log });
  const policies = new Map<string, Policy>();
  for (const settings of projects) policies.set(settings.project, await install(installation.world, settings));
  const opened = doors ? await openDoors(installation, { config, projects, policies, web: { projects, demo: null } }) : null;
  const worker = await startJobs(installation, projects);
  log('ready', { http: opened?.http ?? 0 });
  return {
    async stop() {
      await opened?.close();
      await worker.stop();
      await installation.stop();
    },
  };
}

async function install(world: World, settings: ProjectSettings): Promise<Policy> {
  const file = settings.policy.endsWith('.yaml') ? settings.policy : join(root, 'policies', `${settings.policy}.yaml`);
  const text = await readFile(file, 'utf8');
  await installProject(world, settings, { file, text });
  const read = readPolicy(file, text);
  if ('problems' in read) throw new RangeError(`${file}: not a policy`);
  return read.policy;
}

/** One JSON object a line on standard error; ids and numbers only. */
function jsonLog(event: string, ids: Readonly<Record<string, string | number>>): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...ids })}\n`);
}
