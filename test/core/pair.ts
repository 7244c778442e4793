// SPDX-License-Identifier: Apache-2.0
// Two cases and a walk over both: one is marked as a duplicate of the other, undone, marked again, while people and the clock go on in each.

import type { CaseAction } from '../../src/core/model/action.ts';
import type { Actor } from '../../src/core/model/actor.ts';
import type { CaseId, ParticipantId } from '../../src/core/model/identifiers.ts';
import { isRefusal } from '../../src/core/model/refusal.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { due } from '../../src/core/process/deadlines.ts';
import { possibilities } from '../../src/core/process/possibilities.ts';
import { partnersOf } from '../../src/core/process/steps/duplicates.ts';
import { Bench, content, processItself, project, report } from '../support/core.ts';
import { actors, firstReport, type Pick, randomAction, randomFrom } from './walk.ts';

export const second = 'case2' as CaseId;
export const secondReporter = 'reporter2' as ParticipantId;

export interface Pair {
  readonly one: Bench;
  readonly other: Bench;
}

export function pairOf(policy: Policy, first = report(), again: Parameters<typeof report>[0] = {}): Pair {
  return { one: new Bench(policy, first), other: new Bench(policy, report({ ...again, case: second, participant: secondReporter })) };
}

/** As the application does it: the partners that the action names are there, and nobody else. */
export function tryIn(pair: Pair, bench: Bench, actor: Actor, action: CaseAction) {
  const partners = partnersOf(action, bench.state);
  const others = [pair.one, pair.other].filter((one) => one !== bench && partners.includes(one.state.case));
  return bench.tryBeside(actor, action, others);
}

export function doIn(pair: Pair, bench: Bench, actor: Actor, action: CaseAction) {
  const done = tryIn(pair, bench, actor, action);
  if (isRefusal(done)) throw new Error(`${action.kind}: ${JSON.stringify(done.refusal)}`);
  return done;
}

/** The clock, until nothing of this instant is left; at most `most` things. */
export function tickPair(pair: Pair, most = 60): number {
  let done = 0;
  for (const bench of [pair.one, pair.other])
    for (let deadline = due(bench.state, bench.policy, bench.now); deadline !== undefined && done < most; done++) {
      const answer = tryIn(pair, bench, processItself, deadline.action);
      if (isRefusal(answer)) throw new Error(`what is due is possible: ${deadline.clock} ${JSON.stringify(answer.refusal)}`);
      deadline = due(bench.state, bench.policy, bench.now);
    }
  return done;
}

export function mark(of: CaseId, changes: object = {}): CaseAction {
  return {
    kind: 'mark-duplicate',
    of,
    independent: true,
    opens: true,
    reason: null,
    evidence: content('evidence'),
    ...changes,
  } as CaseAction;
}

/** One walk over two cases; `watch` sees both after each attempt. */
export function pairWalk(policy: Policy, seed: number, steps: number, watch: (pair: Pair) => void): Pair {
  const random = randomFrom(seed);
  const pick: Pick = (items) => items[Math.floor(random() * items.length)] as (typeof items)[number];
  const pair = pairOf(policy, firstReport(pick, random), firstReport(pick, random));
  for (let step = 0; step < steps; step++) {
    const bench = pick([pair.one, pair.one, pair.other]);
    const hours = random() < 0.1 ? pick([1, 24, 7 * 24, 40 * 24]) : 0;
    for (const each of [pair.one, pair.other]) each.later(hours);
    const deadline = due(bench.state, policy, bench.now);
    if (deadline !== undefined && random() < 0.5) tryIn(pair, bench, processItself, deadline.action);
    else if (random() < 0.15) relate(pair, bench, pick(actors(policy)), pick);
    else onward(pair, bench, pick([...actors(policy), reporterOf(bench)]), pick, random);
    watch(pair);
  }
  return pair;
}

function relate(pair: Pair, bench: Bench, actor: Actor, pick: Pick): void {
  const other = bench === pair.one ? pair.other : pair.one;
  const undo: CaseAction = { kind: 'undo-duplicate', reason: content() };
  const action =
    bench.state.handling === 'duplicate' ? undo : mark(other.state.case, { independent: pick([true, false]), opens: pick([true, false]) });
  tryIn(pair, bench, actor, action);
}

/** Somebody does what is offered to them. */
function onward(pair: Pair, bench: Bench, actor: Actor, pick: Pick, random: () => number): void {
  const { state, policy, now } = bench;
  const open = possibilities({ state, policy, actor, now, nextNumber: '' }).filter((one) => one.unmet.length === 0 || random() < 0.1);
  if (open.length === 0) return;
  const action = randomAction(pick(open).action as CaseAction['kind'], bench, pick);
  const own = bench.state.reporters[0]?.participant;
  tryIn(pair, bench, actor, action.kind === 'decide-credit' && own !== undefined ? { ...action, participant: own } : action);
}

export function reporterOf(bench: Bench): Actor {
  const participant = (bench.state.case === second ? secondReporter : 'reporter1') as ParticipantId;
  return { kind: 'reporter', project, case: bench.state.case, participant, proof: { by: 'case_link' } };
}
