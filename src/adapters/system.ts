// SPDX-License-Identifier: Apache-2.0
// The machine's own clock and randomness, and the secrets that are derived from the master key.

import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fromEpoch, instant } from '../core/model/time.ts';
import type { Clock } from '../ports/clock.ts';

export const systemClock: Clock = { now: () => fromEpoch(Date.now()) };

/**
 * A clock for rehearsals: the file holds an instant, or `+SECONDS` to the machine's time; it is read each time, so that every process agrees.
 * @throws Error when the file is not readable or holds neither.
 */
export function rehearsalClock(file: string): Clock {
  return {
    now() {
      const text = readFileSync(file, 'utf8').trim();
      const ahead = /^\+(\d+)$/.exec(text)?.[1];
      return ahead === undefined ? instant(text) : fromEpoch(Date.now() + Number(ahead) * 1000);
    },
  };
}

export function systemRandom(bytes: number): Uint8Array {
  return randomBytes(bytes);
}

/** HMAC-SHA256 over the parts, each with its length, so that no two lists of parts are the same bytes. */
export function deriver(masterKey: Uint8Array) {
  return (purpose: string, ...parts: readonly (string | Uint8Array)[]): Uint8Array => {
    const hmac = createHmac('sha256', masterKey);
    for (const part of [purpose, ...parts]) {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part;
      hmac.update(`${bytes.length}:`).update(bytes);
    }
    return hmac.digest();
  };
}
