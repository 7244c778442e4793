// SPDX-License-Identifier: Apache-2.0
// Reading: what a principal sees of cases, and the log of every such reading of a case that is not public.

import type { Actor } from '../core/model/actor.ts';
import type { CaseState } from '../core/model/case.ts';
import type { AttachmentId, CaseId, PersonId } from '../core/model/identifiers.ts';
import { closedPieces } from '../core/model/record.ts';
import type { Instant } from '../core/model/time.ts';
import type { Principal } from '../core/policy/access.ts';
import { bundleOf, canRead, guarded, reach } from '../core/policy/access.ts';
import type { Policy } from '../core/policy/policy.ts';
import { bindingCap, caps } from '../core/process/caps.ts';
import { deadlines } from '../core/process/deadlines.ts';
import { nextStepOf } from '../core/process/next-step.ts';
import { possibilities } from '../core/process/possibilities.ts';
import { endByDefault } from '../core/process/steps/embargo.ts';
import { rowOf } from '../core/process/table.ts';
import type { AttachmentInfo, CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';
import { mostCasesInAnHour, stopReading, tellHeldBack, withinAnHour } from './bulk-reads.ts';
import { goNoGo } from './go-no-go.ts';
import { issueAddress } from './issue-address.ts';
import type { Move } from './migration.ts';
import { moveFor } from './migration.ts';
import { openedView, unsaidIn, withCopies } from './opened.ts';
import { forAParty, partyState } from './party-view.ts';
import { whole } from './pieces.ts';
import { pressingClock } from './pressing-clock.ts';
import { principalOf } from './principal.ts';
import { placeIn, placeOf } from './queue-place.ts';
import { recipientsOf } from './recipients-preview.ts';
import { relatedTo, unrelated, withoutHidden } from './related.ts';
import { shownRules } from './sending-rules.ts';
import { vendorsIn } from './vendors.ts';
import type { CaseView, QueueGroup, QueueOrder, QueueRow, QueueView } from './views.ts';
import type { World } from './world.ts';

/** Somebody who reads: an actor, or a visitor who is not signed in. */
export type Reader = Actor | { readonly kind: 'anonymous'; readonly project: Principal['project'] };

/** Pages of a case: one row in the log of reads for each (L-33). */
export type CasePage = 'case' | 'advisory' | 'preview' | 'access' | 'action';

/** The case as `reader` may see it; undefined when it does not exist for them. `what`: the page for which it is read, as the log of reads names it. */
export async function readCase(world: World, reader: Reader, id: CaseId, what: CasePage = 'case'): Promise<CaseView | undefined> {
  const principal = principalFor(reader);
  const seen = await world.store.as(principal, async (transaction) => {
    const record = await transaction.cases.find(id);
    if (record === undefined) return undefined;
    const reached = reach(principal, record.guarded);
    if (record.guarded.public) return view(world, transaction, reader, record, reached);
    if (!(await transaction.cases.mayOpen(id, mostCasesInAnHour))) return 'too many';
    const shown = await view(world, transaction, reader, record, reached);
    await transaction.cases.recordRead(id, what, titledIn(shown));
    return shown;
  });
  if (seen === 'too many') return stopReading(world, reader);
  if (seen === undefined) return undefined;
  if (seen.reach === 'party' || seen.reach === 'terms') return seen;
  return seen.reach === 'everything' ? { ...seen, texts: withCopies(seen) } : outside(world, principal, seen);
}

/**
 * What those outside the team see differs from the rows that they may read in two things, each an exact list that the process looks up for them:
 * a message that is still held, or was taken back, was not said to them; and at the hard cap the public reads the agreed bundle.
 */
async function outside(world: World, principal: Principal, seen: CaseView): Promise<CaseView> {
  const { state, log } = seen;
  const open = seen.reach !== 'own_thread' && seen.reach !== 'for_a_number';
  const bundle = open ? bundleOf(state) : [];
  const messages = log.some((event) => event.kind === 'message-sent');
  const { outbox, opened } =
    bundle.length === 0 && !messages
      ? { outbox: [], opened: [] }
      : await world.store.as({ kind: 'process', project: principal.project }, async (transaction) => ({
          outbox: await transaction.outbox.of(state.case),
          opened: bundle.length === 0 ? [] : [...(await transaction.cases.texts(state.case, bundle))],
        }));
  if (open) return openedView({ ...seen, outbox, texts: new Map([...seen.texts, ...opened]) });
  const unsaid = unsaidIn({ ...seen, outbox });
  const texts = withCopies({ state, texts: new Map([...seen.texts].filter(([id]) => !unsaid.has(id))) });
  return { ...seen, texts, title: texts.get(state.title.id) };
}

/** Confidential cases besides this one whose titles the page shows. */
function titledIn({ related }: CaseView): readonly CaseId[] {
  return related.filter((one) => !one.public && one.title !== undefined).map((one) => one.case);
}

function titled(rows: readonly QueueRow[]): readonly CaseId[] {
  return rows.filter(({ state, title }) => state.visibility === 'private' && title !== '').map(({ state }) => state.case);
}

export interface QueueAsked {
  readonly order?: QueueOrder;
  readonly after?: string | undefined;
  readonly codename?: string;
  /** Somebody looks for a codename, and no title is shown: it leaves no row in the log of reads. */
  readonly lookup?: true;
}

/** Cases on one page of the queue. */
export const pageLength = 100;

/** One page of the queue. `after`: the place that the page before named; one that has not its form begins at the top. */
export async function readQueue(
  world: World,
  actor: Actor,
  { order = 'clock', after, codename, lookup }: QueueAsked = {},
): Promise<QueueView> {
  const now = world.clock.now();
  const place = placeIn(after);
  const which = { open: true, patchesFirst: order === 'patches', ...(codename === undefined ? {} : { codename }) };
  const view = await world.store.as(principalOf(actor), async (transaction): Promise<QueueView> => {
    const found = await transaction.cases.queue({ ...which, limit: pageLength + 1, ...(place === undefined ? {} : { after: place }) });
    const entries = found.slice(0, pageLength);
    const last = found.length > pageLength ? entries.at(-1) : undefined;
    const total = await transaction.cases.queued(which);
    const members = new Map((await transaction.accounts.members(1000)).map((member) => [member.person, member.name]));
    const all = entries.flatMap(({ state, policy, openedAt, title }): QueueRow[] => {
      const reached = reach(principalOf(actor), guarded(state, policy));
      const row = queueRow(state, openedAt, title, policy, actor, now, members);
      if (reached === 'everything') return [{ ...row, reach: reached }];
      if (reached === 'for_a_number') return [{ ...row, reach: reached, state: forANumber(state), owner: null, clock: null }];
      return reached === 'party' || reached === 'terms' ? [forAPartyRow(row, state, reached, actor)] : [];
    });
    const rows = lookup === true ? all : await withinAnHour(transaction, all, titled);
    // One row for a page, with the confidential cases whose titles it shows (L-33).
    if (lookup !== true) await transaction.cases.recordList('queue', titled(rows));
    return {
      now,
      rows,
      total,
      order,
      after: place === undefined ? null : (after ?? null),
      next: last === undefined ? null : placeOf(last),
    };
  });
  if (view.rows.some(({ heldBack }) => heldBack)) await tellHeldBack(world, principalOf(actor));
  return view;
}

export async function readAttachment(
  world: World,
  reader: Reader,
  id: CaseId,
  attachment: AttachmentId,
): Promise<{ info: AttachmentInfo; bytes: Uint8Array } | undefined> {
  const principal = principalFor(reader);
  const read = await world.store.as(principal, async (transaction) => {
    const record = await transaction.cases.find(id);
    const found = record === undefined ? undefined : await transaction.cases.attachment(id, attachment);
    if (record === undefined || found === undefined) return undefined;
    const closed = closedPieces(record.state.record).has(attachment);
    const file = { kind: 'attachment', ...found.info.ref, closed } as const;
    if (!canRead(principal, reach(principal, record.guarded), file, record.guarded)) return undefined;
    if (!record.guarded.public && !(await transaction.cases.mayOpen(id, mostCasesInAnHour))) return 'too many';
    if (!record.guarded.public) await transaction.cases.recordRead(id, `attachment:${attachment}`);
    return { info: found.info, bytes: await whole(found.bytes) };
  });
  return read === 'too many' ? stopReading(world, reader) : read;
}

async function view(
  world: World,
  transaction: Transaction,
  reader: Reader,
  record: CaseRecord,
  reached: CaseView['reach'],
): Promise<CaseView> {
  const { state, policy, guarded } = record;
  const now = world.clock.now();
  const inside = reached === 'everything';
  const cases = transaction.cases;
  const related = await relatedTo(transaction, principalFor(reader), state);
  const texts = new Map([...(await cases.texts(state.case)), ...related.texts]);
  const log = reached === 'nothing' ? [] : await cases.log(state.case);
  const offered = reader.kind === 'anonymous' ? [] : possibilities({ state, policy, actor: reader, now, nextNumber: '' });
  const move = offered.some(({ action }) => action === 'migrate-policy') ? await moveFor(transaction, state, policy) : null;
  const possible = withMove(offered, move);
  const shown: CaseView = {
    now,
    state,
    policy,
    reach: reached,
    title: texts.get(state.title.id),
    address: issueAddress(world, state.project, state.case),
    texts,
    log: inside ? log : withoutHidden(log, state, related.cases, reached === 'own_thread'),
    related: related.cases,
    attachments: reached === 'nothing' ? [] : await cases.attachments(state.case),
    names: inside ? await namesIn(transaction) : new Map(),
    possibilities: possible,
    move,
    deadlines: inside ? deadlines(state, policy) : [],
    caps: inside ? caps(state, policy) : [],
    cap: bindingCap(state, policy),
    endByDefault: inside && reader.kind !== 'anonymous' ? endByDefault({ state, policy, actor: reader, now, nextNumber: '' }) : undefined,
    rules: inside && reader.kind !== 'anonymous' ? shownRules(state, policy, reader) : [],
    recipients: inside ? await recipientsOf(transaction, record) : [],
    goNoGo: inside ? goNoGo(state, await vendorsIn(transaction, record)) : [],
    outbox: inside ? await transaction.outbox.of(state.case) : [],
    audience: inside ? (await transaction.accounts.membersIn(guarded.readers)).length + guarded.guests.length : 0,
    chain: { head: inside ? (await cases.verify(state.case)).head : '' },
  };
  return reader.kind === 'person' && (reached === 'party' || reached === 'terms') ? forAParty(shown, reader) : shown;
}

/** Offered where another version holds, with what stands in its way. */
function withMove(offered: CaseView['possibilities'], move: Move | null): CaseView['possibilities'] {
  return offered.flatMap((one) => {
    if (one.action !== 'migrate-policy') return [one];
    if (move === null) return [];
    if (move.obstacle === null) return [one];
    return [{ ...one, unmet: [...one.unmet, { gate: 'migration', strength: 'must' as const, sentence: move.obstacle }] }];
  });
}

async function namesIn(transaction: Transaction): Promise<ReadonlyMap<PersonId, string>> {
  return new Map((await transaction.accounts.members(1000)).map((member) => [member.person, member.name]));
}

function queueRow(
  state: CaseState,
  openedAt: Instant,
  title: string,
  policy: Policy,
  actor: Actor,
  now: Instant,
  names: ReadonlyMap<PersonId, string>,
): Omit<QueueRow, 'reach'> {
  const next = pressingClock(state, policy);
  const doable = nextStepOf({ state, policy, actor, now, nextNumber: '' });
  const overdue = next !== null && next.at <= now;
  const group: QueueGroup = isLater(state, now) ? 'later' : overdue ? 'overdue' : doable === undefined ? 'waiting' : 'decide';
  return {
    group,
    state,
    title,
    openedAt,
    owner: state.owner === null ? null : (names.get(state.owner) ?? null),
    clock: next,
    next: doable === undefined ? null : rowOf(doable).label,
  };
}

/** A report beyond what its reporter may send in a day stands below all others until its turn comes; whoever takes it up brings it to the rest (QEMU-1). */
function isLater({ queuedUntil, handling }: CaseState, now: Instant): boolean {
  return queuedUntil !== null && now < queuedUntil && (handling === 'held' || handling === 'received');
}

/** A case as a list shows it to those who enter its number: where it stands, and nothing of who works on it or what was found (QEMU-32). */
function forANumber(state: CaseState): CaseState {
  const inside = {
    owner: null,
    ownership: { how: null, since: null, first: null, rungs: 0 },
    attended: null,
    added: [],
    proposal: null,
    corrected: [],
    eligibility: null,
    assessment: null,
    severity: null,
    facts: [],
    bundle: null,
    branches: [],
    patchChecks: [],
  };
  return { ...state, ...inside, reporters: [], onCall: [], filed: [], deviations: [], reminders: {}, ...unrelated };
}

/** The same for a party: its own standing, and the codename alone before the terms are accepted. */
function forAPartyRow(row: Omit<QueueRow, 'reach'>, state: CaseState, reached: 'party' | 'terms', actor: Actor): QueueRow {
  const who = actor.kind === 'person' ? actor : { person: '' as PersonId, roles: [] };
  const title = reached === 'party' ? row.title : '';
  // Whether the project is late is its own affair; and before the terms there is one answer.
  const doable = reached === 'terms' ? rowOf('accept-terms').label : row.next;
  const group: QueueGroup = doable === null ? 'waiting' : 'decide';
  return { ...row, group, next: doable, reach: reached, title, state: partyState(state, reached, who), owner: null, clock: null };
}

function principalFor(reader: Reader): Principal {
  return reader.kind === 'anonymous' ? reader : principalOf(reader);
}
