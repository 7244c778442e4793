// SPDX-License-Identifier: Apache-2.0
// States, clocks, caps and facts in the words that people read. One word for one thing on every page.

import { count, plain } from '../app/policy-text/plain.ts';
import type { Channel, CreditDecision, Origin } from '../core/model/case.ts';
import type { OwnerHow } from '../core/model/ownership.ts';
import type { BranchState, EmbargoExit, FactName, PartyState, ReopeningCause } from '../core/model/regions.ts';
import type { EmbargoMark } from '../core/process/embargo-marks.ts';

export { count, plain };

/** A field's name as a label: `command_line` is “Command line”, and `kvm`, which nobody can pronounce, “KVM”. */
export function asLabel(name: string): string {
  const words = plain(name).replace(/^[bcdfghjklmnpqrstvwxz]{2,5}(?= |$)/, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const channelWords: Readonly<Record<Channel, string>> = {
  web: 'web form',
  api: 'API',
  mail: 'mail',
  member_mail: 'mail of a member',
  gitlab: 'GitLab issue',
  tracker: 'tracker',
};

export const originWords: Readonly<Record<Origin, string>> = {
  manual: 'by hand',
  fuzzer: 'with a fuzzer',
  static_analysis: 'with an analyser',
  ai: 'with an AI model',
  unknown: 'not said',
};

export const creditWords: Readonly<Record<CreditDecision, string>> = {
  undecided: 'undecided',
  named: 'by name',
  pseudonym: 'by pseudonym',
  declined: 'no credit wanted',
};

export const relationWords = {
  duplicate_of: 'A duplicate of',
  duplicate: 'A duplicate of this',
  split_from: 'A part of',
  part: 'A part of this',
} as const;

/** How the owner came to the case, before the hour at which they did. */
export const ownerWords: Readonly<Record<OwnerHow, string>> = {
  claimed: 'took it up',
  given: 'was given it',
  routed: 'looks after the component; asked',
  rota: 'by rota; asked',
  fallback: 'as the fallback; asked',
  escalated: 'by escalation',
  last_resort: 'as the last resort',
  successor: 'after its owner left',
};

export const factWords: Readonly<Record<FactName, string>> = {
  already_public: 'The flaw is public already',
  exploit_public: 'An exploit is public',
  exploited: 'The flaw is exploited',
  leaked: 'Details have leaked',
  rediscovered: 'Somebody else found it too',
  exposed: 'The report was visible to the public for a while',
};

export const exitWords: Readonly<Record<EmbargoExit, string>> = {
  date_reached: 'its date was reached',
  early_agreed: 'an earlier end was agreed',
  already_public: 'the flaw was public already',
  leak: 'details leaked',
  exploited: 'the flaw is exploited',
  max_reached: 'the hard cap was reached',
  process_public: 'the process made the case public',
  withdrawn: 'the report was withdrawn',
};

export const branchWords: Readonly<Record<BranchState, string>> = {
  unknown: 'not judged',
  not_affected: 'not affected',
  affected: 'affected, no patch',
  patch_private: 'patch in review',
  patch_approved: 'patch approved',
  posted: 'posted',
  merged: 'merged',
  released: 'released',
  wont_fix: 'will not be fixed',
  left_to_downstream: 'left to downstream',
};

export const reopeningWords: Readonly<Record<ReopeningCause, string>> = {
  incomplete_fix: 'the fix is incomplete',
  regression: 'the fix broke something',
  new_flaw: 'a new flaw was found in the fix',
  disputed: 'the verdict was disputed',
};

const clocks: Readonly<Record<string, string>> = {
  'intake.reports_per_day': 'its turn comes',
  relations: 'news for the related cases',
  'clocks.moderation': 'let through or discarded by',
  'clocks.acknowledge': 'first reply by',
  'clocks.claim': 'owner by',
  'clocks.verdict': 'verdict by',
  'embargo.until': 'embargo ends',
  'disclosure.trigger': 'becomes public',
  'disclosure.channels': 'every channel confirmed by',
  'disclosure.together_with': 'everybody ready by',
  'downstream.told_within': 'every party told by',
  'downstream.parties.duties': 'task of a party done by',
  'embargo.ends_early_on.leaked': 'answer to the leak by',
  'embargo.ends_early_on.exploited': 'answer to the exploitation by',
  'embargo.ends_early_on.rediscovered': 'answer to the second finder by',
  'disclosure.promised': 'public as promised by',
  'clocks.update_reporter': 'news to the reporter by',
  'reporter.unanswered': 'answer to the reporter by',
  'reporter.silent': 'the reporter has not answered',
  'ownership.escalation': 'passed on, if nobody acts',
  'clocks.fix': 'a fix in reasonable time by',
  'clocks.no_reason_left': 'nothing needs secrecy any more',
  'fact.leaked': 'seen in public, and still private',
  'clocks.posted_but_private': 'posted, and still private',
  'clocks.public_but_not_posted': 'public, and no patch posted',
  'clocks.merged_but_open': 'merged, and still open',
  cap: 'hard cap',
  'disclosure.unfixed': 'public without a fix',
  'clocks.cve_answer': 'answer on the CVE number by',
  'clocks.cve_record_aim': 'CVE record wanted by',
  'clocks.cve_record': 'CVE record by',
  'clocks.cra_early': 'early warning to the authority by',
  'clocks.cra_notify': 'notification to the authority by',
  'clocks.cra_final': 'final report to the authority by',
};

/** `first reply by`, `warning, 7 days before the embargo ends`; an unknown clock is shown as the policy spells it. */
export function clockWords(clock: string): string {
  const [, of, before] = /^(embargo|cap)\.warning:(.+)$/.exec(clock) ?? [];
  if (before === undefined) return clocks[clock] ?? clock;
  return `warning, ${before.replace(/^(1 .+)s$/, '$1')} before ${of === 'cap' ? 'the hard cap' : 'the embargo ends'}`;
}

/** `told: packagers`; a milestone of an embargo. */
export function markWords(kind: EmbargoMark['kind'], of: string | null): string {
  switch (kind) {
    case 'asked':
      return 'asked for';
    case 'agreed':
      return 'begins';
    case 'told':
      return `told: ${of ?? ''}`;
    case 'warning':
      return `warning, ${(of ?? '').replace(/^(1 .+)s$/, '$1')} before`;
    case 'end':
      return 'ends';
  }
}

const capSources: Readonly<Record<string, string>> = {
  'disclosure.at_latest': 'latest day of the policy',
  'reporter.deadline': 'date of a reporter',
  'fact.already_public': 'public already',
  'fact.exploit_public': 'exploit is public',
  'fact.leaked': 'details leaked',
  'fact.exploited': 'exploited',
};

export function capWords(source: string): string {
  if (source.startsWith('embargo.length')) return 'longest embargo of the policy';
  if (source.startsWith('downstream.parties')) return 'longest embargo that a party accepts';
  return capSources[source] ?? source;
}

/** A party's standing in words. */
export const partyWords: Readonly<Record<PartyState, string>> = {
  listed: 'not told',
  notified: 'told, no answer',
  acknowledged: 'has read it',
  ready: 'ready',
  released: 'released',
  objected: 'objects',
  silent: 'never answered',
  left: 'takes part no more',
};

/** `2.1 kB` */
export function bytes(number: number): string {
  if (number < 1000) return `${number} B`;
  return number < 1_000_000 ? `${(number / 1000).toFixed(1)} kB` : `${(number / 1_000_000).toFixed(1)} MB`;
}
