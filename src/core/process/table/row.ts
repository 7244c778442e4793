// SPDX-License-Identifier: Apache-2.0
// The shape of a row of the table: where an action is possible, where it leads, by whom, behind which gates.

import type { RegionStates } from '../../model/regions.ts';
import type { Right } from '../../policy/words.ts';
import type { GateName, PolicyGates } from '../gates.ts';

/** States in which the action is possible; a region that is not named does not matter. */
export type From = { readonly [Region in keyof RegionStates]?: readonly RegionStates[Region][] };

/** A right of the policy; the reporter of the case; a party that was told; a role that discloses together with the project; the process itself (clock and jobs). Agents stand in no row: they propose (I7). */
export type By = Right | 'reporter' | 'party' | 'together' | 'process' | 'anyone';

type Ways<State extends string> = { readonly [From in State]?: readonly State[] };

export interface Row {
  /** Label of the button, which names the effect. */
  readonly label: string;
  readonly from: From;
  /** Where the action may move the case, for the process page; a region that is not named stays. */
  readonly to: From;
  /** Where it leads from which state of a region, where not from each to all of `to`: from a state that is not named there, it moves nothing. */
  readonly ways?: { readonly [Region in keyof RegionStates]?: Ways<RegionStates[Region]> };
  readonly by: readonly By[];
  readonly gates: readonly GateName[];
  readonly policyGates?: PolicyGates;
  /** Cannot be taken back: shown apart, asked twice, and never by a plain key press. */
  readonly irreversible?: true;
  /**
   * A person proves anew who they are before they take it: it publishes, moves a date, or lets somebody in. What makes a private case public asks for the
   * same, by whichever row. No token takes it.
   */
  readonly stepUp?: true;
  /** Its word is given to what somebody else wrote or said: it names the version that it was read in, and a word given blindly is not taken. */
  readonly seconds?: true;
  /** Its number: comments and tests cite it. */
  readonly transition: string;
}

/** Where the action may move a region that stands in this state: one arrow of a drawing for each. */
export function leadsTo({ to, from, ways }: Row, region: keyof RegionStates, state: string): readonly string[] {
  const possible: readonly string[] | undefined = from[region];
  if (possible !== undefined && !possible.includes(state)) return [];
  const named: Readonly<Record<string, readonly string[]>> | undefined = ways?.[region];
  const targets: readonly string[] = (named === undefined ? to[region] : named[state]) ?? [];
  return targets.filter((target) => target !== state);
}
