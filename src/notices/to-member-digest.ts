// SPDX-License-Identifier: Apache-2.0
// The digest of one member: how much there is in which case, and where to read it. No title, no word of what happened (L-29).

import type { Notice } from './notice.ts';
import { wrapped } from './notice.ts';

export interface DigestContext {
  /** Heading of the policy: whose process it is. */
  readonly title: string;
  /** Cases with something new, each with how many notices there are. */
  readonly cases: readonly { readonly codename: string; readonly url: string; readonly count: number }[];
}

export function toMemberDigest({ title, cases }: DigestContext): Notice {
  const total = cases.reduce((sum, { count }) => sum + count, 0);
  const lines = cases.map(({ codename, url, count }) => `[${codename}] ${counted(count, 'notice')}\n\n  ${url}`);
  return {
    subject: `[${title}] ${counted(total, 'notice')} in ${counted(cases.length, 'case')}`,
    text: wrapped(`What could wait until this hour:\n\n${lines.join('\n\n')}\n\nThis mail carries nothing of the cases themselves.\n`),
  };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
