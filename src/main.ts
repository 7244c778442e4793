// SPDX-License-Identifier: Apache-2.0
// The composition root, read from top to bottom: configuration, installation, doors, worker; and the way back at a signal.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installProject, type ProjectSettings, readProjects } from './app/projects.ts';
import type { World } from './app/world.ts';
import { archiveFiles } from './cli/archive-files.ts';
import { localCommands, runCommand } from './cli/cli.ts';
import type { ServerIo } from './cli/server-command.ts';
import { type Config, configOf, serverOf } from './config.ts';
import type { Policy } from './core/policy/policy.ts';
import { demo } from './demo.ts';
import { machine, machineClock, openInstallation } from './installation.ts';
import { OutsideFailure } from './ports/failure.ts';
import { openDoors, startJobs } from './serve.ts';
import { siteAssets } from './web/site-assets.ts';

const root = join(import.meta.dirname, '..', '..');
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };

/** Longest time that stopping may take, in milliseconds; what is under way then is found again at the next start. */
const patience = 60_000;

const commands = {
  demo: server('demo', 'the whole system on this machine, with replayed public cases', demo),
  serve: server('serve', 'server: pages, API, mail and jobs in one process', (config, log, started) => serve(config, log, started, true)),
  work: server('work', 'server: jobs alone, beside other processes', (config, log, started) => serve(config, log, started, false)),
  person: onServer('server: the first people, links to a first passkey, recovery', async () => (await import('./cli/person.ts')).person),
  token: onServer('server: API tokens of a member', async () => (await import('./cli/token.ts')).token),
  audit: onServer('server: check the chains; who can see a case, and who has seen it', async () => (await import('./cli/audit.ts')).audit),
  site: siteCommand(),
  import: importCommand(),
  bench: {
    does: 'measure against the anchors, in the same run',
    run: async (words: readonly string[]) => (await import('./bench.ts')).bench(configOf(process.env, root), words),
  },
  ...localCommands(root, machineClock.now, () => serverOf(process.env), machine),
};

process.exitCode = await runCommand(commands, version, process.argv.slice(2));

/** Whatever was started is stopped again in the opposite order, also when a later step of the start fails. */
type Start = (config: Config, log: World['log'], started: AsyncDisposableStack) => Promise<void>;

/** A command that runs until it is told to stop. It takes no words of its own, so that a mistyped one starts nothing. */
function server(name: string, does: string, start: Start) {
  return {
    does,
    async run(words: readonly string[]): Promise<number> {
      if (words.length === 0) return running(start);
      const asked = words.includes('--help');
      const text = `Example\n  daylight ${name}\n\n${does}. Settings are environment variables: docs/operate.md has them. Ctrl-C stops it.\n`;
      if (asked) process.stdout.write(text);
      else process.stderr.write(`daylight ${name}: expected no arguments, not ${words.join(' ')}\n`);
      return asked ? 0 : 2;
    },
  };
}

/** A command that opens the installation, beside a server that runs, for as long as it takes. */
function onServer<Io extends ServerIo = ServerIo>(
  does: string,
  load: () => Promise<(args: readonly string[], io: Io) => Promise<number>>,
  beside?: Omit<Io, keyof ServerIo>,
) {
  const opened: ServerIo['with'] = async (work) => {
    const config = configOf(process.env, root);
    const projects = await projectsOf(config);
    const installation = await openInstallation({ config, projects, siteAssets: siteAssets(), log: () => undefined });
    try {
      for (const settings of projects) await install(installation.world, settings);
      return await work(installation.world, projects);
    } finally {
      await installation.stop();
    }
  };
  const io = {
    ...beside,
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    with: opened,
  } as Io;
  return {
    does,
    run: async (words: readonly string[]) =>
      (await load())(words, io).catch((error: unknown) => {
        if (!(error instanceof OutsideFailure || error instanceof RangeError)) throw error;
        io.err(`daylight: ${error.message}`);
        return 1;
      }),
  };
}

function siteCommand() {
  const beside = { replaceFolder: machine.replaceFolder, elapsed: () => performance.now() };
  return onServer('server: build the whole public site into a folder', async () => (await import('./cli/site.ts')).site, beside);
}

function importCommand() {
  const load = async () => (await import('./cli/import.ts')).importAdvisories;
  return onServer('server: take over an archive of advisories', load, { files: archiveFiles });
}

async function projectsOf(config: Config): Promise<readonly ProjectSettings[]> {
  if (!existsSync(config.projects)) throw new RangeError(`${config.projects}: expected the list of projects; docs/operate.md shows one`);
  return readProjects(config.projects, await readFile(config.projects, 'utf8'));
}

/** Starts, waits for a signal, stops. What goes wrong at the start is one line. */
async function running(start: Start): Promise<number> {
  const started = new AsyncDisposableStack();
  const end = ending(jsonLog);
  try {
    await Promise.race([start(configOf(process.env, root), jsonLog, started), end.uncaught]);
    return await end.code;
  } catch (error) {
    if (!(error instanceof OutsideFailure || error instanceof RangeError)) throw error;
    process.stderr.write(`daylight: ${error.message}\n`);
    return 1;
  } finally {
    setTimeout(() => process.exit(1), patience).unref();
    await started.disposeAsync();
  }
}

/**
 * What ends a server: a signal, or the last net. An error that no door caught leaves its kind in the log and nothing of its message, which may quote
 * a case; whatever was started is stopped in order, and the program says that it failed. Who watches over it starts it again, and what was under way is found.
 */
function ending(log: World['log']): { readonly code: Promise<number>; readonly uncaught: Promise<void> } {
  const fallen = Promise.withResolvers<void>();
  const code = Promise.withResolvers<number>();
  // Kept for good: npm and a terminal both pass a signal on, and the second must not cut the first short.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => code.resolve(0));
  // A rejection that nobody handles comes here too.
  process.on('uncaughtException', (error, origin) => {
    log('uncaught', { error: error instanceof Error ? error.name : typeof error, origin });
    process.exitCode = 1;
    setTimeout(() => process.exit(1), patience).unref();
    code.resolve(1);
    fallen.resolve();
  });
  return { code: code.promise, uncaught: fallen.promise };
}

async function serve(config: Config, log: World['log'], started: AsyncDisposableStack, doors: boolean): Promise<void> {
  const projects = await projectsOf(config);
  const installation = await openInstallation({ config, projects, siteAssets: siteAssets(), log });
  started.defer(() => installation.stop());
  const policies = new Map<string, Policy>();
  for (const settings of projects) policies.set(settings.project, await install(installation.world, settings));
  const worker = await startJobs(installation, projects);
  started.defer(() => worker.stop());
  const opened = doors ? await openDoors(installation, { config, projects, policies, web: { projects, demo: null } }) : null;
  started.defer(() => opened?.close());
  log('ready', { http: opened?.http ?? 0 });
}

async function install(world: World, settings: ProjectSettings): Promise<Policy> {
  const file = settings.policy.endsWith('.yaml') ? settings.policy : join(root, 'policies', `${settings.policy}.yaml`);
  const text = await readFile(file, 'utf8');
  const maintainers = settings.maintainers === undefined ? undefined : await readFile(settings.maintainers, 'utf8');
  return installProject(world, settings, { file, text }, maintainers);
}

/** One JSON object a line on standard error; ids and numbers only. */
function jsonLog(event: string, ids: Readonly<Record<string, string | number>>): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...ids })}\n`);
}
