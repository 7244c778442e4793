// SPDX-License-Identifier: Apache-2.0
// `daylight person …`: the first people of a project, the link by which somebody gets a way in, and the console's one voice in a recovery.

import { parseArgs } from 'node:util';
import type { ProjectSettings } from '../app/projects.ts';
import { actOnPerson, everybodyKnown, named } from '../app/roster.ts';
import type { EnrolmentLink } from '../app/sign-in/enrolment.ts';
import { askRecovery, bindIdentity, confirmRecovery, inviteMember } from '../app/sign-in/enrolment.ts';
import { enrolmentHours } from '../app/sign-in/limits.ts';
import type { World } from '../app/world.ts';
import type { PersonId, ProjectId, Role } from '../core/model/identifiers.ts';
import { isRefusal, type Refused } from '../core/model/refusal.ts';

export interface ServerIo {
  out(line: string): void;
  err(line: string): void;
  /** Opens the installation for the length of `work`, and closes it again. */
  with(work: (world: World, projects: readonly ProjectSettings[]) => Promise<number>): Promise<number>;
}

const usage = [
  'daylight person invite ruth --role administrator            the first administrator: prints a link, once',
  'daylight person invite anna --role core --project libvirt --hours 4',
  'daylight person list                                        who is in the roster, and what counts',
  'daylight person bind-identity anna --subject 4711           the account of the sign-in service that is theirs',
  'daylight person ask-recovery anna                           one of two voices; the other is a member’s, on the page of people',
  'daylight person confirm-recovery anna                       prints a link, once',
];

const verbs = ['invite', 'list', 'bind-identity', 'ask-recovery', 'confirm-recovery'] as const;

interface Asked {
  readonly verb: (typeof verbs)[number];
  readonly name: string;
  readonly roles: readonly string[];
  readonly project: string | null;
  readonly hours: number;
  readonly subject: string;
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
  return io.with((world, projects) => done(world, projects, asked, io));
}

async function done(world: World, projects: readonly ProjectSettings[], asked: Asked, io: ServerIo): Promise<number> {
  const project = chooseProject(projects, asked.project);
  if (typeof project === 'string' && !projects.some((one) => one.project === project)) {
    io.err(`daylight person: ${project}`);
    return 3;
  }
  const chosen = project as ProjectId;
  const known = await everybodyKnown(world, chosen);
  if (asked.verb === 'list') {
    for (const { state, details } of known) io.out(lineOf(state, details.name));
    return 0;
  }
  const who = named(known, asked.name);
  const console = { kind: 'console', project: chosen } as const;
  switch (asked.verb) {
    case 'invite':
      return invite(world, chosen, who, asked, io);
    case 'bind-identity':
      return told(await bindIdentity(world, console, who, asked.subject), asked, io);
    case 'ask-recovery':
      return told(await askRecovery(world, console, who), asked, io);
    case 'confirm-recovery':
      return told(await confirmRecovery(world, console, who), asked, io);
  }
}

/** Whom people have decided on, people go on deciding on: with a role this writes down somebody new, and without one it makes a link for somebody known. */
async function invite(world: World, project: ProjectId, who: PersonId, asked: Asked, io: ServerIo): Promise<number> {
  if (asked.roles.length > 0) {
    const action = { kind: 'found', roles: asked.roles as readonly Role[] } as const;
    const founded = await actOnPerson(world, project, { kind: 'process' }, { person: who, action, details: { name: asked.name } });
    if (isRefusal(founded)) return told(founded, asked, io);
    if (founded.terms.due !== null) io.err(`What ${asked.name} holds counts once they have accepted the terms, which they are shown.`);
  }
  return told(await inviteMember(world, { kind: 'console', project }, who, asked.hours), asked, io);
}

function told(outcome: EnrolmentLink | string | Refused, { name }: Asked, io: ServerIo): number {
  if (typeof outcome === 'string') {
    io.err(outcome === 'asked' ? `Asked. Now a member who admits people confirms it on the page of ${name}.` : `Done: ${outcome}.`);
    return 0;
  }
  if (isRefusal(outcome)) {
    io.err(`daylight person: ${'sentence' in outcome.refusal ? outcome.refusal.sentence : 'This cannot be done.'}`);
    return outcome.refusal.kind === 'invalid' && outcome.refusal.field === 'role' ? 2 : 5;
  }
  io.err(`For ${name}, once, until ${outcome.expires}. It is not shown again.`);
  io.out(outcome.url);
  return 0;
}

function lineOf({ person: id, standing, roles, terms }: Awaited<ReturnType<typeof everybodyKnown>>[number]['state'], name: string): string {
  const owes = terms.due !== null && terms.accepted !== terms.due;
  const held = roles.map(({ role, bound, lapsed }) => (lapsed ? `${role} (lapsed)` : bound && owes ? `${role} (terms to accept)` : role));
  return [id, name, standing, held.join(', ')].join('\t');
}

/** The named project, or the only one. A sentence when there is none such. */
export function chooseProject(projects: readonly ProjectSettings[], asked: string | null): ProjectId | string {
  const names = projects.map(({ project }) => project).join(', ');
  if (asked === null) return projects.length === 1 ? ((projects[0]?.project ?? '') as ProjectId) : `expected --project, one of ${names}`;
  return projects.some(({ project }) => project === asked) ? (asked as ProjectId) : `no project ${asked}; there are ${names}`;
}

function parse(args: readonly string[]): Asked | string {
  const options = {
    role: { type: 'string', multiple: true },
    project: { type: 'string' },
    hours: { type: 'string' },
    subject: { type: 'string' },
  } as const;
  let read: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    read = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    return error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'not understood';
  }
  const { positionals, values } = read;
  const [given, name, ...more] = positionals;
  const verb = verbs.find((one) => one === given);
  if (verb === undefined) return `no verb “${given ?? ''}”; expected one of ${verbs.join(', ')}`;
  if (verb !== 'list' && (name === undefined || more.length > 0 || !/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u.test(name)))
    return 'expected one short name, such as anna';
  if (verb === 'bind-identity' && values.subject === undefined) return 'expected --subject, the id that the sign-in service has for them';
  const hours = Number(values.hours ?? enrolmentHours.most);
  if (!Number.isInteger(hours) || hours < enrolmentHours.least || hours > enrolmentHours.most)
    return `--hours: expected ${enrolmentHours.least} to ${enrolmentHours.most}`;
  return { verb, name: name ?? '', roles: values.role ?? [], project: values.project ?? null, hours, subject: values.subject ?? '' };
}
