// SPDX-License-Identifier: Apache-2.0
// `daylight token create|list|revoke`: API tokens of a member, by whoever runs the program. They are told of each by mail.

import { named } from '../app/roster.ts';
import { apiTokensOf, makeApiTokenIn, revokeApiToken, scopes } from '../app/sign-in/api-tokens.ts';
import type { World } from '../app/world.ts';
import type { PersonId, ProjectId } from '../core/model/identifiers.ts';
import { isRefusal, refused } from '../core/model/refusal.ts';
import { type OfProject, readArgs, type ServerIo, sayRefused, serverCommand } from './server-command.ts';

const usage = [
  'daylight token create anna --name robot --scope case:read --days 30      prints the token, once',
  'daylight token list anna --json',
  'daylight token revoke anna 3f2a9c1b7d604e58                              by the id of the list',
  `scopes: ${scopes.join(', ')}`,
];

const verbs = ['create', 'list', 'revoke'] as const;

interface Asked extends OfProject {
  readonly verb: (typeof verbs)[number];
  readonly person: string;
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly days: number;
}

/** The exit code: 0 done, 2 usage, 3 no such project, person or token, 5 refused. */
export function token(args: readonly string[], io: ServerIo): Promise<number> {
  return serverCommand({ name: 'token', usage, parse, run }, args, io);
}

async function run(world: World, project: ProjectId, asked: Asked, io: ServerIo): Promise<number> {
  const who = await memberOf(world, project, asked.person);
  if (who === undefined) {
    io.err(`daylight token: no member ${asked.person}`);
    return 3;
  }
  switch (asked.verb) {
    case 'list':
      return list(world, project, who, asked, io);
    case 'create':
      return create(world, project, who, asked, io);
    case 'revoke':
      if (await revokeApiToken(world, project, who, asked.id)) return 0;
      io.err(`daylight token: ${asked.person} has no token ${asked.id}`);
      return 3;
  }
}

async function list(world: World, project: ProjectId, who: PersonId, { json }: Asked, io: ServerIo): Promise<number> {
  const tokens = (await apiTokensOf(world, project, who)).map(({ id, name, scopes: may, expires, used }) => ({
    id,
    name,
    scopes: may,
    expires,
    used,
  }));
  if (json) io.out(JSON.stringify(tokens));
  else
    for (const { id, name, scopes: may, expires, used } of tokens)
      io.out([id, name, may.join(','), `ends ${expires}`, used === null ? 'not used yet' : `used ${used}`].join('\t'));
  return 0;
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
  if (isRefusal(made)) return sayRefused('token', made, io);
  io.err(`For ${asked.person}, ${days} days. It is not shown again.`);
  io.out(asked.json ? JSON.stringify({ person: asked.person, name, scopes: asked.scopes, days, token: made.token }) : made.token);
  return 0;
}

function parse(args: readonly string[]): Asked | string {
  const read = readArgs(args, { name: { type: 'string' }, scope: { type: 'string', multiple: true }, days: { type: 'string' } });
  if (typeof read === 'string') return read;
  const { positionals, values } = read;
  const [given, person, id, ...more] = positionals;
  const verb = verbs.find((one) => one === given);
  if (verb === undefined) return `no verb “${given ?? ''}”; expected one of ${verbs.join(', ')}`;
  if (person === undefined || more.length > 0 || (verb === 'revoke') !== (id !== undefined))
    return verb === 'revoke' ? 'expected a member and the id of a token' : 'expected one member, such as anna';
  if (verb === 'create' && (values.name === undefined || values.scope === undefined)) return 'create expects --name and --scope';
  const days = Number(values.days ?? 30);
  const { name = '', scope = [], project = null, json = false } = values;
  return { verb, person, id: id ?? '', name, scopes: scope, days, project, json };
}
