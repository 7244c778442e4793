// SPDX-License-Identifier: Apache-2.0
// Checks: what nobody has decided yet, what acts until then, and where the policy is short of the OpenSSF baseline.

import type { Policy } from '../../core/policy/policy.ts';
import { conformance } from '../conformance.ts';
import type { Finding } from '../issues.ts';
import { reviewPlaces } from '../places.ts';
import { valueText } from '../spelling.ts';
import { type Check, when } from './check.ts';

/** The keys on which a reader expects an answer: undecided, they are a gap (★ in docs/policy-language.md). */
export const expectedKeys: readonly string[] = [
  'policy.contact',
  'intake.channels',
  'visibility.on_receipt',
  'embargo.mode',
  'embargo.length',
  'embargo.at_end_without_fix',
  'cve.required_for',
  'branches.must',
  'disclosure.trigger',
  'disclosure.channels',
  'publication.scope',
  'publication.credit',
  'clocks.acknowledge',
];

export const undecidedChecks: readonly Check[] = [
  {
    about: 'undecided where a reader expects an answer',
    kind: 'gap',
    find: (policy) => undecided(policy, (key) => expectedKeys.includes(key), ' Reporters will ask.'),
  },
  { about: 'undecided elsewhere', kind: 'note', find: (policy) => undecided(policy, (key) => !expectedKeys.includes(key), '') },
];

/** F21 to F24: each control that this policy does not meet, said once (conformance.ts has all of them). */
export const baselineChecks: readonly Check[] = [
  {
    about: 'OSPS-VM controls that are not met',
    kind: 'baseline',
    find: (policy) =>
      conformance(policy).flatMap(({ state, key, sentence }) => when(state === 'not_met' && key !== null, key ?? '', sentence)),
  },
];

/** Where a sentence says it better than the values. */
const untilDecided: Readonly<Record<string, string>> = {
  'ownership.last_resort': ': the ladder ends at the first administrator until you name a person.',
  'intake.channels': ". Until decided: Daylight's own web form.",
  'disclosure.channels': ". Until decided: the project's public site.",
  'disclosure.days': '. Until decided: any day.',
  'embargo.length': '. Until decided: one rung, 90 days.',
};

function undecided(policy: Policy, chosen: (key: string) => boolean, also: string): readonly Finding[] {
  return policy.unspecified.filter(chosen).map((key) => {
    const acts = untilDecided[key] ?? `. Until decided: ${reviewText(policy, key) ?? valueText(policy, key) ?? 'the default'}.`;
    return { key, message: `${key} is unspecified${acts}${also}` };
  });
}

/** `1 by core, vendor`. */
function reviewText(policy: Policy, key: string): string | undefined {
  const review = reviewPlaces(policy).find((place) => place.key === key)?.review;
  return review?.kind === 'approvals' ? `${review.approvals} by ${review.by.join(', ')}` : undefined;
}
