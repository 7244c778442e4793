// SPDX-License-Identifier: Apache-2.0
// The schema of the sections about work in confidence: embargo, cve, branches, commits, reviews, downstream.

import type { PartyRules } from '../core/policy/embargo-rules.ts';
import { embargoStarts, partyStatements } from '../core/policy/words.ts';
import { conditions } from './conditions.ts';
import { defaults } from './defaults.ts';
import {
  address,
  count,
  deadline,
  duration,
  instant,
  names,
  ownName,
  range,
  role,
  roles,
  someRoles,
  template,
  text,
  texts,
  uuid,
} from './scalars.ts';
import { listOf, map, named, oneOf, orNone, refuse, rowsOf } from './shapes.ts';

const publishOrAsk = oneOf(['publish', 'ask']);

const rung = map({
  up_to: duration.optional(),
  must: conditions.prefault(defaults.rung.must),
  should: conditions.prefault(defaults.rung.should),
  granted: oneOf(['at_start', 'any_time']).prefault(defaults.rung.granted),
});

const embargo = map({
  mode: oneOf(['never', 'by_exception', 'by_default']).prefault(defaults.embargo.mode),
  counted_from: oneOf(embargoStarts).prefault(defaults.embargo.counted_from),
  length: rowsOf(rung).optional(),
  dates_agreed_by: roles.prefault(defaults.embargo.dates_agreed_by),
  restart_for: listOf(oneOf(['patch_problem', 'wider_impact', 'new_party'])).prefault(defaults.embargo.restart_for),
  reporter_may: oneOf(['ask', 'refuse', 'decide']).prefault(defaults.embargo.reporter_may),
  late_changes_by: roles.optional(),
  at_end_without_fix: publishOrAsk.prefault(defaults.embargo.at_end_without_fix),
  ends_early_on: map({
    leaked: publishOrAsk.prefault(defaults.embargo_ends_early_on.leaked),
    exploited: publishOrAsk.prefault(defaults.embargo_ends_early_on.exploited),
    rediscovered: publishOrAsk.prefault(defaults.embargo_ends_early_on.rediscovered),
  }).prefault({}),
});

const cve = map({
  required_for: oneOf(['every_flaw', 'advisories', 'on_request', 'nothing']).prefault(defaults.cve.required_for),
  requested: oneOf(['on_confirmation', 'when_impact_approved', 'by_hand']).prefault(defaults.cve.requested),
  assigner: map({
    kind: oneOf(['external', 'member', 'own_cna']).prefault(defaults.cve_assigner.kind),
    name: orNone(text).prefault(defaults.cve_assigner.name),
    organisation: orNone(uuid).prefault(defaults.cve_assigner.organisation),
    role: orNone(role).prefault(defaults.cve_assigner.role),
    asked_by: oneOf(['label', 'mail', 'web_form', 'api']).prefault(defaults.cve_assigner.asked_by),
  }).prefault({}),
  recorded_in: oneOf(['issue_comment', 'advisory']).prefault(defaults.cve.recorded_in),
});

const maintained = map({
  branch: text,
  from: orNone(instant).prefault(defaults.maintained.from),
  until: orNone(instant).prefault(defaults.maintained.until),
});
const branches = map({
  groups: named(ownName, texts).optional(),
  must: names.prefault([...defaults.branches.must]),
  should: names.prefault(defaults.branches.should),
  aim: names.prefault(defaults.branches.aim),
  left_to: orNone(text).prefault(defaults.branches.left_to),
  maintained: rowsOf(maintained).prefault(defaults.branches.maintained),
});

const whichCommit = orNone(oneOf(['last_commit', 'all_commits', 'none']));
const commits = map({
  checked: oneOf(['before_posting', 'before_pull_request', 'at_disclosure', 'never']).prefault(defaults.commits.checked),
  cve: whichCommit.prefault(defaults.commits.cve),
  issue_url: whichCommit.prefault(defaults.commits.issue_url),
  trailers: listOf(template).prefault(defaults.commits.trailers),
  placed_before: names.prefault(defaults.commits.placed_before),
  patch_file: orNone(template).prefault(defaults.commits.patch_file),
});

const reviewShape = { approvals: count.optional(), by: someRoles.optional(), each_of: someRoles.optional() };
const eachOrSome = { error: ' has each_of, so neither approvals nor by may stand beside it.' };
const review = orNone(
  map(reviewShape).refine(({ approvals, by, eachOf }) => eachOf === undefined || (approvals === undefined && by === undefined), eachOrSome),
);
const patchReview = orNone(
  map({ ...reviewShape, before: oneOf(['posting', 'notice', 'disclosure']).prefault(defaults.patch_review.before) }).refine(
    ({ approvals, by, eachOf }) => eachOf === undefined || (approvals === undefined && by === undefined),
    eachOrSome,
  ),
);

const reviews = map({
  patch: patchReview.prefault({}),
  backport: review.prefault(defaults.reviews.backport),
  impact: review.prefault(defaults.reviews.impact),
  advisory: review.prefault({}),
  publication: review.prefault({}),
  redaction: review.prefault({}),
  policy_change: review.prefault({}),
  tests: oneOf(['required', 'expected', 'optional']).prefault(defaults.reviews.tests),
  enough: orNone(count).prefault(defaults.reviews.enough),
  complex_from: orNone(count).prefault(defaults.reviews.complex_from),
});

const party = map({
  name: ownName,
  list: address.optional(),
  role: role.optional(),
  sent: oneOf(['signed', 'signed_and_encrypted']).prefault(defaults.party.sent),
  prefix: orNone(text).prefault(defaults.party.prefix),
  limit: orNone(duration).prefault(defaults.party.limit),
  duties: listOf(oneOf(['public_post', 'exploit_post'])).prefault(defaults.party.duties),
  read_first: orNone(template).prefault(defaults.party.read_first),
}).transform(({ list, role: member, ...rules }, context): PartyRules => {
  if (list !== undefined && member === undefined) return { ...rules, to: { kind: 'list', address: list } };
  if (member !== undefined && list === undefined) return { ...rules, to: { kind: 'role', role: member } };
  return refuse(context, ' needs either list or role.');
});

const downstream = map({
  parties: rowsOf(party).prefault(defaults.downstream.parties),
  lead_time: orNone(range).prefault(defaults.downstream.lead_time),
  must: conditions.prefault([...defaults.downstream.must]),
  should: conditions.prefault(defaults.downstream.should),
  told_within: orNone(deadline).prefault(defaults.downstream.told_within),
  may_say: listOf(oneOf(partyStatements)).prefault(defaults.downstream.may_say),
  may_deploy: oneOf(['after_disclosure', 'before_disclosure', 'as_the_notice_says']).prefault(defaults.downstream.may_deploy),
  may_share_with: oneOf(['nobody', 'other_parties']).prefault(defaults.downstream.may_share_with),
  screening: oneOf(['none', 'recorded']).prefault(defaults.downstream.screening),
  proposal: oneOf(['none', 'recorded']).prefault(defaults.downstream.proposal),
});

export const embargoSections = {
  embargo: embargo.prefault({}),
  cve: cve.prefault({}),
  branches: branches.prefault({}),
  commits: commits.prefault({}),
  reviews: reviews.prefault({}),
  downstream: downstream.prefault({}),
};
