// SPDX-License-Identifier: Apache-2.0
// Versions of an advisory after the disclosure: a correction, a number that came late, a note on what was no flaw (T8, T24, P9).

import type { EventData } from '../../model/event.ts';
import { isAftermath } from '../aftermath.ts';
import { lateNumbers } from '../first-word.ts';
import { waiting } from '../publication-instant.ts';
import { asksToPublish, enough, speaksAs } from '../review.ts';
import type { Decider, Situation } from '../situation.ts';
import { channelKey } from './channels.ts';

/** The text that is out becomes a draft again; every version is written, approved, armed, rendered and signed like the first. */
export const correctAdvisory: Decider<'correct-advisory'> = ({ reason }) => [{ kind: 'correction-begun', reason, numberOnly: false }];

/**
 * Only the number is new, and two people stand behind it: who recorded it, and who sends it out. So the text that was approved stays so,
 * and the second word arms the release, where the policy asks for no third. Of several who recorded one each, every one is the first of those for theirs.
 */
export const addLateNumber: Decider<'add-late-number'> = ({ reason }, { state, policy, actor }) => {
  const { publication: review } = policy.reviews;
  const own = speaksAs(review, actor);
  const asked = asksToPublish(policy.reviews);
  return [
    { kind: 'correction-begun', reason, numberOnly: true },
    { kind: 'release-approved', armed: review === null || lateNumbers(state).every((recorded) => enough(asked, [recorded, own])), ...own },
  ];
};

/** A version goes out as soon as its documents are made and signed: the case is public, and there is no hour to wait for. */
export function versionIfDue({ state, policy }: Situation): readonly EventData[] {
  if (!isAftermath(state) || state.advisory.state !== 'approved' || !state.disclosure.armed || waiting(state).length > 0) return [];
  const channels = policy.disclosure.channels.flatMap((channel, index) =>
    channel.kind === 'site' || channel.kind === 'git' || channel.kind === 'mail' ? [channelKey(channel, index)] : [],
  );
  return [{ kind: 'version-published', version: state.advisory.published + 1, channels }];
}
