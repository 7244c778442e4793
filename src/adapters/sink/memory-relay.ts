// SPDX-License-Identifier: Apache-2.0
// A relay that sends nothing: it keeps what it was given, for tests of everything that sends.

import { OutsideFailure } from '../../ports/failure.ts';
import type { OutgoingMail, Relay } from '../../ports/relay.ts';
import { unsendable } from '../smtp/sendable.ts';

export interface MemoryRelay extends Relay {
  /** In the order of sending; a mail that was sent twice is here twice. */
  readonly sent: readonly OutgoingMail[];
}

/** Refuses what the real relay refuses before it connects. `answer` may throw an OutsideFailure in place of the network. */
export function memoryRelay(answer: (mail: OutgoingMail) => void = () => undefined): MemoryRelay {
  const sent: OutgoingMail[] = [];
  return {
    sent,
    send: async (mail) => {
      const reason = unsendable(mail);
      if (reason !== undefined) throw new OutsideFailure('permanent', `not sent: ${reason}`);
      answer(mail);
      sent.push(mail);
      return `250 2.0.0 kept as ${sent.length}`;
    },
  };
}
