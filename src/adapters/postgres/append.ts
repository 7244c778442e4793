// SPDX-License-Identifier: Apache-2.0
// The only place where a case and its log are written: case, events and texts in one statement.

import { sql } from 'kysely';
import { hasPatch } from '../../core/model/case.ts';
import type { Event } from '../../core/model/event.ts';
import type { CaseId, ContentId, PersonId, Role } from '../../core/model/identifiers.ts';
import { publicVersion } from '../../core/model/record.ts';
import { OutsideFailure } from '../../ports/failure.ts';
import type { Append, Cases } from '../../ports/store/cases.ts';
import { keepAttachments } from './attachments.ts';
import { canonicalJson } from './canonical-json.ts';
import { chained, chainStart } from './chain.ts';
import { contentRows, newContentRows } from './contents.ts';
import { isTaken } from './failures.ts';
import { settlePieces } from './pieces.ts';
import { isOpen } from './queues.ts';
import { type CaseKey, caseKey, type MasterKeys, newCaseKey } from './seal.ts';
import type { Session } from './session.ts';

export async function open(
  session: Session,
  keys: MasterKeys,
  id: CaseId,
  policy: Parameters<Cases['open']>[1],
  first: Append,
): Promise<void> {
  const { project, kind } = session.principal;
  const [event] = first.events;
  if (event === undefined) throw new Error('a case opens with its first event');
  checkFold(id, first, 0);
  if (kind !== 'reporter')
    await session.rows(sql`select set_config('daylight.acting_cases', ${[...session.held.keys(), id].join(',')}, true)`);
  const key = newCaseKey(keys, project, id);
  const log = linked(chainStart(project, id), first.events);
  const c = columns(first, log.head);
  const statement = sql`
    with opened as (
      insert into cases (project, case_id, policy_name, policy_version, opened_at, version, state, head, open, owner, title_id, public, public_since,
        opening, readers, cve_readers, guests, few, parties, party_members, party_notices, proofs, patches, published_version, next_deadline)
      values (${project}, ${id}, ${policy.name}, ${policy.version}, ${event.at}, ${c.version}, ${c.state}, ${c.head}, ${c.open}, ${c.owner}, ${c.title_id}, ${c.public}, ${c.public_since},
        ${c.opening}, ${c.readers}, ${c.cve_readers}, ${c.guests}, ${c.few}, ${c.parties}, ${c.party_members}, ${c.party_notices}, ${c.proofs}, ${c.patches}, ${c.published_version}, ${c.next_deadline})
    ), keyed as (
      insert into case_key (project, case_id, wrapped) values (${project}, ${id}, ${key.wrapped})
    ), logged as (${newEventRows(project, id, log.events)})
    ${newContentRows(project, id, contentRows(key, first.contents))}`;
  await session.change(statement).catch((error: unknown) => {
    // Every key of this statement is one of the case: it is there already. Two submissions of one report at the same
    // moment do so, and the second finds the case when it is tried again.
    if (isTaken(error)) throw new OutsideFailure('temporary', 'The same report is being taken in at this moment.');
    throw error;
  });
  session.held.set(id, { version: c.version, head: log.head, wrapped: key.wrapped });
  await keepAttachments(session, key, first.attachments);
  if (first.pieces !== undefined) await settlePieces(session, id, first.pieces);
}

export async function append(session: Session, keys: MasterKeys, id: CaseId, addition: Append): Promise<void> {
  const held = session.held.get(id);
  if (held === undefined) throw new Error('a case is appended to in the transaction that locked it');
  checkFold(id, addition, held.version);
  const { project } = session.principal;
  const log = linked(held.head, addition.events);
  const c = columns(addition, log.head);
  const key = addition.contents.length + addition.attachments.length === 0 ? undefined : keyOf(session, keys, id, held.wrapped);
  const changed = await session.rows(sql`
    with logged as (${newEventRows(project, id, log.events)}),
    said as (${newContentRows(project, id, key === undefined ? [] : contentRows(key, addition.contents))})
    update cases set policy_name = ${addition.state.policy.name}, policy_version = ${addition.state.policy.version}, version = ${c.version}, state = ${c.state}, head = ${c.head}, open = ${c.open}, owner = ${c.owner}, title_id = ${c.title_id}, public = ${c.public}, public_since = ${c.public_since},
      opening = ${c.opening}, readers = ${c.readers}, cve_readers = ${c.cve_readers}, guests = ${c.guests}, few = ${c.few},
      parties = ${c.parties}, party_members = ${c.party_members}, party_notices = ${c.party_notices}, proofs = ${c.proofs}, patches = ${c.patches},
      published_version = ${c.published_version}, next_deadline = ${c.next_deadline}
    where project = ${project} and case_id = ${id} and version = ${held.version}
    returning case_id`);
  if (changed.length !== 1) throw new Error(`the case does not stand at version ${held.version}`);
  session.held.set(id, { ...held, version: c.version, head: log.head });
  if (key !== undefined) await keepAttachments(session, key, addition.attachments);
  if (addition.pieces !== undefined) await settlePieces(session, id, addition.pieces);
}

function keyOf(session: Session, keys: MasterKeys, id: CaseId, wrapped: Uint8Array | null): CaseKey {
  if (wrapped === null) throw new Error('the key of this case was destroyed; nothing can be said in it any more');
  return caseKey(keys, session.principal.project, id, wrapped);
}

/** The events are numbered on from `before`, and the state is the one after the last of them. */
function checkFold(id: CaseId, { events, state, guarded }: Append, before: number): void {
  if (events.some((event, index) => event.seq !== before + index + 1)) throw new Error(`the events do not continue a log of ${before}`);
  if (state.version !== before + events.length) throw new Error('the state is not the one after these events');
  if ([state.case, guarded.case].some((one) => one !== id) || guarded.project !== state.project)
    throw new Error('state or access of another case was given');
}

/** Columns of the case that follow from what was added. */
function columns({ state, guarded, nextDeadline }: Append, head: Uint8Array) {
  return {
    version: state.version,
    state: canonicalJson(state),
    head,
    open: isOpen(state),
    owner: state.owner,
    title_id: publicVersion(state.record, state.title.id),
    public: guarded.public,
    public_since: state.publicSince,
    opening: guarded.opening,
    readers: guarded.readers,
    cve_readers: guarded.cveReaders,
    guests: guarded.guests,
    few: guarded.few.map(({ role, person }) => pair(role, person)),
    parties: guarded.parties,
    party_members: guarded.partyMembers.map(({ role, person }) => pair(role, person)),
    party_notices: guarded.partyNotices.map(({ role, content }) => pair(role, content)),
    proofs: guarded.proofs,
    patches: hasPatch(state),
    published_version: state.advisory.published,
    next_deadline: nextDeadline,
  };
}

/** The name of a role has no blank in it, so the first one parts the two. */
function pair(role: Role, other: PersonId | ContentId): string {
  return `${role} ${other}`;
}

interface Link {
  readonly event: Event;
  readonly envelope: string;
  readonly hash: Uint8Array;
}

/** Each event with its envelope and the hash that binds it to those before. */
function linked(start: Uint8Array, events: readonly Event[]): { readonly events: readonly Link[]; readonly head: Uint8Array } {
  let head = start;
  const links = events.map((event): Link => {
    const envelope = canonicalJson(event);
    head = chained(head, envelope);
    return { event, envelope, hash: head };
  });
  return { events: links, head };
}

/** Arrays and not rows, so that the statement is the same for any number of events. */
function newEventRows(project: string, id: CaseId, links: readonly Link[]) {
  const of = <Value>(column: (link: Link) => Value) => links.map(column);
  return sql`
    insert into event (project, case_id, seq, at, kind, v, envelope, hash)
    select ${project}, ${id}, * from unnest(
      ${of((link) => link.event.seq)}::integer[], ${of((link) => link.event.at)}::timestamptz[], ${of((link) => link.event.kind)}::text[],
      ${of((link) => link.event.v)}::integer[], ${of((link) => link.envelope)}::json[], ${of((link) => link.hash)}::bytea[])`;
}
