// SPDX-License-Identifier: Apache-2.0
// The commits of a series against the policy: sign-off, number, issue and trailers, each finding in a sentence.

import type { CveId } from '../model/identifiers.ts';
import type { CommitFacts, TrailerFact } from '../model/patches.ts';
import type { Commits } from '../policy/embargo-rules.ts';

export interface Finding {
  /** `fails` holds `commits_pass` up; `warns` is said and no more. */
  readonly level: 'fails' | 'warns';
  /** Place in the series, from 1; null: the series as a whole. */
  readonly commit: number | null;
  readonly sentence: string;
}

/** What the series is held to: the numbers as far as they are known, and the address of the issue. */
export interface Asked {
  readonly numbers: readonly CveId[];
  readonly issue: string;
}

type Rules = Pick<Commits, 'cve' | 'issueUrl' | 'trailers' | 'placedBefore'>;

/** QEMU-35, QEMU-39, QEMU-45: what the commits lack, in the order of the series. A number that is not known yet is asked of nobody. */
export function lintCommits(commits: readonly CommitFacts[], rules: Rules, asked: Asked): readonly Finding[] {
  if (commits.length === 0)
    return [{ level: 'fails', commit: null, sentence: 'There is no commit message: a patch is sent as git format-patch writes it.' }];
  const findings = commits.flatMap((commit, index) => {
    const last = index === commits.length - 1;
    const must = (rule: 'last_commit' | 'all_commits' | null) => rule === 'all_commits' || (rule === 'last_commit' && last);
    return [
      ...(commit.signedOff ? [] : [lack('Signed-off-by is missing.')]),
      ...(must(rules.cve) ? asked.numbers.filter((one) => !commit.numbers.includes(one)).map((one) => lack(`${one} is missing.`)) : []),
      ...(must(rules.issueUrl) && commit.issue === 'none' ? [lack(`The address of the issue is missing: ${asked.issue}`)] : []),
      ...(last ? trailersOf(commit, rules, asked) : []),
    ].map((finding): Finding => ({ ...finding, commit: index + 1 }));
  });
  return [...findings, ...closesNothing(commits)];
}

/** Whether nothing in the series fails. */
export function passes(findings: readonly Finding[]): boolean {
  return findings.every(({ level }) => level === 'warns');
}

/** Names of the trailers that a policy speaks of. */
export function trailerNames({ trailers, placedBefore }: Rules): readonly string[] {
  return [...new Set([...trailers.map(nameOf), ...placedBefore])];
}

type Found = Omit<Finding, 'commit'>;

function lack(sentence: string): Found {
  return { level: 'fails', sentence };
}

/** The last commit carries each trailer, and before those that follow it. What names a thing that is not known here is left alone. */
function trailersOf({ trailers }: CommitFacts, { trailers: templates, placedBefore }: Rules, { numbers, issue }: Asked): readonly Found[] {
  const wanted = templates.flatMap((template): (TrailerFact & { readonly line: string })[] => {
    const name = nameOf(template);
    if (/\{cve\}/.test(template)) return numbers.map((of) => ({ name, of, line: template.replace('{cve}', of) }));
    return /\{issue_url\}/.test(template) ? [{ name, of: 'issue', line: template.replace('{issue_url}', issue) }] : [];
  });
  const following = trailers.findIndex(({ name }) => placedBefore.includes(name));
  return wanted.flatMap(({ name, of, line }): Found[] => {
    const at = trailers.findIndex((one) => one.name === name && one.of === of);
    if (at < 0) return [lack(`This line is missing: ${line}`)];
    return following >= 0 && following < at
      ? [{ level: 'warns', sentence: `“${line}” stands below ${trailers[following]?.name}; it belongs above.` }]
      : [];
  });
}

/** QEMU-45: an address alone closes nothing when the series is merged. */
function closesNothing(commits: readonly CommitFacts[]): readonly Finding[] {
  if (commits.some(({ issue }) => issue === 'closes') || commits.every(({ issue }) => issue === 'none')) return [];
  const sentence = 'The address stands bare: nothing will close automatically. Write “Resolves:” before it.';
  return [{ level: 'warns', commit: null, sentence }];
}

function nameOf(template: string): string {
  return template.split(':', 1)[0]?.trim() ?? '';
}
