// SPDX-License-Identifier: Apache-2.0
// An authenticator in software: makes passkeys and shows them, as a browser with a security key would; on purpose also wrongly.

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

interface Made {
  readonly id: Buffer;
  readonly privateKey: KeyObject;
  readonly handle: Buffer;
}

/** What the authenticator does otherwise than it should. */
export interface Twist {
  readonly origin?: string;
  readonly host?: string;
  readonly unverified?: true;
  readonly absent?: true;
  readonly challenge?: string;
  readonly type?: string;
  readonly counter?: number;
  readonly forged?: true;
}

export interface Authenticator {
  /** Answers options for `navigator.credentials.create`, as JSON. */
  create(options: unknown, twist?: Twist): object;
  /** Answers options for `navigator.credentials.get` with the newest passkey. */
  get(options: unknown, twist?: Twist): object;
}

const userPresent = 1;
const userVerified = 4;
const attested = 64;

/** `origin`: of the page on which it is used. Counts its uses, unless told not to: passkeys that are synced do not count. */
export function authenticator(origin: string, counts = true): Authenticator {
  const made: Made[] = [];
  let counter = 0;
  const data = (host: string, { unverified, absent, counter: told }: Twist, more: Uint8Array = new Uint8Array()) => {
    if (counts) counter++;
    const flags = (absent ? 0 : userPresent) | (unverified ? 0 : userVerified) | (more.length > 0 ? attested : 0);
    const head = Buffer.alloc(37);
    createHash('sha256').update(host).digest().copy(head);
    head.writeUInt8(flags, 32);
    head.writeUInt32BE(told ?? counter, 33);
    return Buffer.concat([head, more]);
  };
  const client = (type: string, challenge: string, twist: Twist) =>
    Buffer.from(
      JSON.stringify({
        type: twist.type ?? type,
        challenge: twist.challenge ?? challenge,
        origin: twist.origin ?? origin,
        crossOrigin: false,
      }),
    );
  return {
    create(options, twist = {}) {
      const { challenge, user, rp } = options as { challenge: string; user: { id: string }; rp: { id: string } };
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const id = randomBytes(32);
      made.unshift({ id, privateKey, handle: Buffer.from(user.id, 'base64url') });
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const key = cborMap([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]);
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key]);
      const authData = data(twist.host ?? rp.id, twist, credential);
      const attestation = cborMap([
        ['fmt', 'none'],
        ['attStmt', cborMap([])],
        ['authData', authData],
      ]);
      return answer(id, {
        clientDataJSON: client('webauthn.create', challenge, twist).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      });
    },
    get(options, twist = {}) {
      const { challenge, rpId } = options as { challenge: string; rpId: string };
      const [newest] = made;
      if (newest === undefined) throw new Error('no passkey was made');
      const clientData = client('webauthn.get', challenge, twist);
      const authData = data(twist.host ?? rpId, twist);
      const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()]);
      const key = twist.forged ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : newest.privateKey;
      return answer(newest.id, {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: sign('sha256', signed, key).toString('base64url'),
        userHandle: newest.handle.toString('base64url'),
      });
    },
  };
}

function answer(id: Buffer, response: object): object {
  const text = id.toString('base64url');
  return { id: text, rawId: text, type: 'public-key', response, clientExtensionResults: {}, authenticatorAttachment: 'platform' };
}

/** As much of RFC 8949 as an authenticator says; a `Buffer` that is a map already stands as it is. */
function cborMap(entries: readonly (readonly [number | string, number | string | Buffer])[]): Buffer {
  const map = Buffer.concat([head(5, entries.length), ...entries.flatMap(([key, value]) => [cbor(key), cbor(value)])]);
  maps.add(map);
  return map;
}

const maps = new WeakSet<Buffer>();

function cbor(value: number | string | Buffer): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  return maps.has(value) && value[0] === 0xa0 ? value : Buffer.concat([head(2, value.length), value]);
}

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
}
