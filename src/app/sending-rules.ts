// SPDX-License-Identifier: Apache-2.0
// The rules of channels and parties as they are shown and acknowledged: each by the hash of its text, so that the log says which text was read (P17).

import type { Actor } from '../core/model/actor.ts';
import type { CaseState } from '../core/model/case.ts';
import type { Refused } from '../core/model/refusal.ts';
import { refused } from '../core/model/refusal.ts';
import type { Policy } from '../core/policy/policy.ts';
import { hasRead, sendingRules } from '../core/process/sending-rules.ts';
import { sha256 } from './encoding.ts';

export interface ShownRules {
  /** What an acknowledgement names: `party:linux-distros@` and the hash. */
  readonly rules: string;
  readonly of: string;
  /** The list or lists that they are the rules of. */
  readonly to: string;
  readonly text: string;
  /** Whether this reader has said that they read it. */
  readonly read: boolean;
}

export function shownRules(state: CaseState, policy: Policy, reader: Actor): readonly ShownRules[] {
  return sendingRules(policy).map(({ of, text }) => ({
    rules: `${of}@${sha256(text)}`,
    of,
    to: addressee(of, policy),
    text,
    read: hasRead(reader, { of }, state),
  }));
}

/** Refuses the acknowledgement of a text that is not the one which holds. */
export function staleRules({ rules, text }: { readonly rules: string; readonly text: string }, policy: Policy): Refused | undefined {
  const known = sendingRules(policy).find((one) => one.of === rules);
  return known !== undefined && sha256(known.text) === text
    ? undefined
    : refused.invalid('rules', 'These rules read otherwise now, or are not there. Read them again.');
}

function addressee(of: string, { disclosure }: Policy): string {
  if (of.startsWith('party:')) return of.slice('party:'.length);
  const channel = disclosure.channels[Number.parseInt(of, 10)];
  return channel?.kind === 'mail' ? channel.lists.join(', ') : of;
}
