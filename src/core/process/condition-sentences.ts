// SPDX-License-Identifier: Apache-2.0
// The conditions of a policy in words: what a person reads when one does not hold.

import type { Condition } from '../policy/conditions.ts';

export const conditionSentences: Readonly<Record<Condition['kind'], string>> = {
  severity_at_least: 'The recorded severity is not high enough, or none is recorded.',
  severity_at_most: 'The recorded severity is too high, or none is recorded.',
  circumstances_shown: 'Extenuating circumstances are not shown.',
  reason_recorded: 'No reason is recorded.',
  deviation_recorded: 'This goes past what the policy allows; record the deviation with its reason.',
  asked_by: 'Nobody of those who may ask has asked.',
  agreed_by: 'Not everybody has agreed on record; silence is no agreement.',
  purpose: 'The request names none of the purposes that count.',
  found_by_hand: 'The flaw was not found by hand.',
  kept_private: 'The report was visible to the public for a while.',
  reproducer_given: 'There are no steps and no file that show the flaw.',
  patches_approved: 'A patch on a required branch is not approved.',
  tests_recorded: 'A required branch has no test record.',
  backports_judged: 'A backport is not judged.',
  commits_pass: 'The commit messages of a branch that must be fixed were not read yet, or lack what the policy asks for.',
  fix_merged: 'The fix is not merged on every branch that counts.',
  fix_released: 'The fix is not released on every branch that counts.',
  cve_requested: 'No CVE number has been asked for.',
  cve_assigned: 'A flaw has no CVE number.',
  cve_recorded: 'The CVE number is not written down where the policy says.',
  impact_approved: 'The impact description is not approved.',
  parties_notified: 'A downstream party has not been told.',
  parties_ready: 'A downstream party is not ready.',
  on_call: 'Nobody has agreed to be there at the hour for each role that is needed.',
  announced: 'A channel of the disclosure is not confirmed.',
  approved: 'Nobody with the right to admit has approved.',
  vouched: 'No member has vouched.',
  terms_accepted: 'The embargo terms are not accepted.',
  role_address: 'The address belongs to a person, not to a function.',
};
