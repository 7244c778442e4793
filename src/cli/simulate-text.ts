// SPDX-License-Identifier: Apache-2.0
// A simulation as a maintainer reads it: day by day what happened, what it changed, what was sent or refused, and what comes next.

import { moment } from '../app/simulate/standing.ts';
import type { Entry, Sent, Transcript } from '../app/simulate/transcript.ts';
import type { ActionKind } from '../core/model/action.ts';
import type { Refusal } from '../core/model/refusal.ts';
import type { Instant } from '../core/model/time.ts';
import { rowOf } from '../core/process/table.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
/** Deadlines shown after each day. */
const mostComing = 4;
const indent = '       ';

/** Lines without line ends. */
export function transcriptLines(transcript: Transcript): readonly string[] {
  const { policy, about, codename, entries, until, end, cases } = transcript;
  const told = runs(entries);
  const days = Map.groupBy(told, ({ entry }) => dayOf(entry.at, policy.zone));
  return [
    `${policy.title} (${policy.name}, version ${policy.version})`,
    ...(about === null ? [] : [about.trim()]),
    ...(cases.length === 0
      ? [`The case is called ${codename}. Times are in ${policy.zone}.`]
      : [`The cases are called ${cases.map((one) => `${one.case}: ${one.codename}`).join(', ')}. Times are in ${policy.zone}.`]),
    ...[...days].flatMap(([day, ofDay], index) => dayLines(day, ofDay, [...days.values()][index - 1], policy.zone)),
    '',
    `At the end, ${moment(until, policy.zone)}`,
    ...end.map(({ what, to }) => `  ${what}: ${to}`),
    ...cases.flatMap((one) => [`  ${one.case}`, ...one.end.map(({ what, to }) => `    ${what}: ${to}`)]),
    ...(end.length + cases.length === 0 ? ['  there is no case'] : []),
  ];
}

/** An entry, and how often each clock called again until something else happened. */
interface Run {
  readonly entry: Entry;
  readonly again: readonly { readonly clock: string; readonly times: number; readonly last: Instant }[];
}

/** The first call of each clock is told in full; those that come again are counted, below whatever happened last. */
function runs(entries: readonly Entry[]): readonly Run[] {
  const told: { entry: Entry; again: Map<string, { times: number; last: Instant }> }[] = [];
  const heard = new Set<string>();
  for (const entry of entries) {
    const clock = entry.does === 'remind' ? `${entry.clock ?? ''}${entry.case === null ? '' : `, ${entry.case}`}` : null;
    const last = told.at(-1);
    if (clock === null || !heard.has(clock) || last === undefined) told.push({ entry, again: new Map() });
    else last.again.set(clock, { times: (last.again.get(clock)?.times ?? 0) + 1, last: entry.at });
    if (clock !== null) heard.add(clock);
  }
  return told.map(({ entry, again }) => ({ entry, again: [...again].map(([clock, rest]) => ({ clock, ...rest })) }));
}

/** What comes next is told at the end of a day, when it is not what the day before said. */
function dayLines(day: string, runsOfDay: readonly Run[], before: readonly Run[] | undefined, zone: string): readonly string[] {
  const coming = comingAfter(runsOfDay, zone);
  const known = before === undefined ? [] : comingAfter(before, zone);
  return ['', day, ...runsOfDay.flatMap((run) => runLines(run, zone)), ...(coming.join() === known.join() ? [] : coming)];
}

function comingAfter(runsOfDay: readonly Run[], zone: string): readonly string[] {
  const last = new Map(runsOfDay.map(({ entry }) => [entry.case, entry]));
  return [...last.values()].flatMap((entry) => comingLines(entry, zone));
}

function runLines({ entry, again }: Run, zone: string): readonly string[] {
  return [
    ...entryLines(entry, zone),
    ...again.map(
      ({ clock, times, last }) => `${indent}${clock} again, ${times === 1 ? 'once' : `${times} times`}, the last at ${moment(last, zone)}`,
    ),
  ];
}

function entryLines(entry: Entry, zone: string): readonly string[] {
  const time = moment(entry.at, zone).slice(11, 16);
  const { label } = rowOf(entry.does as ActionKind);
  const who = entry.who === 'process' ? (entry.clock === null ? 'the process' : `the clock ${entry.clock}`) : entry.who;
  return [
    `  ${time}  ${who}${entry.case === null ? '' : `, ${entry.case}`}: ${label} (${entry.does})`,
    ...(entry.refused === null ? [] : refusalLines(entry.refused)),
    ...entry.deviations.map((gate) => `${indent}past a rule, with a reason on record: ${gate}`),
    ...entry.changes.map(({ what, to }) => `${indent}${what}: ${to}`),
    ...sentLines(entry.sent),
    ...(entry.refused === null && entry.changes.length + entry.sent.length === 0 ? [`${indent}done`] : []),
  ];
}

/** One line for each notice, with everybody who gets it. */
function sentLines(sent: readonly Sent[]): readonly string[] {
  const notices = Map.groupBy(sent, ({ notice, subject }) => `${notice}: “${subject}”`);
  return [...notices].map(([notice, copies]) => `${indent}mail to ${copies.map(({ to }) => to).join(', ')}: ${notice}`);
}

function refusalLines(refusal: Refusal): readonly string[] {
  return sentences(refusal).map((sentence) => `${indent}refused: ${sentence}`);
}

function sentences(refusal: Refusal): readonly string[] {
  switch (refusal.kind) {
    case 'not_found':
      return ['No such case, as far as they can see.'];
    case 'not_permitted':
    case 'prove_again':
    case 'wrong_state':
      return [refusal.sentence];
    case 'gates':
      return refusal.unmet.map(({ gate, strength, sentence }) =>
        strength === 'must' ? `${sentence} [${gate}]` : `${sentence} [${gate}; a reason on record would do]`,
      );
    case 'invalid':
      return [`${refusal.field}: ${refusal.sentence}`];
    case 'conflict':
      return ['Somebody else changed the case meanwhile.'];
  }
}

function comingLines({ case: name, coming, cap }: Entry, zone: string): readonly string[] {
  const rows = coming
    .slice(0, mostComing)
    .map(({ at, clock, does }) => `${moment(at, zone)}  ${clock}${does === 'remind' ? '' : ` (${does})`}`);
  const latest = cap === null ? [] : [`${moment(cap.at, zone)}  the latest lawful instant, by ${cap.source}`];
  const more = coming.length - rows.length;
  const all = [...rows, ...(more > 0 ? [`and ${more} more`] : []), ...latest];
  const of = name === null ? '' : `, ${name}`;
  return all.length === 0 ? [`  no clock runs${of}`] : [`  next${of}`, ...all.map((row) => `    ${row}`)];
}

function dayOf(at: Instant, zone: string): string {
  const date = moment(at, zone).slice(0, 10);
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return `${weekdays[(day + 6) % 7]} ${date}`;
}
