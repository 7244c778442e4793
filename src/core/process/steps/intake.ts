// SPDX-License-Identifier: Apache-2.0
// Intake: the report that opens a case, and the moderation that lets it through (T1, T2).

import type { ActionOf } from '../../model/action.ts';
import type { PolicyRef } from '../../model/case.ts';
import type { EventData } from '../../model/event.ts';
import type { ProjectId } from '../../model/identifiers.ts';
import type { Refused } from '../../model/refusal.ts';
import { refused } from '../../model/refusal.ts';
import type { Instant } from '../../model/time.ts';
import { answerRemarks, closedSeason, closedSentence } from '../../policy/intake-rules.ts';
import type { Policy } from '../../policy/policy.ts';
import type { IntakeChannel } from '../../policy/report-rules.ts';
import type { Chosen } from '../owners.ts';
import type { Situation } from '../situation.ts';

/** What opening a case needs to know beside the report: the case itself does not exist yet. */
export interface Reception {
  readonly project: ProjectId;
  readonly policy: Policy;
  readonly policyRef: PolicyRef;
  readonly now: Instant;
  /** Who owns the case from its first second; absent where nobody could. A held report has no owner yet. */
  readonly owner?: Chosen;
}

/** The events of a first report. Mail is never refused for a missing answer: it is asked for in the acknowledgement (LIBVIRT-6). */
export function submitReport(action: ActionOf<'submit-report'>, reception: Reception): readonly EventData[] | Refused {
  const { policy, policyRef, project } = reception;
  const refusal = notTaken(action, reception);
  if (refusal !== undefined) return refusal;
  const held = isHeld(action, policy);
  const open = startsPublic(action, policy);
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
      handling: held ? 'held' : 'received',
      public: open && !held,
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
      ...(open && held ? { opensOnRelease: true as const } : {}),
      ...(action.queuedUntil === undefined ? {} : { queuedUntil: action.queuedUntil }),
      ...(flaws > 1 ? { flaws } : {}),
    },
    ...exposure(action),
    ...(action.proposal === undefined
      ? []
      : [{ kind: 'eligibility-proposed' as const, proposal: action.proposal, policyVersion: policy.version }]),
    ...(held ? [] : owned(reception.owner)),
  ];
}

function owned(owner: Chosen | undefined): readonly EventData[] {
  return owner === undefined ? [] : [{ kind: 'owner-assigned', person: owner.person, how: owner.how }];
}

/** Where numbers are given at receipt, a held report gets its own only now: spam uses none up. */
export function releaseReport(
  _: ActionOf<'release-report'>,
  { policy, state, nextNumber, nextOwner }: Pick<Situation, 'policy' | 'state' | 'nextNumber' | 'nextOwner'>,
): readonly EventData[] {
  const opened = state.opensOnRelease ? [{ kind: 'case-opened' as const }] : [];
  const numbered = policy.advisory.kind !== 'none' && policy.advisory.numbered === 'at_receipt';
  return [
    { kind: 'report-released' },
    ...owned(nextOwner),
    ...(numbered ? [{ kind: 'advisory-numbered' as const, number: nextNumber }] : []),
    ...opened,
  ];
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

/** What the rules of intake do not take; nothing is opened then. */
function notTaken(action: ActionOf<'submit-report'>, { policy, now }: Reception): Refused | undefined {
  const season = closedSeason(policy, now, action.claims ?? {});
  if (season !== undefined && action.channel !== 'tracker') return refused.invalid('closed', closedSentence(policy, season));
  if (!byForm(action)) return undefined;
  if (channelOf(action, policy)?.account === 'required' && action.identified !== true)
    return refused.invalid('account', 'This project takes reports from people who are signed in.');
  const [remark] = answerRemarks(policy, action.claims ?? {}, action.answered).filter(({ about }) => about === 'missing');
  if (remark !== undefined) return refused.invalid(remark.field, remark.sentence);
  if (policy.texts.consent !== null && action.consent === null)
    return refused.invalid('consent', 'Please confirm that you have read what becomes public.');
  return action.deadline !== null && action.deadline <= now ? refused.invalid('deadline', 'That date has passed already.') : undefined;
}

/** QEMU-13: how long it was visible is on record, whether it is hidden now or not. */
function exposure({ exposedSince, title }: ActionOf<'submit-report'>): readonly EventData[] {
  return exposedSince === undefined ? [] : [{ kind: 'fact-recorded', fact: 'exposed', since: exposedSince, evidence: title }];
}

/**
 * QEMU-14: whoever is unsure reports in private. A channel that starts private asks nobody, but for what an AI found where the policy says
 * that this starts in public, or asks (QEMU-M11, F7). What stood in public by mistake is hidden, unless the policy leaves it (QEMU-13).
 */
function startsPublic(action: ActionOf<'submit-report'>, policy: Policy): boolean {
  const { unsure, foundByAi, exposedByMistake } = policy.intake;
  if (action.exposedSince !== undefined) return exposedByMistake === 'leave';
  const asMarked = action.sensitive === 'no' || (action.sensitive === 'unsure' && unsure === 'public');
  if (action.origin === 'ai' && foundByAi !== 'private') return foundByAi === 'ask' ? asMarked : true;
  const starts = channelOf(action, policy)?.starts ?? 'private';
  return starts === 'as_marked' ? asMarked : starts === 'public';
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
