// SPDX-License-Identifier: Apache-2.0
// The go/no-go list of the common hour: every vendor that discloses then and every party that was told, each with its word (LIBVIRT-26).

import type { CaseState } from '../core/model/case.ts';
import { isReady, toldParties } from '../core/process/parties.ts';
import type { NamedVendor } from './vendors.ts';

export interface Go {
  /** A role of the policy, or a party of it. */
  readonly as: { readonly kind: 'role' | 'party'; readonly name: string };
  readonly organisation: string | null;
  /** Short names of its people; empty for a list. */
  readonly people: readonly string[];
  readonly ready: boolean;
}

/** Of the people as they are now: who came since the log last named them is there, and not ready. */
export function goNoGo(state: CaseState, vendors: readonly NamedVendor[]): readonly Go[] {
  const asked = { readiness: state.readiness, vendors };
  return [
    ...vendors.map(
      (vendor): Go => ({
        as: { kind: 'role', name: vendor.role },
        organisation: vendor.organisation,
        people: vendor.names,
        ready: isReady(vendor, asked),
      }),
    ),
    ...toldParties(state).map(
      ({ name, state: stands }): Go => ({ as: { kind: 'party', name }, organisation: null, people: [], ready: stands === 'ready' }),
    ),
  ];
}
