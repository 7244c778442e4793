// SPDX-License-Identifier: Apache-2.0
// Gates of what is sent ahead and given away: rules that were read, a party that somebody proposed, agents that the policy admits.

import { mayOpenToAgents } from '../policy/agents.ts';
import type { Gate } from './gate.ts';
import { isProposed, partyOf } from './parties.ts';
import { hasReadForParty, hasReadForRelease } from './sending-rules.ts';

export const sendingGates = {
  rules_read: {
    sentence: 'A channel of this policy has rules. Read them and say so; they are shown here for that.',
    met: ({ actor, state, policy }) => hasReadForRelease(actor, state, policy),
  },
  party_rules_read: {
    asksInput: true,
    sentence: 'This party has rules. Read them and say so before you tell it; they are shown here for that.',
    met: ({ actor, state, policy }, action) => !('party' in action) || hasReadForParty(actor, action.party, state, policy),
  },
  party_proposed: {
    asksInput: true,
    sentence: 'Nobody has said why this party is told. Propose it with the reason first: nobody is told because it is on a list.',
    met: ({ state, policy }, action) => !('party' in action) || isProposed(partyOf(state, action.party), policy),
  },
  agents_admitted: {
    asksInput: true,
    sentence: 'The policy itself gives agents nothing of such a case; nobody can open it to them.',
    met: ({ state, policy }, action) => action.kind !== 'decide-agents' || !action.allowed || mayOpenToAgents(state, policy),
  },
} satisfies Record<string, Gate>;
