// SPDX-License-Identifier: Apache-2.0
// A message becomes a report, an answer, or a constant refusal. It is kept whole, whatever its parse says; only then the gateway says 250.

import { act } from '../app/act.ts';
import type { Contents } from '../app/contents.ts';
import { newContents } from '../app/contents.ts';
import { base32, sha256 } from '../app/encoding.ts';
import { filesOf } from '../app/files.ts';
import type { PartyWriter } from '../app/identify.ts';
import { replyActor } from '../app/identify.ts';
import type { Submission, SubmittedFile } from '../app/intake.ts';
import { originalMail, receiveReport } from '../app/intake.ts';
import { readCase } from '../app/read.ts';
import type { CaseView } from '../app/views.ts';
import type { World } from '../app/world.ts';
import type { CaseAction } from '../core/model/action.ts';
import type { ReporterActor } from '../core/model/actor.ts';
import type { ContentId, ProjectId } from '../core/model/identifiers.ts';
import { isRefusal } from '../core/model/refusal.ts';
import { sameAddress } from './address.ts';
import { parseBounded } from './bounded.ts';
import type { Accepted } from './gateway.ts';
import type { ParsedMail } from './parsed.ts';
import type { Envelope, MailAddresses, Route } from './route.ts';
import { place, routeEach } from './route.ts';

/** Constant texts: nothing of a case, nothing of the message (L-44). */
const answers = {
  unknown: { kind: 'refused', code: 550, text: 'no such recipient here' },
  spent: { kind: 'refused', code: 550, text: 'this address takes no mail any more' },
  closed: {
    kind: 'refused',
    code: 550,
    text: 'this project takes no reports just now; its security page says until when, and what gets through',
  },
  redirect: { kind: 'refused', code: 550, text: 'this project takes no reports by mail; its security page names the form' },
} as const satisfies Record<string, Accepted>;

/** What became of the message for each recipient of the envelope, in their order. When the store is away that is `deferred`, and the sender keeps it. */
export async function acceptMail(
  world: World,
  addresses: MailAddresses,
  raw: Uint8Array,
  envelope: Envelope,
): Promise<readonly Accepted[]> {
  const mail = await parseBounded(raw);
  const outcomes = new Map<string, Accepted>();
  const routes = routeEach(mail, envelope, addresses);
  for (const to of routes)
    if (!outcomes.has(place(to)))
      outcomes.set(place(to), await acceptFor(world, to, addresses, mail, raw).catch((cause): Accepted => ({ kind: 'deferred', cause })));
  return routes.map((to) => outcomes.get(place(to)) ?? answers.unknown);
}

async function acceptFor(world: World, to: Route, addresses: MailAddresses, mail: ParsedMail, raw: Uint8Array): Promise<Accepted> {
  switch (to.kind) {
    case 'report':
      return keepReport(world, to, mail, raw);
    case 'reply':
      return keepAnswer(world, to.token, addresses, mail, raw);
    case 'redirect':
      return answers.redirect;
    case 'unknown-recipient':
      return answers.unknown;
    case 'bounce':
      return keepAnswer(world, to.token, addresses, mail, raw);
  }
}

async function keepReport(world: World, to: Extract<Route, { kind: 'report' }>, mail: ParsedMail, raw: Uint8Array): Promise<Accepted> {
  const received = await receiveReport(world, submission(to, mail, raw));
  if (isRefusal(received) && received.refusal.kind === 'invalid' && received.refusal.field === 'closed') return answers.closed;
  if (isRefusal(received)) throw new Error(`a mail was refused as a report: ${received.refusal.kind}`);
  return { kind: 'kept', reference: received.codename };
}

/** The raw bytes are both the key, so that a repetition is the same case, and the original that is kept. */
function submission(to: Extract<Route, { kind: 'report' }>, mail: ParsedMail, raw: Uint8Array): Submission {
  // RFC 3834 section 4: an automatic answer goes to the envelope sender; where From names somebody else, nobody is written to.
  const { to: sender } = to.answer;
  const answerable = sender !== null && mail.from !== null && sameAddress(sender.address, mail.from.address);
  return {
    project: to.project as ProjectId,
    channel: 'mail',
    mailbox: to.address,
    proof: { by: 'nothing' },
    member: false,
    key: raw,
    title: mail.subject.trim() === '' ? 'Mail without a subject' : mail.subject,
    fields: { description: described(mail) },
    files: [original(raw), ...mail.attachments.map(fileOf)],
    name: mail.from?.name ?? mail.fromText,
    address: answerable ? (mail.from?.address ?? null) : null,
    sensitive: 'yes',
    origin: 'unknown',
    deadline: null,
    consented: false,
  };
}

/** An answer is appended to its own case and to nothing else; a token that is not good any more is told so, by the same words as any other. */
async function keepAnswer(world: World, token: string, addresses: MailAddresses, mail: ParsedMail, raw: Uint8Array): Promise<Accepted> {
  const [first] = addresses.intake;
  const from = first === undefined ? undefined : await replyActor(world, first.project as ProjectId, token);
  if (from === undefined) return answers.spent;
  const actor = from.kind === 'party' ? from.actor : from;
  const view = await readCase(world, actor, from.case);
  if (view === undefined) return answers.spent;
  const id = answerId(world, from, mail, raw);
  if (isKnown(view, id)) return { kind: 'kept', reference: view.state.codename };
  const contents = newContents(world.random);
  const action = from.kind === 'party' ? fromParty(from, contents, mail, raw, id) : fromReporter(from, contents, mail, raw, id);
  const acted = await act(world, actor, from.case, { action, contents });
  return isRefusal(acted) ? answers.spent : { kind: 'kept', reference: view.state.codename };
}

function isKnown({ log, state }: CaseView, id: ContentId): boolean {
  const said = state.parties.flatMap(({ thread = [] }) => thread.map(({ body }) => body.id));
  return said.includes(id) || log.some((event) => event.kind === 'message-received' && event.body.id === id);
}

function fromReporter({ participant }: ReporterActor, contents: Contents, mail: ParsedMail, raw: Uint8Array, id: ContentId): CaseAction {
  const own = { audience: 'shared', participant } as const;
  const body = contents.text({ kind: 'message', ...own }, described(mail), id);
  const files = mail.attachments.map(fileOf).flatMap((file) => filesOf(contents, { purpose: file.purpose, ...own }, file));
  return { kind: 'answer-team', body, attachments: [originalMail(contents, original(raw), participant), ...files] };
}

/** Whoever of a party answers a mail writes to the team, and to no other party. */
function fromParty({ party }: PartyWriter, contents: Contents, mail: ParsedMail, raw: Uint8Array, id: ContentId): CaseAction {
  const body = contents.text({ kind: 'party_message', audience: 'team' }, described(mail), id);
  const files = mail.attachments.map(fileOf).flatMap((file) => filesOf(contents, { purpose: file.purpose, audience: 'team' }, file));
  return { kind: 'write-to-team', as: party, body, attachments: [originalMail(contents, original(raw)), ...files] };
}

/**
 * The same answer that comes again, by another way or because a 250 was lost, has the same id and is one message. Its header may have grown on the way,
 * so the Message-ID and what was said are looked at; under an id that was used before, other words are another message.
 */
function answerId(world: World, from: ReporterActor | PartyWriter, mail: ParsedMail, raw: Uint8Array): ContentId {
  const said = JSON.stringify([mail.text, mail.attachments.map((file) => [file.name, file.sha256])]);
  const same = mail.messageId === null || mail.verdict === 'unparsable' ? raw : `${mail.messageId} ${sha256(said)}`;
  const who = from.kind === 'party' ? [from.actor.person, from.party] : [from.participant];
  return base32(world.derive('mail-answer', from.case, ...who, same).subarray(0, 16)) as ContentId;
}

/** What the parser has to say stands above the text, so that whoever moderates sees it. */
function described(mail: ParsedMail): string {
  const remarks = mail.problems.map((problem) => `[${problem}]`).join('\n');
  const text = mail.text.trim() === '' ? 'The message has no text that could be read. The original is attached.' : mail.text.trimEnd();
  return remarks === '' ? text : `${remarks}\n\n${text}`;
}

function original(raw: Uint8Array): SubmittedFile {
  return { name: 'message.eml', mediaType: 'message/rfc822', bytes: raw, purpose: 'original' };
}

function fileOf({ name, type, content }: ParsedMail['attachments'][number]): SubmittedFile {
  return { name: name ?? 'attachment', mediaType: type, bytes: content, purpose: 'evidence' };
}
