// SPDX-License-Identifier: Apache-2.0
// What stands in the mail to one recipient: written when it is sent, with the rights of that moment, and undefined for who has none any more (L-12).

import { type Reporter, reporterOf } from '../core/model/case.ts';
import type { CaseId, ProjectId } from '../core/model/identifiers.ts';
import type { Mailbox } from '../core/model/mailbox.ts';
import { guarded } from '../core/policy/access.ts';
import { admittedTo } from '../core/process/parties.ts';
import type { Notice } from '../notices/notice.ts';
import { toList } from '../notices/to-list.ts';
import type { MemberNotice } from '../notices/to-member.ts';
import { toMember } from '../notices/to-member.ts';
import type { OutsiderNotice } from '../notices/to-outsider.ts';
import { toOutsider } from '../notices/to-outsider.ts';
import type { ReporterNotice } from '../notices/to-reporter.ts';
import { toReporter } from '../notices/to-reporter.ts';
import type { OutgoingMail } from '../ports/relay.ts';
import type { Member } from '../ports/store/accounts.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import type { Outgoing } from '../ports/store/outbox.ts';
import type { Transaction } from '../ports/store/store.ts';
import { base32 } from './encoding.ts';
import { mayBeTold } from './entitled.ts';
import { partyReplyLink } from './identify.ts';
import { replyToken } from './intake.ts';
import { endsInPublic } from './policy-text/withdrawal-sentences.ts';
import { tellsNothing } from './recipients.ts';
import { missing, missingInWords, verdictSentence } from './reporter-words.ts';
import { reporterLinkHours } from './sign-in/limits.ts';
import { onceLink } from './sign-in/reporters.ts';
import { toldBy } from './told.ts';
import type { World } from './world.ts';

/** The mail of this message as it would leave now; undefined where there is nobody to send it to, or nobody entitled to it. */
export async function written(
  world: World,
  transaction: Transaction,
  project: ProjectId,
  outgoing: Outgoing,
  record: CaseRecord,
): Promise<OutgoingMail | undefined> {
  const { to } = outgoing;
  switch (to.kind) {
    case 'reporter': {
      const reporter = reporterOf(record.state, to.participant);
      return reporter === undefined ? undefined : toReporterMail(world, transaction, project, outgoing, record, reporter);
    }
    case 'person': {
      const member = await transaction.accounts.member(to.person);
      if (member !== undefined && member.address !== null && tellsNothing.includes(outgoing.notice))
        return toNobodyInside(world, project, outgoing, record, { name: member.name, address: member.address });
      return member === undefined ? undefined : toMemberMail(world, transaction, project, outgoing, record, member);
    }
    case 'list':
      return toListMail(world, transaction, project, outgoing, record, to.address);
    case 'address':
      return toNobodyInside(world, project, outgoing, record, { name: '', address: to.address });
    case 'right':
    case 'role':
    case 'asked':
    case 'readers':
    case 'administrators':
      return undefined;
  }
}

async function toReporterMail(
  world: World,
  transaction: Transaction,
  project: ProjectId,
  outgoing: Outgoing,
  { state, policy }: CaseRecord,
  reporter: Reporter,
): Promise<OutgoingMail | undefined> {
  const texts = await transaction.cases.texts(state.case);
  const address = reporter.address === null ? undefined : texts.get(reporter.address.id);
  if (address === undefined) return undefined;
  const name = reporter.name === null ? '' : (texts.get(reporter.name.id) ?? '');
  const event = (await transaction.cases.log(state.case)).find((one) => one.seq === outgoing.seq);
  const body = event?.kind === 'message-sent' ? (texts.get(event.body.id) ?? null) : null;
  const owner = state.owner === null ? undefined : await transaction.accounts.member(state.owner);
  const notice = toReporter(outgoing.notice as ReporterNotice, {
    policy,
    codename: state.codename,
    link: await onceLink(world, transaction, project, { case: state.case, participant: reporter.participant }, outgoing.id),
    linkDays: reporterLinkHours / 24,
    body,
    page: state.visibility === 'public' ? `${world.baseUrl}/${project}/cases/${state.case}` : null,
    fields: {
      owner: owner?.name ?? null,
      end: state.embargo.until,
      confidential: state.visibility === 'private' ? 'yes' : null,
      queued: state.queuedUntil,
      missing: (event?.kind === 'embargo-refused' ? event.missing.map(missingInWords) : missing(reporter, state, policy)).join(', '),
      say: verdictSentence(state, policy, texts),
      rule: state.eligibility?.rule ?? null,
      project: policy.title,
      fate: endsInPublic(policy),
      ...toldBy(event, state, policy, texts),
    },
  });
  const replyTo = replyAddress(world, project, replyToken(world, state.case, reporter.participant));
  return mailOf(world, project, outgoing, { name, address }, notice, { replyTo, auto: outgoing.notice !== 'message' });
}

/** Not even the codename: the recipient need not be anybody who may know which case it is. */
function toNobodyInside(world: World, project: ProjectId, outgoing: Outgoing, { policy }: CaseRecord, to: Mailbox): OutgoingMail {
  const notice = toOutsider(outgoing.notice as OutsiderNotice, { title: policy.title, url: `${world.baseUrl}/${project}` });
  return mailOf(world, project, outgoing, to, notice, { auto: true });
}

/** A member who no longer sees the case gets nothing, not even its codename, and who reads less of it now is told less (L-10, L-11, L-12). */
async function toMemberMail(
  world: World,
  transaction: Transaction,
  project: ProjectId,
  outgoing: Outgoing,
  record: CaseRecord,
  member: Member,
): Promise<OutgoingMail | undefined> {
  const { state, policy } = record;
  const name = outgoing.notice as MemberNotice;
  const entitled = mayBeTold(name, { kind: 'person', project, person: member.person, roles: member.roles }, guarded(state, policy));
  if (!entitled || member.address === null) return undefined;
  const party = name === 'team-wrote' ? await writtenTo(transaction, outgoing, record, member) : null;
  if (party === undefined) return undefined;
  const notice = toMember(name, {
    codename: state.codename,
    url: `${world.baseUrl}/${project}/cases/${state.case}`,
    clocks: await clocksOf(transaction, outgoing),
    how: state.ownership.how,
  });
  const answers =
    party === null
      ? {}
      : { replyTo: replyAddress(world, project, await partyReplyLink(world, transaction, state.case, member.person, party)) };
  return mailOf(world, project, outgoing, { name: member.name, address: member.address }, notice, { auto: true, ...answers });
}

/** The party that the team wrote to, as far as this member still reads as one of it. */
async function writtenTo(transaction: Transaction, { case: id, seq }: Outgoing, { state }: CaseRecord, member: Member) {
  const event = (await transaction.cases.log(id)).find((one) => one.seq === seq);
  if (event?.kind !== 'party-written-to') return undefined;
  const as = { kind: 'person', project: state.project, person: member.person, roles: member.roles, proof: { by: 'nothing' } } as const;
  return admittedTo(as, state).some(({ name }) => name === event.party) ? event.party : undefined;
}

/** The clocks that this reminder is about: one mail for all that was due at one look to the same people. */
export async function clocksOf(transaction: Transaction, { case: id, notice, seq }: Outgoing): Promise<readonly string[]> {
  if (notice !== 'reminder') return [];
  const event = (await transaction.cases.log(id)).find((one) => one.seq === seq);
  return event?.kind === 'reminder-due' ? [event.clock, ...(event.also ?? [])] : [];
}

/** The version that the mail was ordered for: a mail that is late carries what it was meant to carry. */
async function versionAt(transaction: Transaction, id: CaseId, seq: number): Promise<number> {
  const log = await transaction.cases.log(id);
  const versions = log.flatMap((event) => (event.kind === 'version-published' && event.seq <= seq ? [event.version] : []));
  return versions.at(-1) ?? 1;
}

async function toListMail(
  world: World,
  transaction: Transaction,
  project: ProjectId,
  outgoing: Outgoing,
  { state, policy }: CaseRecord,
  address: string,
): Promise<OutgoingMail | undefined> {
  if (state.visibility !== 'public') return undefined;
  const version = await versionAt(transaction, state.case, outgoing.seq);
  const kept = await transaction.documents.of(state.case);
  const document = kept.find((one) => one.format === 'text' && one.version === version);
  if (document === undefined) return undefined;
  const notice = toList({
    subject: policy.texts.advisory_subject ?? null,
    number: document.number,
    title: document.title,
    cves: state.flaws.flatMap((flaw) => (flaw.number === null ? [] : [flaw.number])),
    component: state.component,
    version,
    document: new TextDecoder().decode(document.bytes),
  });
  return mailOf(world, project, outgoing, { name: '', address }, notice, { auto: false });
}

export function mailOf(
  world: World,
  project: ProjectId,
  outgoing: Outgoing,
  to: Mailbox,
  notice: Notice,
  how: { readonly auto: boolean; readonly replyTo?: Mailbox },
): OutgoingMail {
  const from = world.sender(project);
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    messageId: `<${base32(world.derive('message-id', outgoing.id).subarray(0, 16))}@${domain}>`,
    date: world.clock.now(),
    from,
    to,
    envelopeFrom: how.auto ? null : from.address,
    ...(how.replyTo === undefined ? {} : { replyTo: how.replyTo }),
    subject: notice.subject,
    text: notice.text,
    headers: how.auto ? { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' } : {},
  };
}

function replyAddress(world: World, project: ProjectId, token: string): Mailbox {
  return { name: world.sender(project).name, address: `reports+${token}@${world.replyDomain}` };
}
