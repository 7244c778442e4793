// SPDX-License-Identifier: Apache-2.0
// Secrets of ours that were seen in a text: each is ended at once, wherever it came from and whatever becomes of the text (L-32).

import type { ProjectId } from '../../core/model/identifiers.ts';
import { sha256 } from '../encoding.ts';
import type { World } from '../world.ts';
import type { Seen } from './tokens.ts';

/** Said to whoever sent one. */
export const secretSaid =
  'This text held a key of this site, such as a session, a token or a link. The key was ended at once. Take it out.';
/** Said where the text was kept without it. */
export const secretStruck = 'What you sent held a key of this site. The key was ended at once, and taken out of the text.';

/**
 * Ends them in every project of this installation, for a key may be pasted anywhere. `own`: keys of the one who sends, in the very thread that they open,
 * as a mail program quotes them; they are taken out of the text, and nobody else has seen them.
 */
export async function endSecrets(world: World, project: ProjectId, secrets: readonly Seen[], own: readonly string[] = []): Promise<void> {
  const hashes = [...new Set(secrets.map(({ token }) => token))].filter((token) => !own.includes(token)).map((token) => sha256(token));
  if (hashes.length === 0) return;
  const projects = await world.store.as({ kind: 'process', project }, ({ accounts }) => accounts.projects());
  for (const one of projects)
    await world.store.as({ kind: 'process', project: one.project }, async ({ signIn }) => {
      for (const { kind, person } of await signIn.revoke(hashes))
        await signIn.log({ at: world.clock.now(), person, kind: 'secret-seen', detail: kind });
    });
}
