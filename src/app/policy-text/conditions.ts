// SPDX-License-Identifier: Apache-2.0
// The conditions of a policy as the public reads them: what has to be so, in a clause after “only if”.

import type { Condition, Conditions } from '../../core/policy/conditions.ts';
import type { PlainCondition } from '../../core/policy/words.ts';
import { plain } from './plain.ts';

const words: Readonly<Record<PlainCondition, string>> = {
  circumstances_shown: 'extenuating circumstances are stated with evidence and accepted',
  reason_recorded: 'a reason is on record',
  deviation_recorded: 'a deviation is on record with its reason, and counted in public',
  found_by_hand: 'the flaw was found by hand',
  kept_private: 'the report was never visible to the public',
  reproducer_given: 'the report has steps or a file that show the flaw',
  patches_approved: 'the patches are approved',
  tests_recorded: 'tests are on record',
  backports_judged: 'the backports are judged',
  commits_pass: 'the commit messages pass',
  cve_requested: 'a CVE number is asked for',
  cve_assigned: 'every flaw that needs one has its CVE number',
  cve_recorded: 'the CVE number is written down',
  impact_approved: 'the description of the impact is approved',
  parties_notified: 'every party has been told',
  parties_ready: 'every party that was asked is ready',
  announced: 'every announcement is out',
  approved: 'somebody who may admit has approved',
  vouched: 'a member has vouched',
  terms_accepted: 'the embargo terms are accepted',
  role_address: 'the address belongs to a function, not to a person',
};

/** `a reason is on record`; a list of groups or roles is named. */
function conditionWords(condition: Condition): string {
  switch (condition.kind) {
    case 'severity_at_least':
      return `the severity is at least ${plain(condition.level)}`;
    case 'severity_at_most':
      return `the severity is at most ${plain(condition.level)}`;
    case 'asked_by':
      return `${someOf(condition.roles)} asked for it`;
    case 'agreed_by':
      return `${allOf(condition.roles)} agreed on record`;
    case 'on_call':
      return `somebody is there at the hour as ${allOf(condition.roles)}`;
    case 'purpose':
      return `it is for ${someOf(condition.purposes)}`;
    case 'fix_merged':
      return `the fix is merged in ${allOf(condition.groups)}`;
    case 'fix_released':
      return `the fix is released in ${allOf(condition.groups)}`;
    default:
      return words[condition.kind];
  }
}

/** `only if a, b; usually c`. Empty where nothing is asked. */
export function conditionsText({ must, should }: Conditions): string {
  return [
    ...(must.length === 0 ? [] : [`only if ${allOf(must.map(conditionWords))}`]),
    ...(should.length === 0 ? [] : [`without a recorded reason only if ${allOf(should.map(conditionWords))}`]),
  ].join('; ');
}

export function allOf(names: readonly string[]): string {
  return joined(names, 'and');
}

export function someOf(names: readonly string[]): string {
  return joined(names, 'or');
}

function joined(names: readonly string[], word: string): string {
  const all = names.map(plain);
  const last = all.at(-1) ?? 'nobody';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} ${word} ${last}`;
}
