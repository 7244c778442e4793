// SPDX-License-Identifier: Apache-2.0
// Bodies at the ends of a case: passing on, withdrawing, publishing without a fix, correcting, going on.

import { z } from 'zod';
import type { CaseState } from '../../core/model/case.ts';
import type { FlawId } from '../../core/model/identifiers.ts';
import { branchEnds, reopeningCauses } from '../../core/model/regions.ts';
import { base32 } from '../encoding.ts';
import type { Entries } from './body.ts';
import { entry, optionalText, reason, said, text, yesOrNo } from './body.ts';
import { onBranch } from './fix.ts';

export const endBodies = {
  'end-branch': entry(
    z.object({ ...onBranch, end: z.enum(branchEnds, { error: `Choose one of ${branchEnds.join(', ')}.` }), ...reason }),
    (body, c) => ({
      kind: 'end-branch',
      branch: body.branch,
      component: body.component ?? null,
      end: body.end,
      reason: said(c, 'reason', 'team', body.reason),
    }),
  ),
  'answer-forwarding': entry(z.object({ agreed: yesOrNo }), (body) => ({ kind: 'answer-forwarding', agreed: body.agreed })),
  'record-forwarding': entry(z.object({ evidence: text }), (body, c) => ({
    kind: 'record-forwarding',
    evidence: said(c, 'evidence', 'shared', body.evidence),
  })),
  'ask-withdrawal': entry(z.object(reason), (body, c) => ({
    kind: 'ask-withdrawal',
    reason: said(c, 'reason', 'shared', body.reason),
  })),
  'decide-withdrawal': entry(z.object({ accepted: yesOrNo, ...reason }), (body, c) => ({
    kind: 'decide-withdrawal',
    accepted: body.accepted,
    reason: said(c, 'reason', 'shared', body.reason),
  })),
  'announce-unfixed': entry(z.object(reason), (body, c) => ({
    kind: 'announce-unfixed',
    reason: said(c, 'reason', 'shared', body.reason),
  })),
  'call-off-unfixed': entry(z.object(reason), (body, c) => ({
    kind: 'call-off-unfixed',
    reason: said(c, 'reason', 'shared', body.reason),
  })),
  'correct-advisory': entry(z.object(reason), (body, c) => ({
    kind: 'correct-advisory',
    reason: said(c, 'reason', 'shared', body.reason),
  })),
  'add-late-number': entry(z.object({ reason: optionalText }), (body, c) => ({
    kind: 'add-late-number',
    reason: said(c, 'reason', 'shared', body.reason ?? lateNumbers(c.state)),
  })),
  'reopen-case': entry(
    z.object({ cause: z.enum(reopeningCauses, { error: `Choose one of ${reopeningCauses.join(', ')}.` }), ...reason }),
    (body, c) => ({
      kind: 'reopen-case',
      cause: body.cause,
      newFlaw: body.cause === 'new_flaw' ? (base32(c.random(10)) as FlawId) : null,
      reason: said(c, 'reason', 'shared', body.reason),
    }),
  ),
} as const satisfies Entries;

/** The line of the history that needs no author: which number joins the advisory. */
function lateNumbers({ flaws, advisory }: CaseState): string {
  const late = flaws.flatMap(({ number }) => (number === null || advisory.numbers.includes(number) ? [] : [number]));
  return late.length === 0 ? 'A number was added.' : `CVE number added: ${late.join(', ')}.`;
}
