// SPDX-License-Identifier: Apache-2.0
// The rules of intake against one report: what is missing, what is not taken, what it may start as. The form, the API and the preflight ask the same.

import type { Instant } from '../model/time.ts';
import { dated, instant, shifted } from '../model/time.ts';
import type { Policy } from './policy.ts';
import type { ClosedSeason } from './report-rules.ts';
import type { Answers } from './scope.ts';

/** One thing to say about a report, by the name of its field. `missing` and `refused` stop a report by form; `warned` stops nothing. */
export interface Remark {
  readonly about: 'missing' | 'asked' | 'refused' | 'warned';
  readonly field: string;
  readonly sentence: string;
}

export interface OfferedFile {
  readonly name: string;
  readonly bytes: number;
}

/** Answers to required fields that are not there, and to choices that are not offered. A box that has to be ticked is ticked, or it is no answer. */
export function answerRemarks({ intake: { form } }: Policy, answers: Answers, answered: readonly string[]): readonly Remark[] {
  const missing = form.required
    .filter((field) => !answered.includes(field) || (field === 'findings_checked' && denials.includes(said(answers, field).toLowerCase())))
    .map((field): Remark => ({ about: 'missing', field, sentence: `Please fill in “${field}”: this project needs it.` }));
  const asked = form.asked
    .filter((field) => !answered.includes(field) && !form.required.includes(field))
    .map((field): Remark => ({ about: 'asked', field, sentence: `This project asks for “${field}”.` }));
  const unoffered = Object.entries(form.choices)
    .filter(([field, choices]) => said(answers, field) !== '' && !choices.includes(said(answers, field)))
    .map(([field, choices]): Remark => ({ about: 'refused', field, sentence: `Choose one of: ${choices.join(', ')}.` }));
  return [...missing, ...asked, ...unoffered];
}

/** QEMU-M3: what is not taken, by ending, number and size, and what is taken but not liked. */
export function fileRemarks({ intake: { attachments } }: Policy, files: readonly OfferedFile[]): readonly Remark[] {
  const { refused, discouraged, files: most, megabytes } = attachments;
  const tell = (about: Remark['about'], sentence: string): Remark => ({ about, field: 'attachments', sentence });
  return [
    ...(files.length > most ? [tell('refused', `At most ${most} files with one report.`)] : []),
    ...files.flatMap(({ name, bytes }) => [
      ...(bytes > megabytes * 1_000_000 ? [tell('refused', `“${name}” is larger than ${megabytes} MB.`)] : []),
      ...(refused.includes(endingOf(name))
        ? [tell('refused', `This project takes no .${endingOf(name)} files. Add what is in it one by one.`)]
        : []),
      ...(discouraged.includes(endingOf(name)) ? [tell('warned', `Rather than .${endingOf(name)}, add the files one by one.`)] : []),
    ]),
  ];
}

/** The closed season that holds now, unless the report is one of those that get through. */
export function closedSeason({ intake }: Policy, now: Instant, answers: Answers): ClosedSeason | undefined {
  const season = intake.closed.find(({ from, until }) => from.at <= now && now < until.at);
  return season?.except.some((exception) => affirmed(said(answers, exception))) ? undefined : season;
}

/** In closed seasons the form asks for what gets through all the same. */
export function seasonFields({ intake }: Policy): readonly string[] {
  return [...new Set(intake.closed.flatMap(({ except }) => except))];
}

export function closedSentence({ texts }: Policy, season: ClosedSeason): string {
  return texts.closed_season ?? `This project takes no reports until ${dated(season.until.at)}. Please come back then.`;
}

/** What the project says about the version that a flaw has to be shown on; null where any will do (QEMU-M9). */
export function shownOnSentence({ intake: { shownOn } }: Policy): string | null {
  switch (shownOn.kind) {
    case 'any_release':
      return null;
    case 'latest_release':
      return 'Please show it with the latest release.';
    case 'supported_release':
      return 'Please show it with a release that is supported.';
    case 'no_older_than':
      return shownOn.age === 'at once' ? null : `Please show it with a release no older than ${shownOn.age.amount} ${shownOn.age.unit}.`;
  }
}

/**
 * QEMU-1: when a report gets its turn that is number `running` of its reporter's reports of today. Null: at once.
 * What is beyond the number of a day waits for the next, and for the one after that; none is lost.
 */
export function turnOf(running: number, perDay: number | null, now: Instant): Instant | null {
  if (perDay === null || running <= perDay) return null;
  const days = Math.ceil((running - perDay) / perDay);
  return shifted(instant(`${now.slice(0, 10)}T00:00:00Z`), { hours: 24 * days });
}

/** `yes`, or a suspicion. */
export function affirmed(answer: string): boolean {
  return ['yes', 'suspected'].includes(answer.trim().toLowerCase());
}

const denials: readonly string[] = ['no', 'false'];

function said(answers: Answers, field: string): string {
  return Object.hasOwn(answers, field) ? (answers[field] ?? '').trim() : '';
}

/** The last ending of a file's name, lower case; `tar.gz` ends in `gz`. */
function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}
