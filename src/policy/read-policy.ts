// SPDX-License-Identifier: Apache-2.0
// Reads a policy file: text in, a resolved policy or the list of what is the matter out. No file is opened here.

import type { Policy } from '../core/policy/policy.ts';
import { resolve } from './derived.ts';
import { type Finding, findings } from './issues.ts';
import { lint } from './lint.ts';
import { origins, splitOrigins } from './origins.ts';
import { byLine, isFatal, type Problem } from './problem.ts';
import { policyFile } from './schema.ts';
import { type Lines, readTree, type Tree } from './tree.ts';
import { isMap, withoutUndecided } from './undecided.ts';

export type ReadPolicy = { readonly policy: Policy } | { readonly problems: readonly Problem[] };

export interface Examined {
  /** Null when the text cannot be read as a policy. */
  readonly policy: Policy | null;
  /** In the order of the lines. */
  readonly problems: readonly Problem[];
  /** Where in the file a key stands, or would. */
  readonly lineOf: (key: string) => number;
}

/** The policy in `text`, or every error and contradiction in it; `file` is the name that problems carry. */
export function readPolicy(file: string, text: string): ReadPolicy {
  const { policy, problems } = examinePolicy(file, text);
  const fatal = problems.filter(isFatal);
  return policy === null || fatal.length > 0 ? { problems: fatal } : { policy };
}

/** Everything that the linter has to say, gaps and notes included; the policy too where it can be resolved, contradictory or not. */
export function examinePolicy(file: string, text: string): Examined {
  const { tree, lines, flaws } = readTree(text);
  if (flaws.length > 0) return failed(flaws.map((flaw) => ({ file, kind: 'error', ...flaw })));
  if (!isMap(tree)) return failed([{ file, line: 1, kind: 'error', key: '', message: notAMap(tree) }]);
  if ('play' in tree && !('daylight' in tree))
    return failed([{ file, line: lines.at('play'), kind: 'error', key: 'play', message: aScript }]);
  const parsed = parse(tree);
  if ('found' in parsed) return failed(problemsOf(file, lines, parsed.found));
  return { policy: parsed.policy, problems: byLine(lint(file, parsed.policy, lines)), lineOf: lines.at };
}

function parse(tree: { readonly [key: string]: Tree }): { readonly policy: Policy } | { readonly found: readonly Finding[] } {
  const { given, rest } = splitOrigins(tree);
  const decided = withoutUndecided(rest);
  const sections = policyFile.safeParse(decided.tree);
  const reasons = origins.safeParse(given);
  if (sections.success && reasons.success) return { policy: resolve(sections.data, reasons.data, decided.unspecified) };
  return {
    found: [sections, reasons]
      .flatMap((result) => (result.success ? [] : findings(result.error)))
      .map((found) => required(found, decided.unspecified)),
  };
}

/** A required key that is `unspecified` was taken off before, and would be called missing. */
function required(finding: Finding, unspecified: readonly string[]): Finding {
  return unspecified.includes(finding.key)
    ? { key: finding.key, message: `${finding.key} is required and cannot be unspecified.` }
    : finding;
}

function problemsOf(file: string, lines: Lines, found: readonly Finding[]): readonly Problem[] {
  return byLine(found.map(({ key, message }) => ({ file, line: lines.at(key), kind: 'error', key, message })));
}

function failed(problems: readonly Problem[]): Examined {
  return { policy: null, problems, lineOf: () => 1 };
}

const aScript = 'this is a script for `policy simulate`, no policy; give it as --script. A policy begins with `daylight: 1`.';

function notAMap(tree: Tree): string {
  if (tree === null) return 'the file is empty; a policy begins with `daylight: 1`.';
  return 'the file is no map of sections; a policy begins with `daylight: 1`.';
}
