// SPDX-License-Identifier: Apache-2.0
// Writes docs/asvs.md from docs/asvs.yaml: what is claimed, totals, and one table for each chapter. Pure; the same data give the same page.

import {
  type Chapter,
  chapters,
  coveredOf,
  type Evidence,
  type Level,
  type Requirement,
  requirementsOf,
  type Status,
  statuses,
} from './asvs.ts';

const words: Readonly<Record<Status, string>> = { met: 'met', partly: 'partly', not_met: 'not met', not_applicable: 'not applicable' };
const levels: readonly Level[] = [1, 2, 3];

export function asvsPage(all: readonly Requirement[]): string {
  const told = chapters.filter((one) => coveredOf(one).length > 0);
  return [head, claim(all), byChapter(all), byLevel(all), missing(all), ...told.map((one) => chapterPart(one, all))]
    .join('\n\n')
    .concat('\n');
}

const head = `# OWASP ASVS 5.0

> Generated from [asvs.yaml](asvs.yaml); a test compares. \`UPDATE_GOLDEN=1 npm test test/asvs.test.ts\` writes it anew.`;

function claim(all: readonly Requirement[]): string {
  const count = (status: Status) => all.filter((one) => one.status === status).length;
  const whole = chapters.filter(({ covered }) => covered === 'all').map(({ number }) => `V${number}`);
  const numbers = chapters.flatMap(requirementsOf).length;
  return `The Application Security Verification Standard lists what an application has to do to be safe, in three levels. This page says, requirement by requirement, how Daylight stands to version 5.0.0.

**What is claimed.** ${sentenceList(whole)} are looked at whole, of the other chapters level 1: ${all.length} of ${numbers} requirements. ${count('met')} are met, ${count('partly')} partly,
${count('not_met')} are not, and ${count('not_applicable')} are about something that Daylight does not have. What is met is shown by a test of this repository, named beside it, or by words that stand in a file.

**What is not.** This is a self-assessment: no assessor has looked at it, and no level is claimed. A test shows what it does and no more; that it shows enough is our judgement. The requirements of levels 2 and 3 in the other
chapters have not been looked at. How an installation is operated, its proxy, its certificates, its machine, is not ours to claim. The subjects below are our words and say only what a requirement is about; what it asks is
read in [the standard](https://github.com/OWASP/ASVS/tree/v5.0.0).`;
}

function sentenceList(all: readonly string[]): string {
  return `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

function byChapter(all: readonly Requirement[]): string {
  const rows = chapters.map((one) => {
    const own = all.filter((requirement) => requirement.chapter === one.number);
    const looked = typeof one.covered === 'object' ? 'none' : one.covered;
    return [`V${one.number} ${one.title}`, looked, ...countsOf(own), `${requirementsOf(one).length - own.length}`];
  });
  const apart = chapters.flatMap(({ number, covered }) =>
    typeof covered === 'object' ? [`V${number} is not applicable: ${covered.none}`] : [],
  );
  const total = ['**all**', '', ...countsOf(all), String(chapters.flatMap(requirementsOf).length - all.length)];
  return `## By chapter\n\n${tableOf(['chapter', 'looked at', ...statuses.map((status) => words[status]), 'not looked at'], [...rows, total])}\n\n${apart.join('\n')}`;
}

function byLevel(all: readonly Requirement[]): string {
  const rows = levels.map((level) => [`level ${level}`, ...countsOf(all.filter((one) => one.level === level))]);
  return `## By level\n\n${tableOf(['level', ...statuses.map((status) => words[status])], rows)}`;
}

function countsOf(some: readonly Requirement[]): readonly string[] {
  return statuses.map((status) => String(some.filter((one) => one.status === status).length));
}

function missing(all: readonly Requirement[]): string {
  const lines = all
    .filter(({ status }) => status === 'not_met')
    .map(({ id, level, subject, reason }) => `- **${id}** (level ${level}) ${subject}. ${reason}`);
  return `## What is not met\n\n${lines.join('\n')}`;
}

function chapterPart(one: Chapter, all: readonly Requirement[]): string {
  const own = all.filter((requirement) => requirement.chapter === one.number);
  const rows = own.map(({ id, level, subject, status, reason, tests, facts }) => [
    id,
    String(level),
    subject,
    words[status],
    [...(reason === null ? [] : [reason]), ...tests.map(testCell), ...facts.map(factCell)].join('<br>'),
  ]);
  const part = one.covered === 'all' ? '' : ', level 1';
  return `## V${one.number} ${one.title}${part}\n\n${tableOf(['', 'level', 'subject', 'status', 'why, and what shows it'], rows)}`;
}

function testCell({ file, words: name }: Evidence): string {
  return `[${file.replace(/^test\/|\.test\.ts$/g, '')}](../${file}): *${name}*`;
}

/** Words of a file, as code where they hold no code mark of their own. */
function factCell({ file, words: said }: Evidence): string {
  return `[${file}](../${file}): ${said.includes('`') ? `“${said}”` : `\`${said}\``}`;
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
