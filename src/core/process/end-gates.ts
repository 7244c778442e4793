// SPDX-License-Identifier: Apache-2.0
// Gates at the ends of a case: another project's report, one that is taken back, publication without a fix, corrections, records of CVE numbers.

import { branchOf } from '../model/case.ts';
import { add } from './caps.ts';
import { isOnRecord } from './early-end.ts';
import type { Gate } from './gate.ts';
import { scopeOpensReports } from './opening-rules.ts';

export const endGates = {
  cause_on_record: {
    asksInput: true,
    sentence: 'Nothing on record says so yet. Add what shows it: an address, a message, who said so. It is recorded with the end.',
    met: ({ state }, action) =>
      action.kind !== 'end-embargo' || action.exit === 'early_agreed' || action.evidence !== undefined || isOnRecord(action, state),
  },
  target_named: {
    asksInput: true,
    sentence: 'Name the project that the report belongs to; its reporter has to know where to go.',
    met: (_, action) => action.kind !== 'decide-eligibility' || action.verdict !== 'elsewhere' || action.target !== undefined,
  },
  forwarding_open: {
    sentence: 'The report was passed on already.',
    met: ({ state }) => state.referral !== null && state.referral.forwardedAt === null,
  },
  forwarding_allowed: {
    sentence: 'The reporter has not agreed that the report is passed on.',
    met: ({ state }) => state.referral?.consent === 'given',
  },
  withdrawal_asked: {
    sentence: 'No reporter asks to withdraw.',
    met: ({ state }) => state.withdrawal !== null,
  },
  not_confirmed: {
    asksInput: true,
    sentence: 'The flaw is confirmed: it is fixed and published whether or not its reporter withdraws. Decline, and say so.',
    met: ({ state }, action) => action.kind !== 'decide-withdrawal' || !action.accepted || state.marks.confirmation === undefined,
  },
  unfixed_allowed: {
    sentence: 'This policy publishes nothing without a fix.',
    met: ({ policy }) => policy.disclosure.unfixed.allowed === 'by_choice',
  },
  fix_overdue: {
    sentence: 'The time that this policy gives for a fix has not passed.',
    met: ({ state, policy, now }) =>
      state.marks.confirmation !== undefined &&
      (policy.clocks.fix === null || add(state.marks.confirmation, policy.clocks.fix, policy) <= now),
  },
  opening_agreed: {
    sentence: 'This policy does not open the reports. Agree first what the public reads instead: what opens at the cap.',
    met: ({ state, policy }) => scopeOpensReports(policy) || (state.bundle?.agreed ?? false),
  },
  unfixed_not_announced: {
    sentence: 'A day is announced already.',
    met: ({ state }) => (state.unfixed?.on ?? null) === null || state.unfixed?.stopped === true,
  },
  unfixed_announced: {
    sentence: 'No publication without a fix is announced.',
    met: ({ state }) => state.unfixed !== null,
  },
  announced_day_reached: {
    sentence: 'The announced day has not come, an embargo still holds, or something was said since that somebody has to look at.',
    met: ({ state: { unfixed, embargo }, now }) =>
      unfixed !== null &&
      unfixed.on !== null &&
      unfixed.stopped !== true &&
      unfixed.on <= now &&
      (embargo.until === null || embargo.until <= now || embargo.state === 'exited'),
  },
  not_disclosed_before: {
    sentence: 'The case is disclosed already; what is new goes out as a correction.',
    met: ({ state }) => state.marks.disclosure === undefined,
  },
  may_end_here: {
    sentence: 'The case is not disclosed yet.',
    met: ({ state }) =>
      ['disclosed', 'public_bug', 'hardening', 'unfixed_public'].includes(state.handling) || state.marks.disclosure !== undefined,
  },
  number_is_late: {
    sentence: 'Every number of the case stands in the version that is out.',
    met: ({ state }) => state.flaws.some((flaw) => flaw.number !== null && !state.advisory.numbers.includes(flaw.number)),
  },
  // CNA 5.3.1: a record must not be the first to tell.
  public_reference: {
    sentence: 'There is no public page yet, and a CVE record must not be the first to tell.',
    met: ({ state }) =>
      state.visibility === 'public' &&
      state.disclosure.channels.every((channel) => !channel.channel.endsWith(':site') || channel.state === 'confirmed'),
  },
  fix_not_promised: {
    asksInput: true,
    sentence: 'This policy promises a fix on that branch; it can be given up once the case is public.',
    met: ({ state }, action) =>
      action.kind !== 'end-branch' ||
      state.visibility === 'public' ||
      !(branchOf(state, action.branch, action.component)?.required ?? false),
  },
} as const satisfies Record<string, Gate>;
