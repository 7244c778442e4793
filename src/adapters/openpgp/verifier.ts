// SPDX-License-Identifier: Apache-2.0
// Checks OpenPGP signatures of any key that the library knows, among them those of a person's own key or smartcard (VMT-44).

import type { Key, Signature } from 'openpgp';
import { fromEpoch } from '../../core/model/time.ts';
import type { Checked, PublicKey, Verifier } from '../../ports/verifier.ts';

// The library is loaded when the first signature is checked: it is half a megabyte of code.
const library = () => import('openpgp');
const beginsSignature = '-----BEGIN PGP SIGNATURE-----';
const config = { maxDecompressedMessageSize: 16 * 1024 * 1024 };
const block = /-----BEGIN PGP (?:PUBLIC|PRIVATE) KEY BLOCK-----[\s\S]*?-----END PGP (?:PUBLIC|PRIVATE) KEY BLOCK-----/g;

export const openpgpVerifier: Verifier = {
  async keys(armored) {
    try {
      const keys = await read([{ armored }]);
      if (keys.some((key) => key.isPrivate())) return [];
      return await Promise.all(keys.map(described));
    } catch {
      return [];
    }
  },
  async ring(armored) {
    const openpgp = await library();
    const keys = await read(armored.map((text) => ({ armored: text })));
    const all = Buffer.concat(keys.map((key) => key.write()));
    return openpgp.armor(openpgp.enums.armor.publicKey, all, undefined, undefined, undefined, true).replaceAll('\r\n', '\n');
  },
  async detached(bytes, armoredSignature, keys) {
    const openpgp = await library();
    return counted(async () => {
      const verificationKeys = await read(keys);
      const signature = await openpgp.readSignature({ armoredSignature, config });
      const message = await openpgp.createMessage({ binary: bytes });
      const at = madeAt(signature);
      const { signatures } = await openpgp.verify({ message, signature, verificationKeys, date: at, config });
      return { at: fromEpoch(at.getTime()), fingerprint: await signer(signatures, verificationKeys) };
    });
  },
  async clear(text, keys) {
    const openpgp = await library();
    return counted(async () => {
      const verificationKeys = await read(keys);
      const message = await openpgp.readCleartextMessage({ cleartextMessage: text, config });
      const at = madeAt(await openpgp.readSignature({ armoredSignature: text.slice(text.lastIndexOf(beginsSignature)), config }));
      const { signatures, data } = await openpgp.verify({ message, verificationKeys, date: at, config });
      return { at: fromEpoch(at.getTime()), fingerprint: await signer(signatures, verificationKeys), text: data };
    });
  },
};

/** @throws Error when one of them is no key. */
async function read(keys: readonly Pick<PublicKey, 'armored'>[]): Promise<Key[]> {
  const openpgp = await library();
  const blocks = keys.flatMap(({ armored }) => armored.match(block) ?? []);
  if (blocks.length === 0) throw new Error('no key');
  return (await Promise.all(blocks.map((armoredKeys) => openpgp.readKeys({ armoredKeys, config })))).flat();
}

async function described(key: Key): Promise<PublicKey> {
  const created = key.getCreationTime();
  const ends = await key.getExpirationTime();
  return {
    fingerprint: key.getFingerprint().toUpperCase(),
    names: key.getUserIDs(),
    algorithm: algorithmOf(key.getAlgorithmInfo()),
    created: fromEpoch(created.getTime()),
    expires: ends instanceof Date ? fromEpoch(ends.getTime()) : null,
    revoked: await key.isRevoked(),
    signs: await key.getSigningKey(undefined, created).then(
      () => true,
      () => false,
    ),
    armored: key.armor().replaceAll('\r\n', '\n'),
  };
}

const algorithms: Readonly<Record<string, string>> = {
  eddsaLegacy: 'Ed25519',
  ed25519: 'Ed25519',
  ed448: 'Ed448',
  ecdsa: 'ECDSA',
  dsa: 'DSA',
};

function algorithmOf({ algorithm, bits, curve }: ReturnType<Key['getAlgorithmInfo']>): string {
  if (bits !== undefined) return `${algorithms[algorithm] ?? 'RSA'}, ${bits} bits`;
  const name = algorithms[algorithm] ?? algorithm;
  return curve === undefined || name !== 'ECDSA' ? name : `${name}, ${curve}`;
}

/** Whose signature holds. @throws AggregateError when none does. */
async function signer(
  signatures: readonly { readonly keyID: { equals(other: unknown): boolean }; readonly verified: Promise<unknown> }[],
  keys: readonly Key[],
): Promise<string> {
  const keyID = await Promise.any(signatures.map((one) => one.verified.then(() => one.keyID)));
  const key = keys.find((one) => one.getKeyIDs().some((id) => keyID.equals(id)));
  if (key === undefined) throw new Error('Could not find the key');
  return key.getFingerprint().toUpperCase();
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
