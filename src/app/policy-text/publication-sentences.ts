// SPDX-License-Identifier: Apache-2.0
// What becomes public beside the day and the place: advisories, credit, proofs of concept, figures; and who counts the days, and what programs may do.

import type { Policy } from '../../core/policy/policy.ts';
import { durationText } from '../../core/policy/quantities.ts';
import { allOf, conditionsText } from './conditions.ts';
import { plain } from './plain.ts';

/** What holds up a publication, beside its day. */
export function releaseSentences({ disclosure, clocks }: Policy): readonly string[] {
  const { promised, postedTo, whenAlreadyPublic, unfixed } = disclosure;
  const asks = conditionsText(disclosure);
  const unfixedAsks = conditionsText(unfixed);
  return [
    ...(asks === '' ? [] : [`It is published ${asks}.`]),
    ...(promised === null
      ? []
      : [`We promise it within ${durationText(promised.duration)} from ${plain(promised.from)}; when we miss that, the figures say so.`]),
    ...(postedTo === null ? [] : [`Patches are posted to ${postedTo}.`]),
    `What everybody knows already gets its publication ${{ on_receipt: 'when the report arrives', on_confirmation: 'with the confirmation', on_fix: 'with the fix' }[whenAlreadyPublic]}.`,
    unfixed.allowed === 'never'
      ? 'Nothing is published without a fix before its end.'
      : `Without a fix it may be published by choice${clocks.fix === null ? '' : `, ${durationText(clocks.fix)} after the confirmation`}${unfixed.warned === null ? '' : `, with ${durationText(unfixed.warned)} of warning`}${unfixedAsks === '' ? '' : `, ${unfixedAsks}`}.`,
  ];
}

export function advisorySentences({ advisory, publication, clocks }: Policy): readonly string[] {
  const { kind, id, formats, mustContain } = advisory;
  return [
    ...(kind === 'none'
      ? ['There is no advisory of its own.']
      : [
          `Each flaw gets ${kind === 'advisory' ? 'an advisory' : 'a notice'}, numbered ${id}.`,
          `It is written as: ${formats.map(plain).join(', ')}.`,
          `It says at least: ${allOf(mustContain)}.`,
        ]),
    ...(clocks.cveRecord === null ? [] : [`The CVE record follows within ${durationText(clocks.cveRecord)}.`]),
    publication.credit.length === 0
      ? 'No credit is offered.'
      : `Credit is offered to: ${allOf(publication.credit)}; by name, by pseudonym, or declined.`,
    proofs(publication.proofOfConcept),
    publication.reports === 'every_report'
      ? 'Reports that were turned down or taken back are opened, too.'
      : 'Only reports of confirmed flaws are opened.',
    publication.withheld.length === 0 ? 'Nothing is struck out.' : `Struck out with a visible mark: ${allOf(publication.withheld)}.`,
    ...(publication.findings === 'decided'
      ? [
          'Before people say go, or open a case by a verdict, everything in it that looks like a token, a key or somebody’s address is struck out, or kept with a reason.',
        ]
      : []),
    publication.statistics === 'public' ? 'Counts, ages and exceptions are published as figures.' : 'No figures are published.',
  ];
}

function proofs(rule: Policy['publication']['proofOfConcept']): string {
  switch (rule.kind) {
    case 'with_record':
      return 'A proof of concept is opened with the record.';
    case 'reporter_decides':
      return 'Whether a proof of concept is opened is for its reporter to say.';
    case 'withheld':
      return 'A proof of concept is never opened.';
    case 'after_disclosure':
      return `A proof of concept is opened ${durationText(rule.delay)} after the disclosure.`;
  }
}

export function closingSentences({ closing, clocks }: Policy): readonly string[] {
  const asks = conditionsText(closing);
  return [
    `A case is closed once it is public${asks === '' ? '' : `, ${asks}`}.`,
    ...(clocks.mergedButOpen === null ? [] : [`A public case whose fix is merged is closed within ${durationText(clocks.mergedButOpen)}.`]),
  ];
}

/** Which days count, and where (VMT-18). */
export function calendarSentences({ calendar }: Policy): readonly string[] {
  const { zone, businessDays, holidays } = calendar;
  return [
    `Days are counted in ${zone}; business days are ${businessDays.join(', ')}.`,
    ...(holidays.length === 0
      ? []
      : [
          `Never counted, and never a day of disclosure: ${holidays.map(({ from, to }) => (from === to ? from : `${from} to ${to}`)).join(', ')}.`,
        ]),
  ];
}

/** What programs and AI models may do with a case (QEMU-18). */
export function agentSentences({ agents }: Policy): readonly string[] {
  if (agents.allowed === 'nobody') return ['No AI agent is given anything of a case.'];
  return [
    `An AI agent may be granted one task in one case${agents.grantLasts === null ? '' : `, for at most ${durationText(agents.grantLasts)}`}: ${agents.may.length === 0 ? 'none is declared' : agents.may.map(plain).join(', ')}.`,
    'What it writes is marked as machine-made, and counts only once a person accepts it.',
    agents.underEmbargo === 'nothing'
      ? 'While an embargo holds it gets nothing.'
      : 'While an embargo holds it gets nothing until a person opens the case to agents.',
  ];
}

const laws = {
  eu_cra_manufacturer: 'Regulation (EU) 2024/2847, as a manufacturer',
  eu_cra_steward: 'Regulation (EU) 2024/2847, as a steward',
} as const;

export function lawSentences({ boundBy }: Policy): readonly string[] {
  return boundBy.map((law) => `Bound by ${laws[law]}.`);
}
