// SPDX-License-Identifier: Apache-2.0
// What is agreed with others: the embargo and its dates, whose second word a step takes, and who is told before the public.

import type { Review } from '../../core/policy/embargo-rules.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { durationText } from '../../core/policy/quantities.ts';
import { allOf, conditionsText, someOf } from './conditions.ts';
import { plain } from './plain.ts';

/** The embargo rules, a sentence each: the usual length first, then what goes beyond it. */
export function embargoSentences(policy: Policy): readonly string[] {
  const { mode, length, countedFrom, restartFor, datesAgreedBy, lateChangesBy, endsEarlyOn } = policy.embargo;
  if (mode === 'never') return ['There is no embargo, and none is granted: what is confirmed is handled towards publication at once.'];
  const [first] = length;
  return [
    mode === 'by_default' ? 'A confirmed flaw is under embargo by default.' : 'There is no embargo by default; it is granted by exception.',
    ...(first === undefined ? [] : [usual(mode, durationText(first.upTo))]),
    `Its length is counted from ${plain(countedFrom)}.`,
    ...length.flatMap((rung, position) => rungText(rung, position === length.length - 1)),
    { ask: 'A reporter may ask for a date.', refuse: 'A date needs the reporter’s yes.', decide: 'A reporter decides on the date.' }[
      policy.embargo.reporterMay
    ],
    ...(datesAgreedBy.length === 0
      ? []
      : [`Every other date than the first needs the yes of ${allOf(datesAgreedBy)}; silence is no agreement.`]),
    ...(lateChangesBy.length === 0 ? [] : [`Once others were told, only ${someOf(lateChangesBy)} moves the date.`]),
    restartFor.length === 0 ? 'Its count is never begun again.' : `Its count may begin again for: ${restartFor.map(plain).join(', ')}.`,
    ...Object.entries(endsEarlyOn).map(([fact, then]) =>
      then === 'publish'
        ? `It ends at once when the flaw is ${plain(fact)}.`
        : `When the flaw is ${plain(fact)}, people decide whether it ends.`,
    ),
    'It ends at once when the flaw or an exploit is public.',
    policy.embargo.atEndWithoutFix === 'publish'
      ? 'At its end the case is published, fixed or not.'
      : 'At its end without a fix, people decide; they are called until they do.',
    ...(policy.clocks.warnBeforeEnd.length === 0
      ? []
      : [`Those responsible are warned before its end: ${policy.clocks.warnBeforeEnd.map(durationText).join(', ')}.`]),
  ];
}

function usual(mode: Policy['embargo']['mode'], length: string): string {
  return mode === 'by_default'
    ? `It lasts ${length} unless another date is agreed.`
    : `Where it is granted, it is for up to ${length} at first.`;
}

/** A rung that asks for nothing has been said as the usual length, unless it is the last. */
function rungText(rung: Policy['embargo']['length'][number], isLast: boolean): readonly string[] {
  const asks = conditionsText(rung);
  const start = rung.granted === 'at_start' ? ', as the first date alone' : '';
  const text = `Up to ${durationText(rung.upTo)}${start}${asks === '' ? '' : `: ${asks}`}.`;
  if (isLast) return [`${text} Nothing goes beyond that, restarts included.`];
  return asks === '' && start === '' ? [] : [text];
}

/** Whose second word a step takes: nobody approves what is their own. */
export function approvalSentences({ reviews, disclosure }: Policy): readonly string[] {
  const { patch, backport, impact, advisory, publication, redaction, policyChange } = reviews;
  return [
    ...said(patch, `A patch, before ${patch?.before ?? 'disclosure'}`),
    ...said(backport, 'A backport'),
    ...said(impact, 'The description of the impact'),
    ...said(advisory, 'The advisory'),
    publication === null
      ? 'One person alone may release the publication.'
      : `The publication is released by one person and ${whose(publication)}.`,
    redaction === null
      ? 'One person alone may strike something out of the record.'
      : `What is struck out of the record is proposed by one person and approved by ${whose(redaction)}.`,
    policyChange === null
      ? 'One person alone may change this policy.'
      : `This policy is changed by one person’s proposal and the acceptance of ${whose(policyChange)}.`,
    {
      required: 'An approval needs a test on record.',
      expected: 'An approval without a test on record is marked.',
      optional: 'Tests are not asked for.',
    }[reviews.tests],
    ...(disclosure.togetherWith.length === 0
      ? []
      : [`These disclose at the same hour and say that they are ready: ${allOf(disclosure.togetherWith)}.`]),
  ];
}

function said(review: Review | null, what: string): readonly string[] {
  return review === null ? [] : [`${what}: approved by ${whose(review)}, never by its author.`];
}

function whose(review: Review): string {
  if (review.kind === 'each_of') return `one person each of ${allOf(review.eachOf)}`;
  return `${review.approvals === 1 ? 'another person' : `${review.approvals} other people`} of ${someOf(review.by)}`;
}

/** Who is told before the public, when, and what they may do with it. */
export function downstreamSentences(policy: Policy): readonly string[] {
  const { parties, leadTime, toldWithin, maySay, mayDeploy, mayShareWith, screening, proposal } = policy.downstream;
  if (parties.length === 0) return ['Nobody outside is told before the public.'];
  const lead = leadTime === null ? null : durationText(leadTime.most);
  const least =
    leadTime?.least === 'at once' || leadTime === null
      ? ''
      : leadTime.least.amount === (leadTime.most as typeof leadTime.least).amount
        ? ''
        : `${leadTime.least.amount} to `;
  const asks = conditionsText(policy.downstream);
  return [
    ...parties.map(
      ({ name, to, sent, limit, duties }) =>
        `Told before the public: ${name}${to.kind === 'list' ? ` (${to.address})` : ` (members of ${plain(to.role)})`}, ${plain(sent)}.${limit === null ? '' : ` It accepts at most ${durationText(limit)} from its first mail.`}${duties.length === 0 ? '' : ` Its rules ask of us: ${duties.map(plain).join(', ')}.`}`,
    ),
    ...(lead === null ? [] : [`They are told ${least}${lead} ahead.`]),
    ...(toldWithin === null ? [] : [`They are told within ${durationText(toldWithin.duration)} from ${plain(toldWithin.from)}.`]),
    ...(asks === '' ? [] : [`They are told ${asks}.`]),
    maySay.length === 0 ? 'They say nothing of it in public before the date.' : `In public they may say: ${maySay.map(plain).join(', ')}.`,
    {
      after_disclosure: 'They deploy the fix only once the case is public.',
      before_disclosure: 'They may deploy the fix before the case is public.',
      as_the_notice_says: 'Whether they may deploy the fix before the date is said in the notice.',
    }[mayDeploy],
    mayShareWith === 'nobody' ? 'They share it with nobody.' : 'They share it with the other parties that were told, and nobody else.',
    ...(screening === 'recorded'
      ? ['For each of them a person decides whether they may get private material, and that is on record.']
      : []),
    ...(proposal === 'recorded' ? ['Nobody is told by default: somebody says for each of them why they are told.'] : []),
  ];
}
