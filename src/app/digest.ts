// SPDX-License-Identifier: Apache-2.0
// Mail to a person that waits: for the end of their quiet hours, or for the hour of their digest, where all that waits by then becomes one mail.

import type { CaseId, PersonId, ProjectId } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';
import { waitsUntil } from '../core/people/mail-hours.ts';
import type { Urgency } from '../core/policy/words.ts';
import { pagesGoThrough, urgencyOf } from '../core/process/urgency.ts';
import { toMemberDigest } from '../notices/to-member-digest.ts';
import type { OutgoingMail } from '../ports/relay.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { Outgoing } from '../ports/store/outbox.ts';
import type { Transaction } from '../ports/store/store.ts';
import { clocksOf, mailOf, written } from './letters.ts';
import type { World } from './world.ts';

/** How a message to a person goes: not before an instant, at once, or gathered with others. */
export type Turn = { readonly kind: 'later'; readonly at: Instant } | { readonly kind: 'now' } | { readonly kind: 'gathered' };

/** Asked once the recipient is known to be entitled; whoever chose no hours gets everything at once. */
export async function turnOf(world: World, transaction: Transaction, outgoing: Outgoing, record: CaseRecord): Promise<Turn> {
  const { to } = outgoing;
  const hours = to.kind === 'person' ? await transaction.accounts.mailHours(to.person) : undefined;
  if (hours === undefined) return { kind: 'now' };
  const urgency = await urgencyIn(transaction, outgoing, record);
  const asked = (await transaction.cases.log(outgoing.case)).find(({ seq }) => seq === outgoing.seq)?.at ?? record.openedAt;
  const at = waitsUntil(urgency, { asked, now: world.clock.now(), pagesGoThrough: pagesGoThrough(record.policy) }, hours);
  if (at !== null) return { kind: 'later', at };
  return urgency === 'digest' && hours.digestAt !== null ? { kind: 'gathered' } : { kind: 'now' };
}

async function urgencyIn(transaction: Transaction, outgoing: Outgoing, { policy }: CaseRecord): Promise<Urgency> {
  return urgencyOf(outgoing.notice, await clocksOf(transaction, outgoing), policy);
}

/** Longest digest, in notices; what is beyond it comes in the next. */
const most = 200;

export interface Digest {
  readonly mail: OutgoingMail;
  /** Every message that it stands for. */
  readonly ids: readonly string[];
}

/**
 * One mail of everything that waits for this person and whose hour has come. Each part is judged like a mail of its own, with the rights of this moment:
 * what they may not be told of any more is not counted, and is left to its own turn (L-12).
 */
export async function digestFor(
  world: World,
  transaction: Transaction,
  project: ProjectId,
  person: PersonId,
  { outgoing, record, mail }: { readonly outgoing: Outgoing; readonly record: CaseRecord; readonly mail: OutgoingMail },
): Promise<Digest> {
  const cases = new Map<CaseId, { codename: string; url: string; count: number }>();
  const ids: string[] = [];
  const add = (one: Outgoing, { state }: CaseRecord) => {
    const known = cases.get(one.case) ?? { codename: state.codename, url: `${world.baseUrl}/${project}/cases/${one.case}`, count: 0 };
    cases.set(one.case, { ...known, count: known.count + 1 });
    ids.push(one.id);
  };
  add(outgoing, record);
  for (const id of await transaction.outbox.waitingFor(person, world.clock.now(), most)) {
    const other = id === outgoing.id ? undefined : await transaction.outbox.take(id);
    const theirs = other && (await transaction.cases.find(other.case));
    if (other === undefined || theirs === undefined || (await urgencyIn(transaction, other, theirs)) !== 'digest') continue;
    if ((await written(world, transaction, project, other, theirs)) !== undefined) add(other, theirs);
  }
  const notice = toMemberDigest({ title: record.policy.title, cases: [...cases.values()] });
  return { mail: mailOf(world, project, outgoing, mail.to, notice, { auto: true }), ids };
}
