// SPDX-License-Identifier: Apache-2.0
// What becomes of a report that is taken back: said before anybody asks for it, before anybody agrees to it, and in the mail between (T25, QEMU-27).

import type { ActionKind } from '../../core/model/action.ts';
import type { CaseState } from '../../core/model/case.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { withdrawalOpens } from '../../core/process/opening-rules.ts';

/** Whose page it stands on: the reporter's own, or that of those who decide. */
type Reader = 'reporter' | 'team';

/** What the public reads of a withdrawn report, from the instant at which somebody agrees; or that it reads nothing. */
export function withdrawnSentence(
  { visibility, handling }: Pick<CaseState, 'visibility' | 'handling'>,
  policy: Policy,
  reader: Reader,
): string {
  if (visibility === 'public') return 'It is public already, and stays so.';
  if (!withdrawalOpens(policy)) return 'A report that is withdrawn stays private here.';
  const unseen = handling === 'held' ? ', even if nobody but a moderator has seen it' : '';
  return `A report that is withdrawn becomes public here at once${unseen}: ${opened(policy, reader)}. ${closed(policy, reader)}`;
}

function opened({ publication }: Policy, reader: Reader): string {
  const [whose, whom] = reader === 'reporter' ? ['your', 'you'] : ['its', 'its reporter'];
  return publication.scope === 'full_record'
    ? `the text, ${whose} files, every message, every note and decision, and the reason for taking it back`
    : `the text, ${whose} files, the messages with ${whom}, and the reason for taking it back`;
}

function closed({ publication }: Policy, reader: Reader): string {
  const address = reader === 'reporter' ? 'Your address stays closed' : 'Addresses stay closed';
  switch (publication.proofOfConcept.kind) {
    case 'with_record':
      return `${address}.`;
    case 'withheld':
      return `${address}, and so does what shows the flaw.`;
    case 'reporter_decides':
      return `${address}, and so does what shows the flaw unless ${reader === 'reporter' ? 'you say' : 'the reporter says'} otherwise.`;
    case 'after_disclosure':
      return `${address}; what shows the flaw follows later.`;
  }
}

/** In the first letter: how a report ends here, whatever becomes of it; null where it is not opened. */
export function endsInPublic(policy: Policy): string | null {
  if (!withdrawalOpens(policy)) return null;
  return 'Reports become public here in the end, also those that are turned down or taken back. Your address does not.';
}

/** What an action does that its label does not say, for those who read the case by a program; null for all others. */
export function effectOf(action: ActionKind, state: CaseState, policy: Policy): string | null {
  switch (action) {
    case 'ask-withdrawal':
      return withdrawnSentence(state, policy, 'reporter');
    case 'decide-withdrawal':
      return withdrawnSentence(state, policy, 'team');
    default:
      return null;
  }
}
