// SPDX-License-Identifier: Apache-2.0
// OpenPGP signatures checked with public keys. A signature counts by the key as it was when it signed: what was signed before a key ended stays signed.

import type { Instant } from '../core/model/time.ts';

export interface PublicKey {
  /** 40 upper-case hexadecimal digits. */
  readonly fingerprint: string;
  /** `libvirt security <security@example.org>`. */
  readonly names: readonly string[];
  /** As people call it: `Ed25519`, `RSA, 3072 bits`. */
  readonly algorithm: string;
  readonly created: Instant;
  /** Null: never. */
  readonly expires: Instant | null;
  /** Whether its owner has taken it back. */
  readonly revoked: boolean;
  /** Whether it, or a subkey of it, may sign documents at all. */
  readonly signs: boolean;
  readonly armored: string;
}

/** When it was signed and with which key, or why the signature does not count, in a sentence. */
export type Checked = { readonly at: Instant; readonly fingerprint: string } | { readonly fault: string };

export interface Verifier {
  /** Every public key in a text of one or more armoured blocks; none where one of them cannot be used, or is secret. */
  keys(armored: string): Promise<readonly PublicKey[]>;
  /** The same keys in one armoured block, which every program reads to its end. */
  ring(armored: readonly string[]): Promise<string>;
  /** A detached, armoured signature over exactly these bytes, by one of these keys. */
  detached(bytes: Uint8Array, signature: string, keys: readonly PublicKey[]): Promise<Checked>;
  /** A clear-signed text (RFC 9580 section 7), with what it says without its signature. */
  clear(text: string, keys: readonly PublicKey[]): Promise<(Checked & { readonly text?: string }) | { readonly fault: string }>;
}
