// SPDX-License-Identifier: Apache-2.0
// The schema of the sections until a report is judged: policy, calendar, roles, intake, visibility, ownership, duplicates, eligibility, severity.

import { z } from 'zod';
import type { Membership } from '../core/policy/policy.ts';
import type { IntakeChannel } from '../core/policy/report-rules.ts';
import { applicantStatements, gitlabRoles, mayWaitNames, rights, scores, weekdays } from '../core/policy/words.ts';
import { conditions } from './conditions.ts';
import { defaults } from './defaults.ts';
import {
  address,
  contact,
  count,
  days,
  duration,
  instant,
  matching,
  name,
  names,
  ownName,
  role,
  roles,
  someRoles,
  text,
  texts,
  zone,
} from './scalars.ts';
import { expected, listOf, map, named, nonEmptyListOf, oneOf, orNone, refuse, rowsOf } from './shapes.ts';

const policyName = name.regex(/^[a-z][a-z0-9-]*$/, { error: expected('a name of lower-case letters, digits and -') });

const policy = map({
  name: policyName,
  version: count,
  title: text,
  valid_from: instant,
  replaces: orNone(policyName).prefault(defaults.policy.replaces),
  contact,
  human_steps_at_most: orNone(count).prefault(defaults.policy.human_steps_at_most),
  bound_by: listOf(oneOf(['eu_cra_manufacturer', 'eu_cra_steward'])).prefault(defaults.policy.bound_by),
  licence: orNone(text).prefault(defaults.policy.licence),
  sources: named(name, text).prefault({}),
});

const calendar = map({
  zone: zone.prefault(defaults.calendar.zone),
  business_days: nonEmptyListOf(oneOf(weekdays)).prefault([...defaults.calendar.business_days]),
  holidays: listOf(days).prefault(defaults.calendar.holidays),
});

const synced = map({ gitlab_project: text.optional(), role: oneOf(gitlabRoles).optional(), oidc_group: text.optional() }).transform(
  ({ gitlabProject, role: leastRole, oidcGroup }, context): Membership => {
    if (gitlabProject !== undefined && oidcGroup === undefined)
      return { kind: 'gitlab_project', project: gitlabProject, leastRole: leastRole ?? null };
    if (oidcGroup !== undefined && gitlabProject === undefined && leastRole === undefined) return { kind: 'oidc_group', group: oidcGroup };
    return refuse(context, ' needs either gitlab_project, with role where not every member belongs, or oidc_group.');
  },
);
const invited = z.literal('invited').transform((): Membership => ({ kind: 'invited' }));

const admission = map({
  apply_to: orNone(address).prefault(defaults.admission.apply_to),
  states: listOf(oneOf(applicantStatements)).prefault(defaults.admission.states),
  must: conditions.prefault([...defaults.admission.must]),
  should: conditions.prefault(defaults.admission.should),
  renewed_every: orNone(duration).prefault(defaults.admission.renewed_every),
  listed: oneOf(['publicly', 'privately']).prefault(defaults.admission.listed),
});

const roleRules = map({
  from: z
    .union([invited, synced], { error: expected('`invited`, or a map with gitlab_project or oidc_group') })
    .prefault(defaults.role.from),
  per: oneOf(['project', 'component', 'distribution']).prefault(defaults.role.per),
  may: listOf(oneOf(rights)).prefault(defaults.role.may),
  admission: orNone(admission).prefault('none'),
});

const intakeChannel = map({
  web: oneOf(['form']).optional(),
  mail: address.optional(),
  member_mail: role.optional(),
  gitlab: text.optional(),
  tracker: text.optional(),
  starts: oneOf(['private', 'public', 'as_marked']).prefault(defaults.intake_channel.starts),
  accepts: oneOf(['reports', 'redirect']).prefault(defaults.intake_channel.accepts),
  former: listOf(address).prefault(defaults.intake_channel.former),
  account: oneOf(['required', 'optional']).prefault(defaults.intake_channel.account),
  encryption: oneOf(['required', 'encouraged', 'optional']).prefault(defaults.intake_channel.encryption),
}).transform(({ web, mail, memberMail, gitlab, tracker, ...rules }, context): IntakeChannel => {
  const given = [web, mail, memberMail, gitlab, tracker].filter((way) => way !== undefined);
  if (given.length === 1) {
    if (web !== undefined) return { kind: 'web', declared: true, ...rules };
    if (mail !== undefined) return { kind: 'mail', address: mail, ...rules };
    if (memberMail !== undefined) return { kind: 'member_mail', role: memberMail, ...rules };
    if (gitlab !== undefined) return { kind: 'gitlab', project: gitlab, ...rules };
    if (tracker !== undefined) return { kind: 'tracker', name: tracker, ...rules };
  }
  return refuse(context, ' needs exactly one of web, mail, member_mail, gitlab, tracker.');
});

const releases = z.enum(['any_release', 'latest_release', 'supported_release']);
const shownOn = z.union(
  [releases.transform((kind) => ({ kind })), duration.transform((age) => ({ kind: 'no_older_than' as const, age }))],
  { error: expected('any_release, latest_release, supported_release, or a duration such as `3 months`') },
);

const fileEnding = matching(/^[a-z0-9]{1,12}$/, 'a file ending without its dot, such as zip');

const season = map({
  from: instant,
  until: instant,
  except: listOf(oneOf(['exploited', 'already_public'])).prefault([...defaults.closed_season.except]),
}).refine(({ from, until }) => from.at < until.at, { error: ' ends before it begins.' });

const intake = map({
  channels: rowsOf(intakeChannel).prefault(defaults.intake.channels.map((row) => ({ ...row }))),
  unsure: oneOf(['private', 'public']).prefault(defaults.intake.unsure),
  one_flaw_each: oneOf(['required', 'encouraged']).prefault(defaults.intake.one_flaw_each),
  shown_on: shownOn.prefault(defaults.intake.shown_on),
  found_by_ai: oneOf(['private', 'public', 'public_without_reproducer', 'ask']).prefault(defaults.intake.found_by_ai),
  exposed_by_mistake: oneOf(['hide', 'leave']).prefault(defaults.intake.exposed_by_mistake),
  moderation: oneOf(['none', 'non_members', 'everyone']).prefault(defaults.intake.moderation),
  form: map({
    required: names.prefault([...defaults.form.required]),
    asked: names.prefault([...defaults.form.asked]),
    choices: named(ownName, texts).prefault({}),
    help: named(ownName, text).prefault({}),
  }).prefault({}),
  attachments: map({
    discouraged: listOf(fileEnding).prefault(defaults.attachments.discouraged),
    refused: listOf(fileEnding).prefault(defaults.attachments.refused),
    files: count.prefault(defaults.attachments.files),
    megabytes: count.prefault(defaults.attachments.megabytes),
  }).prefault({}),
  reports_per_day: orNone(count).prefault(defaults.intake.reports_per_day),
  closed: rowsOf(season).prefault(defaults.intake.closed),
});

const visibility = map({
  on_receipt: someRoles,
  when_added: roles.prefault(defaults.visibility.when_added.map((word) => word as string)),
  cve_queue: roles.prefault(defaults.visibility.cve_queue),
  mail: oneOf(['no_content', 'encrypted_content']).prefault(defaults.visibility.mail),
  mail_to_reporter: oneOf(['as_they_wrote', 'link_only']).prefault(defaults.visibility.mail_to_reporter),
});

const ownership = map({
  routed_by: oneOf(['rota', 'maintainers_file', 'codeowners', 'components']).prefault(defaults.ownership.routed_by),
  coverage: oneOf(['none', 'warn', 'block']).prefault(defaults.ownership.coverage),
  fallback: role.optional(),
  unclaimed: oneOf(['rota', 'fallback']).prefault(defaults.ownership.unclaimed),
  escalation: roles.prefault(defaults.ownership.escalation),
  last_resort: orNone(text).prefault(defaults.ownership.last_resort),
  mails_to: oneOf(['owner', 'those_asked', 'all_with_access']).prefault(defaults.ownership.mails_to),
  may_wait: listOf(oneOf(mayWaitNames)).prefault([...defaults.ownership.may_wait]),
  quiet_hours: oneOf(['kept', 'broken_by_calls']).prefault(defaults.ownership.quiet_hours),
});

const duplicates = map({
  reporter_learns: oneOf(['that_it_is_known', 'the_outcome', 'the_case']).prefault(defaults.duplicates.reporter_learns),
  credit: oneOf(['every_reporter', 'first_reporter']).prefault(defaults.duplicates.credit),
  rediscovery: oneOf(['note', 'ask', 'publish']).prefault(defaults.duplicates.rediscovery),
});

const fields = z.record(ownName, nonEmptyListOf(text), { error: expected('a map from form fields to lists, or `anything_else`') });
const scopeRow = map({
  rule: name,
  when: z.union([z.literal('anything_else').transform(() => null), fields], {
    error: expected('a map from form fields to lists, or `anything_else`'),
  }),
  // biome-ignore lint/suspicious/noThenProperty: the language's word; the row is renamed before anything could await it
  then: oneOf(['in', 'out', 'elsewhere']),
  say: text,
}).transform(({ rule, when, then: proposes, say }) => ({ rule, when, proposes, say }));

const flawClass = map({
  means: text,
  handled: oneOf(['in_confidence', 'in_the_open']).prefault(defaults.class.handled),
  publishes: oneOf(['advisory', 'notice', 'note', 'note_if_useful', 'nothing']).optional(),
  branches: names.optional(),
});

const eligibility = map({
  decided: oneOf(['first', 'with_assessment']).prefault(defaults.eligibility.decided),
  scope: rowsOf(scopeRow).prefault(defaults.eligibility.scope),
  out_of_scope: oneOf(['public_bug', 'close_publicly']).prefault(defaults.eligibility.out_of_scope),
  not_exploitable: oneOf(['public_bug', 'hardening', 'close_publicly']).prefault(defaults.eligibility.not_exploitable),
  classes: named(ownName, flawClass).prefault({}),
});

const severity = map({
  required: oneOf(['at_confirmation', 'when_a_rule_asks', 'never']).prefault(defaults.severity.required),
  scale: nonEmptyListOf(ownName).prefault([...defaults.severity.scale]),
  scores: listOf(oneOf(scores)).prefault([...defaults.severity.scores]),
});

export const reportSections = {
  policy,
  calendar: calendar.prefault({}),
  roles: z.record(name, roleRules, { error: expected('a map from roles to their rules') }).prefault({}),
  intake: intake.prefault({}),
  visibility,
  ownership: ownership.prefault({}),
  duplicates: duplicates.prefault({}),
  eligibility: eligibility.prefault({}),
  severity: severity.prefault({}),
};
