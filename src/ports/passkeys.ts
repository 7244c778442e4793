// SPDX-License-Identifier: Apache-2.0
// Passkeys: what a browser is asked for, and whether its answer is good (Web Authentication, level 3). Knows no people and keeps nothing.

/** What an authenticator made, to keep. */
export interface MadePasskey {
  readonly credential: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
}

export interface KnownPasskey {
  readonly credential: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
}

/** `counter`: of the authenticator, after this use. */
export type Shown = { readonly good: true; readonly counter: number } | { readonly good: false; readonly because: 'wrong' | 'counter' };

export interface Passkeys {
  /** Options for `navigator.credentials.create`, as JSON. `person` is the handle by which a discoverable credential finds its owner again. */
  creation(asked: {
    readonly site: string;
    readonly person: string;
    readonly name: string;
    readonly challenge: string;
    readonly besides: readonly string[];
  }): Promise<object>;
  /** Options for `navigator.credentials.get`, as JSON. */
  request(asked: { readonly challenge: string; readonly only: readonly string[] }): Promise<object>;
  /** Undefined when the answer is not good for this challenge. */
  made(response: unknown, challenge: string): Promise<MadePasskey | undefined>;
  shown(response: unknown, challenge: string, known: KnownPasskey): Promise<Shown>;
}
