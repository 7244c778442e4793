// SPDX-License-Identifier: Apache-2.0
// Whether agents may be given anything of a case: the policy, the embargo, and a person’s word on this case (P21, QEMU-19).

import type { CaseState } from '../model/case.ts';
import type { Policy } from './policy.ts';

type Asked = Pick<CaseState, 'agents' | 'embargo' | 'visibility'>;

/** Why no agent gets anything, in words; undefined where a grant may be given. Under an embargo the answer is no until a person says yes. */
export function closedToAgents(state: Asked, { agents }: Policy): string | undefined {
  if (agents.allowed === 'nobody') return 'The policy gives agents nothing.';
  if (state.visibility === 'public') return undefined;
  const embargoed = isEmbargoed(state);
  if (embargoed && agents.underEmbargo === 'nothing') return 'The policy gives agents nothing while an embargo holds.';
  if (state.agents === null) return embargoed ? 'No AI: the case is under embargo, and nobody has opened it to agents.' : undefined;
  return state.agents.allowed ? undefined : 'No AI: somebody has closed this case to agents.';
}

/** Whether a person’s yes could open the case: where the policy itself says no, it could not. */
export function mayOpenToAgents(state: Asked, { agents }: Policy): boolean {
  return agents.allowed === 'by_grant' && !(isEmbargoed(state) && agents.underEmbargo === 'nothing');
}

function isEmbargoed({ embargo, visibility }: Asked): boolean {
  return visibility === 'private' && (embargo.state === 'active' || embargo.state === 'revising');
}
