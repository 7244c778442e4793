// SPDX-License-Identifier: Apache-2.0
// Gates of the record: two people strike out, proofs of concept wait for their time or their reporter, the opening for a consent.

import { redactionOf } from '../model/record.ts';
import type { Gate } from './gate.ts';
import { leadsToOpening } from './openings.ts';
import { proofsDueAt } from './proofs-due.ts';

export const recordGates = {
  redaction_second_person: {
    asksInput: true,
    sentence: 'You have proposed or approved this already; the second word must come from another person.',
    met: ({ state, policy, actor }, action) => {
      const one = action.kind === 'approve-redaction' ? redactionOf(state.record, action.redaction) : undefined;
      // What is destroyed does not come back: that takes two people under every policy.
      if (one === undefined || (policy.reviews.redaction === null && !one.destroys)) return true;
      return actor.kind === 'person' && one.proposedBy !== actor.person && !one.approvals.includes(actor.person);
    },
  },
  redactions_decided: {
    sentence: 'Something is proposed to be struck out, and nobody has decided on it.',
    met: ({ state }) => state.record.redactions.every((one) => one.state !== 'proposed'),
  },
  findings_decided: {
    asksInput: true,
    sentence: 'Something that would be opened looks like a token, a key or somebody’s address; strike it out, or keep it with a reason.',
    // Where nobody has looked, nothing is known to be decided.
    met: (situation, action) =>
      situation.policy.publication.findings === 'shown' || situation.openFindings === 0 || !leadsToOpening(action, situation),
  },
  proof_is_the_reporters: {
    sentence: 'Under this policy it is not the reporter who decides on the proof of concept.',
    met: ({ policy }) => policy.publication.proofOfConcept.kind === 'reporter_decides',
  },
  proofs_due: {
    sentence: 'The time for the proofs of concept has not come.',
    met: ({ state, policy, now }) => (proofsDueAt(state, policy) ?? '9') <= now,
  },
  opening_needs_consent: {
    sentence: 'This policy does not ask its reporters whether the discussion is opened.',
    met: ({ policy }) => policy.publication.scope === 'fix_only',
  },
} satisfies Record<string, Gate>;
