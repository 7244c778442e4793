// SPDX-License-Identifier: Apache-2.0
// `daylight audit`: checks the chains, prints where they end, and says who can see a case and who has seen it. What it reads is in the log of reads.

import { readFile } from 'node:fs/promises';
import { type AccessPerson, type AccessView, accessJson, type FormerReader, type Reads, readAccess } from '../app/access-view.ts';
import { headLines, headsIn, lostHeads, verifyChains } from '../app/chains.ts';
import type { ProjectSettings } from '../app/projects.ts';
import type { World } from '../app/world.ts';
import type { CaseId, ProjectId } from '../core/model/identifiers.ts';
import { chooseProject, type ServerIo } from './server-command.ts';

const usage = [
  'daylight audit verify                              every chain of every project',
  'daylight audit verify --against heads.txt          and that none was cut since these heads were kept',
  'daylight audit head >> heads.txt                   where the chains end; keep it on another machine',
  'daylight audit who-can-see tidal-heron --project libvirt',
  'daylight audit who-has-seen tidal-heron --json',
];

interface Asked {
  readonly verb: string;
  readonly name: string | undefined;
  readonly project: string | null;
  readonly against: string | null;
  readonly json: boolean;
}

/** The exit code: 0 whole or shown, 1 a chain is broken, 2 usage, 3 no such project or case. */
export async function audit(args: readonly string[], io: ServerIo): Promise<number> {
  if (args.length === 0 || args.includes('--help')) {
    for (const line of usage) io.out(line);
    return args.length === 0 ? 2 : 0;
  }
  const asked = parse(args);
  if (typeof asked === 'string') {
    io.err(`daylight audit: ${asked}`);
    io.err(usage[0] ?? '');
    return 2;
  }
  const kept = asked.against === null ? '' : await textOf(asked.against);
  if (kept === undefined) {
    io.err(`daylight audit: ${asked.against}: expected a file of heads`);
    return 2;
  }
  return io.with((world, projects) => run(world, projects, asked, kept, io));
}

async function run(world: World, projects: readonly ProjectSettings[], asked: Asked, kept: string, io: ServerIo): Promise<number> {
  if (asked.verb === 'verify' || asked.verb === 'head') {
    const chosen = asked.project === null ? projects.map(({ project }) => project as ProjectId) : chooseProject(projects, asked.project);
    if (typeof chosen === 'string' && !projects.some(({ project }) => project === chosen)) return missing(io, chosen);
    const all = typeof chosen === 'string' ? [chosen as ProjectId] : chosen;
    let code = 0;
    for (const project of all)
      code = Math.max(code, asked.verb === 'head' ? await head(world, project, io) : await verify(world, project, kept, io));
    return code;
  }
  const chosen = chooseProject(projects, asked.project);
  if (!projects.some(({ project }) => project === chosen)) return missing(io, chosen);
  return seen(world, chosen as ProjectId, asked, io);
}

function missing(io: ServerIo, sentence: string): number {
  io.err(`daylight audit: ${sentence}`);
  return 3;
}

async function head(world: World, project: ProjectId, io: ServerIo): Promise<number> {
  const lines = await world.store.as({ kind: 'process', project }, (transaction) => headLines(transaction, project, world.clock.now()));
  for (const line of lines) io.out(line);
  return 0;
}

async function verify(world: World, project: ProjectId, kept: string, io: ServerIo): Promise<number> {
  const checked = await verifyChains(world, project);
  const broken = checked.filter(({ brokenAt }) => brokenAt !== null);
  const heads = headsIn(kept).filter((one) => one.project === project);
  const lost = await lostHeads(world, project, heads);
  for (const { chain, brokenAt } of broken) io.out(`${project} ${chain}: broken at ${brokenAt}`);
  for (const { chain, place } of lost)
    io.out(`${project} ${chain}: does not go through what was kept at ${place}; something was cut off or written anew`);
  const cases = checked.filter(({ chain }) => chain.startsWith('case '));
  for (const { chain, entries, brokenAt } of checked)
    if (brokenAt === null && !chain.startsWith('case ')) io.out(`${project} ${chain}: ${entries}, unbroken`);
  io.out(`${project} cases: ${cases.filter(({ brokenAt }) => brokenAt === null).length} of ${cases.length} unbroken`);
  if (heads.length > 0) io.out(`${project} kept heads: ${heads.length - lost.length} of ${heads.length} found again`);
  return broken.length + lost.length > 0 ? 1 : 0;
}

async function seen(world: World, project: ProjectId, { verb, name = '', json }: Asked, io: ServerIo): Promise<number> {
  const id = await caseNamed(world, project, name);
  const view = id && (await readAccess(world, { kind: 'process', project }, id));
  if (view === undefined) return missing(io, `no case ${name}`);
  if (json) io.out(JSON.stringify(accessJson(view)));
  else for (const line of verb === 'who-can-see' ? canSee(view) : hasSeen(view)) io.out(line);
  return 0;
}

/** By its id or its codename. */
async function caseNamed(world: World, project: ProjectId, name: string): Promise<CaseId | undefined> {
  return world.store.as({ kind: 'process', project }, async ({ cases }) => {
    if (!/^[a-z]+-[a-z]+$/.test(name)) return /^[0-9a-z]{1,40}$/.test(name) ? (name as CaseId) : undefined;
    const found = [
      ...(await cases.queue({ open: true, limit: 2, codename: name })),
      ...(await cases.queue({ open: false, limit: 2, codename: name })),
    ];
    return found.length === 1 ? found[0]?.state.case : undefined;
  });
}

function canSee({ rule, people, numberReaders, partyMembers, reporters, parties }: AccessView): readonly string[] {
  const person = ({ name, why, since }: AccessPerson) => `${name}\t${why.join('; ')}\tsince ${since ?? 'not known'}`;
  return [
    rule.sentence,
    ...[...people, ...partyMembers, ...numberReaders].map(person),
    ...reporters.map(({ name, sees, since }) => `${name}\t${sees}\tsince ${since}`),
    ...parties.map(({ party, toldAt, accepted }) => `${party}\ta party; accepted: ${accepted.join(', ') || 'nobody yet'}\ttold ${toldAt}`),
  ];
}

function hasSeen({ people, numberReaders, partyMembers, reporters, former, process }: AccessView): readonly string[] {
  const line = ({ name, last, reads, files, listed }: Reads & Pick<FormerReader, 'name'>, remark = '') =>
    `${name}${remark}\tread ${reads}\tfiles ${files}\tin lists ${listed}\tlast ${last ?? 'never'}`;
  return [
    ...[...people, ...partyMembers, ...numberReaders, ...reporters]
      .filter(({ reads, listed }) => reads + listed > 0)
      .map((one) => line(one)),
    ...former.map((one) => line(one, ` (${one.why})`)),
    line({ name: 'the program, and this command', ...process }),
  ];
}

const verbs = ['verify', 'head', 'who-can-see', 'who-has-seen'];

function parse(args: readonly string[]): Asked | string {
  const [verb = '', ...rest] = args;
  if (!verbs.includes(verb)) return `no verb “${verb}”; expected ${verbs.join(', ')}`;
  const words: string[] = [];
  const options: Record<string, string> = {};
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] ?? '';
    if (!word.startsWith('--')) words.push(word);
    else if (word === '--json') options[word] = 'yes';
    else if (word !== '--project' && !(word === '--against' && verb === 'verify')) return `no option ${word}`;
    else {
      const value = rest[++index];
      if (value === undefined) return `${word} expects a value`;
      options[word] = value;
    }
  }
  const wanted = verb.startsWith('who-') ? 1 : 0;
  if (words.length !== wanted) return wanted === 1 ? 'expected one case, by its codename or its id' : `expected no ${words[0]}`;
  return {
    verb,
    name: words[0],
    project: options['--project'] ?? null,
    against: options['--against'] ?? null,
    json: options['--json'] !== undefined,
  };
}

function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
