// SPDX-License-Identifier: Apache-2.0
// Mail comes in here, by SMTP or LMTP. 250 is said only after the message is durable; everything unexpected is 451, and the sender keeps the message.

import { chmod, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { SMTPServerAddress, SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { address, sameAddress } from './address.ts';
import { hasBareLineEnd, type Room, readBody, room } from './incoming.ts';
import { MailListener } from './listener.ts';
import type { Envelope } from './route.ts';

/** `refused.text` is the same for every message with this answer: nothing of a case, nothing of the message (L-44). */
export type Accepted =
  | { readonly kind: 'kept'; readonly reference: string }
  /** Not kept now, and perhaps the next time: 451. */
  | { readonly kind: 'deferred'; readonly cause: unknown }
  | { readonly kind: 'refused'; readonly code: 550 | 552 | 554; readonly text: string };

/** One line of the log. It names sessions and references, never addresses or content (L-29). */
export interface GatewayLine {
  readonly event: 'mail-kept' | 'mail-refused' | 'mail-deferred' | 'mail-cut-off' | 'session-failed';
  readonly session: string;
  readonly reference?: string;
  readonly code?: number;
  /** Kind and place of what was thrown, without its message. */
  readonly cause?: string;
}

export interface MailGatewayOptions {
  readonly smtp?: { readonly host: string; readonly port: number };
  readonly lmtp?: { readonly host?: string; readonly port?: number; readonly socketPath?: string };
  /** Name in the greeting; without it the machine's own. */
  readonly name?: string;
  readonly maxBytes: number;
  /** PEM texts; without them STARTTLS is not offered. */
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly maxSessions?: number;
  readonly timeouts?: { readonly idle?: number; readonly session?: number; readonly stop?: number };
  /** Asked at RCPT. For reply addresses it must go by the form alone, or the answer would tell good tokens from bad (L-42). */
  readonly recipientKnown: (address: string) => boolean | Promise<boolean>;
  /** Resolves when the message is durable, with an answer for each of `envelope.to`. Whatever it throws is a 451: the sender tries again. */
  readonly accept: (raw: Uint8Array, envelope: Envelope) => Promise<readonly Accepted[]>;
  readonly log: (line: GatewayLine) => void;
}

export interface MailGateway {
  readonly ports: { readonly smtp: number | null; readonly lmtp: number | null };
  readonly stop: () => Promise<void>;
}

interface Reply {
  readonly code: number;
  readonly text: string;
}

const maxRecipients = 100;
// RFC 5321 section 4.5.3.1.4 gives a command 512 octets; extensions add their parameters.
const maxCommandLength = 4_096;
const roomFactor = 8;
const unavailable: Reply = { code: 451, text: 'not stored, try again later' };
const unwanted = ['AUTH', 'XCLIENT', 'XFORWARD', 'WIZ', 'SHELL', 'KILL'];

/** Opens the doors that `options` names. Port 0 takes a free one. */
export async function startMailGateway(options: MailGatewayOptions): Promise<MailGateway> {
  const shared = room(roomFactor * options.maxBytes);
  const smtp = options.smtp === undefined ? undefined : await listen(options, shared, false, options.smtp);
  const lmtp = options.lmtp === undefined ? undefined : await listen(options, shared, true, options.lmtp);
  return {
    ports: { smtp: portOf(smtp), lmtp: portOf(lmtp) },
    stop: async () => {
      await Promise.all([smtp, lmtp].map((server) => server && new Promise<void>((done) => server.close(done))));
      if (options.lmtp?.socketPath !== undefined) await rm(options.lmtp.socketPath, { force: true });
    },
  };
}

type At = { readonly host?: string; readonly port?: number; readonly socketPath?: string };

async function listen(options: MailGatewayOptions, shared: Room, lmtp: boolean, at: At): Promise<MailListener> {
  const server = new MailListener(sessionOptions(options, shared, lmtp), options.timeouts?.session ?? 900_000);
  server.on('error', (cause: Error) => options.log({ event: 'session-failed', session: '', cause: causeOf(cause) }));
  // A socket file left behind by a killed process would refuse the new one.
  if (at.socketPath !== undefined) await rm(at.socketPath, { force: true });
  const place = at.socketPath === undefined ? { host: at.host ?? '127.0.0.1', port: at.port ?? 0 } : { path: at.socketPath };
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(place, () => resolve());
  });
  if (at.socketPath !== undefined) await chmod(at.socketPath, 0o660);
  return server;
}

function portOf(server: MailListener | undefined): number | null {
  const at = server?.server.address();
  return at === null || at === undefined || typeof at === 'string' ? null : (at as AddressInfo).port;
}

function sessionOptions(options: MailGatewayOptions, shared: Room, lmtp: boolean) {
  // RFC 2033 section 4.2: one answer for each RCPT that was accepted, even for a repeated one. The library folds those, so they are written down.
  const accepted = new WeakMap<SMTPServerSession, string[]>();
  return {
    lmtp,
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.tls ?? {}),
    heloResponse: '%s',
    hideENHANCEDSTATUSCODES: false,
    disabledCommands: options.tls === undefined ? [...unwanted, 'STARTTLS'] : unwanted,
    disableReverseLookup: true,
    logger: false,
    size: options.maxBytes,
    maxClients: options.maxSessions ?? 50,
    maxRecipients,
    maxCommandLength,
    socketTimeout: options.timeouts?.idle ?? 60_000,
    closeTimeout: options.timeouts?.stop ?? 3_000,
    onMailFrom: (_from: SMTPServerAddress, session: SMTPServerSession, done: (error?: Error) => void) => {
      accepted.set(session, []);
      done();
    },
    onRcptTo: (to: SMTPServerAddress, session: SMTPServerSession, done: (error?: Error) => void) => {
      void answerRcpt(options, to.address, session).then((reply) => {
        if (reply === undefined) accepted.get(session)?.push(plain(to.address));
        done(reply && failure(reply));
      });
    },
    onData: (
      stream: SMTPServerDataStream,
      session: SMTPServerSession,
      done: (error: Error | null, reply?: string | (string | Error)[]) => void,
    ) => {
      const recipients = lmtp ? (accepted.get(session) ?? []) : envelopeOf(session).to;
      void answerData(options, shared, stream, session, recipients).then((replies) => {
        if (lmtp) return done(null, replies.map(said));
        const reply = forAll(replies);
        return reply.code === 250 ? done(null, reply.text) : done(failure(reply));
      });
    },
  };
}

function said(reply: Reply): string | Error {
  return reply.code === 250 ? reply.text : failure(reply);
}

/** SMTP has one answer for all (RFC 5321 section 4.2.5): deferred for one is deferred for all, since a repetition is the same report; otherwise kept by one is kept. */
function forAll(replies: readonly Reply[]): Reply {
  const find = (code: number) => replies.find((reply) => reply.code === code);
  return find(451) ?? find(250) ?? replies[0] ?? unavailable;
}

function failure(reply: Reply): Error {
  return Object.assign(new Error(reply.text), { responseCode: reply.code });
}

async function answerRcpt(options: MailGatewayOptions, to: string, session: SMTPServerSession): Promise<Reply | undefined> {
  try {
    const recipient = to.toLowerCase() === 'postmaster' ? 'postmaster' : address(to);
    const known = recipient !== undefined && (await options.recipientKnown(recipient));
    return known ? undefined : { code: 550, text: 'no such recipient' };
  } catch (cause) {
    return deferred(options, session, cause);
  }
}

/** An answer for each of `recipients`, in their order. */
async function answerData(
  options: MailGatewayOptions,
  shared: Room,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  recipients: readonly string[],
): Promise<readonly Reply[]> {
  const all = (reply: Reply) => recipients.map(() => reply);
  let taken = 0;
  try {
    const body = await readBody(stream, options.maxBytes, shared, (bytes) => {
      taken += bytes;
    });
    if (body.kind === 'cut-off') options.log({ event: 'mail-cut-off', session: session.id });
    if (body.kind === 'too-large')
      return all(refused(options, session, { code: 552, text: `message larger than ${options.maxBytes} bytes` }));
    if (body.kind !== 'whole') return all(unavailable);
    if (hasBareLineEnd(body.bytes))
      return all(refused(options, session, { code: 554, text: 'message contains a bare CR or LF, or a NUL' }));
    const envelope = envelopeOf(session);
    const outcomes = await options.accept(body.bytes, envelope);
    // What two recipients share was kept once, and is logged once.
    const replies = new Map([...new Set(outcomes)].map((outcome) => [outcome, answer(options, session, outcome)]));
    const outcomeOf = (to: string) => outcomes[envelope.to.findIndex((one) => sameAddress(one, to))];
    return recipients.map((to) => {
      const outcome = outcomeOf(to);
      return (outcome && replies.get(outcome)) ?? unavailable;
    });
  } catch (cause) {
    return all(deferred(options, session, cause));
  } finally {
    shared.give(taken);
  }
}

function answer(options: MailGatewayOptions, session: SMTPServerSession, accepted: Accepted): Reply {
  if (accepted.kind === 'deferred') return deferred(options, session, accepted.cause);
  if (accepted.kind === 'refused') return refused(options, session, { code: accepted.code, text: accepted.text });
  options.log({ event: 'mail-kept', session: session.id, reference: accepted.reference });
  return { code: 250, text: 'stored' };
}

function deferred(options: MailGatewayOptions, session: SMTPServerSession, cause: unknown): Reply {
  options.log({ event: 'mail-deferred', session: session.id, code: 451, cause: causeOf(cause) });
  return unavailable;
}

function refused(options: MailGatewayOptions, session: SMTPServerSession, reply: Reply): Reply {
  options.log({ event: 'mail-refused', session: session.id, code: reply.code });
  return reply;
}

function plain(recipient: string): string {
  return address(recipient) ?? recipient;
}

function envelopeOf(session: SMTPServerSession): Envelope {
  const from = session.envelope.mailFrom;
  return {
    from: from === false || from.address === '' ? null : (address(from.address) ?? from.address),
    to: session.envelope.rcptTo.map((to) => plain(to.address)),
    client: { address: session.remoteAddress, helo: session.hostNameAppearsAs },
  };
}

/** What kind of error, its code and where it was thrown: enough to find it, and nothing that it quotes. */
function causeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause;
  const code = 'code' in cause && /^[A-Z0-9_]{1,40}$/.test(String(cause.code)) ? ` ${cause.code}` : '';
  // The stack repeats the message first, and a message may quote anything, even a stack.
  const frames = (cause.stack ?? '').replace(cause.message, '');
  const place = /^\s+at .*?([^/\s(]+:\d+:\d+)\)?$/m.exec(frames)?.[1];
  return `${cause.name}${code}${place === undefined ? '' : ` at ${place}`}`;
}
