// SPDX-License-Identifier: Apache-2.0
// `daylight lint commits`: what the messages of a series lack under a policy, line by line. No server and no database.

import { parseArgs } from 'node:util';
import type { Finding } from '../core/commits/lint.ts';
import { lintCommits, passes, trailerNames } from '../core/commits/lint.ts';
import { rulesOf } from '../core/commits/of-branch.ts';
import type { LoggedCommit } from '../core/commits/series.ts';
import { factsOf } from '../core/commits/series.ts';
import { type CveId, cveId } from '../core/model/identifiers.ts';
import type { Policy } from '../core/policy/policy.ts';
import { policyNamed } from './named-policy.ts';

export interface LintIo {
  out(line: string): void;
  err(line: string): void;
  /** @throws Error when the file cannot be read. */
  readPath(path: string): Promise<string>;
  /** Commits of a range, oldest first, or what git says where there is none. */
  commits(folder: string, range: string): Promise<readonly LoggedCommit[] | { readonly failure: string }>;
  readonly policyFolder: string;
}

const usage = [
  'daylight lint commits master..fix --policy qemu-2026 --issue https://gitlab.com/qemu-project/qemu/-/issues/1234',
  'daylight lint commits v1..HEAD --repo ../qemu --policy ours.yaml --issue URL --cve CVE-2026-1234 --cve CVE-2026-1235 --json',
  '',
  'A range as git reads it; a name alone stands for what has come since. The repository is this folder unless --repo names another.',
];

interface Asked {
  readonly range: string;
  readonly repo: string;
  readonly policy: string;
  readonly issue: string;
  readonly numbers: readonly CveId[];
  readonly json: boolean;
}

const signOffMissing = 'Signed-off-by is missing.';

interface Linted {
  readonly id: string;
  readonly subject: string;
  readonly findings: readonly { readonly level: Finding['level']; readonly sentence: string }[];
}

/** The exit code: 0 nothing is missing, 2 usage, 3 no such repository, range or policy, 5 something that the policy asks is missing. */
export async function lint(args: readonly string[], io: LintIo): Promise<number> {
  if (args.includes('--help') || args[0] === 'help') {
    for (const line of usage) io.out(line);
    return 0;
  }
  const asked = parse(args);
  if (typeof asked === 'string') {
    io.err(`daylight lint: ${asked}; see daylight lint --help`);
    return 2;
  }
  const policy = await policyNamed(asked.policy, io);
  if (policy === undefined) {
    io.err(`no usable policy ${asked.policy}; daylight policy list names the presets`);
    return 3;
  }
  const commits = await io.commits(asked.repo, asked.range);
  if ('failure' in commits || commits.length === 0) {
    io.err(`${asked.repo}: ${'failure' in commits ? commits.failure : `${asked.range} holds no commit`}`);
    return 3;
  }
  return tell(commits, policy, asked, io);
}

function tell(commits: readonly LoggedCommit[], policy: Policy, { issue, numbers, json }: Asked, io: LintIo): number {
  const rules = rulesOf(policy);
  const facts = commits.map((commit) => factsOf(commit, issue, trailerNames(rules)));
  const found = lintCommits(facts, rules, { numbers, issue });
  const linted = commits.map((commit, index): Linted => {
    const own = found.filter(({ commit: place }) => place === index + 1);
    const lines = own.map(({ level, sentence }) => ({ level, sentence }));
    const unsigned = { level: 'fails' as const, sentence: `This line is missing: Signed-off-by: ${commit.author}` };
    const rest = lines.filter(({ sentence }) => sentence !== signOffMissing);
    return { id: commit.id, subject: commit.subject, findings: rest.length < lines.length ? [unsigned, ...rest] : lines };
  });
  const series = found.filter(({ commit }) => commit === null).map(({ level, sentence }) => ({ level, sentence }));
  if (json) io.out(JSON.stringify({ policy: policy.name, passes: passes(found), commits: linted, series }, null, 2));
  else for (const line of written(linted, series)) io.out(line);
  return passes(found) ? 0 : 5;
}

function written(linted: readonly Linted[], series: Linted['findings']): readonly string[] {
  const line = ({ level, sentence }: Linted['findings'][number]) => `  ${level === 'fails' ? '[missing]' : '[warn]   '} ${sentence}`;
  return [
    ...linted.flatMap(({ id, subject, findings }) => [
      `${id.slice(0, 12)} ${subject}`,
      ...(findings.length === 0 ? ['  [ok]'] : findings.map(line)),
    ]),
    ...(series.length === 0 ? [] : ['the series', ...series.map(line)]),
  ];
}

function parse(args: readonly string[]): Asked | string {
  const [verb, ...rest] = args;
  if (verb !== 'commits') return verb === undefined ? 'expected the verb commits' : `lint has no verb ${verb}; expected commits`;
  try {
    const { values, positionals } = parseArgs({ args: rest, allowPositionals: true, options });
    const [range] = positionals;
    const { policy, issue, repo = '.', cve = [], json = false } = values;
    const numbers = cve.flatMap((one) => cveId(one) ?? []);
    if (range === undefined || positionals.length > 1) return 'expected one range, such as master..fix';
    if (policy === undefined) return '--policy: expected a preset or a policy file';
    if (issue === undefined || issue.trim() === '') return '--issue: expected the address of the issue';
    if (numbers.length < cve.length) return `--cve: expected CVE-YEAR-NUMBER, not ${cve.find((one) => cveId(one) === undefined)}`;
    return { range, repo, policy, issue, numbers, json };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return error.message.split('. ')[0] ?? '';
  }
}

const options = {
  repo: { type: 'string' },
  policy: { type: 'string' },
  issue: { type: 'string' },
  cve: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;
