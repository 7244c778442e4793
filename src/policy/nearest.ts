// SPDX-License-Identifier: Apache-2.0
// The nearest known word to one that is not known, for "Did you mean …?".

/** The word of `known` with the least edit distance to `word`, when at most a third of the letters differ (two in a short word). */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(word.slice(0, 60).toLowerCase(), candidate.toLowerCase());
    const length = Math.max(word.length, candidate.length);
    const near = distance <= Math.max(2, Math.floor(length / 3)) && distance < length - 1;
    if (near && (best === undefined || distance < best.distance)) best = { word: candidate, distance };
  }
  return best?.word;
}

/** ` Did you mean NEAREST?`, or nothing; `prefix` stands before the word, as the path does before a key. */
export function didYouMean(word: string, known: Iterable<string>, prefix = ''): string {
  const found = nearest(word, known);
  return found === undefined ? '' : ` Did you mean ${prefix}${found}?`;
}

/** Levenshtein distance: insertions, deletions and substitutions count one each. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const substituted = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      next.push(Math.min(substituted, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
