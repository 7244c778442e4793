// SPDX-License-Identifier: Apache-2.0
// Gates of the embargo's later course: what must hold before a party is told, what only some may still change, and what is owed before a case is closed.

import type { Action } from '../model/action.ts';
import { type CaseState, hasFact } from '../model/case.ts';
import { add } from './caps.ts';
import { hasCome, impactApproved, reached, required } from './conditions.ts';
import type { Gate } from './gate.ts';
import { admittedTo, dutiesOf, isCleared, isTooEarly, partiesOfActor, partyOf, rulesOf } from './parties.ts';
import type { Situation } from './situation.ts';
import { hasRight, rolesOf } from './situation.ts';
import { changesLate } from './voices.ts';

export const partyGates = {
  late_change: {
    asksInput: true,
    sentence: 'A party plans by this date already; the policy names who may still put it off.',
    met: (situation, action) => action.kind !== 'propose-embargo' || changesLate(situation) || isEarlier(situation, action.until),
  },
  party_cleared: {
    asksInput: true,
    sentence: 'Nobody has cleared this party; the policy wants that decision before it gets private material.',
    met: ({ state, policy }, action) => {
      const name = partyNamed(action);
      return name === undefined || isCleared(partyOf(state, name), policy);
    },
  },
  not_too_early: {
    sentence: 'It is too early: the time between notice and disclosure would be longer than the policy allows.',
    met: ({ state, policy, now }) => state.embargo.until === null || !isTooEarly(state.embargo.until, now, policy),
  },
  limit_kept: {
    asksInput: true,
    sentence: 'The date that was agreed lies beyond the longest embargo that this party accepts.',
    met: ({ state, policy, now }, action) => {
      const limit = rulesOf(policy, partyNamed(action) ?? '')?.limit ?? null;
      return limit === null || state.embargo.until === null || state.embargo.until <= add(now, limit, policy);
    },
  },
  not_out_yet: {
    sentence: 'A fix is in public already, which counts as public: nothing is told ahead any more. Post it on the public list instead.',
    met: ({ state }) => !isOut(state),
  },
  patches_before_notice: {
    sentence: 'A patch is not approved yet; this policy wants that before a party is told.',
    met: patchesReady,
  },
  impact_before_notice: {
    sentence: 'The impact description is not approved; a party is told what was agreed on.',
    met: ({ state, policy }) => policy.reviews.impact === null || (state.impact !== null && impactApproved(state, policy)),
  },
  terms_open: {
    sentence: 'You have accepted the terms already, or no party of yours was told.',
    met: ({ actor, state }) => partiesOfActor(actor, state).length > admittedTo(actor, state).length,
  },
  terms_accepted: {
    sentence: 'Accept the terms first.',
    met: (situation, action) =>
      partiesOfActor(situation.actor, situation.state).length === 0 ||
      admittedTo(situation.actor, situation.state).length > 0 ||
      actsForTheProject(situation, action),
  },
  duties_done: {
    sentence: 'A task that a party’s rules ask of us after the disclosure is still open.',
    met: ({ state, policy }) => dutiesOf(state, policy).every((duty) => duty.done !== null),
  },
} as const satisfies Record<string, Gate>;

/** Somebody of the project who also belongs to a party: what the project's own right permits waits for no terms. */
function actsForTheProject({ actor, policy }: Situation, { kind }: Action): boolean {
  if (kind === 'propose-embargo') return hasRight({ actor, policy }, 'set_embargo');
  return kind === 'say-ready' && rolesOf(actor).some((role) => policy.disclosure.togetherWith.includes(role));
}

/** Whether every patch is approved that the policy wants approved before a party is told. */
export function patchesReady({ state, policy }: Situation): boolean {
  return policy.reviews.patch?.before !== 'notice' || required(state).every((fix) => reached(fix, 'patch_approved'));
}

/** Something of the flaw or its fix can be seen by everybody, whatever the case itself is (F2). */
export function isOut(state: CaseState): boolean {
  return hasFact(state, 'already_public', 'exploit_public') || state.branches.some((fix) => hasCome(fix, 'posted'));
}

function partyNamed(action: Action): string | undefined {
  return 'party' in action ? action.party : undefined;
}

function isEarlier({ state }: Situation, until: string): boolean {
  return state.embargo.until !== null && until < state.embargo.until;
}
