// SPDX-License-Identifier: Apache-2.0
// Who may take an action: whether this actor is among them, and the words for whoever is not.

import { closedToAgents } from '../policy/agents.ts';
import { rightHolders } from './gates.ts';
import { partiesOfActor } from './parties.ts';
import type { Situation } from './situation.ts';
import { hasRight, rolesOf } from './situation.ts';
import type { By, Row } from './table/row.ts';

export function entitled(by: By, situation: Situation): boolean {
  switch (by) {
    case 'anyone':
      return true;
    case 'reporter':
      return situation.actor.kind === 'reporter';
    case 'party':
      return partiesOfActor(situation.actor, situation.state).length > 0;
    case 'together':
      return rolesOf(situation.actor).some((role) => situation.policy.disclosure.togetherWith.includes(role));
    case 'process':
      return situation.actor.kind === 'process';
    default:
      return hasRight(situation, by);
  }
}

export function whoMay(row: Row, { state, policy, actor }: Situation): string {
  const closed = actor.kind === 'agent' ? closedToAgents(state, policy) : undefined;
  if (closed !== undefined) return closed;
  const rights = row.by.filter((by) => by !== 'anyone' && by !== 'process' && by !== 'reporter' && by !== 'party' && by !== 'together');
  const roles = rightHolders(policy, rights);
  const reporter = row.by.includes('reporter') ? ['the reporter'] : [];
  const party = row.by.includes('party') ? ['a party that was told'] : [];
  const together = row.by.includes('together') ? ['those who disclose at the same hour'] : [];
  const who = [...(roles === '' ? [] : [roles]), ...reporter, ...party, ...together].join(', or ');
  return who === '' ? 'Only the process itself does this.' : `This is done by: ${who}.`;
}
