// SPDX-License-Identifier: Apache-2.0
// A message becomes a report, an answer, or a constant refusal. It is kept whole, whatever its parse says; only then the gateway says 250.

import { act } from '../app/act.ts';
import { newContents } from '../app/contents.ts';
import { filesOf } from '../app/files.ts';
import { replyActor } from '../app/identify.ts';
import type { Submission, SubmittedFile } from '../app/intake.ts';
import { originalMail, receiveReport } from '../app/intake.ts';
import { readCase } from '../app/read.ts';
import type { World } from '../app/world.ts';
import type { ProjectId } from '../core/model/identifiers.ts';
import { isRefusal } from '../core/model/refusal.ts';
import { sameAddress } from './address.ts';
import { parseBounded } from './bounded.ts';
import type { Accepted } from './gateway.ts';
import type { ParsedMail } from './parsed.ts';
import type { Envelope, MailAddresses, Route } from './route.ts';
import { route } from './route.ts';

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

/** @throws OutsideFailure when the store is away: the gateway answers 451 and the sender keeps the message. */
export async function acceptMail(world: World, addresses: MailAddresses, raw: Uint8Array, envelope: Envelope): Promise<Accepted> {
  const mail = await parseBounded(raw);
  const outcomes: Accepted[] = [];
  for (const to of route(mail, envelope, addresses)) outcomes.push(await acceptFor(world, to, addresses, mail, raw));
  return outcomes.find((outcome) => outcome.kind === 'kept') ?? outcomes[0] ?? answers.unknown;
}

function acceptFor(world: World, to: Route, addresses: MailAddresses, mail: ParsedMail, raw: Uint8Array): Promise<Accepted> | Accepted {
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
  const actor = first === undefined ? undefined : await replyActor(world, first.project as ProjectId, token);
  const view = actor === undefined ? undefined : await readCase(world, actor, actor.case);
  if (actor === undefined || view === undefined) return answers.spent;
  const contents = newContents(world.random);
  const own = { audience: 'shared', participant: actor.participant } as const;
  const body = contents.text({ kind: 'message', ...own }, described(mail));
  const files = mail.attachments.map(fileOf).flatMap((file) => filesOf(contents, { purpose: file.purpose, ...own }, file));
  const attachments = [originalMail(contents, actor.participant, original(raw)), ...files];
  const acted = await act(world, actor, actor.case, { action: { kind: 'answer-team', body, attachments }, contents });
  return isRefusal(acted) ? answers.spent : { kind: 'kept', reference: view.state.codename };
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
