// SPDX-License-Identifier: Apache-2.0
// How a channel of the disclosure is called in the log.

import type { Disclosure } from '../../policy/disclosure-rules.ts';

/** Key of a channel: its place in the policy and its kind, `1:site`. */
export function channelKey(channel: Disclosure['channels'][number], index: number): string {
  return `${index}:${channel.kind}`;
}
