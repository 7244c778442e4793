// SPDX-License-Identifier: Apache-2.0
// A case as those see it who enter its CVE number: title, impact, flaws and where it stands, and nothing of who works on it or what was found (QEMU-32).

import type { CaseState } from '../core/model/case.ts';
import type { Event } from '../core/model/event.ts';
import type { EmbargoState } from '../core/model/regions.ts';
import { withCopies } from './opened.ts';
import { unrelated } from './related.ts';
import type { CaseView } from './views.ts';

/** What the database shows of the log is what they are told; here it is numbered anew, and says of nobody who did it. */
export function forANumber(view: CaseView): CaseView {
  const texts = withCopies(view);
  return {
    ...view,
    title: texts.get(view.state.title.id),
    texts,
    state: { ...numberState(view.state), version: numberVersion(view.log) },
    log: view.log.map((event, index) => ({ ...event, seq: index + 2, by: { kind: 'process' } })),
    related: [],
    cap: undefined,
  };
}

/** The version of a case to who enters its number: how much of the log they read. Of what is done inside nothing can be counted (L-08). */
export function numberVersion(log: readonly Event[]): number {
  return log.length + 1;
}

const unwritten = {
  state: 'none',
  number: null,
  draft: 0,
  content: null,
  parts: [],
  author: null,
  approvals: [],
  errata: [],
  correction: null,
} as const;

/** The state alone, for lists. */
export function numberState(state: CaseState): CaseState {
  const inside = {
    owner: null,
    ownership: { how: null, since: null, first: null, rungs: 0 },
    attended: null,
    added: [],
    guestsUntil: {},
    narrowed: null,
    contributors: [],
    proposal: null,
    corrected: [],
    eligibility: null,
    assessment: null,
    severity: null,
    facts: [],
    bundle: null,
    branches: [],
    patchChecks: [],
    parties: [],
    rulesRead: [],
    agents: null,
    vendors: null,
    readiness: [],
    referral: null,
    withdrawal: null,
    unfixed: null,
  };
  const { impact, advisory, disclosure } = state;
  return {
    ...state,
    ...inside,
    ...unrelated,
    reporters: [],
    onCall: [],
    filed: [],
    deviations: [],
    reminders: {},
    flawsReported: 1,
    flaws: state.flaws.map((flaw) => ({ ...flaw, numberedBy: null })),
    impact: impact === null ? null : { content: impact.content, frame: [], approvals: [], as: [] },
    embargo: agreed(state.embargo),
    advisory: { ...unwritten, numbers: advisory.numbers, published: advisory.published },
    disclosure: { ...disclosure, approvedBy: [], armed: false, prepared: null, unsigned: null },
  };
}

/** What holds, without what is asked for and by whom. */
function agreed({ heldAs: _, ...embargo }: CaseState['embargo']): CaseState['embargo'] {
  const holding: Readonly<Partial<Record<EmbargoState, EmbargoState>>> = { proposed: 'none', revising: 'active' };
  return { ...embargo, state: holding[embargo.state] ?? embargo.state, proposal: null, decided: [], kept: [], ending: [] };
}
