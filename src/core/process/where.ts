// SPDX-License-Identifier: Apache-2.0
// Where a case stands in the regions that an action asks for, and whether the action is possible there.

import type { CaseAction } from '../model/action.ts';
import type { CaseState } from '../model/case.ts';
import { branchOf, flawOf } from '../model/case.ts';
import type { Refused } from '../model/refusal.ts';
import type { RegionStates } from '../model/regions.ts';
import { ownParty, partiesIn, partiesOfActor, partyOf } from './parties.ts';
import type { Situation } from './situation.ts';
import type { Row } from './table/row.ts';
import { rowOf } from './table.ts';

export function wrongState(row: Row, action: CaseAction, { state, actor }: Situation): Refused | undefined {
  const standing = where(action, state, actor);
  for (const [region, expected] of Object.entries(row.from) as [keyof RegionStates, readonly string[]][]) {
    const is = standing[region];
    if (is !== undefined && expected.includes(is)) continue;
    const sentence =
      is === undefined
        ? `The case has no such ${region}.${region === 'branch' ? branchesOf(state) : ''}`
        : `“${row.label}” is not possible while ${region} is ${is.replaceAll('_', ' ')}.`;
    return { refusal: { kind: 'wrong_state', region, is: is ?? 'absent', expected, sentence } };
  }
  return undefined;
}

/** What a branch could have been meant, and how the case gets another: a policy that asks for no development branch gives it none. */
function branchesOf({ branches }: CaseState): string {
  const names = branches.map(({ branch }) => branch).join(', ');
  return `${names === '' ? '' : ` It has: ${names}.`} Say first that the branch is affected (judge-branch), or name its group in branches.must of the policy.`;
}

/** Where the case stands in each region; the CVE, branch and party regions are those of the flaw, branch or party that the action names, or the actor’s own party. */
function where(action: CaseAction, state: CaseState, actor: Situation['actor']): Partial<RegionStates> {
  const flaw = 'flaw' in action ? flawOf(state, action.flaw)?.cve : undefined;
  const party = 'party' in action ? partyOf(state, action.party) : ownParty(rowOf(action.kind).from.party, state, actor);
  const branch = 'branch' in action ? branchOf(state, action.branch, action.component)?.state : undefined;
  return {
    handling: state.handling,
    visibility: state.visibility,
    embargo: state.embargo.state,
    advisory: state.advisory.state,
    ...(party === undefined ? {} : { party: party.state }),
    ...(flaw === undefined ? {} : { cve: flaw }),
    ...(branch === undefined ? {} : { branch }),
  };
}

/** For what names a flaw, a branch or a party: whether any of the case’s fits. */
export function fitsSomewhere(row: Row, { state, policy, actor }: Situation): boolean {
  const { handling, visibility, embargo: embargoed, advisory: written, cve, branch, party } = row.from;
  const own = partiesOfActor(actor, state);
  const parties = row.by.includes('party') ? own : partiesIn(state, policy);
  return (
    (handling?.includes(state.handling) ?? true) &&
    (visibility?.includes(state.visibility) ?? true) &&
    (embargoed?.includes(state.embargo.state) ?? true) &&
    (written?.includes(state.advisory.state) ?? true) &&
    (cve === undefined || state.flaws.some((flaw) => cve.includes(flaw.cve))) &&
    (party === undefined || parties.some((one) => party.includes(one.state))) &&
    (branch === undefined || state.branches.some((one) => branch.includes(one.state)))
  );
}
