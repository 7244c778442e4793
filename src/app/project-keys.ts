// SPDX-License-Identifier: Apache-2.0
// The public keys of a project: those that sign now, the program's own, and every one before them, so that what they signed can be verified for ever (VMT-44).

import type { ProjectId } from '../core/model/identifiers.ts';
import type { Instant } from '../core/model/time.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { SiteKey } from '../site/model.ts';
import { signingKeysIn } from './signing.ts';
import type { World } from './world.ts';

/**
 * Those that sign now first. Empty where the policy that holds signs nothing.
 * @param policies every version that ever held, the one that holds now first
 */
export async function projectKeys(world: World, project: ProjectId, policies: readonly Policy[]): Promise<readonly SiteKey[]> {
  const [active] = policies;
  if (active === undefined || active.disclosure.signed === null) return [];
  const people = signingKeysIn(active);
  const signer = await world.signer(project);
  const own = await described(world, [signer.publicKey]);
  const program = own.length > 0 ? own : [unread(signer)];
  const all: SiteKey[] = [
    ...(await described(world, people)).map((key): SiteKey => ({ ...key, use: 'advisories', whose: 'person' })),
    ...program.map((key): SiteKey => ({ ...key, use: people.length > 0 ? 'repository' : 'advisories', whose: 'program' })),
    ...(await described(world, policies.flatMap(signingKeysIn))).map((key): SiteKey => ({ ...key, use: 'former', whose: 'person' })),
    ...(await described(world, signer.formerKeys)).map((key): SiteKey => ({ ...key, use: 'former', whose: 'program' })),
  ];
  return all.filter(({ fingerprint }, index) => all.findIndex((one) => one.fingerprint === fingerprint) === index);
}

/** Keys whose end would hold something up: those of the people, or the program's own where it signs something. */
export async function keysToWatch(world: World, project: ProjectId, policy: Policy): Promise<readonly SiteKey[]> {
  const pushes = policy.disclosure.channels.some(({ kind }) => kind === 'git');
  const all = await projectKeys(world, project, [policy]);
  return all.filter(({ use }) => use === 'advisories' || (use === 'repository' && pushes));
}

/** All of them as one file. */
export async function ringOf({ verifier }: World, keys: readonly SiteKey[]): Promise<string> {
  const [only, ...others] = keys;
  return only !== undefined && others.length === 0 ? only.armored : verifier.ring(keys.map(({ armored }) => armored));
}

type Described = Omit<SiteKey, 'use' | 'whose'>;

/** What was read of an armoured text once is the same for ever. */
const known = new WeakMap<World['verifier'], Map<string, Promise<readonly Described[]>>>();

async function described({ verifier }: World, armored: readonly string[]): Promise<readonly Described[]> {
  const read = known.get(verifier) ?? new Map<string, Promise<readonly Described[]>>();
  known.set(verifier, read);
  const all = armored.map((text) => {
    const before = read.get(text) ?? verifier.keys(text);
    read.set(text, before);
    return before;
  });
  return (await Promise.all(all)).flat();
}

/** A key of a kind that only its own program reads. */
function unread({ fingerprint, publicKey, expires }: { fingerprint: string; publicKey: string; expires: Instant | null }): Described {
  return { fingerprint, armored: publicKey, expires, names: [], algorithm: '', created: null };
}
