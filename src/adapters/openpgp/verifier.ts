// SPDX-License-Identifier: Apache-2.0
// Checks OpenPGP signatures of any key that the library knows, among them those of a person's own key or smartcard (VMT-44).

import type { Signature } from 'openpgp';
import { fromEpoch } from '../../core/model/time.ts';
import type { Checked, PublicKey, Verifier } from '../../ports/verifier.ts';

// The library is loaded when the first signature is checked: it is half a megabyte of code.
const library = () => import('openpgp');
const beginsSignature = '-----BEGIN PGP SIGNATURE-----';
const config = { maxDecompressedMessageSize: 16 * 1024 * 1024 };

export const openpgpVerifier: Verifier = {
  async key(armored) {
    const openpgp = await library();
    try {
      const key = await openpgp.readKey({ armoredKey: armored, config });
      if (key.isPrivate()) return undefined;
      const ends = await key.getExpirationTime();
      return {
        fingerprint: key.getFingerprint().toUpperCase(),
        names: key.getUserIDs(),
        expires: ends instanceof Date ? fromEpoch(ends.getTime()) : null,
        armored,
      };
    } catch {
      return undefined;
    }
  },
  async detached(bytes, armoredSignature, key) {
    const openpgp = await library();
    return counted(async () => {
      const signature = await openpgp.readSignature({ armoredSignature, config });
      const message = await openpgp.createMessage({ binary: bytes });
      const at = madeAt(signature);
      const { signatures } = await openpgp.verify({ message, signature, verificationKeys: await read(key), date: at, config });
      await Promise.any(signatures.map(({ verified }) => verified));
      return { at: fromEpoch(at.getTime()) };
    });
  },
  async clear(text, key) {
    const openpgp = await library();
    return counted(async () => {
      const message = await openpgp.readCleartextMessage({ cleartextMessage: text, config });
      const at = madeAt(await openpgp.readSignature({ armoredSignature: text.slice(text.lastIndexOf(beginsSignature)), config }));
      const { signatures, data } = await openpgp.verify({ message, verificationKeys: await read(key), date: at, config });
      await Promise.any(signatures.map(({ verified }) => verified));
      return { at: fromEpoch(at.getTime()), text: data };
    });
  },
};

async function read({ armored }: PublicKey) {
  return (await library()).readKey({ armoredKey: armored, config });
}

/** @throws Error when there is no signature in it. */
function madeAt(signature: Signature): Date {
  const created = signature.packets[0]?.created;
  if (created === undefined || created === null) throw new Error('no signature');
  return created;
}

async function counted<T extends Checked>(check: () => Promise<T>): Promise<T | { readonly fault: string }> {
  try {
    return await check();
  } catch (cause) {
    const all = cause instanceof AggregateError ? cause.errors : [cause];
    const words = all.map((one) => (one instanceof Error ? one.message : String(one))).join('; ');
    return { fault: `The signature does not hold: ${words.replace(/\.$/, '')}.` };
  }
}
