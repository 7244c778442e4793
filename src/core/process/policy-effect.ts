// SPDX-License-Identifier: Apache-2.0
// What another policy would change for a case that is open: asked before a policy is accepted, and told to nobody who does not see the case.

import type { CaseState } from '../model/case.ts';
import { dated } from '../model/time.ts';
import { guarded } from '../policy/access.ts';
import type { Policy } from '../policy/policy.ts';
import { bindingCap } from './caps.ts';
import { deadlines } from './deadlines.ts';
import { obstacleTo, requiredNow } from './steps/migration.ts';

export interface PolicyEffect {
  /** What would be different, each in a few words; empty where the case would not notice. */
  readonly differs: readonly string[];
  /** Why the case could not be moved to that policy; null where it could. */
  readonly obstacle: string | null;
}

/** The case keeps its policy until somebody moves it: this says what the move would do. */
export function effectOf(state: CaseState, policy: Policy, target: Policy): PolicyEffect {
  const [was, is] = [bindingCap(state, policy), bindingCap(state, target)];
  const said = (cap: typeof was) => (cap === undefined ? 'none' : `${dated(cap.at)} by ${cap.source}`);
  return {
    differs: [
      ...(said(was) === said(is) ? [] : [`latest lawful date: ${said(was)} -> ${said(is)}`]),
      ...changed('who reads it', guarded(state, policy).readers, guarded(state, target).readers),
      ...changed('branches that must be fixed', required(state), required(state, target)),
      ...changed('clocks that run', clocks(state, policy), clocks(state, target)),
    ],
    obstacle: obstacleTo(target, { state, policy }) ?? null,
  };
}

function required(state: CaseState, target?: Policy): readonly string[] {
  const all = target === undefined ? state.branches.filter((fix) => fix.required) : requiredNow(state, target);
  return all.map(({ branch }) => branch);
}

function clocks(state: CaseState, policy: Policy): readonly string[] {
  return deadlines(state, policy).map(({ clock, at }) => `${clock} ${dated(at)}`);
}

function changed(what: string, before: readonly string[], after: readonly string[]): readonly string[] {
  const [was, is] = [[...before].sort().join(', '), [...after].sort().join(', ')];
  return was === is ? [] : [`${what}: ${was === '' ? 'none' : was} -> ${is === '' ? 'none' : is}`];
}
