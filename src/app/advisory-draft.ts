// SPDX-License-Identifier: Apache-2.0
// The advisory as its author writes it, and the record that is made of it: numbers, credits, dates and scores come from the case, not from typing.

import { z } from 'zod';
import type { Advisory, Credit, Erratum, Reference } from '../core/model/advisory.ts';
import { referenceKinds, statuses } from '../core/model/advisory-words.ts';
import type { AdvisoryPart, CaseState, Reporter } from '../core/model/case.ts';
import type { ContentId, PersonId } from '../core/model/identifiers.ts';
import type { Line, Prose } from '../core/model/prose.ts';
import { line, prose } from '../core/model/prose.ts';
import { type Instant, toTheMinute } from '../core/model/time.ts';
import type { Policy } from '../core/policy/policy.ts';
import { publishesNote } from '../core/process/opening-rules.ts';
import { withBackports } from './backports.ts';

const someLine = z.string().transform((text, context): Line => line(text) ?? fail(context, 'one line of text'));
const someProse = z.string().transform((text, context): Prose => prose(text) ?? fail(context, 'a text'));

const branch = z.strictObject({
  name: someLine,
  status: z.enum(statuses),
  introducedBy: z.array(someLine).exactOptional(),
  fixedBy: z.array(someLine).exactOptional(),
  vulnerableTags: z.array(someLine).exactOptional(),
  fixedTags: z.array(someLine).exactOptional(),
  note: someLine.exactOptional(),
});

const product = z.strictObject({
  name: someLine,
  repository: someLine.exactOptional(),
  component: someLine.exactOptional(),
  branches: z.array(branch).exactOptional(),
  prose: someLine.exactOptional(),
});

const reference = z.strictObject({
  kind: z.enum(referenceKinds),
  url: someLine.exactOptional(),
  title: someLine.exactOptional(),
  branch: someLine.exactOptional(),
});

/** What an author writes. Absent is not said; an empty text is an error, so that nothing is published by accident. */
export const advisoryDraft = z.strictObject({
  title: someLine,
  summary: someProse.exactOptional(),
  description: someProse.exactOptional(),
  impact: someProse.exactOptional(),
  conditions: z.array(someProse).exactOptional(),
  detection: someProse.exactOptional(),
  workarounds: z.union([z.literal('none-known'), z.array(someProse)]).exactOptional(),
  solution: someProse.exactOptional(),
  products: z.array(product),
  references: z.array(reference).exactOptional(),
  notes: z.array(someProse).exactOptional(),
});
export type AdvisoryDraft = z.infer<typeof advisoryDraft>;

/** The parts of an advisory that are there, as `advisory.must_contain` names them. */
export function partsOf(draft: AdvisoryDraft, state: CaseState): readonly AdvisoryPart[] {
  const links = (kind: Reference['kind']) => (draft.references ?? []).some((one) => one.kind === kind && one.url !== undefined);
  const there: Readonly<Record<AdvisoryPart, boolean>> = {
    summary: draft.summary !== undefined || draft.title !== undefined,
    description: draft.description !== undefined,
    impact: draft.impact !== undefined,
    affected_versions: draft.products.some((one) => one.prose !== undefined || (one.branches ?? []).length > 0),
    conditions: draft.conditions !== undefined,
    workaround: draft.workarounds !== undefined,
    patch_links: links('patch') || draft.products.some((one) => (one.branches ?? []).some((each) => (each.fixedBy ?? []).length > 0)),
    report_link: links('report') || links('bug'),
    // What an archive says of it is not typed.
    severity: state.severity !== null || state.imported !== null,
    credit: state.reporters.every((reporter) => !reporter.credited || reporter.credit !== 'undecided'),
  };
  return (Object.keys(there) as AdvisoryPart[]).filter((part) => there[part]);
}

/** The record that every format is a view of. `published` is the instant agreed for the disclosure, `now` that of this version. */
export function assembled(
  draft: AdvisoryDraft,
  state: CaseState,
  policy: Policy,
  texts: ReadonlyMap<ContentId, string>,
  published: Instant,
  now: Instant,
  names: ReadonlyMap<PersonId, string>,
): Advisory {
  const credits = creditsOf(state, policy, texts, names);
  const cves = state.flaws.flatMap((flaw) => (flaw.number === null ? [] : [{ id: flaw.number }]));
  const severity = severityOf(state, names);
  const cwes = (state.severity?.cwes ?? []).map((id) => ({ id: sure(line(id)) }));
  const errata = errataOf(state, texts, now);
  return {
    daylight: 'advisory/1',
    id: sure(line(state.advisory.number ?? state.codename)),
    kind: kindOf(state, policy),
    version: state.advisory.published + 1,
    ...(errata.length === 0 ? {} : { errata }),
    ...draft,
    products: withBackports(draft.products, state),
    ...(cves.length === 0 ? {} : { cves }),
    ...(severity === undefined ? {} : { severity: [severity] }),
    ...(cwes.length === 0 ? {} : { cwes }),
    ...(credits.length === 0 ? {} : { credits }),
    dates: {
      ...(state.marks.receipt === undefined ? {} : { reported: toTheMinute(state.marks.receipt) }),
      ...(state.marks.fix_ready === undefined ? {} : { fixed: toTheMinute(state.marks.fix_ready) }),
      published: toTheMinute(published),
      ...(errata.length === 0 ? {} : { modified: toTheMinute(now) }),
    },
    tlp: 'CLEAR',
    language: sure(line('en')),
    policy: sure(line(policy.name)),
  };
}

/** The credits as they will stand, as far as the texts may be read. */
export function creditsOf(
  state: CaseState,
  policy: Policy,
  texts: ReadonlyMap<ContentId, string>,
  names: ReadonlyMap<PersonId, string>,
): readonly Credit[] {
  return [...reporterCredits(state, texts), ...memberCredits(state, policy, texts, names)];
}

/** What was no flaw, or is of a class that gets no more, has a note. */
function kindOf(state: CaseState, policy: Policy): Advisory['kind'] {
  if (publishesNote(state.class, policy)) return 'note';
  return policy.advisory.kind === 'notice' ? 'notice' : 'advisory';
}

/** The versions after the first, the one in the making last; each says why. */
export function errataOf({ advisory }: CaseState, texts: ReadonlyMap<ContentId, string>, now: Instant): readonly Erratum[] {
  const { errata, correction, published } = advisory;
  const next = correction === null ? [] : [{ version: published + 1, at: now, reason: correction.reason }];
  return [...errata, ...next].map(({ version, at, reason }) => {
    const why = prose(texts.get(reason.id) ?? '');
    return { version, date: toTheMinute(at), ...(why === undefined ? {} : { reason: why }) };
  });
}

/** A reporter who declined is not there; a pseudonym is the name. */
function reporterCredits(state: CaseState, texts: ReadonlyMap<ContentId, string>): readonly Credit[] {
  return state.reporters.flatMap((reporter: Reporter) => {
    const silent = reporter.creditName === null || reporter.credit === 'declined' || !reporter.credited;
    const name = silent || reporter.creditName === null ? undefined : line(texts.get(reporter.creditName.id) ?? '');
    return name === undefined ? [] : [{ kind: 'reporter' as const, name }];
  });
}

/** Who had which part, as the policy credits it. A patcher is named unless they declined; the others when they said how. */
function memberCredits(
  state: CaseState,
  policy: Policy,
  texts: ReadonlyMap<ContentId, string>,
  names: ReadonlyMap<PersonId, string>,
): readonly Credit[] {
  const patchers = state.branches.flatMap((fix) => (fix.patchedBy === null ? [] : [fix.patchedBy as PersonId]));
  const said = state.contributors.map(({ person, as }) => ({ person, as }));
  const all = [
    ...[...new Set(patchers)].map((person) => ({ person, as: 'patcher' as const })),
    ...said.filter(({ as }) => as !== 'patcher'),
  ];
  return all
    .filter(({ as }) => policy.publication.credit.includes(as))
    .flatMap(({ person, as }) => {
      const own = state.contributors.find((one) => one.person === person && one.as === as);
      const text = own?.creditName == null ? names.get(person) : texts.get(own.creditName.id);
      const name = own?.credit === 'declined' ? undefined : line(text ?? '');
      return name === undefined ? [] : [{ kind: as, name }];
    });
}

/** A score always names who gave it (VMT-34). */
export function severityOf({ severity }: CaseState, names: ReadonlyMap<PersonId, string>) {
  if (severity === null) return undefined;
  const { score } = severity;
  const vector =
    score === undefined ? {} : { vector: { system: systems[score.scheme], value: sure(line(score.vector)), score: score.score } };
  return { by: sure(line(names.get(severity.by) ?? 'the project')), level: sure(line(severity.level)), ...vector };
}

const systems = { 'cvss_2.0': 'CVSS:2.0', 'cvss_3.1': 'CVSS:3.1', 'cvss_4.0': 'CVSS:4.0' } as const;

function sure(text: Line | undefined): Line {
  if (text === undefined) throw new Error('a text that cannot be empty is empty');
  return text;
}

function fail(context: z.RefinementCtx, expected: string): never {
  context.addIssue({ code: 'custom', message: `expected ${expected}, got nothing but spaces` });
  return z.NEVER;
}
