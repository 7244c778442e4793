// SPDX-License-Identifier: Apache-2.0
// The mandatory human inputs on the straight path of a case: a report in scope, confirmed, fixed, disclosed, closed (QEMU-23).

import type { Review } from '../core/policy/embargo-rules.ts';
import type { Policy } from '../core/policy/policy.ts';

/** One entry for each input, named by the key that asks for it, in the order of the path. */
export function humanSteps(policy: Policy): readonly string[] {
  const { intake, eligibility, severity, embargo, cve, reviews, downstream, disclosure, advisory, publication } = policy;
  const asked = (is: boolean, ...keys: readonly string[]): readonly string[] => (is ? keys : []);
  return [
    ...asked(intake.moderation === 'everyone', 'intake.moderation'),
    'ownership',
    ...asked(eligibility.decided === 'first', 'eligibility.decided'),
    'confirmation',
    ...asked(Object.keys(eligibility.classes).length > 0, 'eligibility.classes'),
    ...asked(severity.required === 'at_confirmation', 'severity.required'),
    ...asked(
      embargo.mode === 'by_default' && embargo.datesAgreedBy.length > 0,
      ...embargo.datesAgreedBy.map(() => 'embargo.dates_agreed_by'),
    ),
    ...asked(embargo.mode === 'by_default' && embargo.reporterMay === 'refuse', 'embargo.reporter_may'),
    ...asked(reviews.impact !== null, 'texts.impact'),
    ...approvals('reviews.impact', reviews.impact),
    ...asked(cve.requiredFor === 'every_flaw' && cve.requested === 'by_hand', 'cve.requested'),
    ...asked(cve.requiredFor === 'every_flaw' || (cve.requiredFor === 'advisories' && advisory.kind !== 'none'), 'cve.assigner'),
    'patch',
    ...approvals('reviews.patch', reviews.patch),
    ...approvals('reviews.backport', reviews.backport),
    ...asked(reviews.tests === 'required', 'reviews.tests'),
    ...asked(downstream.screening === 'recorded', ...downstream.parties.map(() => 'downstream.screening')),
    ...asked(downstream.parties.length > 0, 'downstream.parties'),
    ...asked(advisory.kind !== 'none', 'advisory.kind'),
    ...approvals('reviews.advisory', advisory.kind === 'none' ? null : reviews.advisory),
    ...asked(publication.credit.length > 0, 'publication.credit'),
    ...asked(
      disclosure.trigger === 'by_hand' || disclosure.trigger === 'date_reached' || disclosure.trigger === 'patch_posted',
      'disclosure.trigger',
    ),
    ...approvals('reviews.publication', reviews.publication),
    ...asked(disclosure.signed !== null && disclosure.signingKeys.length > 0 && advisory.kind !== 'none', 'disclosure.signing_keys'),
    ...asked(publication.findings === 'decided' && reviews.publication === null && advisory.kind === 'none', 'publication.findings'),
  ];
}

function approvals(key: string, review: Review | null): readonly string[] {
  if (review === null) return [];
  return new Array<string>(review.kind === 'each_of' ? review.eachOf.length : review.approvals).fill(key);
}
