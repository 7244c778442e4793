// SPDX-License-Identifier: Apache-2.0
// The SMTP library, held to our terms: no wait before the greeting, a limit on the length of a session, the right code for a large message.

import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';

export class MailListener extends SMTPServer {
  readonly #longestSession: number;

  /** @param longestSession milliseconds after which a session ends, however busy: a byte a minute holds a place only so long. */
  constructor(options: SMTPServerOptions, longestSession: number) {
    super(options);
    this.#longestSession = longestSession;
  }

  override connect(socket: Socket, options?: SMTPConnectionOptions | null): void {
    const session = new MailSession(this, socket, options);
    this.connections.add(session);
    session.on('error', (error: Error) => this.emit('error', error));
    session.endAfter(this.#longestSession);
    session.init();
  }
}

class MailSession extends SMTPConnection {
  #end: NodeJS.Timeout | undefined;

  endAfter(milliseconds: number): void {
    this.#end = setTimeout(() => this.send(421, 'session too long'), milliseconds);
  }

  /** The library waits 100 ms for early talkers, which on the road from one's own mail server only slows each mail down. */
  override init(): void {
    this._setListeners(() => {
      if (this._server.connections.size > (this._server.options.maxClients ?? Number.POSITIVE_INFINITY))
        this.send(421, 'too many sessions', false);
      else this.connectionReady();
    });
  }

  override _onClose(): void {
    clearTimeout(this.#end);
    super._onClose();
  }

  // RFC 3463 section 3.4: 552 is only ever said about size here.
  override _getEnhancedStatusCode(code: number, context?: string | false): string {
    return code === 552 && context !== false ? '5.3.4' : super._getEnhancedStatusCode(code, context);
  }
}
