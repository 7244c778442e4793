// SPDX-License-Identifier: Apache-2.0
// `daylight site build --out DIR`: the whole public site of a project as files that any web server can carry.

import { parseArgs } from 'node:util';
import type { ProjectSettings } from '../app/projects.ts';
import { siteFiles } from '../app/site.ts';
import type { World } from '../app/world.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import { chooseProject, type ServerIo } from './server-command.ts';

type Files = Awaited<ReturnType<typeof siteFiles>>;

export interface SiteIo extends ServerIo {
  /** Makes `folder` hold these files and no others, in one step. @returns how many. @throws OutsideFailure when there is something else in it. */
  replaceFolder(folder: string, files: Files): Promise<number>;
  /** Milliseconds of a clock that only goes on. */
  elapsed(): number;
}

const usage = `Examples
  daylight site build --out public
  daylight site build --out /srv/www/security --project libvirt

Writes every published advisory in all its formats, the lists for people and programs, opened records and the policy, from what is public in the
database. The site is built beside the folder and takes its place in one step; a folder that holds something else is left as it is.
`;

interface Asked {
  readonly out: string;
  readonly project: string | null;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** The exit code: 0 built, 1 not written, 2 usage, 3 no such project. */
export async function site(args: readonly string[], io: SiteIo): Promise<number> {
  if (args.length === 0 || args.includes('--help')) {
    io.out(usage.trimEnd());
    return args.length === 0 ? 2 : 0;
  }
  const asked = parse(args);
  if (typeof asked === 'string') {
    io.err(`daylight site: ${asked}`);
    return 2;
  }
  return io.with((world, projects) => build(world, projects, asked, io));
}

async function build(
  world: World,
  projects: readonly ProjectSettings[],
  { out, project: named, json, quiet }: Asked,
  io: SiteIo,
): Promise<number> {
  const project = chooseProject(projects, named);
  if (!projects.some((one) => one.project === project)) {
    io.err(`daylight site: ${project}`);
    return 3;
  }
  const began = io.elapsed();
  const files = counted(await siteFiles(world, project as ProjectId), (count) => {
    if (!quiet && !json && count % 10_000 === 0) io.err(`${count} files written`);
  });
  const count = await io.replaceFolder(out, files);
  const seconds = Math.round((io.elapsed() - began) / 100) / 10;
  const url = world.siteUrl(project as ProjectId);
  if (json) io.out(JSON.stringify({ project, out, url, files: count, seconds }));
  else io.out(`${out}: ${count} files in ${seconds} s, to be carried at ${url}`);
  return 0;
}

async function* counted(files: Files, tell: (count: number) => void): Files {
  let count = 0;
  for await (const file of files) {
    yield file;
    tell(++count);
  }
}

function parse(args: readonly string[]): Asked | string {
  const flag = { type: 'boolean', default: false } as const;
  const options = { out: { type: 'string' }, project: { type: 'string' }, json: flag, quiet: flag } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length !== 1 || positionals[0] !== 'build') return `no verb “${positionals[0] ?? ''}”; expected build`;
    if (values.out === undefined || values.out === '') return '--out: expected the folder of the site';
    return { out: values.out, project: values.project ?? null, json: values.json, quiet: values.quiet };
  } catch (error) {
    return error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'not understood';
  }
}
