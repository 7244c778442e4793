// SPDX-License-Identifier: Apache-2.0
// Jobs of a publication: the site first, the announcements once it was seen.

import type { CaseState } from '../../model/case.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Consequence } from '../consequence.ts';
import { channelKey } from '../steps/channels.ts';

export function announcements({ disclosure }: CaseState, policy: Policy): readonly Consequence[] {
  const channels = disclosure.channels.map((one) => one.channel);
  return channelJobs(policy, 'mail', channels);
}

/** Where a project has no site, there is nothing that announcements wait for. */
export function firstJobs(policy: Policy, channels: readonly string[]): readonly Consequence[] {
  const site = channelJobs(policy, 'site', channels);
  return site.length > 0 ? site : channelJobs(policy, 'mail', channels);
}

/** Announcements only once the site was seen (I9, F11). */
function channelJobs(policy: Policy, kind: 'site' | 'mail', channels: readonly string[]): readonly Consequence[] {
  return policy.disclosure.channels
    .map((channel, index) => ({ channel, key: channelKey(channel, index) }))
    .filter(({ channel, key }) => channel.kind === kind && channels.includes(key))
    .map(({ key }) => ({ kind: kind === 'site' ? ('publish-site' as const) : ('announce' as const), channel: key }));
}
