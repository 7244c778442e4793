// SPDX-License-Identifier: Apache-2.0
// Sealing: contents are encrypted with the key of their case, and that key with the master key. The database never holds either in the clear.

import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { CaseId, ProjectId } from '../../core/model/identifiers.ts';

const cipher = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

/** What is made of the master key: one key for each purpose, so that none can stand for another. */
export interface MasterKeys {
  /** Wraps the keys of cases. */
  readonly wrapping: KeyObject;
  /** Seals what belongs to no case. */
  readonly general: KeyObject;
  /** Keys of cases that were unwrapped lately, by what they were unwrapped from: whose row is gone is not found here either. */
  readonly unwrapped: Map<string, KeyObject>;
  /** 16 bytes by which a database knows the master key that belongs to it; they tell nothing of the key. */
  readonly fingerprint: Uint8Array;
  /** The same on every node with this master key. */
  password(role: string): string;
}

/** @throws RangeError when the master key is not 32 bytes. */
export function masterKeys(masterKey: Uint8Array): MasterKeys {
  if (masterKey.length !== 32) throw new RangeError(`a master key has 32 bytes, not ${masterKey.length}`);
  const derive = (purpose: string, length: number) => new Uint8Array(hkdfSync('sha256', masterKey, '', `daylight ${purpose}`, length));
  return {
    wrapping: createSecretKey(derive('case keys', 32)),
    general: createSecretKey(derive('general', 32)),
    unwrapped: new Map(),
    fingerprint: derive('fingerprint', 16),
    password: (role) => createHmac('sha256', masterKey).update(`role:${role}`).digest('base64url'),
  };
}

/** The key of one case, unwrapped. */
export interface CaseKey {
  readonly project: ProjectId;
  readonly case: CaseId;
  readonly key: KeyObject;
}

/** Draws the key of a case. `wrapped` is what the database keeps. */
export function newCaseKey(keys: MasterKeys, project: ProjectId, id: CaseId): CaseKey & { readonly wrapped: Uint8Array } {
  const key = randomBytes(32);
  return { project, case: id, key: createSecretKey(key), wrapped: sealed(keys.wrapping, key, ['case key', project, id]) };
}

/** As many keys as a long queue shows, and a little more. */
const remembered = 500;

/** @throws Error when the wrapped key is another case's, was changed, or another master key wrapped it. */
export function caseKey(keys: MasterKeys, project: ProjectId, id: CaseId, wrapped: Uint8Array): CaseKey {
  const place = `${project} ${id} ${Buffer.from(wrapped).toString('latin1')}`;
  const known = keys.unwrapped.get(place);
  if (known !== undefined) return { project, case: id, key: known };
  const key = createSecretKey(unsealed(keys.wrapping, wrapped, ['case key', project, id]));
  const [oldest] = keys.unwrapped.keys();
  if (oldest !== undefined && keys.unwrapped.size >= remembered) keys.unwrapped.delete(oldest);
  keys.unwrapped.set(place, key);
  return { project, case: id, key };
}

/** Seals one piece of a case; `place` names the piece, and the same bytes in another place do not open. */
export function sealFor(key: CaseKey, place: readonly (string | number)[], bytes: Uint8Array): Uint8Array {
  return sealed(key.key, bytes, [key.project, key.case, ...place]);
}

export function openFor(key: CaseKey, place: readonly (string | number)[], bytes: Uint8Array): Uint8Array {
  return unsealed(key.key, bytes, [key.project, key.case, ...place]);
}

/** Nonce, ciphertext, tag (NIST SP 800-38D). `place` is authenticated with it. */
export function sealed(key: KeyObject, bytes: Uint8Array, place: readonly (string | number)[]): Uint8Array {
  const nonce = randomBytes(nonceLength);
  const encryption = createCipheriv(cipher, key, nonce).setAAD(placeBytes(place));
  return Buffer.concat([nonce, encryption.update(bytes), encryption.final(), encryption.getAuthTag()]);
}

/** @throws Error when a bit was changed, or the key or the place is another. */
export function unsealed(key: KeyObject, bytes: Uint8Array, place: readonly (string | number)[]): Uint8Array {
  const end = bytes.length - tagLength;
  // A shorter tag would be easier to forge.
  if (end < nonceLength) throw new Error('a sealed piece is too short to be one');
  const decryption = createDecipheriv(cipher, key, bytes.subarray(0, nonceLength)).setAAD(placeBytes(place));
  decryption.setAuthTag(bytes.subarray(end));
  return Buffer.concat([decryption.update(bytes.subarray(nonceLength, end)), decryption.final()]);
}

function placeBytes(place: readonly (string | number)[]): Uint8Array {
  return Buffer.from(JSON.stringify(place));
}
