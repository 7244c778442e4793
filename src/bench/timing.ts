// SPDX-License-Identifier: Apache-2.0
// Timing of several ways of doing a thing, in turn and within one run, so that a machine whose speed drifts slows all of them alike.

export interface Timed {
  readonly rounds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Each way is taken once a round; the first tenth of the rounds warms up and is not counted. */
export async function inTurn<Name extends string>(
  rounds: number,
  ways: Readonly<Record<Name, (round: number) => Promise<void>>>,
): Promise<Readonly<Record<Name, Timed>>> {
  const names = Object.keys(ways) as Name[];
  const taken = new Map<Name, number[]>(names.map((name) => [name, []]));
  const warm = Math.ceil(rounds / 10);
  for (let round = 0; round < rounds + warm; round++)
    for (const name of names) {
      const began = performance.now();
      await ways[name](round);
      if (round >= warm) taken.get(name)?.push(performance.now() - began);
    }
  return Object.fromEntries(names.map((name) => [name, timed(taken.get(name) ?? [])])) as Record<Name, Timed>;
}

function timed(milliseconds: number[]): Timed {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const at = (share: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 100) / 100;
  return { rounds: sorted.length, p50: at(0.5), p99: at(0.99) };
}
