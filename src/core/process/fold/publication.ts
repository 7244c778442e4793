// SPDX-License-Identifier: Apache-2.0
// Publication, folded: credit, the advisory, the people who say go, the documents, the channels.

import type { CaseState } from '../../model/case.ts';
import type { Envelope, EventOf } from '../../model/event.ts';
import type { Folds } from './fold.ts';
import { person, spoken } from './fold.ts';
import { released } from './parties.ts';

export const publicationFolds = {
  'credit-decided': (state, event) => ({
    reporters: state.reporters.map((one) =>
      one.participant === event.participant ? { ...one, credit: event.decision, creditName: event.name, creditRequest: null } : one,
    ),
  }),
  'credit-requested': (state, event) => ({
    reporters: state.reporters.map((one) =>
      one.participant === event.participant ? { ...one, creditRequest: { decision: event.decision, name: event.name } } : one,
    ),
  }),
  'contributor-credited': (state, event) => ({
    contributors: [
      ...state.contributors.filter((one) => one.person !== person(event.by) || one.as !== event.as),
      { person: person(event.by), as: event.as, credit: event.decision, creditName: event.name },
    ],
  }),
  'on-call-agreed': (state, event) => ({ onCall: [...state.onCall, { role: event.role, person: person(event.by) }] }),
  'advisory-numbered': ({ advisory }, event) => ({ advisory: { ...advisory, number: event.number } }),
  'advisory-written': advisoryWritten,
  'advisory-submitted': ({ advisory }) => ({ advisory: { ...advisory, state: 'in_review' } }),
  'advisory-approved': ({ advisory }, event) => ({
    advisory: {
      ...advisory,
      state: event.complete ? 'approved' : 'in_review',
      approvals: [...advisory.approvals, person(event.by)],
      ...spoken(advisory.heldAs, event),
    },
  }),
  'advisory-returned': (state) => ({ advisory: { ...state.advisory, state: 'draft', approvals: [] }, disclosure: disarmed(state) }),
  'release-approved': ({ disclosure }, event) => ({
    disclosure: {
      ...disclosure,
      approvedBy: [...disclosure.approvedBy, person(event.by)],
      ...spoken(disclosure.heldAs, event),
      armed: event.armed,
    },
  }),
  'release-stopped': (state, { found }) => ({
    disclosure: disarmed(state),
    ...(found === true && (state.unfixed?.on ?? null) !== null
      ? { unfixed: { approvedBy: [], on: state.unfixed?.on ?? null, stopped: true as const } }
      : {}),
  }),
  'publication-prepared': ({ disclosure }, { documents, published, text, unsigned }) => ({
    disclosure: {
      ...disclosure,
      prepared: documents,
      carries: published && text ? { published, text, timedAt: null } : null,
      ...(unsigned === undefined && disclosure.unsigned === undefined ? {} : { unsigned: unsigned ?? null }),
    },
  }),
  'documents-signed': ({ disclosure }, { documents }) => {
    const signed = new Map(documents.map((one) => [one.file, one]));
    return {
      disclosure: {
        ...disclosure,
        prepared: (disclosure.prepared ?? []).map((one) => signed.get(one.file) ?? one),
        unsigned: (disclosure.unsigned ?? []).filter((file) => !signed.has(file)),
      },
    };
  },
  'publication-timed': ({ disclosure }, { at }) => ({
    disclosure: { ...disclosure, prepared: null, carries: disclosure.carries && { ...disclosure.carries, timedAt: at } },
  }),
  'disclosure-begun': disclosureBegun,
  'case-opened': (state, event) => ({
    visibility: 'public',
    publicSince: state.publicSince ?? event.at,
    parties: released(state),
    unfixed: null,
  }),
  'channel-confirmed': ({ disclosure }, event) => ({
    disclosure: {
      ...disclosure,
      channels: disclosure.channels.map((one) => (one.channel === event.channel ? { ...one, state: 'confirmed', at: event.at } : one)),
    },
  }),
  'case-disclosed': (state, event) => ({ handling: 'disclosed', marks: { ...state.marks, disclosure: event.at } }),
} as const satisfies Folds;

/** Before the disclosure, and again while a correction is made: what people say go to may still change. */
export function isPreparing({ disclosure, advisory }: CaseState): boolean {
  return disclosure.begunAt === null || disclosure.bundleOnly || advisory.correction !== null;
}

/** Whatever changes what would be published takes back the people's word and the documents made from it. */
export function disarmed(state: CaseState): CaseState['disclosure'] {
  return { ...state.disclosure, approvedBy: [], armed: false, prepared: null, carries: null };
}

function advisoryWritten(state: CaseState, event: Envelope & EventOf<'advisory-written'>): Partial<CaseState> {
  const { advisory } = state;
  const { advisory: content, parts, by } = event;
  return {
    advisory: { ...advisory, state: 'draft', draft: advisory.draft + 1, content, parts, author: person(by), approvals: [] },
    disclosure: disarmed(state),
  };
}

/** At the cap only the bundle goes out: the advisory is not published by it. */
function disclosureBegun(
  { handling, advisory, disclosure, flaws }: CaseState,
  event: Envelope & EventOf<'disclosure-begun'>,
): Partial<CaseState> {
  const { at, bundleOnly } = event;
  const channels = event.channels.map((channel) => ({ channel, state: 'due' as const, at: null }));
  const published = advisory.state === 'approved' && !bundleOnly;
  const numbers = flaws.flatMap((flaw) => (flaw.number === null ? [] : [flaw.number]));
  return {
    handling: bundleOnly ? handling : 'disclosing',
    disclosure: { ...disclosure, begunAt: at, bundleOnly, channels },
    advisory: published ? { ...advisory, state: 'published', published: advisory.published + 1, numbers } : advisory,
  };
}
