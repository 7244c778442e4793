// SPDX-License-Identifier: Apache-2.0
// What is said after people said go: whether it would be opened, and looks like something that somebody has to decide on first (QEMU-28).

import type { CaseAction } from '../core/model/action.ts';
import type { Instant } from '../core/model/time.ts';
import { canRead, guarded } from '../core/policy/access.ts';
import type { CaseRecord } from '../ports/store/cases.ts';
import { publishedState } from './as-published.ts';
import type { Contents } from './contents.ts';
import { asText, kinds, largestScanned } from './findings.ts';
import { scan } from './scan.ts';

/** Asked where the policy wants findings decided: what its sender closes at once, or what is never opened, holds nothing up. */
export function saysFinding(
  action: CaseAction,
  { texts, files }: Pick<Contents, 'texts' | 'files'>,
  { state, policy }: CaseRecord,
  now: Instant,
): boolean {
  const { findings, withheld } = policy.publication;
  if (findings === 'shown' || state.visibility === 'public' || ('never' in action && action.never !== undefined)) return false;
  const { opening, proofs } = guarded(publishedState(state, policy, now, false), policy);
  const opens = (piece: Parameters<typeof canRead>[2]) =>
    canRead({ kind: 'anonymous', project: state.project }, opening, piece, { proofs, partyMembers: [], partyNotices: [] });
  const found = (text: string, isPatch: boolean) =>
    scan(text).some(({ kind }) => withheld.includes(kinds[kind]) && !(isPatch && kind === 'addresses'));
  return (
    texts.some(({ ref, text }) => opens(ref) && found(text, false)) ||
    files.some(({ ref, bytes }) => {
      const text = bytes.length > largestScanned || !opens({ ...ref, kind: 'attachment' }) ? null : asText(bytes);
      return text !== null && found(text, ref.purpose === 'patch');
    })
  );
}
