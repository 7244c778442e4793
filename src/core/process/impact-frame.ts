// SPDX-License-Identifier: Apache-2.0
// The sentence frame of the impact description: the fields that the policy's own text asks for (VMT-2).

import { type ImpactField, impactFields } from '../model/impact.ts';
import type { Policy } from '../policy/policy.ts';

/** Fields that `texts.impact` names, in the order of the sentence; none where the policy has no such text. */
export function frameFields({ texts }: Pick<Policy, 'texts'>): readonly ImpactField[] {
  const frame = texts.impact ?? '';
  return impactFields.filter((field) => frame.includes(`{${field}}`));
}
