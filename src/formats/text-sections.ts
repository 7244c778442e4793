// SPDX-License-Identifier: Apache-2.0
// The parts of the text form that every layout shares; a part without lines is left out.

import type { Advisory, Credit, Reference, Severity, Ssvc } from '../core/model/advisory.ts';
import type { Prose } from '../core/model/prose.ts';
import { isAffected } from './affected.ts';
import { bugAddress, type Publisher } from './publisher.ts';
import {
  byKind,
  creditWords,
  exploitationWords,
  referenceWords,
  spoken,
  spokenBug,
  spokenCredit,
  spokenJudge,
  spokenLevel,
  spokenListing,
  spokenWeakness,
} from './words.ts';
import { pageWidth, rows, wrap, wrapProse } from './wrap.ts';

export type Lines = (advisory: Advisory, publisher: Publisher) => readonly string[];

export type SectionName = keyof typeof sections;

export interface TextLayout {
  /** Everything above the first section. */
  readonly head: Lines;
  readonly order: readonly SectionName[];
  /** Titles other than the usual ones. */
  readonly titles: Readonly<Partial<Record<SectionName, string>>>;
  /** Sections that the layout writes in its own way. */
  readonly own: Readonly<Partial<Record<SectionName, Lines>>>;
}

/** Below labels that end here, values stand in the column after `: `. */
export const labelColumn = 12;

/** The same for the facts at the head. */
export const headColumn = 14;

/** What stands where an advisory says that nothing helps; the notices of libvirt use the same words. */
export const noneKnown = 'There is no known workaround for this issue.' as Prose;

export const sections = {
  withdrawn: { title: 'Withdrawn', lines: (advisory: Advisory) => text(advisory.withdrawn) },
  summary: { title: 'Summary', lines: (advisory: Advisory) => text(advisory.summary) },
  conditions: { title: 'Am I affected?', lines: (advisory: Advisory) => conditions(advisory) },
  detection: { title: 'How to tell', lines: (advisory: Advisory) => text(advisory.detection) },
  solution: { title: 'What to do', lines: (advisory: Advisory) => text(advisory.solution) },
  workarounds: { title: 'Workaround', lines: (advisory: Advisory) => workarounds(advisory, pageWidth) },
  description: { title: 'Description', lines: (advisory: Advisory) => text(advisory.description) },
  impact: { title: 'Impact', lines: (advisory: Advisory) => text(advisory.impact) },
  exploitation: { title: 'Exploited', lines: (advisory: Advisory) => exploitation(advisory) },
  severity: { title: 'Severity', lines: (advisory: Advisory) => severity(advisory) },
  products: { title: 'Affected product', lines: (): readonly string[] => [] },
  credits: { title: 'Credit', lines: (advisory: Advisory, publisher: Publisher) => creditLines(advisory.credits ?? [], publisher) },
  numbers: { title: 'Numbers', lines: (advisory: Advisory) => numbers(advisory) },
  timeline: { title: 'Timeline', lines: (advisory: Advisory) => timeline(advisory) },
  references: {
    title: 'References',
    lines: (advisory: Advisory, publisher: Publisher) => referenceLines(advisory.references ?? [], publisher),
  },
  notes: { title: 'Notes', lines: (advisory: Advisory) => parted(advisory.notes ?? []) },
  errata: { title: 'Versions', lines: (advisory: Advisory) => errata(advisory) },
} satisfies Readonly<Record<string, { readonly title: string; readonly lines: Lines }>>;

function text(prose: Prose | undefined): readonly string[] {
  return prose === undefined ? [] : wrapProse(prose, pageWidth);
}

function parted(all: readonly Prose[], width = pageWidth): readonly string[] {
  return all.flatMap((each, at) => (at === 0 ? wrapProse(each, width) : ['', ...wrapProse(each, width)]));
}

const affectedVersion = 'you run an affected version, as listed below;' as Prose;

function conditions(advisory: Advisory): readonly string[] {
  const versions = advisory.products.some(isAffected) ? [affectedVersion] : [];
  const all = [...versions, ...(advisory.conditions ?? [])];
  if (advisory.conditions === undefined) return [];
  const numbered = all.flatMap((each, at) => hanging(wrapProse(each, pageWidth - 4), `${at + 1}.`.padEnd(4)));
  return [all.length === 1 ? 'Only if this holds:' : 'Only if all of these hold:', '', ...numbered];
}

export function workarounds(advisory: Advisory, width: number): readonly string[] {
  if (advisory.workarounds === undefined) return [];
  return advisory.workarounds === 'none-known' ? [noneKnown] : parted(advisory.workarounds, width);
}

function exploitation(advisory: Advisory): readonly string[] {
  if (advisory.exploitation === undefined) return [];
  const { status, note } = advisory.exploitation;
  const words = exploitationWords[status];
  return [`${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`, ...(note === undefined ? [] : ['', ...text(note)])];
}

function severity(advisory: Advisory): readonly string[] {
  const weaknesses = (advisory.cwes ?? []).map(spokenWeakness);
  return [
    ...(advisory.severity ?? []).flatMap(severityLines),
    ...rows('Weakness', weaknesses, labelColumn),
    ...rows('Pattern', advisory.attackPatterns ?? [], labelColumn),
    ...(advisory.ssvc ?? []).flatMap(ssvcLines),
  ];
}

function severityLines(each: Severity): readonly string[] {
  const vector =
    each.vector === undefined
      ? []
      : [each.vector.value.startsWith('CVSS:') ? each.vector.value : `${each.vector.system}/${each.vector.value}`];
  return [
    ...rows('Severity', [`${spokenLevel(each)}, by ${spokenJudge(each)}${each.cve === undefined ? '' : `, for ${each.cve}`}`], labelColumn),
    ...rows('Vector', vector, labelColumn),
    ...(each.reason === undefined ? [] : ['', ...text(each.reason), '']),
  ];
}

function ssvcLines(each: Ssvc): readonly string[] {
  const by = [each.by, each.role, each.version && `version ${each.version}`, each.at && spoken(each.at), each.cve]
    .filter(Boolean)
    .join(', ');
  const points = each.points.map((point) => `${point.name}: ${point.value}`);
  return rows('SSVC', [...(each.decision === undefined ? [] : [`Decision: ${each.decision}`]), ...points, `by ${by}`], labelColumn);
}

export function creditLines(credits: readonly Credit[], publisher: Publisher): readonly string[] {
  return byKind(creditWords, credits).flatMap(([word, some]) =>
    rows(
      word,
      some.map((each) => spokenCredit(each, publisher)),
      labelColumn + 2,
    ),
  );
}

function numbers(advisory: Advisory): readonly string[] {
  const described = (advisory.cves ?? []).filter(
    (each) => each.title !== undefined || each.note !== undefined || spokenListing(each) !== undefined,
  );
  return described.flatMap((each, at) => [
    ...(at === 0 ? [] : ['']),
    ...wrap([each.id, each.title].filter(Boolean).join(': '), pageWidth),
    ...wrapAll(spokenListing(each)),
    ...(each.note === undefined ? [] : ['', ...text(each.note)]),
  ]);
}

function wrapAll(words: string | undefined): readonly string[] {
  return words === undefined ? [] : wrap(words, pageWidth);
}

function timeline(advisory: Advisory): readonly string[] {
  const steps = (advisory.timeline ?? []).map((step) => ({ at: spoken(step.at), text: step.text }));
  const margin = Math.max(...steps.map(({ at }) => at.length)) + 2;
  return steps.flatMap(({ at, text }) => hanging(wrap(text, pageWidth - margin), at.padEnd(margin)));
}

/** `lines` beside the margin that `mark` fills. */
function hanging(lines: readonly string[], mark: string): readonly string[] {
  return lines.map((each, at) => (each === '' ? '' : (at === 0 ? mark : ' '.repeat(mark.length)) + each));
}

export function referenceLines(references: readonly Reference[], publisher: Publisher): readonly string[] {
  return byKind(referenceWords, references).flatMap(([word, some]) =>
    rows(
      word,
      some.flatMap((each) => oneReference(each, publisher)),
      labelColumn,
    ),
  );
}

function oneReference(each: Reference, publisher: Publisher): readonly string[] {
  const bug = spokenBug(each);
  const address = each.url ?? (each.tracker === undefined ? undefined : bugAddress(each.tracker, each.id ?? '', publisher));
  const named = [each.branch, each.title, bug, each.tags?.join(', ')].filter((part) => part !== undefined).join(', ');
  return [...(named === '' ? [] : [named]), ...(address === undefined ? [] : [address])];
}

function errata(advisory: Advisory): readonly string[] {
  const latest = (advisory.errata ?? []).toReversed();
  return latest.flatMap((each, at) => [
    ...(at === 0 ? [] : ['']),
    `Version ${each.version}, ${spoken(each.date)}`,
    ...(each.reason === undefined ? [] : text(each.reason)),
  ]);
}
