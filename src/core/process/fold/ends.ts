// SPDX-License-Identifier: Apache-2.0
// The ends of a case, folded: another project's report, one that is taken back, a publication without a fix, a case that goes on, an advisory's next version.

import type { CaseState } from '../../model/case.ts';
import type { Unfixed } from '../../model/ends.ts';
import type { Envelope, EventOf } from '../../model/event.ts';
import type { SpokenAs } from '../../model/word.ts';
import { resumed } from './embargo.ts';
import type { Folds } from './fold.ts';
import { person, spoken } from './fold.ts';
import { disarmed } from './publication.ts';

export const endFolds = {
  'forwarding-answered': ({ referral }, event) => ({
    referral: { target: null, forwardedAt: null, ...referral, consent: event.agreed ? ('given' as const) : ('refused' as const) },
  }),
  'report-forwarded': ({ referral }, event) => ({
    referral: { target: null, consent: 'given' as const, ...referral, forwardedAt: event.at },
  }),
  'withdrawal-asked': ({ withdrawal }, event) => ({
    withdrawal: { askedBy: [...(withdrawal?.askedBy ?? []), event.participant], at: withdrawal?.at ?? event.at },
  }),
  'withdrawal-declined': () => ({ withdrawal: null }),
  'report-withdrawn': () => ({ handling: 'withdrawn', withdrawal: null }),
  'unfixed-proposed': ({ unfixed }, event) => ({
    unfixed: { ...saidUnfixed(unfixed, event), ...(unfixed?.stopped === true ? { on: unfixed.on, stopped: true } : { on: null }) },
  }),
  'unfixed-announced': ({ unfixed }, event) => ({ unfixed: { ...saidUnfixed(unfixed, event), on: event.on } }),
  'report-filed': ({ filed }, { report, at, evidence }) => ({ filed: [...filed, { report, at, evidence }] }),
  'unfixed-called-off': () => ({ unfixed: null }),
  'unfixed-published': () => ({ handling: 'unfixed_public', unfixed: null }),
  'case-reopened': reopened,
  'correction-begun': correctionBegun,
  'version-published': versionPublished,
} as const satisfies Folds;

/** With it, what stopped it before is behind. */
function saidUnfixed(before: Unfixed | null, event: Envelope & SpokenAs): Omit<Unfixed, 'on' | 'stopped'> {
  const heldAs = before?.heldAs === undefined ? {} : { heldAs: before.heldAs };
  return { ...heldAs, approvedBy: [...(before?.approvedBy ?? []), person(event.by)], ...spoken(before?.heldAs, event) };
}

/** A confirmed flaw is fixed again, on every branch that must have the fix; a report that was sent away is judged again. */
function reopened(state: CaseState, event: Envelope & EventOf<'case-reopened'>): Partial<CaseState> {
  const { newFlaw: flaw } = event;
  const added = flaw === null ? [] : [{ flaw, cve: 'undecided' as const, number: null, numberedBy: null, since: event.at, title: null }];
  if (state.marks.confirmation === undefined)
    return { handling: state.eligibility?.verdict === 'in' ? 'assessing' : 'eligibility', referral: null, embargo: resumed(state) };
  return {
    handling: 'fixing',
    flaws: [...state.flaws, ...added],
    branches: state.branches.map((fix) =>
      fix.required && fix.state !== 'not_affected' ? { ...fix, state: 'affected', approvals: [] } : fix,
    ),
    disclosure: disarmed(state),
  };
}

/** A correction starts from the text that is out; where only a number joins it, that text stays approved. */
function correctionBegun(state: CaseState, event: Envelope & EventOf<'correction-begun'>): Partial<CaseState> {
  const correction = { reason: event.reason, at: event.at };
  const advisory = event.numberOnly
    ? { ...state.advisory, state: 'approved' as const, correction }
    : {
        ...state.advisory,
        state: 'draft' as const,
        draft: state.advisory.draft + 1,
        author: person(event.by),
        approvals: [],
        correction,
      };
  return { advisory, disclosure: disarmed(state) };
}

function versionPublished({ advisory, disclosure, flaws }: CaseState, event: Envelope & EventOf<'version-published'>): Partial<CaseState> {
  const { version, at } = event;
  const erratum = advisory.correction === null ? [] : [{ version, at, reason: advisory.correction.reason }];
  return {
    advisory: {
      ...advisory,
      state: version === 1 ? 'published' : 'errata',
      published: version,
      numbers: flaws.flatMap((flaw) => (flaw.number === null ? [] : [flaw.number])),
      errata: [...advisory.errata, ...erratum],
      correction: null,
    },
    disclosure: {
      ...disclosure,
      approvedBy: [],
      armed: false,
      channels: event.channels.map((channel) => ({ channel, state: 'due', at: null })),
    },
  };
}
