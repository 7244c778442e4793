// SPDX-License-Identifier: Apache-2.0
// The schema of the sections about what becomes public: disclosure, advisory, publication, closing, clocks, agents, texts, labels.

import { z } from 'zod';
import type { DisclosureChannel } from '../core/policy/disclosure-rules.ts';
import {
  advisoryFormats,
  advisoryParts,
  agentActions,
  creditRoles,
  cveLabels,
  fixLabels,
  handlingLabels,
  texts as textNames,
  weekdays,
  withheldKinds,
} from '../core/policy/words.ts';
import { conditions } from './conditions.ts';
import { defaults } from './defaults.ts';
import { publicKey } from './public-key.ts';
import { address, deadline, duration, hour, roles, template, text, texts, url } from './scalars.ts';
import { expected, listOf, map, nonEmptyListOf, oneOf, orNone, refuse, rowsOf, tableOf } from './shapes.ts';
import { shown } from './shown.ts';

const plainChannel = z
  .enum(['issue', 'public_review', 'site'])
  .transform((kind): DisclosureChannel => (kind === 'site' ? { kind, url: null } : { kind }));
const addressedChannel = map({
  site: url.optional(),
  git: url.optional(),
  mail: nonEmptyListOf(address).optional(),
  rules: orNone(oneOf(['oss_security', 'none'])).prefault(defaults.mail_channel.rules),
  read_first: orNone(template).prefault(defaults.mail_channel.read_first),
}).transform(({ site, git, mail, rules, readFirst }, context): DisclosureChannel => {
  const given = [site, git, mail].filter((way) => way !== undefined);
  if (given.length === 1) {
    if (mail !== undefined) return { kind: 'mail', lists: mail, rules, readFirst };
    if (site !== undefined && rules === null && readFirst === null) return { kind: 'site', url: site };
    if (git !== undefined && rules === null && readFirst === null) return { kind: 'git', url: git };
  }
  return refuse(context, ' needs exactly one of site, git, mail; rules and read_first go with mail.');
});
const channel = z.union([plainChannel, addressedChannel], {
  error: ({ input }) => `: ${shown(input)} is no channel; expected issue, public_review, site, or a map with site, git or mail.`,
});

const someDays = z
  .union([z.literal('any'), nonEmptyListOf(oneOf(weekdays))], { error: expected('any, or a list of weekdays such as [Tuesday, Thursday]') })
  .transform((value) => (value === 'any' ? weekdays : value));

const unfixed = map({
  allowed: oneOf(['never', 'by_choice']).prefault(defaults.unfixed.allowed),
  must: conditions.prefault(defaults.unfixed.must),
  should: conditions.prefault(defaults.unfixed.should),
  warned: orNone(duration).prefault(defaults.unfixed.warned),
});

const disclosure = map({
  trigger: oneOf(['patch_posted', 'fix_merged', 'fix_released', 'date_reached', 'by_hand']).prefault(defaults.disclosure.trigger),
  posted_to: orNone(address).prefault(defaults.disclosure.posted_to),
  when_already_public: oneOf(['on_receipt', 'on_confirmation', 'on_fix']).prefault(defaults.disclosure.when_already_public),
  at_latest: orNone(deadline).optional(),
  promised: orNone(deadline).prefault(defaults.disclosure.promised),
  days: someDays.prefault(defaults.disclosure.days),
  hour: orNone(hour).prefault(defaults.disclosure.hour),
  together_with: roles.prefault(defaults.disclosure.together_with),
  must: conditions.prefault(defaults.disclosure.must),
  should: conditions.prefault(defaults.disclosure.should),
  channels: rowsOf(channel).prefault([...defaults.disclosure.channels]),
  signed: orNone(oneOf(['openpgp', 'none'])).prefault(defaults.disclosure.signed),
  signing_keys: listOf(publicKey).prefault(defaults.disclosure.signing_keys),
  unfixed: unfixed.prefault({}),
});

const advisory = map({
  kind: oneOf(['advisory', 'notice', 'none']).prefault(defaults.advisory.kind),
  id: text.prefault(defaults.advisory.id),
  numbered: oneOf(['at_receipt', 'at_confirmation', 'at_disclosure']).prefault(defaults.advisory.numbered),
  formats: listOf(oneOf(advisoryFormats)).prefault([...defaults.advisory.formats]),
  must_contain: listOf(oneOf(advisoryParts)).prefault([...defaults.advisory.must_contain]),
});

const proofOfConcept = z.union(
  [
    z.enum(['with_record', 'reporter_decides', 'withheld']).transform((kind) => ({ kind })),
    duration.transform((delay) => ({ kind: 'after_disclosure' as const, delay })),
  ],
  { error: expected('with_record, reporter_decides, withheld, or a duration such as `7 days`') },
);

const publication = map({
  scope: oneOf(['fix_only', 'notice', 'issue', 'full_record']).prefault(defaults.publication.scope),
  reports: oneOf(['every_report', 'confirmed_flaws']).prefault(defaults.publication.reports),
  proof_of_concept: proofOfConcept.prefault(defaults.publication.proof_of_concept),
  credit: listOf(oneOf(creditRoles)).prefault([...defaults.publication.credit]),
  withheld: listOf(oneOf(withheldKinds)).prefault([...defaults.publication.withheld]),
  findings: oneOf(['shown', 'decided']).prefault(defaults.publication.findings),
  statistics: oneOf(['public', 'none']).prefault(defaults.publication.statistics),
});

const closing = map({ must: conditions.optional(), should: conditions.prefault(defaults.closing.should) });

const clock = orNone(duration);
const clocks = map({
  moderation: clock.prefault(defaults.clocks.moderation),
  acknowledge: clock.prefault(defaults.clocks.acknowledge),
  claim: clock.prefault(defaults.clocks.claim),
  verdict: clock.prefault(defaults.clocks.verdict),
  update_reporter: clock.prefault(defaults.clocks.update_reporter),
  fix: clock.prefault(defaults.clocks.fix),
  no_reason_left: clock.prefault(defaults.clocks.no_reason_left),
  posted_but_private: clock.prefault(defaults.clocks.posted_but_private),
  merged_but_open: clock.prefault(defaults.clocks.merged_but_open),
  cve_answer: clock.prefault(defaults.clocks.cve_answer),
  cve_record_aim: clock.prefault(defaults.clocks.cve_record_aim),
  cve_record: clock.prefault(defaults.clocks.cve_record),
  cra_early: clock.prefault(defaults.clocks.cra_early),
  cra_notify: clock.prefault(defaults.clocks.cra_notify),
  cra_final: clock.prefault(defaults.clocks.cra_final),
  warn_before_end: listOf(duration).prefault([...defaults.clocks.warn_before_end]),
});

const agents = map({
  allowed: oneOf(['nobody', 'by_grant']).prefault(defaults.agents.allowed),
  may: listOf(oneOf(agentActions)).prefault(defaults.agents.may),
  under_embargo: oneOf(['nothing', 'as_granted']).prefault(defaults.agents.under_embargo),
  grant_lasts: orNone(duration).prefault(defaults.agents.grant_lasts),
});

const textTable = tableOf(textNames, orNone(template).optional());

const label = texts.optional();
const labels = map({
  handling: tableOf(handlingLabels, label).prefault({}),
  cve: tableOf(cveLabels, label).prefault({}),
  fix: tableOf(fixLabels, label).prefault({}),
  public_title: template.prefault(defaults.labels.public_title),
});

export const disclosureSections = {
  disclosure: disclosure.prefault({}),
  advisory: advisory.prefault({}),
  publication: publication.prefault({}),
  closing: closing.prefault({}),
  clocks: clocks.prefault({}),
  agents: agents.prefault({}),
  texts: textTable.prefault({}),
  labels: labels.prefault({}),
};
