// SPDX-License-Identifier: Apache-2.0
// OpenPGP signatures of a project in the form that gpg 2.2, sq and sqv verify: version 4, EdDSA as it was before RFC 9580 (VMT-44).

import type { PrivateKey } from 'openpgp';
import { epoch, fromEpoch } from '../../core/model/time.ts';
import type { Clock } from '../../ports/clock.ts';
import { OutsideFailure } from '../../ports/failure.ts';
import type { Signer } from '../../ports/signer.ts';

export interface OpenpgpSignerOptions {
  /** ASCII armour of one private key. */
  readonly privateKeyArmored: string;
  readonly passphrase?: string;
  /** Public keys that signed before it. */
  readonly formerKeys?: readonly string[];
  /** The date of each signature; never the machine's own clock. */
  readonly clock: Clock;
}

export interface ProjectKey {
  /** ASCII armour; not protected by a passphrase unless one was given. */
  readonly privateKeyArmored: string;
  readonly publicKeyArmored: string;
  /** 40 upper-case hexadecimal digits. */
  readonly fingerprint: string;
}

export interface ProjectKeyOptions {
  readonly name: string;
  readonly email: string;
  /** The key's date of creation. */
  readonly now: string;
  readonly expiresAfterDays: number;
  readonly passphrase?: string;
}

// The library is loaded when the first key is read: it is half a megabyte of code.
const library = () => import('openpgp');
// What is read here comes from configuration, but a bound costs nothing.
const config = { v6Keys: false, aeadProtect: false, maxDecompressedMessageSize: 16 * 1024 * 1024 };

/** The signer for one key. @throws OutsideFailure permanent when the armour, the passphrase or the key cannot be used. */
export async function openpgpSigner({ privateKeyArmored, passphrase, formerKeys = [], clock }: OpenpgpSignerOptions): Promise<Signer> {
  const openpgp = await library();
  const signingKeys = await usable('the key cannot be read', () => unlocked(privateKeyArmored, passphrase));
  const date = () => new Date(epoch(clock.now()));
  const ends = await signingKeys.getExpirationTime();
  return {
    fingerprint: signingKeys.getFingerprint().toUpperCase(),
    publicKey: lf(signingKeys.toPublic().armor()),
    formerKeys,
    expires: ends instanceof Date ? fromEpoch(ends.getTime()) : null,
    clearsign: (text) =>
      usable('the key cannot sign', async () => {
        // The library takes no empty text; the line end before the signature is never signed (RFC 9580 section 7.1).
        const message = await openpgp.createCleartextMessage({ text: text === '' ? '\n' : text });
        return lf(await openpgp.sign({ message, signingKeys, date: date(), config }));
      }),
    detach: (bytes) =>
      usable('the key cannot sign', async () => {
        const message = await openpgp.createMessage({ binary: bytes });
        return lf(await openpgp.sign({ message, signingKeys, date: date(), detached: true, config }));
      }),
  };
}

async function unlocked(armoredKey: string, passphrase: string | undefined): Promise<PrivateKey> {
  const openpgp = await library();
  const privateKey = await openpgp.readPrivateKey({ armoredKey, config });
  if (privateKey.isDecrypted()) return privateKey;
  return openpgp.decryptKey({ privateKey, passphrase: passphrase ?? '', config });
}

/** A new key pair for a project: Ed25519 for certifying and signing, Curve25519 for encryption to it. */
export async function generateProjectKey({ name, email, now, expiresAfterDays, passphrase }: ProjectKeyOptions): Promise<ProjectKey> {
  const openpgp = await library();
  const { privateKey, publicKey } = await openpgp.generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name, email }],
    date: new Date(now),
    keyExpirationTime: expiresAfterDays * 86_400,
    ...(passphrase === undefined ? {} : { passphrase }),
    format: 'object',
    config,
  });
  return {
    privateKeyArmored: lf(privateKey.armor()),
    publicKeyArmored: lf(publicKey.armor()),
    fingerprint: publicKey.getFingerprint().toUpperCase(),
  };
}

function lf(armor: string): string {
  return armor.replaceAll('\r\n', '\n');
}

/** The library's own words stay out of the message: they may quote the key. */
async function usable<T>(problem: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw new OutsideFailure('permanent', `OpenPGP: ${problem}`, { cause });
  }
}
