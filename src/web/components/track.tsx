// SPDX-License-Identifier: Apache-2.0
// Where the handling of a case stands: the steps behind it with their hours, the one it is at, those to come.

import type { CaseState } from '../../core/model/case.ts';
import type { Event } from '../../core/model/event.ts';
import { type Handling, mainPath } from '../../core/model/regions.ts';
import type { Instant } from '../../core/model/time.ts';
import { plain } from '../words.ts';
import { HourUtc } from './moment.tsx';

interface Step {
  readonly handling: Handling;
  readonly at: Instant | undefined;
  readonly place: 'past' | 'now' | 'ahead';
}

const main: readonly Handling[] = mainPath;

/** The state into which an event leads, as far as the main path goes. */
function reachedBy(event: Event): Handling | undefined {
  switch (event.kind) {
    case 'report-submitted':
      return event.handling;
    case 'report-released':
      return 'received';
    case 'case-taken-up':
      return 'eligibility';
    case 'eligibility-decided':
      return event.verdict === 'in' ? 'assessing' : undefined;
    case 'flaw-confirmed':
      return 'confirmed';
    case 'fixing-started':
      return 'fixing';
    case 'fix-completed':
      return 'fix_ready';
    case 'disclosure-begun':
      return 'disclosing';
    case 'case-disclosed':
      return 'disclosed';
    case 'case-closed':
      return 'closed';
    default:
      return undefined;
  }
}

function stepsOf(state: CaseState, log: readonly Event[]): readonly Step[] {
  const reached = new Map<Handling, Instant>();
  for (const event of log) {
    const handling = reachedBy(event);
    if (handling !== undefined && !reached.has(handling)) reached.set(handling, event.at);
  }
  const here = main.indexOf(state.handling);
  if (here < 0) return aside(state, reached, log);
  return main
    .filter((handling, index) => index >= here || reached.has(handling) || log.length === 0)
    .map((handling): Step => {
      const index = main.indexOf(handling);
      return { handling, at: reached.get(handling), place: index < here ? 'past' : index === here ? 'now' : 'ahead' };
    });
}

/** A case beside the main path: what it passed, where it is, and its end if that is still to come. */
function aside(state: CaseState, reached: ReadonlyMap<Handling, Instant>, log: readonly Event[]): readonly Step[] {
  const past = main
    .filter((handling) => reached.has(handling))
    .map((handling): Step => ({ handling, at: reached.get(handling), place: 'past' }));
  const now: Step = { handling: state.handling, at: reached.get(state.handling) ?? log.at(-1)?.at, place: 'now' };
  if (state.handling === 'held') return [now, ...main.map((handling): Step => ({ handling, at: undefined, place: 'ahead' }))];
  const ends = ['public_bug', 'hardening', 'unfixed_public'].includes(state.handling);
  return [...past, now, ...(ends ? [{ handling: 'closed', at: undefined, place: 'ahead' } as const] : [])];
}

export function Track({ state, log }: { readonly state: CaseState; readonly log: readonly Event[] }) {
  return (
    <>
      <h2 class="unseen">Progress, times in UTC</h2>
      <ol class="track" aria-label="Handling">
        {stepsOf(state, log).map((step) => (
          <TrackStep {...step} />
        ))}
      </ol>
    </>
  );
}

function TrackStep({ handling, at, place }: Step) {
  const hour = at === undefined ? null : <HourUtc at={at} />;
  if (place === 'now')
    return (
      <li class="is-now" aria-current="step">
        <strong>{plain(handling)}</strong> {hour === null ? null : <span>{hour}</span>}
      </li>
    );
  return (
    <li {...(place === 'ahead' ? { class: 'is-ahead' } : {})}>
      <span>{plain(handling)}</span> {hour === null ? null : <span>{hour}</span>}
    </li>
  );
}
