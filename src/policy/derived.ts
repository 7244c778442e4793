// SPDX-License-Identifier: Apache-2.0
// From a parsed file to a resolved policy: the defaults that follow from other keys.

import type { Role } from '../core/model/identifiers.ts';
import type { Condition } from '../core/policy/conditions.ts';
import type { Review, Reviews, Rung } from '../core/policy/embargo-rules.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Duration } from '../core/policy/quantities.ts';
import type { FlawClass, IntakeChannel } from '../core/policy/report-rules.ts';
import type { Right } from '../core/policy/words.ts';
import { defaults } from './defaults.ts';
import type { Origins } from './origins.ts';
import type { PolicyFile } from './schema.ts';

const quarter: Duration = { amount: 90, unit: 'days' };

/** The policy that acts, from `file` with the defaults of defaults.ts already in place. */
export function resolve(file: PolicyFile, origins: Origins, unspecified: readonly string[]): Policy {
  const { daylight, policy, ...sections } = file;
  const { form, attachments, ...intake } = file.intake;
  return {
    language: daylight,
    ...policy,
    ...sections,
    intake: { ...intake, form, attachments, channels: withWebForm(file.intake.channels) },
    ownership: { ...file.ownership, fallback: file.ownership.fallback ?? firstOnReceipt(file) },
    eligibility: { ...file.eligibility, classes: classes(file) },
    embargo: { ...file.embargo, length: ladder(file.embargo), lateChangesBy: file.embargo.lateChangesBy ?? holders(file, 'set_embargo') },
    branches: { ...file.branches, groups: file.branches.groups ?? { development: [] } },
    reviews: reviews(file),
    disclosure: { ...file.disclosure, atLatest: atLatest(file.disclosure.atLatest) },
    advisory: { ...file.advisory, formats: formats(file.advisory.formats) },
    closing: { ...file.closing, must: file.closing.must ?? closedWhen(file) },
    texts: file.texts as Policy['texts'],
    labels: file.labels as Policy['labels'],
    origins,
    unspecified,
  };
}

function holders({ roles }: PolicyFile, right: Right): readonly Role[] {
  return Object.entries(roles).flatMap(([role, { may }]) => (may.includes(right) ? [role as Role] : []));
}

/** The program's own form takes reports under every policy. */
function withWebForm(channels: readonly IntakeChannel[]): readonly IntakeChannel[] {
  if (channels.some(({ kind }) => kind === 'web')) return channels;
  const { starts, accepts, account, encryption } = defaults.intake_channel;
  return [...channels, { kind: 'web', declared: false, starts, accepts, former: [], account, encryption }];
}

function firstOnReceipt({ visibility }: PolicyFile): Role {
  const [first] = visibility.onReceipt;
  if (first === undefined) throw new RangeError('visibility.on_receipt is never empty');
  return first;
}

function classes({ eligibility, advisory, branches }: PolicyFile): Readonly<Record<string, FlawClass>> {
  const publishes = advisory.kind === 'none' ? 'nothing' : advisory.kind;
  const entries = Object.entries(eligibility.classes).map(([name, given]) => [
    name,
    { ...given, publishes: given.publishes ?? publishes, branches: given.branches ?? branches.must },
  ]);
  return Object.fromEntries(entries) as Readonly<Record<string, FlawClass>>;
}

function ladder({ mode, length }: PolicyFile['embargo']): readonly Rung[] {
  if (mode === 'never') return [];
  if (length === undefined) return [{ upTo: quarter, must: [], should: [], granted: defaults.rung.granted }];
  const rungs: Rung[] = [];
  for (const { upTo, ...rung } of length) rungs.push({ ...rung, upTo: upTo ?? beyond(rungs.at(-1)) });
  return rungs;
}

/** 90 days, or twice the rung before where that is longer than 45 days. */
function beyond(before: Rung | undefined): Duration {
  if (before === undefined || before.upTo === 'at once') return quarter;
  const { amount, unit } = before.upTo;
  return approximateDays(before.upTo) > 45 ? { amount: amount * 2, unit } : quarter;
}

/** The length of a duration in days as they mostly are: a month has 30.4, five business days make a week. For comparing, never for counting. */
export function approximateDays(duration: Duration, businessDaysAWeek = 5): number {
  if (duration === 'at once') return 0;
  const days = { minutes: 1 / 1440, hours: 1 / 24, days: 1, weeks: 7, months: 30.4375, 'business days': 7 / businessDaysAWeek };
  return duration.amount * days[duration.unit];
}

function reviews(file: PolicyFile): Reviews {
  const { patch, backport, impact, advisory, publication, redaction, policyChange, tests, enough, complexFrom } = file.reviews;
  const patched = review(patch, holders(file, 'review'));
  return {
    patch: patched === null ? null : { ...patched, before: patch?.before ?? defaults.patch_review.before },
    backport: review(backport, holders(file, 'review')),
    impact: review(impact, holders(file, 'approve_advisory')),
    advisory: file.advisory.kind === 'none' ? null : review(advisory, holders(file, 'approve_advisory')),
    publication: review(publication, holders(file, 'disclose')),
    redaction: review(redaction, holders(file, 'disclose')),
    policyChange: review(policyChange, holders(file, 'change_policy')),
    tests,
    enough,
    complexFrom,
  };
}

function review(given: PolicyFile['reviews']['backport'], by: readonly Role[]): Review | null {
  if (given === null) return null;
  if (given.eachOf !== undefined) return { kind: 'each_of', eachOf: given.eachOf };
  return { kind: 'approvals', approvals: given.approvals ?? defaults.review.approvals, by: given.by ?? by };
}

/** The default ends private cases without an embargo; what a policy sets ends all. */
function atLatest(given: PolicyFile['disclosure']['atLatest']): Policy['disclosure']['atLatest'] {
  if (given === undefined) return { duration: quarter, from: 'confirmation', applies: 'without_embargo' };
  return given === null ? null : { ...given, applies: 'always' };
}

/** What a policy names is added to the defaults; `none` is none. */
function formats(given: Policy['advisory']['formats']): Policy['advisory']['formats'] {
  return given.length === 0 ? [] : [...new Set([...defaults.advisory.formats, ...given])];
}

function closedWhen({ branches }: PolicyFile): readonly Condition[] {
  return [{ kind: 'announced' }, { kind: 'fix_merged', groups: branches.must }];
}
