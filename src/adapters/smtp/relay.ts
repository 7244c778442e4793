// SPDX-License-Identifier: Apache-2.0
// Mail out by SMTP: one connection, one transaction, one recipient (L-36). The library speaks the protocol; what is said is decided here.

import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { OutsideFailure } from '../../ports/failure.ts';
import type { OutgoingMail, Relay } from '../../ports/relay.ts';
import { compose } from './compose.ts';
import { unsendable } from './sendable.ts';

export interface SmtpRelayOptions {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (port 465). */
  readonly secure?: boolean;
  /** Refuse to send when the relay does not offer STARTTLS. */
  readonly requireTls?: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
  /** Our name in EHLO. */
  readonly name: string;
  /** Milliseconds: to connect and be greeted, without a byte, and for the whole hand-over. */
  readonly timeouts?: { readonly connect?: number; readonly idle?: number; readonly whole?: number };
}

// RFC 5321 section 4.5.3.2 lets a server take up to ten minutes for the end of DATA.
const usual = { connect: 30_000, idle: 300_000, whole: 900_000 };

/** A relay that opens its connection per mail. @throws OutsideFailure from `send`, as the port says; its words name no address. */
export function smtpRelay(options: SmtpRelayOptions): Relay {
  return {
    send: async (mail) => {
      const reason = unsendable(mail);
      if (reason !== undefined) throw new OutsideFailure('permanent', `not sent: ${reason}`);
      const { default: Connection } = await import('nodemailer/lib/smtp-connection');
      return handOver(new Connection(connectionOptions(options)), mail, options);
    },
  };
}

function connectionOptions(options: SmtpRelayOptions) {
  const timeouts = { ...usual, ...options.timeouts };
  // Where secrets pass or TLS was asked for, the certificate must be right. Otherwise any encryption beats none, as between mail servers.
  const strict = options.secure === true || options.requireTls === true || options.auth !== undefined;
  return {
    host: options.host,
    port: options.port,
    secure: options.secure ?? false,
    requireTLS: options.requireTls === true || (options.auth !== undefined && options.secure !== true),
    opportunisticTLS: !strict,
    name: options.name,
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.connect,
    dnsTimeout: timeouts.connect,
    socketTimeout: timeouts.idle,
    socketCloseTimeout: 1_000,
    maxResponseSize: 64 * 1024,
    logger: false,
    tls: { rejectUnauthorized: strict },
  };
}

function handOver(connection: SMTPConnection, mail: OutgoingMail, options: SmtpRelayOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      clearTimeout(deadline);
      reject(failureOf(error));
      connection.close();
    };
    const deadline = setTimeout(() => fail(new Error('hand-over took too long')), options.timeouts?.whole ?? usual.whole);
    const send = () =>
      connection.send(envelopeOf(mail), Buffer.from(compose(mail)), (error, info) => {
        if (error) return fail(error);
        clearTimeout(deadline);
        resolve(withoutAddresses(info?.response ?? ''));
        // RFC 5321 section 4.1.1.10: say goodbye, but wait for no answer.
        connection.quit();
        setTimeout(() => connection.close(), 1_000).unref();
      });
    // `error` may come again after the hand-over, when the relay drops the line instead of answering QUIT; by then the promise is settled.
    connection.on('error', fail);
    connection.on('end', () => fail(new Error('connection closed')));
    connection.connect((error) => {
      if (error) fail(error);
      else if (options.auth === undefined) send();
      else connection.login({ user: options.auth.user, pass: options.auth.pass }, (refused) => (refused ? fail(refused) : send()));
    });
  });
}

/** Objects, never strings: nothing is parsed again on its way (L-48). */
function envelopeOf(mail: OutgoingMail) {
  return {
    from: mail.envelopeFrom === null ? (false as const) : { name: '', address: mail.envelopeFrom },
    to: [{ name: '', address: mail.to.address }],
  };
}

/** What the library puts on its errors: its own code, the command it was at, the relay's reply. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/**
 * A 5xx about this message will be said again, so it is permanent. A relay that refuses our name, our password or encryption says nothing
 * about the message: that is temporary, until somebody has repaired it.
 */
function failureOf(error: SmtpError): OutsideFailure {
  const code = error.responseCode ?? 0;
  const aboutMessage = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  const permanent = aboutMessage && code >= 500 && code !== 503;
  const said = error.response === undefined ? (error.code ?? error.message) : withoutAddresses(error.response);
  const stage = error.command === undefined ? '' : ` at ${error.command}`;
  return new OutsideFailure(permanent ? 'permanent' : 'temporary', `relay: ${said}${stage}`);
}

/** The relay's words on one line, without the addresses that it repeats: they end up in logs and queues. */
function withoutAddresses(reply: string): string {
  return reply
    .replaceAll(/[\p{Cc}]+/gu, ' ')
    .replaceAll(/[^\s<>()"']+@[^\s<>()"']+/g, '…')
    .slice(0, 300)
    .trim();
}
