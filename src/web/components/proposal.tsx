// SPDX-License-Identifier: Apache-2.0
// What an agent proposes: a dashed box, the word, and who asked. Nothing in it has happened.

import type { Child } from 'hono/jsx';

interface ProposalProps {
  readonly agent: string;
  readonly askedBy: string;
  readonly children?: Child;
}

export function Proposal({ agent, askedBy, children }: ProposalProps) {
  return (
    <div class="proposal">
      <p class="by">
        <strong>{agent}</strong> <span class="label">agent · proposal, not applied · asked by {askedBy}</span>
      </p>
      {children}
    </div>
  );
}
