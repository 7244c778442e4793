// SPDX-License-Identifier: Apache-2.0
// What somebody typed, while they are away to prove who they are: sealed under a key that only their browser holds, good once and for minutes.

import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { PersonActor } from '../../core/model/actor.ts';
import { shifted } from '../../core/model/time.ts';
import { sha256 } from '../encoding.ts';
import type { World } from '../world.ts';
import { challengeMinutes } from './limits.ts';

/** NIST SP 800-38D. */
const cipher = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;

/** Longest text that is kept aside, in characters; the longest form is an advisory. */
const longest = 1_000_000;

/** @returns what the browser keeps, or undefined for what is too long to keep aside. */
export async function park(world: World, { project, person }: PersonActor, text: string): Promise<string | undefined> {
  if (text.length > longest) return undefined;
  const key = world.random(32);
  const nonce = world.random(nonceLength);
  const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagLength });
  const sealed = Buffer.concat([nonce, sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()]).toString('base64');
  const kept = Buffer.from(key).toString('base64url');
  const expires = shifted(world.clock.now(), { minutes: 2 * challengeMinutes });
  await world.store.as({ kind: 'process', project }, ({ signIn }) =>
    signIn.putOneTime(sha256('parked', kept), 'parked', { person, data: { sealed }, expires }),
  );
  return kept;
}

/** What was kept aside by this browser for this very person; undefined for everybody else, afterwards and too late. */
export async function unpark(world: World, { project, person }: PersonActor, kept: string): Promise<string | undefined> {
  const found = await world.store.as({ kind: 'process', project }, ({ signIn }) =>
    signIn.takeOneTime(sha256('parked', kept), 'parked', world.clock.now()),
  );
  if (found === undefined || found.person !== person) return undefined;
  const sealed = Buffer.from(found.data['sealed'] ?? '', 'base64');
  const opening = createDecipheriv(cipher, Buffer.from(kept, 'base64url'), sealed.subarray(0, nonceLength), { authTagLength: tagLength });
  opening.setAuthTag(sealed.subarray(-tagLength));
  return Buffer.concat([opening.update(sealed.subarray(nonceLength, -tagLength)), opening.final()]).toString('utf8');
}
