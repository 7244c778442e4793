// SPDX-License-Identifier: Apache-2.0
// Zod's issues as findings: one place in the file and one sentence each.

import type { z } from 'zod';
import { type Path, pathText } from './tree.ts';

export interface Finding {
  /** The key path as the file spells it. */
  readonly key: string;
  /** A whole sentence that begins with the key. */
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** The findings of an error; the messages of the schema continue the key's name. */
export function findings(error: z.ZodError): readonly Finding[] {
  return error.issues.flatMap((issue) => found(issue, []));
}

function found(issue: Issue, above: Path): readonly Finding[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, position) => sentence([...path, key], messages[position] ?? ''));
  }
  if (issue.code === 'invalid_key') return [sentence(path, issue.issues[0]?.message ?? '')];
  if (issue.code === 'invalid_union') {
    const branch = meantBranch(issue);
    return branch === undefined ? [sentence(path, issue.message)] : branch.flatMap((inner) => found(inner, path));
  }
  return [sentence(path, issue.message)];
}

/** The alternative that the writer meant: the last one, a list or a map, when the value has its type or when the union has no message of its own. */
function meantBranch({ errors, message }: z.core.$ZodIssueInvalidUnion): readonly Issue[] | undefined {
  const last = errors.at(-1);
  const first = last?.[0];
  if (first === undefined) return undefined;
  const entered = first.path.length > 0 || first.code === 'unrecognized_keys' || first.code === 'custom';
  return entered || message === 'Invalid input' ? last : undefined;
}

function sentence(path: Path, message: string): Finding {
  const key = pathText(path);
  return { key, message: key === '' ? `the file${message}` : `${key}${message}` };
}
