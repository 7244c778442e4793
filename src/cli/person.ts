// SPDX-License-Identifier: Apache-2.0
// `daylight person …`: the first people of a project, the link by which somebody gets a way in, when they want mail, and the console's one voice in a recovery.

import { actOnPerson, everybodyKnown, named } from '../app/roster.ts';
import type { EnrolmentLink } from '../app/sign-in/enrolment.ts';
import { askRecovery, bindIdentity, confirmRecovery, inviteMember } from '../app/sign-in/enrolment.ts';
import { enrolmentHours } from '../app/sign-in/limits.ts';
import type { World } from '../app/world.ts';
import type { PersonId, ProjectId, Role } from '../core/model/identifiers.ts';
import { isRefusal, type Refused } from '../core/model/refusal.ts';
import { chooseMail, type GivenHours, mailOptions } from './choose-mail.ts';
import { type OfProject, readArgs, type ServerIo, sayRefused, serverCommand } from './server-command.ts';

const usage = [
  'daylight person invite ruth --role administrator            the first administrator: prints a link, once',
  'daylight person invite anna --role core --project libvirt --hours 4',
  'daylight person list --json                                 who is in the roster, and what counts',
  'daylight person bind-identity anna --subject 4711           the account of the sign-in service that is theirs',
  'daylight person ask-recovery anna                           one of two voices; the other is a member’s, on the page of people',
  'daylight person confirm-recovery anna                       prints a link, once',
  'daylight person choose-mail anna --digest 8 --from 22:00 --to 07:00 --zone Europe/Prague   when anna gets mail; “none” for none',
];

const verbs = ['invite', 'list', 'bind-identity', 'ask-recovery', 'confirm-recovery', 'choose-mail'] as const;

interface Asked extends OfProject {
  readonly verb: (typeof verbs)[number];
  readonly name: string;
  readonly roles: readonly string[];
  readonly hours: number;
  readonly subject: string;
  readonly mail: GivenHours;
}

/** The exit code: 0 done, 2 usage, 3 no such project or member, 5 refused. */
export function person(args: readonly string[], io: ServerIo): Promise<number> {
  return serverCommand({ name: 'person', usage, parse, run }, args, io);
}

async function run(world: World, chosen: ProjectId, asked: Asked, io: ServerIo): Promise<number> {
  const known = await everybodyKnown(world, chosen);
  if (asked.verb === 'list') {
    if (asked.json) io.out(JSON.stringify(known.map(({ state, details }) => listed(state, details.name))));
    else for (const { state, details } of known) io.out(lineOf(state, details.name));
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
    case 'choose-mail':
      return chooseMail(world, chosen, { person: who, name: asked.name, given: asked.mail, json: asked.json }, io);
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

function told(outcome: EnrolmentLink | string | Refused, { name, json }: Asked, io: ServerIo): number {
  if (typeof outcome === 'string') {
    if (json) io.out(JSON.stringify({ person: name, outcome }));
    io.err(outcome === 'asked' ? `Asked. Now a member who admits people confirms it on the page of ${name}.` : `Done: ${outcome}.`);
    return 0;
  }
  if (isRefusal(outcome)) return sayRefused('person', outcome, io);
  const { url, expires } = outcome;
  io.err(`For ${name}, once, until ${expires}. It is not shown again.`);
  io.out(json ? JSON.stringify({ person: name, url, expires }) : url);
  return 0;
}

type Known = Awaited<ReturnType<typeof everybodyKnown>>[number]['state'];

/** Where a role stands: it counts, has lapsed, or waits for the terms. */
function standings({ roles, terms }: Known): readonly { readonly role: Role; readonly stands: 'counts' | 'lapsed' | 'terms to accept' }[] {
  const owes = terms.due !== null && terms.accepted !== terms.due;
  return roles.map(({ role, bound, lapsed }) => ({ role, stands: lapsed ? 'lapsed' : bound && owes ? 'terms to accept' : 'counts' }));
}

function listed(state: Known, name: string): object {
  return { person: state.person, name, standing: state.standing, roles: standings(state) };
}

function lineOf(state: Known, name: string): string {
  const held = standings(state).map(({ role, stands }) => (stands === 'counts' ? role : `${role} (${stands})`));
  return [state.person, name, state.standing, held.join(', ')].join('\t');
}

function parse(args: readonly string[]): Asked | string {
  const read = readArgs(args, {
    role: { type: 'string', multiple: true },
    hours: { type: 'string' },
    subject: { type: 'string' },
    ...mailOptions,
  });
  if (typeof read === 'string') return read;
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
  const { role: roles = [], project = null, subject = '', json = false, digest, from, to, zone } = values;
  const mail: GivenHours = Object.fromEntries(Object.entries({ digest, from, to, zone }).filter(([, value]) => value !== undefined));
  return { verb, name: name ?? '', roles, project, hours, subject, mail, json };
}
