// SPDX-License-Identifier: Apache-2.0
// What a reporter has to know before they report, and what becomes of a report until it is judged.

import { dated } from '../../core/model/time.ts';
import { shownOnSentence } from '../../core/policy/intake-rules.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { rolesWith } from '../../core/policy/policy.ts';
import { durationText } from '../../core/policy/quantities.ts';
import { allOf, conditionsText, someOf } from './conditions.ts';
import { plain } from './plain.ts';

/** What a report needs, what is asked, what is not taken. */
export function requestSentences({ intake }: Policy): readonly string[] {
  const { form, attachments, unsure, oneFlawEach, reportsPerDay, closed, exposedByMistake } = intake;
  const shown = shownOnSentence({ intake } as Policy);
  return [
    `A report has to say: ${allOf(form.required)}.`,
    ...(form.asked.length === 0 ? [] : [`It helps to say: ${allOf(form.asked)}.`]),
    ...Object.entries(form.choices).map(([field, answers]) => `For ${plain(field)} there are these answers: ${answers.join(', ')}.`),
    `Whoever is not sure whether it is a security matter reports it ${unsure === 'private' ? 'in private' : 'in public'}.`,
    oneFlawEach === 'required' ? 'One report for each flaw: a report with several is split.' : 'One report for each flaw is best.',
    ...(shown === null ? [] : [shown]),
    foundByAi[intake.foundByAi],
    ...(attachments.refused.length === 0 ? [] : [`These files are not taken: ${attachments.refused.map((one) => `.${one}`).join(', ')}.`]),
    ...(attachments.discouraged.length === 0
      ? []
      : [`These files are not liked: ${attachments.discouraged.map((one) => `.${one}`).join(', ')}.`]),
    `At most ${attachments.files} files with one report, each of at most ${attachments.megabytes} MB.`,
    ...(reportsPerDay === null ? [] : [`More than ${reportsPerDay} reports of one reporter in a day wait for the next; none is lost.`]),
    ...closed.map(
      ({ from, until, except }) =>
        `No reports are taken from ${dated(from.at)} to ${dated(until.at)}${except.length === 0 ? '' : `, unless it is ${someOf(except)}`}.`,
    ),
    exposedByMistake === 'hide'
      ? 'A report that was made in public by mistake is hidden, and how long it was seen is on record.'
      : 'A report that was made in public by mistake stays public.',
  ];
}

const foundByAi: Readonly<Record<Policy['intake']['foundByAi'], string>> = {
  private: 'What an AI model found starts like everything else, in private.',
  public: 'What an AI model found starts in public.',
  public_without_reproducer: 'What an AI model found starts in public, without its reproducer.',
  ask: 'Of what an AI model found the reporter is asked whether it starts in public.',
};

/** Who reads a report later, and how mail about it is kept. */
export function readerSentences({ visibility }: Policy): readonly string[] {
  const { whenAdded, cveQueue, mail, mailToReporter } = visibility;
  return [
    ...(whenAdded.length === 0 ? [] : [`Others read it only when a person adds them: ${allOf(whenAdded)}.`]),
    ...(cveQueue.length === 0 ? [] : [`What a CVE number needs is read by: ${allOf(cveQueue)}.`]),
    mail === 'no_content'
      ? 'Mail among the team carries nothing of the report.'
      : 'Mail among the team carries the report only when it is encrypted.',
    mailToReporter === 'as_they_wrote'
      ? 'A reporter is answered as they wrote.'
      : 'A reporter without a key is sent a link, and no text of the case.',
  ];
}

/** Who looks after a case, and what happens when nobody does. */
export function ownerSentences({ ownership, clocks }: Policy): readonly string[] {
  const { routedBy, fallback, unclaimed, escalation, lastResort } = ownership;
  const first = {
    rota: 'Each case has an owner from its first second, by rota.',
    maintainers_file: 'Each case goes first to those who maintain the code; their file says who.',
    codeowners: 'Each case goes first to those who own the code; their file says who.',
    components: 'Each case goes first to those who look after the component.',
  };
  const ladder = [...escalation.map(plain), lastResort ?? 'the first administrator'];
  return [
    first[routedBy],
    ...(routedBy === 'rota' ? [] : [`Where nobody is found, ${plain(fallback)} is asked.`]),
    ...(clocks.claim === null
      ? []
      : [
          `Nobody claims it within ${durationText(clocks.claim)}: it falls to ${unclaimed === 'rota' ? 'the next of the rota' : plain(fallback)}.`,
        ]),
    `An owner who stays silent is followed by: ${ladder.join(', ')}.`,
  ];
}

export function duplicateSentences({ duplicates }: Policy): readonly string[] {
  return [
    {
      that_it_is_known: 'Whoever reports what is known learns that it is known, and no more.',
      the_outcome: 'Whoever reports what is known learns its outcome.',
      the_case: 'Whoever reports what is known reads the case.',
    }[duplicates.reporterLearns],
    duplicates.credit === 'every_reporter' ? 'Everybody who reported it is offered credit.' : 'The first reporter is offered credit.',
    {
      note: 'A second find by somebody else is noted.',
      ask: 'After a second find by somebody else the owner is asked whether to publish now.',
      publish: 'After a second find by somebody else the embargo ends.',
    }[duplicates.rediscovery],
  ];
}

/** What counts as a flaw, beside the scope table; classes and severities. */
export function verdictSentences({ eligibility, severity }: Policy): readonly string[] {
  const { decided, outOfScope, notExploitable, classes } = eligibility;
  const ends = {
    public_bug: 'becomes an ordinary public bug',
    hardening: 'becomes public work on hardening',
    close_publicly: 'is closed in public',
  };
  return [
    decided === 'first'
      ? 'Whether a report is in scope is decided before anything else.'
      : 'Whether a report is in scope is decided with the assessment.',
    `What is out of scope ${ends[outOfScope]}.`,
    `What nobody can misuse ${ends[notExploitable]}.`,
    ...Object.entries(classes).map(
      ([name, { means, handled, publishes, branches }]) =>
        `Class ${name}: ${means.replace(/\.$/, '')}. Handled ${plain(handled)}; publishes ${plain(publishes)}; to be fixed in ${allOf(branches)}.`,
    ),
    {
      at_confirmation: `A severity is recorded with the verdict: ${severity.scale.join(', ')}.`,
      when_a_rule_asks: `A severity is recorded where a rule asks for it: ${severity.scale.join(', ')}.`,
      never: 'This project records no severity.',
    }[severity.required],
    severity.scores.length === 0
      ? 'No scores are published.'
      : `Scores that may be given: ${severity.scores.map((one) => one.replace('_', ' ')).join(', ')}.`,
  ];
}

/** Who holds what, in roles and rights. */
export function roleSentences(policy: Policy): readonly string[] {
  return Object.entries(policy.roles).map(([role, { may, per, admission, from }]) => {
    const joins =
      from.kind === 'invited'
        ? `invited by ${allOf(rolesWith(policy, 'admit'))}`
        : from.kind === 'gitlab_project'
          ? `members of the GitLab project ${from.project}${from.leastRole === null ? '' : `, from ${from.leastRole} on`}`
          : `members of the group ${from.group}`;
    return `${plain(role)}${per === 'project' ? '' : `, one for each ${per}`} (${joins}): ${may.length === 0 ? 'reads' : may.map(plain).join(', ')}.${admission === null ? '' : admissionText(admission)}`;
  });
}

/** How somebody comes to a role that people apply for. */
function admissionText(admission: NonNullable<Policy['roles'][string]['admission']>): string {
  const { applyTo, states, renewedEvery, listed } = admission;
  const asks = conditionsText(admission);
  return [
    applyTo === null ? '' : ` Applications to ${applyTo}.`,
    states.length === 0 ? '' : ` They state: ${allOf(states)}.`,
    asks === '' ? '' : ` Admitted ${asks}.`,
    renewedEvery === null ? '' : ` Confirmed again every ${durationText(renewedEvery)}.`,
    ` Its members are listed ${listed}.`,
  ].join('');
}
