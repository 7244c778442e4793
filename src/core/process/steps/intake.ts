// SPDX-License-Identifier: Apache-2.0
// Intake: the report that opens a case, and the moderation that lets it through (T1, T2).

import type { ActionOf } from '../../model/action.ts';
import type { PolicyRef } from '../../model/case.ts';
import type { EventData } from '../../model/event.ts';
import type { ProjectId } from '../../model/identifiers.ts';
import type { Refused } from '../../model/refusal.ts';
import { refused } from '../../model/refusal.ts';
import type { Instant } from '../../model/time.ts';
import type { Policy } from '../../policy/policy.ts';
import type { IntakeChannel } from '../../policy/report-rules.ts';
import type { Situation } from '../situation.ts';

/** What opening a case needs to know beside the report: the case itself does not exist yet. */
export interface Reception {
  readonly project: ProjectId;
  readonly policy: Policy;
  readonly policyRef: PolicyRef;
  readonly now: Instant;
}

/** The events of a first report. Mail is never refused for a missing answer: it is asked for in the acknowledgement (LIBVIRT-6). */
export function submitReport(action: ActionOf<'submit-report'>, reception: Reception): readonly EventData[] | Refused {
  const { policy, policyRef, project } = reception;
  const missing = byForm(action) ? policy.intake.form.required.find((field) => !action.answered.includes(field)) : undefined;
  if (missing !== undefined) return refused.invalid(missing, `Please fill in “${missing}”: this project needs it.`);
  if (byForm(action) && policy.texts.consent !== null && action.consent === null)
    return refused.invalid('consent', 'Please confirm that you have read what becomes public.');
  if (byForm(action) && action.deadline !== null && action.deadline <= reception.now)
    return refused.invalid('deadline', 'That date has passed already.');
  const {
    case: id,
    codename,
    participant,
    channel,
    title,
    report,
    attachments,
    name,
    address,
    creditName,
    origin,
    deadline,
    component,
    consent,
    scan,
    flaws = 1,
  } = action;
  return [
    {
      kind: 'report-submitted',
      project,
      case: id,
      codename,
      policy: policyRef,
      handling: isHeld(action, policy) ? 'held' : 'received',
      public: startsPublic(action, policy),
      participant,
      channel,
      title,
      report,
      attachments,
      name,
      address,
      creditName,
      origin,
      deadline,
      component,
      consent,
      scan,
      ...(flaws > 1 ? { flaws } : {}),
    },
  ];
}

/** Where numbers are given at receipt, a held report gets its own only now: spam uses none up. */
export function releaseReport(
  _: ActionOf<'release-report'>,
  { policy, nextNumber }: Pick<Situation, 'policy' | 'nextNumber'>,
): readonly EventData[] {
  const numbered = policy.advisory.kind !== 'none' && policy.advisory.numbered === 'at_receipt';
  return [{ kind: 'report-released' }, ...(numbered ? [{ kind: 'advisory-numbered' as const, number: nextNumber }] : [])];
}

export function discardReport(action: ActionOf<'discard-report'>): readonly EventData[] {
  return [{ kind: 'report-discarded', reason: action.reason }];
}

function byForm(action: ActionOf<'submit-report'>): boolean {
  return action.channel === 'web' || action.channel === 'api';
}

/** LIBVIRT-10: members bypass the moderator. */
function isHeld(action: ActionOf<'submit-report'>, policy: Policy): boolean {
  if (policy.intake.moderation === 'none') return false;
  return policy.intake.moderation === 'everyone' || !action.member;
}

/** QEMU-14: whoever is unsure reports in private. A channel that starts private asks nobody. */
function startsPublic(action: ActionOf<'submit-report'>, policy: Policy): boolean {
  const starts = channelOf(action, policy)?.starts ?? 'private';
  if (starts !== 'as_marked') return starts === 'public';
  return action.sensitive === 'no' || (action.sensitive === 'unsure' && policy.intake.unsure === 'public');
}

function channelOf(action: ActionOf<'submit-report'>, policy: Policy): IntakeChannel | undefined {
  return policy.intake.channels.find((channel) => {
    switch (channel.kind) {
      case 'web':
        return byForm(action);
      case 'mail':
        return action.mailbox !== null && [channel.address, ...channel.former].includes(action.mailbox);
      default:
        return channel.kind === action.channel;
    }
  });
}
