// SPDX-License-Identifier: Apache-2.0
// What is the matter with a policy file: one finding, one line.

/**
 * `error`: the file cannot be read as a policy. `contradiction`: it can, but it asks for what cannot be. `gap`: undecided where a reader expects an answer.
 * `note`: undecided elsewhere, or worth knowing. `baseline`: short of the OpenSSF baseline, OSPS-VM. `advice`: unlike what the field does, with who says so.
 */
export type ProblemKind = 'error' | 'contradiction' | 'gap' | 'note' | 'baseline' | 'advice';

export interface Problem {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly kind: ProblemKind;
  /** The key path as the file spells it, `embargo.length[0].must`; empty when the matter is the file as a whole. */
  readonly key: string;
  /** A whole sentence that names the key. */
  readonly message: string;
}

/** One line: place, kind, sentence, in columns. */
export function formatProblem({ file, line, kind, message }: Problem): string {
  return `${`${file}:${line}`.padEnd(22)} ${kind.padEnd(14)} ${message}`;
}

/** Whether a policy with this problem must not be used. */
export function isFatal({ kind }: Problem): boolean {
  return kind === 'error' || kind === 'contradiction';
}

/** In the order of the lines, and within a line as found. */
export function byLine(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => a.line - b.line);
}
