// SPDX-License-Identifier: Apache-2.0
// The roster on PostgreSQL: the log of people in one chain for each project, and beside it what it folds to.

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { PersonId, ProjectId } from '../../core/model/identifiers.ts';
import type { PersonEvent } from '../../core/people/event.ts';
import { replayPerson } from '../../core/people/evolve.ts';
import type { HeldRole, PersonState } from '../../core/people/person.ts';
import type { PersonDetails, PersonHistoryLine, Roster, RosterAddition, RosterEntry, RosterNote } from '../../ports/store/roster.ts';
import { canonicalJson } from './canonical-json.ts';
import { chained } from './chain.ts';
import { type MasterKeys, sealed, unsealed } from './seal.ts';
import type { Session } from './session.ts';

export function rosterOf(session: Session, keys: MasterKeys): Roster {
  const { project, kind } = session.principal;
  const processOnly = () => {
    if (kind !== 'process') throw new Error('only the process changes the roster');
  };
  const entries = (also: ReturnType<typeof sql>) => session.rows(sql<MemberRow>`${memberRow} where m.project = ${project} and ${also}`);
  return {
    async lock() {
      processOnly();
      await session.change(
        sql`insert into roster_head (project, events, head) values (${project}, 0, ${chainStart(project)}) on conflict do nothing`,
      );
      await session.rows(sql`select from roster_head where project = ${project} for update`);
    },
    person: async (person) => (await entries(sql`m.person = ${person}`)).map((row) => entryOf(project, row))[0],
    all: async (limit) => (await entries(sql`true order by m.name, m.person limit ${limit}`)).map((row) => entryOf(project, row)),
    async append(addition) {
      processOnly();
      await keepMember(session, addition);
      await keepEvents(session, keys, addition);
    },
    async history(person) {
      const rows = await session.rows(sql<EventRow>`
        select envelope, note_salt as salt, sealed_note as sealed from person_event where project = ${project} and person = ${person} order by seq`);
      return rows.map((row) => lineOf(keys, row));
    },
    async due(now, limit) {
      processOnly();
      const rows = await session.rows(sql<{ person: PersonId }>`
        select person from member where project = ${project} and next_deadline <= ${now} order by next_deadline, person limit ${limit}`);
      return rows.map(({ person }) => person);
    },
    async verify() {
      processOnly();
      return verify(session, project);
    },
  };
}

interface MemberRow extends PersonDetails {
  readonly person: PersonId;
  readonly standing: PersonState['standing'];
  readonly roster: PersonState | null;
  readonly roles: readonly HeldRole['role'][];
}

const memberRow = sql`
  select m.person, m.name, m.address, m.organisation, m.nominated_by as "nominatedBy", m.covers, m.standing, m.roster,
    array(select role from membership r where r.project = m.project and r.person = m.person order by role) as roles
  from member m`;

/** Somebody who was written down before there was a log: version 0, with the roles that stand there. */
function entryOf(project: ProjectId, { person, standing, roster, roles, ...details }: MemberRow): RosterEntry {
  return { state: roster ?? founded(project, person, standing, roles), details };
}

function founded(project: ProjectId, person: PersonId, standing: PersonState['standing'], roles: readonly HeldRole['role'][]): PersonState {
  const since = '1970-01-01T00:00:00.000Z' as HeldRole['since'];
  const held = roles.map((role): HeldRole => {
    return { role, since, until: null, by: { kind: 'process' }, origin: 'founded', bound: false, confirmedAt: since, lapsed: false };
  });
  const terms = { accepted: null, acceptedAt: null, due: null };
  return { project, person, version: 0, standing, since, roles: held, application: null, terms, reminders: {} };
}

/** The member as the state says, with the roles that count and those that are only held. */
async function keepMember(session: Session, { state, inForce, nextDeadline, details }: RosterAddition): Promise<void> {
  const { project, person, standing } = state;
  const { name, address, organisation, nominatedBy, covers } = details;
  const roster = JSON.stringify(state);
  await session.change(sql`
    insert into member (project, person, name, address, organisation, nominated_by, covers, standing, roster, next_deadline)
    values (${project}, ${person}, ${name}, ${address}, ${organisation}, ${nominatedBy}, ${covers}, ${standing}, ${roster}, ${nextDeadline})
    on conflict (project, person) do update set name = excluded.name, address = excluded.address, organisation = excluded.organisation,
      nominated_by = excluded.nominated_by, covers = excluded.covers, standing = excluded.standing, roster = excluded.roster, next_deadline = excluded.next_deadline`);
  const roles = state.roles.map(({ role }) => role);
  await session.change(sql`delete from membership where project = ${project} and person = ${person} and role <> all (${roles})`);
  await session.change(sql`
    insert into membership (project, person, role, in_force) select ${project}, ${person}, role, role = any (${inForce}) from unnest(${roles}::text[]) as role
    on conflict (project, person, role) do update set in_force = excluded.in_force`);
}

async function keepEvents(session: Session, keys: MasterKeys, { events, notes }: RosterAddition): Promise<void> {
  const { project } = session.principal;
  const end = await session.row(
    sql<{ events: number; head: Buffer }>`select events, head from roster_head where project = ${project} for update`,
  );
  if (end === undefined) throw new Error('the roster is changed in the transaction that locked it');
  let head: Uint8Array = end.head;
  for (const [index, event] of events.entries()) {
    const envelope = canonicalJson(event);
    head = chained(head, envelope);
    const note = notes.find(({ seq }) => seq === event.seq);
    await session.change(sql`
      insert into person_event (project, person, seq, place, envelope, hash, note_salt, sealed_note)
      values (${project}, ${event.person}, ${event.seq}, ${end.events + index + 1}, ${envelope}, ${head}, ${note?.salt ?? null}, ${sealedNote(keys, event, note)})`);
  }
  await session.change(sql`update roster_head set events = ${end.events + events.length}, head = ${head} where project = ${project}`);
}

function placeOf({ project, person, seq }: PersonEvent): readonly (string | number)[] {
  return ['roster note', project, person, seq];
}

function sealedNote(keys: MasterKeys, event: PersonEvent, note: RosterNote | undefined): Uint8Array | null {
  return note === undefined ? null : sealed(keys.general, Buffer.from(note.text), placeOf(event));
}

interface EventRow {
  readonly envelope: PersonEvent;
  readonly salt: Buffer | null;
  readonly sealed: Buffer | null;
}

function lineOf(keys: MasterKeys, { envelope, sealed: bytes }: EventRow): PersonHistoryLine {
  return { event: envelope, note: bytes === null ? null : Buffer.from(unsealed(keys.general, bytes, placeOf(envelope))).toString() };
}

function chainStart(project: ProjectId): Uint8Array {
  return createHash('sha256').update(`${project}/roster`).digest();
}

async function verify(session: Session, project: ProjectId): Promise<Awaited<ReturnType<Roster['verify']>>> {
  const rows = await session.rows(sql<{ place: number; envelope: string; hash: Buffer }>`
    select place, envelope::text as envelope, hash from person_event where project = ${project} order by place`);
  const kept = await session.row(sql<{ events: number; head: Buffer }>`select events, head from roster_head where project = ${project}`);
  const people = await session.rows(sql<{ person: PersonId; roster: PersonState }>`
    select person, roster from member where project = ${project} and roster is not null`);
  let head = chainStart(project);
  for (const [index, { place, envelope, hash }] of rows.entries()) {
    head = chained(head, envelope);
    if (place !== index + 1 || !hash.equals(head)) return { events: rows.length, brokenAt: index + 1, head: hexOf(head) };
  }
  const folds = people.every(({ person, roster }) => canonicalJson(replayPerson(eventsOf(rows, person))) === canonicalJson(roster));
  const whole = folds && (kept === undefined ? rows.length === 0 : kept.events === rows.length && kept.head.equals(head));
  return { events: rows.length, brokenAt: whole ? null : rows.length, head: hexOf(head) };
}

function eventsOf(rows: readonly { readonly envelope: string }[], person: PersonId): readonly PersonEvent[] {
  return rows.map(({ envelope }) => JSON.parse(envelope) as PersonEvent).filter((event) => event.person === person);
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
