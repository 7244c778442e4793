// SPDX-License-Identifier: Apache-2.0
// Jobs of a publication: the site first, the repository of notices and the announcements once it was seen.

import type { CaseState } from '../../model/case.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Consequence } from '../consequence.ts';
import { channelKey } from '../steps/channels.ts';

export function announcements({ disclosure }: CaseState, policy: Policy): readonly Consequence[] {
  const channels = disclosure.channels.map((one) => one.channel);
  return afterSite(policy, channels);
}

/** Where a project has no site, there is nothing that announcements wait for. */
export function firstJobs(policy: Policy, channels: readonly string[]): readonly Consequence[] {
  const site = channelJobs(policy, 'site', channels);
  return site.length > 0 ? site : afterSite(policy, channels);
}

/** Nothing is announced or pushed before the site was seen (I9, F11, LIBVIRT-15). */
function afterSite(policy: Policy, channels: readonly string[]): readonly Consequence[] {
  return [...channelJobs(policy, 'git', channels), ...channelJobs(policy, 'mail', channels)];
}

export const jobOfChannel = { site: 'publish-site', git: 'publish-notices', mail: 'announce' } as const;

function channelJobs(policy: Policy, kind: keyof typeof jobOfChannel, channels: readonly string[]): readonly Consequence[] {
  return policy.disclosure.channels
    .map((channel, index) => ({ channel, key: channelKey(channel, index) }))
    .filter(({ channel, key }) => channel.kind === kind && channels.includes(key))
    .map(({ key }) => ({ kind: jobOfChannel[kind], channel: key }));
}
