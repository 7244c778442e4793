// SPDX-License-Identifier: Apache-2.0
// `daylight person invite NAME`: writes somebody down as a member and prints the link by which they get their first passkey, once.

import { changeMember } from '../app/owners.ts';
import type { ProjectSettings } from '../app/projects.ts';
import { makeEnrolmentLink } from '../app/sign-in/enrolment.ts';
import { enrolmentHours } from '../app/sign-in/limits.ts';
import type { World } from '../app/world.ts';
import type { PersonId, ProjectId, Role } from '../core/model/identifiers.ts';
import { administrator } from '../core/process/owners.ts';

export interface ServerIo {
  out(line: string): void;
  err(line: string): void;
  /** Opens the installation for the length of `work`, and closes it again. */
  with(work: (world: World, projects: readonly ProjectSettings[]) => Promise<number>): Promise<number>;
}

const usage = [
  'daylight person invite ruth --role administrator            the first administrator: prints a link, once',
  'daylight person invite anna --role core --project libvirt --hours 4',
];

interface Asked {
  readonly name: string;
  readonly roles: readonly string[];
  readonly project: string | null;
  readonly hours: number;
}

/** The exit code: 0 done, 2 usage, 3 no such project, 5 refused. */
export async function person(args: readonly string[], io: ServerIo): Promise<number> {
  if (args.length === 0 || args.includes('--help')) {
    for (const line of usage) io.out(line);
    return args.length === 0 ? 2 : 0;
  }
  const asked = parse(args);
  if (typeof asked === 'string') {
    io.err(`daylight person: ${asked}`);
    io.err(usage[0] ?? '');
    return 2;
  }
  return io.with((world, projects) => invite(world, projects, asked, io));
}

async function invite(world: World, projects: readonly ProjectSettings[], asked: Asked, io: ServerIo): Promise<number> {
  const chosen = chooseProject(projects, asked.project);
  if (typeof chosen === 'string') {
    io.err(`daylight person: ${chosen}`);
    return 3;
  }
  const wrong = await unknownRole(world, chosen, asked.roles);
  if (wrong !== undefined) {
    io.err(`daylight person: ${wrong}`);
    return 2;
  }
  const id = asked.name as PersonId;
  const process = { kind: 'process', project: chosen } as const;
  const [before, passkeys, entry] = await world.store.as(process, async ({ accounts, signIn, roster }) => [
    await accounts.member(id),
    await signIn.passkeysOf(id),
    await roster.person(id),
  ]);
  // Whom people have decided on, people go on deciding on: by the roster, with its words, its terms and its log.
  if (asked.roles.length > 0 && (entry?.state.version ?? 0) > 0) {
    io.err(`daylight person: ${asked.name} is in the roster already; give roles on the page of people. Without --role this makes a link.`);
    return 5;
  }
  if (passkeys.length > 0) {
    io.err(`daylight person: ${asked.name} has a way in already. Whoever lost it gets another by recovery, which takes two people.`);
    return 5;
  }
  const roles = [...new Set([...(before?.roles ?? []), ...asked.roles])] as Role[];
  if (entry === undefined || asked.roles.length > 0)
    await changeMember(world, chosen, { address: null, name: asked.name, ...before, person: id, roles });
  const link = await world.store.as(process, (transaction) => makeEnrolmentLink(world, transaction, chosen, id, { hours: asked.hours }));
  io.err(`For ${asked.name}, once, until ${link.expires}. It is not shown again.`);
  io.out(link.url);
  return 0;
}

/** The named project, or the only one. A sentence when there is none such. */
export function chooseProject(projects: readonly ProjectSettings[], named: string | null): ProjectId | string {
  const names = projects.map(({ project }) => project).join(', ');
  if (named === null) return projects.length === 1 ? ((projects[0]?.project ?? '') as ProjectId) : `expected --project, one of ${names}`;
  return projects.some(({ project }) => project === named) ? (named as ProjectId) : `no project ${named}; there are ${names}`;
}

async function unknownRole(world: World, project: ProjectId, roles: readonly string[]): Promise<string | undefined> {
  const { policy } = await world.store.as({ kind: 'process', project }, ({ policies }) => policies.active());
  const known = [administrator, ...Object.keys(policy.roles)];
  const unknown = roles.find((role) => !known.includes(role as Role));
  return unknown === undefined ? undefined : `no role ${unknown}; the policy has ${known.join(', ')}`;
}

function parse(args: readonly string[]): Asked | string {
  const [verb, ...rest] = args;
  if (verb !== 'invite') return `no verb “${verb ?? ''}”; expected invite`;
  const words: string[] = [];
  const roles: string[] = [];
  const options: Record<string, string> = {};
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] ?? '';
    if (!word.startsWith('--')) words.push(word);
    else if (!['--role', '--project', '--hours'].includes(word)) return `no option ${word}`;
    else {
      const value = rest[++index];
      if (value === undefined) return `${word} expects a value`;
      if (word === '--role') roles.push(value);
      else options[word] = value;
    }
  }
  const [name, ...more] = words;
  if (name === undefined || more.length > 0 || !/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u.test(name))
    return 'expected one short name, such as anna';
  const hours = Number(options['--hours'] ?? enrolmentHours.most);
  if (!Number.isInteger(hours) || hours < enrolmentHours.least || hours > enrolmentHours.most)
    return `--hours: expected ${enrolmentHours.least} to ${enrolmentHours.most}`;
  return { name, roles, project: options['--project'] ?? null, hours };
}
