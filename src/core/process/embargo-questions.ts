// SPDX-License-Identifier: Apache-2.0
// Questions that a fact asks of a running embargo, where the policy neither ends it by itself nor passes over the fact.

import type { CaseState } from '../model/case.ts';
import type { FactName } from '../model/regions.ts';
import type { Instant } from '../model/time.ts';
import type { Policy } from '../policy/policy.ts';
import type { EndingFact } from '../policy/words.ts';

export interface Question {
  readonly fact: FactName;
  /** When it was asked: with the last such fact. */
  readonly since: Instant;
}

const asking: readonly EndingFact[] = ['leaked', 'exploited', 'rediscovered'];

/** Open until somebody ends the embargo or keeps it with a reason; a further fact of the kind asks again. */
export function openQuestions({ embargo, facts }: CaseState, policy: Policy): readonly Question[] {
  if (embargo.state !== 'active' && embargo.state !== 'revising') return [];
  return asking.flatMap((fact) => {
    // The second finder has a question of their own, unless the policy only notes them (duplicates.rediscovery).
    if (fact === 'rediscovered' && policy.duplicates.rediscovery !== 'note') return [];
    const since = facts.filter((one) => one.fact === fact).at(-1)?.recordedAt;
    const answered = embargo.kept.filter((one) => one.fact === fact).at(-1)?.at;
    const open = since !== undefined && policy.embargo.endsEarlyOn[fact] === 'ask' && (answered === undefined || answered < since);
    return open ? [{ fact, since }] : [];
  });
}
