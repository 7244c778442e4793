// SPDX-License-Identifier: Apache-2.0
// What the commands share that open an installation: how they read their arguments, choose a project, and say what became of it, in words or as JSON.

import { type ParseArgsConfig, type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { ProjectSettings } from '../app/projects.ts';
import type { World } from '../app/world.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import type { Refused } from '../core/model/refusal.ts';

export interface ServerIo {
  out(line: string): void;
  err(line: string): void;
  /** Opens the installation for the length of `work`, and closes it again. */
  with(work: (world: World, projects: readonly ProjectSettings[]) => Promise<number>): Promise<number>;
}

/** A command as it was asked for: of a project, or of the only one; its answer in words or as one line of JSON. */
export interface OfProject {
  readonly project: string | null;
  readonly json: boolean;
}

interface ServerCommand<Asked extends OfProject> {
  /** `person`, as it is typed. */
  readonly name: string;
  readonly usage: readonly string[];
  /** What was asked, or a sentence that says what was expected. */
  parse(args: readonly string[]): Asked | string;
  run(world: World, project: ProjectId, asked: Asked, io: ServerIo): Promise<number>;
}

/** The exit code: what `run` says, 2 for usage, 3 for no such project. */
export async function serverCommand<Asked extends OfProject>(
  { name, usage, parse, run }: ServerCommand<Asked>,
  args: readonly string[],
  io: ServerIo,
): Promise<number> {
  if (args.length === 0 || args.includes('--help')) {
    for (const line of usage) io.out(line);
    return args.length === 0 ? 2 : 0;
  }
  const asked = parse(args);
  if (typeof asked === 'string') {
    io.err(`daylight ${name}: ${asked}`);
    io.err(usage[0] ?? '');
    return 2;
  }
  return io.with(async (world, projects) => {
    const chosen = chooseProject(projects, asked.project);
    if (projects.some(({ project }) => project === chosen)) return run(world, chosen as ProjectId, asked, io);
    io.err(`daylight ${name}: ${chosen}`);
    return 3;
  });
}

/** The options that every such command has, beside its own. */
const common = { project: { type: 'string' }, json: { type: 'boolean' } } as const;

type Read<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options & typeof common; allowPositionals: true }>
>;

/** The words and options of a command, or what was not understood, in a sentence. */
export function readArgs<const Options extends ParseArgsOptionsConfig>(args: readonly string[], options: Options): Read<Options> | string {
  const config: ParseArgsConfig = { args: [...args], options: { ...options, ...common }, allowPositionals: true };
  try {
    return parseArgs(config) as Read<Options>;
  } catch (error) {
    return error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'not understood';
  }
}

/** The named project, or the only one. A sentence when there is none such. */
export function chooseProject(projects: readonly ProjectSettings[], asked: string | null): ProjectId | string {
  const names = projects.map(({ project }) => project).join(', ');
  if (asked === null) return projects.length === 1 ? ((projects[0]?.project ?? '') as ProjectId) : `expected --project, one of ${names}`;
  return projects.some(({ project }) => project === asked) ? (asked as ProjectId) : `no project ${asked}; there are ${names}`;
}

/** On standard error, with the exit code: 5, or 2 where the refusal is about a word of the command. */
export function sayRefused(name: string, { refusal }: Refused, io: ServerIo): number {
  io.err(`daylight ${name}: ${'sentence' in refusal ? refusal.sentence : 'This cannot be done.'}`);
  return refusal.kind === 'invalid' && refusal.field === 'role' ? 2 : 5;
}
