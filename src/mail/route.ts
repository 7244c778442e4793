// SPDX-License-Identifier: Apache-2.0
// Where a mail goes, by the addresses it was sent to and by nothing that its header says: pure (L-41, L-43).

import type { Mailbox } from '../core/model/mailbox.ts';
import { address, sameAddress } from './address.ts';
import type { ParsedMail } from './parsed.ts';

/** What the SMTP dialogue said: the only addresses that count. */
export interface Envelope {
  /** Null for the null sender `<>`. */
  readonly from: string | null;
  readonly to: readonly string[];
  /** Who spoke: the sender's server, or the mail server in front of this one. For the proof of the sender, and for nothing else. */
  readonly client?: { readonly address: string; readonly helo: string };
}

export interface IntakeAddress {
  readonly project: string;
  readonly address: string;
  /** An address of the past that is still listened to (LIBVIRT-7). */
  readonly former: boolean;
  /** `redirect`: the project takes no reports by mail; the answer names the form (QEMU-9). */
  readonly accepts: 'reports' | 'redirect';
}

export interface MailAddresses {
  readonly intake: readonly IntakeAddress[];
  /** Domain of the reply addresses `reports+<token>@domain`. */
  readonly replyDomain: string;
  /** Other addresses that mail is sent from here: an automatic answer to one of them would be a loop. */
  readonly own: readonly string[];
}

/** Why no automatic answer may go out (RFC 3834 section 2, L-49). */
type Silence =
  | 'null sender'
  | 'no plain sender'
  | 'own address'
  | 'auto-submitted'
  | 'bulk'
  | 'mailing list'
  | 'asked for silence'
  | 'bounce'
  | 'auto-reply';

/** Whom an automatic answer may go to. `to` is the envelope sender (RFC 3834 section 4), null as soon as there is one reason for silence. */
interface Answer {
  readonly to: Mailbox | null;
  readonly silence: readonly Silence[];
}

export type Route =
  | { readonly kind: 'report'; readonly project: string; readonly address: string; readonly former: boolean; readonly answer: Answer }
  | { readonly kind: 'redirect'; readonly project: string; readonly address: string; readonly answer: Answer }
  | { readonly kind: 'reply'; readonly token: string; readonly answer: Answer }
  | { readonly kind: 'bounce'; readonly token: string }
  | { readonly kind: 'unknown-recipient'; readonly address: string };

// 128 bits or more in base 32, read without regard to case, since mail systems change it. Forms only: whether a token is one of ours is the application's to say.
const tokenForm = /^reports\+([0-9a-z]{20,64})@(.+)$/;

/** The token in a reply address, in lower case. In-Reply-To and References are never looked at: anybody can write them (L-43). */
export function replyToken(recipient: string, replyDomain: string): string | undefined {
  const match = tokenForm.exec(recipient.toLowerCase());
  return match?.[2] === replyDomain.toLowerCase() ? match[1] : undefined;
}

/** Whether mail for `recipient` is taken at all. For a reply address the form decides, so that the answer at RCPT betrays no token (L-42, L-44). */
export function takesMailFor(recipient: string, addresses: MailAddresses): boolean {
  return replyToken(recipient, addresses.replyDomain) !== undefined || intakeOf(recipient, addresses) !== undefined;
}

/** One route for each distinct place the mail was sent to: a mail to two projects is a report to both. */
export function route(mail: ParsedMail, envelope: Envelope, addresses: MailAddresses): readonly Route[] {
  return [...new Map(routeEach(mail, envelope, addresses).map((to) => [place(to), to])).values()];
}

/** The route of each recipient, in their order: several may go to one place. */
export function routeEach(mail: ParsedMail, envelope: Envelope, addresses: MailAddresses): readonly Route[] {
  const answer = answerTo(mail, envelope, addresses);
  return envelope.to.map((recipient) => routeOne(mail, recipient, answer, addresses));
}

function routeOne(mail: ParsedMail, recipient: string, answer: Answer, addresses: MailAddresses): Route {
  const token = replyToken(recipient, addresses.replyDomain);
  const intake = intakeOf(recipient, addresses);
  if (token === undefined && intake === undefined) return { kind: 'unknown-recipient', address: recipient };
  if (mail.verdict === 'bounce' && token !== undefined) return { kind: 'bounce', token };
  if (token !== undefined) return { kind: 'reply', token, answer };
  if (intake === undefined) return { kind: 'unknown-recipient', address: recipient };
  const { project, address, former, accepts } = intake;
  return accepts === 'redirect' ? { kind: 'redirect', project, address, answer } : { kind: 'report', project, address, former, answer };
}

function intakeOf(recipient: string, addresses: MailAddresses): IntakeAddress | undefined {
  return addresses.intake.find((known) => sameAddress(known.address, recipient));
}

/** Names the place that a route leads to: what two recipients share is kept once. */
export function place(to: Route): string {
  if (to.kind === 'reply' || to.kind === 'bounce') return `${to.kind} ${to.token}`;
  return to.kind === 'unknown-recipient' ? `${to.kind} ${to.address.toLowerCase()}` : `${to.kind} ${to.project}`;
}

function answerTo(mail: ParsedMail, envelope: Envelope, addresses: MailAddresses): Answer {
  const sender = envelope.from === null ? undefined : address(envelope.from);
  const reasons: (Silence | false)[] = [
    envelope.from === null && 'null sender',
    envelope.from !== null && sender === undefined && 'no plain sender',
    [sender, mail.from?.address].some((from) => from !== undefined && ours(from, addresses)) && 'own address',
    mail.autoSubmitted !== null && mail.autoSubmitted !== 'no' && 'auto-submitted',
    mail.bulk && 'bulk',
    mail.list && 'mailing list',
    mail.unanswerable && 'asked for silence',
    mail.verdict === 'bounce' && 'bounce',
    mail.verdict === 'auto-reply' && 'auto-reply',
  ];
  const silence = reasons.filter((reason) => reason !== false);
  if (silence.length > 0 || sender === undefined) return { to: null, silence };
  return { to: { name: mail.from?.address === sender ? mail.from.name : '', address: sender }, silence };
}

function ours(from: string, addresses: MailAddresses): boolean {
  return takesMailFor(from, addresses) || addresses.own.some((own) => sameAddress(own, from));
}
