// SPDX-License-Identifier: Apache-2.0
// Where a case stands between private and public: the band on top of its page and the mark in the title.

import type { CaseState } from '../core/model/case.ts';
import type { Instant } from '../core/model/time.ts';

export type Standing =
  | { readonly kind: 'confidential' }
  | { readonly kind: 'embargoed'; readonly until: Instant; readonly zone: string }
  /** The embargo has ended and the case is still private: something is wrong. */
  | { readonly kind: 'ended'; readonly until: Instant; readonly zone: string }
  | { readonly kind: 'public'; readonly since: Instant | null };

export function standingOf(state: CaseState, now: Instant): Standing {
  if (state.visibility === 'public') return { kind: 'public', since: state.publicSince };
  const { until, zone, state: embargo } = state.embargo;
  if (until === null || embargo === 'none' || embargo === 'proposed') return { kind: 'confidential' };
  const ended = embargo === 'exited' || until <= now;
  return { kind: ended ? 'ended' : 'embargoed', until: state.embargo.exitedAt ?? until, zone: zone ?? 'UTC' };
}

/** `[C] `, `[E] `, or nothing: it stands in front of the title, before the codename. */
export function titleMark(standing: Standing['kind']): string {
  return { confidential: '[C] ', embargoed: '[E] ', ended: '[E] ', public: '' }[standing];
}

const strictness: readonly Standing['kind'][] = ['public', 'confidential', 'embargoed', 'ended'];

/** The strictest of several: a page that mixes cases shows that one. */
export function strictest(standings: readonly Standing[]): Standing {
  return standings.reduce<Standing>((most, one) => (strictness.indexOf(one.kind) > strictness.indexOf(most.kind) ? one : most), {
    kind: 'public',
    since: null,
  });
}
