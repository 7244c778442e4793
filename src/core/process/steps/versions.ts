// SPDX-License-Identifier: Apache-2.0
// Versions of an advisory after the disclosure: a correction, a number that came late, a note on what was no flaw (T8, T24, P9).

import type { EventData } from '../../model/event.ts';
import { isAftermath } from '../aftermath.ts';
import { asksToPublish, enough, speaksAs } from '../review.ts';
import type { Decider, Situation } from '../situation.ts';
import { channelKey } from './channels.ts';

/** The text that is out becomes a draft again; every version is written, approved, armed, rendered and signed like the first. */
export const correctAdvisory: Decider<'correct-advisory'> = ({ reason }) => [{ kind: 'correction-begun', reason, numberOnly: false }];

/**
 * Only the number is new, and two people stand behind it: who recorded it, and who sends it out. So the text that was approved stays so,
 * and the second word arms the release, where the policy asks for no third. Who recorded it spoke for none of the roles that the policy asks.
 */
export const addLateNumber: Decider<'add-late-number'> = ({ reason }, { policy, actor }) => {
  const { publication: review } = policy.reviews;
  const own = speaksAs(review, actor);
  const recorded = { as: [] };
  return [
    { kind: 'correction-begun', reason, numberOnly: true },
    { kind: 'release-approved', armed: review === null || enough(asksToPublish(policy.reviews), [recorded, own]), ...own },
  ];
};

/** A version goes out as soon as its documents are made: the case is public, and there is no hour to wait for. */
export function versionIfDue({ state, policy }: Situation): readonly EventData[] {
  if (!isAftermath(state) || state.advisory.state !== 'approved' || !state.disclosure.armed) return [];
  const channels = policy.disclosure.channels.flatMap((channel, index) =>
    channel.kind === 'site' || channel.kind === 'git' || channel.kind === 'mail' ? [channelKey(channel, index)] : [],
  );
  return [{ kind: 'version-published', version: state.advisory.published + 1, channels }];
}
