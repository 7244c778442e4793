// SPDX-License-Identifier: Apache-2.0
// OpenPGP signatures of one project (VMT-44). The key never leaves the adapter.

import type { Instant } from '../core/model/time.ts';

export interface Signer {
  /** 40 upper-case hexadecimal digits. */
  readonly fingerprint: string;
  /** The public key, ASCII armoured, as it is published. */
  readonly publicKey: string;
  /** Public keys that signed before this one, armoured: what they signed is still out. */
  readonly formerKeys: readonly string[];
  /** From then on it signs nothing more; null: never. */
  readonly expires: Instant | null;
  /** Clear-signed text (RFC 9580 section 7), LF line ends. @throws OutsideFailure when the key cannot be used. */
  clearsign(text: string): Promise<string>;
  /** An ASCII-armoured detached signature over exactly these bytes. @throws OutsideFailure when the key cannot be used. */
  detach(bytes: Uint8Array): Promise<string>;
}
