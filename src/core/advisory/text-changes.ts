// SPDX-License-Identifier: Apache-2.0
// Two texts compared, line by line or word by word: what stays, what goes, what comes; the longest common part stays.

export interface TextChange {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/** Cells of the table that are worth their time; beyond it everything between what is common at both ends is told as replaced. */
const mostCells = 4_000_000;

/** Line by line, without line ends. An empty text has no lines. */
export function lineChanges(was: string, is: string): readonly TextChange[] {
  return changesOf(linesOf(was), linesOf(is));
}

/** Word by word, each with the space that follows it; neighbours of one kind are one piece. What stays and what goes is `was`, what stays and what comes is `is`. */
export function wordChanges(was: string, is: string): readonly TextChange[] {
  const pieces: { kind: TextChange['kind']; text: string }[] = [];
  for (const { kind, text } of changesOf(wordsOf(was), wordsOf(is))) {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({ kind, text });
  }
  return pieces;
}

/** Only what changed, with `around` lines before and after it; null stands where lines are left out. */
export function withContext(changes: readonly TextChange[], around: number): readonly (TextChange | null)[] {
  const shown = changes.map((_, at) => changes.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind !== 'same'));
  return changes.flatMap((one, at) => {
    if (shown[at] === true) return [one];
    return at === 0 || shown[at - 1] === true ? [null] : [];
  });
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function wordsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\s)(?=\S)/);
}

function changesOf(before: readonly string[], after: readonly string[]): readonly TextChange[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return [
    ...told('same', before.slice(0, head)),
    ...between(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...told('same', before.slice(before.length - tail)),
  ];
}

function told(kind: TextChange['kind'], pieces: readonly string[]): readonly TextChange[] {
  return pieces.map((text) => ({ kind, text }));
}

function between(before: readonly string[], after: readonly string[]): readonly TextChange[] {
  if (before.length * after.length > mostCells) return [...told('gone', before), ...told('new', after)];
  const common = lengths(before, after);
  const longest = (one: number, other: number) => common[one * (after.length + 1) + other] ?? 0;
  const changes: TextChange[] = [];
  let one = 0;
  let other = 0;
  while (one < before.length || other < after.length) {
    const [old, young] = [before[one], after[other]];
    if (old !== undefined && old === young) {
      changes.push({ kind: 'same', text: old });
      one++;
      other++;
    } else if (old !== undefined && (young === undefined || longest(one + 1, other) >= longest(one, other + 1))) {
      changes.push({ kind: 'gone', text: old });
      one++;
    } else {
      changes.push({ kind: 'new', text: young ?? '' });
      other++;
    }
  }
  return changes;
}

/** For each pair of places the length of the longest common part of what follows, row by row. */
function lengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1;
  const table = new Uint32Array((before.length + 1) * width);
  for (let one = before.length - 1; one >= 0; one--)
    for (let other = after.length - 1; other >= 0; other--) {
      const at = one * width + other;
      const both = (table[at + width + 1] ?? 0) + 1;
      table[at] = before[one] === after[other] ? both : Math.max(table[at + width] ?? 0, table[at + 1] ?? 0);
    }
  return table;
}
