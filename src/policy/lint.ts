// SPDX-License-Identifier: Apache-2.0
// The linter: one table of checks over a resolved policy. A new check is one entry in one of the lists under checks/.

import type { Policy } from '../core/policy/policy.ts';
import { adviceChecks } from './checks/advice.ts';
import { agreementChecks } from './checks/agreement.ts';
import { calendarChecks } from './checks/calendar.ts';
import type { Check } from './checks/check.ts';
import { conditionChecks } from './checks/conditions.ts';
import { courseChecks } from './checks/course.ts';
import { nameChecks } from './checks/names.ts';
import { reachChecks } from './checks/reach.ts';
import { rightChecks } from './checks/rights.ts';
import { textChecks } from './checks/texts.ts';
import { timeChecks } from './checks/times.ts';
import { baselineChecks, undecidedChecks } from './checks/undecided.ts';
import type { Problem } from './problem.ts';
import type { Lines } from './tree.ts';

export const checks: readonly Check[] = [
  ...nameChecks,
  ...rightChecks,
  ...reachChecks,
  ...conditionChecks,
  ...timeChecks,
  ...calendarChecks,
  ...agreementChecks,
  ...courseChecks,
  ...textChecks,
  ...undecidedChecks,
  ...baselineChecks,
  ...adviceChecks,
];

export function lint(file: string, policy: Policy, lines: Lines): readonly Problem[] {
  return checks.flatMap(({ kind, find }) =>
    find(policy, lines.has).map(({ key, message }) => ({ file, line: lines.at(key), kind, key, message })),
  );
}
