// SPDX-License-Identifier: Apache-2.0
// The rules of those who are sent something: shown at the moment of sending, and read by the person who sends (P17).

import type { Actor } from '../model/actor.ts';
import type { CaseState } from '../model/case.ts';
import type { Policy } from '../policy/policy.ts';
import { channelKey } from './steps/channels.ts';

export interface SendingRules {
  /** `party:linux-distros`, or the key of a channel, `4:mail`. */
  readonly of: string;
  readonly text: string;
}

function channelRules({ disclosure }: Policy): readonly SendingRules[] {
  return disclosure.channels.flatMap((channel, index) =>
    channel.kind === 'mail' && channel.readFirst !== null ? [{ of: channelKey(channel, index), text: channel.readFirst }] : [],
  );
}

function partyRules({ downstream }: Policy): readonly SendingRules[] {
  return downstream.parties.flatMap(({ name, readFirst }) => (readFirst === null ? [] : [{ of: `party:${name}`, text: readFirst }]));
}

/** The parties come first, as they are told first. */
export function sendingRules(policy: Policy): readonly SendingRules[] {
  return [...partyRules(policy), ...channelRules(policy)];
}

/** Whether this person has read these rules in this case, as they stand. */
export function hasRead(actor: Actor, { of }: Pick<SendingRules, 'of'>, { rulesRead }: CaseState): boolean {
  return actor.kind === 'person' && rulesRead.some((one) => one.of === of && one.person === actor.person);
}

export function hasReadForParty(actor: Actor, party: string, state: CaseState, policy: Policy): boolean {
  return partyRules(policy).every((rules) => rules.of !== `party:${party}` || hasRead(actor, rules, state));
}

/** Whoever says go sends by every channel. */
export function hasReadForRelease(actor: Actor, state: CaseState, policy: Policy): boolean {
  return channelRules(policy).every((rules) => hasRead(actor, rules, state));
}
