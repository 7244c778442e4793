// SPDX-License-Identifier: Apache-2.0
// Reading: what a principal sees of cases, and the log of every such reading of a case that is not public.

import type { Actor } from '../core/model/actor.ts';
import type { AttachmentId, CaseId, PersonId } from '../core/model/identifiers.ts';
import { closedPieces } from '../core/model/record.ts';
import type { Principal } from '../core/policy/access.ts';
import { bundleOf, canRead, reach, readsByName } from '../core/policy/access.ts';
import { bindingCap, caps } from '../core/process/caps.ts';
import { deadlines } from '../core/process/deadlines.ts';
import { possibilities } from '../core/process/possibilities.ts';
import { endByDefault } from '../core/process/steps/embargo.ts';
import type { AttachmentInfo, CaseRecord } from '../ports/store/cases.ts';
import type { Transaction } from '../ports/store/store.ts';
import { archivedRecord } from './archived.ts';
import { assignersIn } from './assigners.ts';
import { mostCasesInAnHour, stopReading } from './bulk-reads.ts';
import { goNoGo } from './go-no-go.ts';
import { issueAddress } from './issue-address.ts';
import type { Move } from './migration.ts';
import { moveFor } from './migration.ts';
import { forANumber } from './number-view.ts';
import { openedView, unsaidIn, withCopies, wordsOf } from './opened.ts';
import { forAParty, patchesFor } from './party-view.ts';
import { principalOf } from './principal.ts';
import { recipientsOf } from './recipients-preview.ts';
import { type Related, relatedTo, withoutHidden } from './related.ts';
import { forAReporter } from './reporter-view.ts';
import { shownRules } from './sending-rules.ts';
import { vendorsIn } from './vendors.ts';
import type { CaseView } from './views.ts';
import type { World } from './world.ts';

/** Somebody who reads: an actor, or a visitor who is not signed in. */
export type Reader = Actor | { readonly kind: 'anonymous'; readonly project: Principal['project'] };

/** Pages of a case: one row in the log of reads for each (L-33). */
export type CasePage = 'case' | 'advisory' | 'preview' | 'access' | 'action';

/** The case as `reader` may see it; undefined when it does not exist for them. `what`: the page for which it is read, as the log of reads names it. */
export async function readCase(world: World, reader: Reader, id: CaseId, what: CasePage = 'case'): Promise<CaseView | undefined> {
  const principal = principalFor(reader);
  const seen = await world.store.as(principal, async (transaction) => {
    const { cases } = transaction;
    // Asked together, also for a case that is not there: what is hidden takes as long.
    const [record, may] = await Promise.all([cases.find(id), cases.mayOpen(id, mostCasesInAnHour)]);
    if (record === undefined) return undefined;
    if (!record.guarded.public && !may) return 'too many';
    const related = relatedTo(transaction, principal, record.state);
    const shown = view(world, transaction, reader, record, related);
    // Not after the view: nothing of it is shown before the transaction has ended, with the row in it.
    const logged = record.guarded.public ? undefined : related.then((found) => cases.recordRead(id, what, titledIn(found)));
    return (await Promise.all([shown, logged]))[0];
  });
  if (seen === 'too many') return stopReading(world, reader);
  if (seen === undefined) return undefined;
  if (seen.reach === 'party' || seen.reach === 'terms' || seen.reach === 'for_a_number') return seen;
  return seen.reach === 'everything' ? { ...seen, texts: withCopies(seen) } : outside(world, principal, seen);
}

/**
 * What those outside the team see differs from the rows that they may read in two things, each an exact list that the process looks up for them:
 * a message that is still held, or was taken back, was not said to them; and at the hard cap the public reads the agreed bundle.
 */
async function outside(world: World, principal: Principal, seen: CaseView): Promise<CaseView> {
  const { state } = seen;
  const open = seen.reach !== 'own_thread';
  const bundle = open ? bundleOf(state) : [];
  // Asked for every case, also where nothing was said: who reads from outside cannot count the transactions (L-22).
  const { outbox, opened } = await world.store.as({ kind: 'process', project: principal.project }, async (transaction) => ({
    outbox: await transaction.outbox.of(state.case),
    opened: bundle.length === 0 ? [] : [...(await transaction.cases.texts(state.case, bundle))],
  }));
  if (open) return openedView({ ...seen, outbox, texts: new Map([...seen.texts, ...opened]) });
  const own = principal.kind === 'reporter' ? principal.participant : undefined;
  const unsaid = unsaidIn({ ...seen, outbox }, own);
  const words = wordsOf(unsaid);
  const texts = withCopies({ state, texts: new Map([...seen.texts].filter(([id]) => !words.has(id))) });
  const shown = { ...seen, texts, title: texts.get(state.title.id) };
  return own === undefined ? shown : forAReporter(shown, own, unsaid);
}

/** Confidential cases besides this one whose titles the page shows. */
function titledIn({ cases }: Related): readonly CaseId[] {
  return cases.filter((one) => !one.public && one.title !== undefined).map((one) => one.case);
}

/**
 * A file, piece by piece: the row in the log of reads is on disk before the first piece is there, and each later one is asked for with the reader's
 * rights of that moment, in a transaction that ends before the piece is sent. Who stops asking leaves nothing open.
 */
export async function readAttachment(
  world: World,
  reader: Reader,
  id: CaseId,
  attachment: AttachmentId,
): Promise<{ info: AttachmentInfo; bytes: AsyncIterable<Uint8Array> } | undefined> {
  const principal = principalFor(reader);
  const read = await world.store.as(principal, async (transaction) => {
    const record = await transaction.cases.find(id);
    const found = record === undefined ? undefined : await transaction.cases.attachment(id, attachment);
    if (record === undefined || found === undefined) return undefined;
    const closed = closedPieces(record.state.record).has(attachment);
    const file = { kind: 'attachment', ...found.info.ref, closed } as const;
    const reached = reach(principal, record.guarded);
    if (!canRead(principal, reached, file, record.guarded)) return undefined;
    if (reached === 'party' && !patchesFor(record.state).has(attachment)) return undefined;
    if (!record.guarded.public && !(await transaction.cases.mayOpen(id, mostCasesInAnHour))) return 'too many';
    if (!record.guarded.public) await transaction.cases.recordRead(id, `attachment:${attachment}`);
    return { info: found.info, bytes: found.bytes };
  });
  return read === 'too many' ? stopReading(world, reader) : read;
}

async function view(
  world: World,
  transaction: Transaction,
  reader: Reader,
  record: CaseRecord,
  finding: Promise<Related>,
): Promise<CaseView> {
  const { state, policy, guarded } = record;
  const reached = reach(principalFor(reader), guarded);
  const now = world.clock.now();
  const inside = reached === 'everything';
  const cases = transaction.cases;
  const offered = reader.kind === 'anonymous' ? [] : possibilities({ state, policy, actor: reader, now, nextNumber: '' });
  const [related, own, log, attachments, move, within, archived] = await Promise.all([
    finding,
    cases.texts(state.case),
    reached === 'nothing' ? [] : cases.log(state.case),
    reached === 'nothing' ? [] : cases.attachments(state.case),
    offered.some(({ action }) => action === 'migrate-policy') ? moveFor(transaction, state, policy) : null,
    inside ? insideOf(transaction, record) : nothingInside,
    inside ? archivedRecord(transaction, state) : null,
  ]);
  const texts = new Map([...own, ...related.texts]);
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
    attachments,
    archived,
    possibilities: possible,
    move,
    deadlines: inside ? deadlines(state, policy) : [],
    caps: inside ? caps(state, policy) : [],
    cap: bindingCap(state, policy),
    endByDefault: inside && reader.kind !== 'anonymous' ? endByDefault({ state, policy, actor: reader, now, nextNumber: '' }) : undefined,
    rules: inside && reader.kind !== 'anonymous' ? shownRules(state, policy, reader) : [],
    ...within,
  };
  if (reached === 'for_a_number') return forANumber(shown);
  return reader.kind === 'person' && (reached === 'party' || reached === 'terms') ? forAParty(shown, reader) : shown;
}

type Inside = Pick<CaseView, 'names' | 'recipients' | 'goNoGo' | 'assigners' | 'outbox' | 'audience' | 'chain'>;

const nothingInside: Inside = { names: new Map(), recipients: [], goNoGo: [], assigners: [], outbox: [], audience: 0, chain: { head: '' } };

/** What the team alone reads of a case beside the case. */
async function insideOf(transaction: Transaction, record: CaseRecord): Promise<Inside> {
  const { accounts, cases, outbox } = transaction;
  const { state, guarded } = record;
  const [names, recipients, vendors, assigners, messages, readers, few, head] = await Promise.all([
    namesIn(transaction),
    recipientsOf(transaction, record),
    vendorsIn(transaction, record),
    assignersIn(transaction, record),
    outbox.of(state.case),
    accounts.membersIn(guarded.readers),
    accounts.membersIn([...new Set(guarded.few.map((one) => one.role))]),
    cases.head(state.case),
  ]);
  const named = few.filter((one) => readsByName(one, { guests: [], few: guarded.few }) && !guarded.guests.includes(one.person));
  const audience = readers.length + guarded.guests.length + named.length;
  return { names, recipients, goNoGo: goNoGo(state, vendors), assigners, outbox: messages, audience, chain: { head } };
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

/** Names of the project's members. */
export async function namesIn(transaction: Transaction): Promise<ReadonlyMap<PersonId, string>> {
  return new Map((await transaction.accounts.members(1000)).map((member) => [member.person, member.name]));
}

function principalFor(reader: Reader): Principal {
  return reader.kind === 'anonymous' ? reader : principalOf(reader);
}
