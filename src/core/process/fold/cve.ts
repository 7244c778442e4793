// SPDX-License-Identifier: Apache-2.0
// CVE numbers, folded, one region for each flaw; and the impact description on which numbers are asked for.

import type { CaseState, Flaw } from '../../model/case.ts';
import type { Envelope, EventOf } from '../../model/event.ts';
import type { FlawId } from '../../model/identifiers.ts';
import type { Folds } from './fold.ts';
import { person, spoken } from './fold.ts';

export const cveFolds = {
  'cve-required': (state, event) => onFlaw(state, event, { cve: 'required' }),
  'cve-not-required': (state, event) => onFlaw(state, event, { cve: 'undecided' }),
  'cve-waived': (state, event) => onFlaw(state, event, { cve: 'not_needed' }),
  'cve-requested': (state, event) => onFlaw(state, event, { cve: 'requested', askedUntil: event.embargoedUntil ?? null }),
  'cve-assigned': cveAssigned,
  'cve-refused': (state, event) => onFlaw(state, event, { cve: 'refused' }),
  'cve-record-published': (state, event) => onFlaw(state, event, { cve: 'record_published' }),
  'cve-rejected': (state, event) => onFlaw(state, event, { cve: 'rejected', number: null, numberedBy: null }),
  'cve-disputed': (state, event) => onFlaw(state, event, { cve: 'disputed' }),
  'impact-described': (_, { impact: content, frame = [], places }) => ({
    impact: { content, frame, ...(places === undefined ? {} : { places }), approvals: [], as: [] },
  }),
  'impact-approved': ({ impact }, event) => {
    if (impact === null) return {};
    const by = event.as === 'reporter' ? ('reporter' as const) : person(event.by);
    const heldAs = event.held === undefined ? {} : spoken(impact.heldAs, { ...event, as: event.held });
    return { impact: { ...impact, approvals: [...impact.approvals, by], as: [...impact.as, event.as], ...heldAs } };
  },
} as const satisfies Folds;

function cveAssigned(state: CaseState, event: Envelope & EventOf<'cve-assigned'>): Partial<CaseState> {
  const numberedBy = event.by.kind === 'person' ? event.by.person : null;
  return onFlaw(state, event, {
    cve: 'assigned',
    number: event.number,
    numberedBy,
    ...(event.as === undefined ? {} : { numberedAs: event.as }),
  });
}

function onFlaw(state: CaseState, event: Envelope & { readonly flaw: FlawId }, change: Partial<Flaw>): Partial<CaseState> {
  return { flaws: state.flaws.map((flaw) => (flaw.flaw === event.flaw ? { ...flaw, ...change, since: event.at } : flaw)) };
}
