// SPDX-License-Identifier: Apache-2.0
// A case of OpenStack that is driven to the eve of its publication and of which parties are told.

import { driveSecret, type Say, type Secret, stepsOf } from './secret.ts';
import type { Village } from './village.ts';

/** A case with something in every field, and these parties told of it, each in words of its own. */
export async function toldCase(here: Village, say: Say, parties: readonly string[]): Promise<Secret> {
  const secret = await driveSecret(here, 'alpha', 'openstack-vmt', say);
  const { anna, reporter } = stepsOf(here, 'alpha', secret);
  await reporter('propose-embargo', { until: '2026-11-12 15:00 UTC', reason: say('reason of the reporter for a date') });
  for (const party of parties) {
    await anna('screen-party', { party, cleared: true, reason: say(`screening of ${party}`) });
    await anna('notify-party', { party, text: say(`words to ${party}`) });
  }
  await here.settle();
  return secret;
}
