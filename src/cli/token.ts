// SPDX-License-Identifier: Apache-2.0
// `daylight token create|list|revoke`: API tokens of a member, by whoever runs the program. They are told of each by mail.

import { parseArgs } from 'node:util';
import type { ProjectSettings } from '../app/projects.ts';
import { named } from '../app/roster.ts';
import { apiTokensOf, makeApiTokenIn, revokeApiToken, scopes } from '../app/sign-in/api-tokens.ts';
import type { World } from '../app/world.ts';
import type { PersonId, ProjectId } from '../core/model/identifiers.ts';
import { isRefusal, refused } from '../core/model/refusal.ts';
import { chooseProject, type ServerIo } from './person.ts';

const usage = [
  'daylight token create anna --name robot --scope case:read --days 30      prints the token, once',
  'daylight token list anna',
  'daylight token revoke anna 3f2a9c1b7d604e58                              by the id of the list',
  `scopes: ${scopes.join(', ')}`,
];

const verbs = ['create', 'list', 'revoke'] as const;

interface Asked {
  readonly verb: (typeof verbs)[number];
  readonly person: string;
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly days: number;
  readonly project: string | null;
}

/** The exit code: 0 done, 2 usage, 3 no such project, person or token, 5 refused. */
export async function token(args: readonly string[], io: ServerIo): Promise<number> {
  if (args.length === 0 || args.includes('--help')) {
    for (const line of usage) io.out(line);
    return args.length === 0 ? 2 : 0;
  }
  const asked = parse(args);
  if (typeof asked === 'string') {
    io.err(`daylight token: ${asked}`);
    io.err(usage[0] ?? '');
    return 2;
  }
  return io.with((world, projects) => done(world, projects, asked, io));
}

async function done(world: World, projects: readonly ProjectSettings[], asked: Asked, io: ServerIo): Promise<number> {
  const chosen = chooseProject(projects, asked.project);
  const project = projects.some((one) => one.project === chosen) ? (chosen as ProjectId) : undefined;
  const who = project && (await memberOf(world, project, asked.person));
  if (project === undefined || who === undefined) {
    io.err(`daylight token: ${project === undefined ? chosen : `no member ${asked.person}`}`);
    return 3;
  }
  switch (asked.verb) {
    case 'list':
      for (const { id, name, scopes: may, expires, used } of await apiTokensOf(world, project, who))
        io.out([id, name, may.join(','), `ends ${expires}`, used === null ? 'not used yet' : `used ${used}`].join('\t'));
      return 0;
    case 'create':
      return create(world, project, who, asked, io);
    case 'revoke':
      if (await revokeApiToken(world, project, who, asked.id)) return 0;
      io.err(`daylight token: ${asked.person} has no token ${asked.id}`);
      return 3;
  }
}

async function memberOf(world: World, project: ProjectId, name: string): Promise<PersonId | undefined> {
  return world.store.as({ kind: 'process', project }, async ({ accounts, roster }) => {
    const person = named(await roster.all(10_000), name);
    return (await accounts.member(person)) === undefined ? undefined : person;
  });
}

async function create(world: World, project: ProjectId, who: PersonId, asked: Asked, io: ServerIo): Promise<number> {
  const { name, days } = asked;
  const made = await world.store.as({ kind: 'process', project }, async (transaction) =>
    (await transaction.accounts.member(who))?.roles.length === 0
      ? refused.invalid('person', 'No role of theirs counts, so a token of theirs would open nothing.')
      : makeApiTokenIn(world, transaction, who, { name, scopes: asked.scopes, days }),
  );
  if (isRefusal(made)) {
    io.err(`daylight token: ${'sentence' in made.refusal ? made.refusal.sentence : 'This cannot be done.'}`);
    return 5;
  }
  io.err(`For ${asked.person}, ${days} days. It is not shown again.`);
  io.out(made.token);
  return 0;
}

function parse(args: readonly string[]): Asked | string {
  const options = {
    name: { type: 'string' },
    scope: { type: 'string', multiple: true },
    days: { type: 'string' },
    project: { type: 'string' },
  } as const;
  let read: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    read = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    return error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'not understood';
  }
  const { positionals, values } = read;
  const [given, person, id, ...more] = positionals;
  const verb = verbs.find((one) => one === given);
  if (verb === undefined) return `no verb “${given ?? ''}”; expected one of ${verbs.join(', ')}`;
  if (person === undefined || more.length > 0 || (verb === 'revoke') !== (id !== undefined))
    return verb === 'revoke' ? 'expected a member and the id of a token' : 'expected one member, such as anna';
  if (verb === 'create' && (values.name === undefined || values.scope === undefined)) return 'create expects --name and --scope';
  const days = Number(values.days ?? 30);
  return { verb, person, id: id ?? '', name: values.name ?? '', scopes: values.scope ?? [], days, project: values.project ?? null };
}
