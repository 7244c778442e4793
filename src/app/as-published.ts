// SPDX-License-Identifier: Apache-2.0
// A case as it would stand if it were published at this moment: what it would open is worked out from there.

import type { CaseState } from '../core/model/case.ts';
import type { EventData } from '../core/model/event.ts';
import type { Instant } from '../core/model/time.ts';
import type { Policy } from '../core/policy/policy.ts';
import { after } from '../core/process/situation.ts';

/** The log is the one that there is: what would be told of the publication itself has not happened. */
export function publishedState(state: CaseState, policy: Policy, now: Instant, bundleOnly: boolean): CaseState {
  const events: readonly EventData[] = [{ kind: 'disclosure-begun', channels: [], bundleOnly }, { kind: 'case-opened' }];
  const situation = after({ state, policy, actor: { kind: 'process', project: state.project }, now, nextNumber: '' }, events);
  return { ...situation.state, version: state.version };
}
