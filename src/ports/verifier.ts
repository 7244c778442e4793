// SPDX-License-Identifier: Apache-2.0
// OpenPGP signatures checked with one public key. A signature counts by the key as it was when it signed: what was signed before a key ended stays signed.

import type { Instant } from '../core/model/time.ts';

export interface PublicKey {
  /** 40 upper-case hexadecimal digits. */
  readonly fingerprint: string;
  /** `libvirt security <security@example.org>`. */
  readonly names: readonly string[];
  /** Null: never. */
  readonly expires: Instant | null;
  readonly armored: string;
}

/** When it was signed, or why the signature does not count, in a sentence. */
export type Checked = { readonly at: Instant } | { readonly fault: string };

export interface Verifier {
  /** Undefined for what is no armoured public key that can be used. */
  key(armored: string): Promise<PublicKey | undefined>;
  /** A detached, armoured signature over exactly these bytes. */
  detached(bytes: Uint8Array, signature: string, key: PublicKey): Promise<Checked>;
  /** A clear-signed text (RFC 9580 section 7), with what it says without its signature. */
  clear(text: string, key: PublicKey): Promise<(Checked & { readonly text?: string }) | { readonly fault: string }>;
}
