// SPDX-License-Identifier: Apache-2.0
// A policy file with what an OpenPGP library finds in the keys that it names: whether each can be read, can sign, and is good today (VMT-44).

import type { Instant } from '../core/model/time.ts';
import { dated } from '../core/model/time.ts';
import { byLine, type Problem } from '../policy/problem.ts';
import { type Examined, examinePolicy } from '../policy/read-policy.ts';
import type { PublicKey, Verifier } from '../ports/verifier.ts';
import { signingKeysIn } from './signing.ts';

/** The same as `examinePolicy` says, and an error at the line of every key that could sign nothing now. */
export async function examineWithKeys(file: string, text: string, verifier: Verifier, now: Instant): Promise<Examined> {
  const examined = examinePolicy(file, text);
  if (examined.policy === null) return examined;
  const found = await Promise.all(
    signingKeysIn(examined.policy).map(async (armored, index): Promise<readonly Problem[]> => {
      const key = `disclosure.signing_keys[${index}]`;
      const fault = faultIn(await verifier.keys(armored), now);
      return fault === undefined ? [] : [{ file, line: examined.lineOf(key), kind: 'error', key, message: `${key} ${fault}` }];
    }),
  );
  return { ...examined, problems: byLine([...examined.problems, ...found.flat()]) };
}

function faultIn(keys: readonly PublicKey[], now: Instant): string | undefined {
  const [key, ...others] = keys;
  if (key === undefined) return 'is no public key that can be used: it is cut off, secret, or of a kind that is not known here.';
  if (others.length > 0) return `holds ${keys.length} keys; name each in an entry of its own.`;
  if (key.revoked) return 'was revoked by its owner.';
  if (!key.signs) return 'may not sign: neither it nor a subkey of it is marked for signing.';
  if (key.expires !== null && key.expires <= now)
    return `ended on ${dated(key.expires)}; export it anew once its end is moved, or name another.`;
  return undefined;
}
