// SPDX-License-Identifier: Apache-2.0
// Writes docs/policies.md: the presets side by side, as far as they act differently. Pure; the same policies give the same page.

import { conditionText } from '../../src/core/policy/conditions.ts';
import type { Review } from '../../src/core/policy/embargo-rules.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { rolesWith } from '../../src/core/policy/policy.ts';
import { durationText } from '../../src/core/policy/quantities.ts';
import { rights, sections, texts, weekdays } from '../../src/core/policy/words.ts';
import { entries, valueText } from '../../src/policy/spelling.ts';

/** One line of a table: a key, and what acts in each policy. */
interface Line {
  readonly key: string;
  readonly values: readonly string[];
}

export function policiesPage(policies: readonly Policy[]): string {
  const parts = sections.map((section) => ({ section, lines: linesOf(section, policies).filter(differ) }));
  const tables = parts.filter(({ lines }) => lines.length > 0).map(({ section, lines }) => `## ${section}\n\n${tableOf(policies, lines)}`);
  return [head, overview(policies), ...tables].join('\n\n').concat('\n');
}

const head = `# The presets side by side

> Generated from \`policies/\`; a test compares. \`UPDATE_GOLDEN=1 npm test test/docs.test.ts\` writes it anew.

Each preset is one file, and each file is one project's whole process. This page shows the keys in which they act differently; where all agree, the key is left out.
What a key means stands in [policy-language.md](policy-language.md). \`daylight policy show NAME\` prints everything that acts, \`daylight policy diff A B\` compares any two files.
A dash means that there is no such thing under this policy.`;

function overview(policies: readonly Policy[]): string {
  const rows = policies.map(
    ({ name, title, sources }) => `| \`${name}\` | ${cell(title)} | ${Object.values(sources).map(cell).join('; ')} |`,
  );
  return `| preset | title | where it comes from |\n|---|---|---|\n${rows.join('\n')}`;
}

function tableOf(policies: readonly Policy[], lines: readonly Line[]): string {
  const top = `| key | ${policies.map(({ name }) => name).join(' | ')} |\n|---|${'---|'.repeat(policies.length)}`;
  return `${top}\n${lines.map(({ key, values }) => `| \`${key}\` | ${values.map(cell).join(' | ')} |`).join('\n')}`;
}

function differ({ values }: Line): boolean {
  return new Set(values).size > 1;
}

/** Keys whose values are lists of rows or maps of the project's own names: told in one line each. */
const told: Readonly<Record<string, (policy: Policy) => readonly string[]>> = {
  'intake.channels': ({ intake }) => intake.channels.map(intakeChannel),
  'eligibility.scope': ({ eligibility }) => eligibility.scope.map(({ rule, proposes }) => `${rule}: ${proposes}`),
  'eligibility.classes': ({ eligibility }) => Object.entries(eligibility.classes).map(([name, { publishes }]) => `${name}: ${publishes}`),
  'embargo.length': ({ embargo }) => embargo.length.map(rung),
  'branches.groups': ({ branches }) =>
    Object.entries(branches.groups).map(([name, names]) => `${name}: ${names.length === 0 ? 'any' : names.join(' ')}`),
  'reviews.patch': ({ reviews }) => voters(reviews.patch, reviews.patch?.before),
  'reviews.backport': ({ reviews }) => voters(reviews.backport),
  'reviews.impact': ({ reviews }) => voters(reviews.impact),
  'reviews.advisory': ({ reviews }) => voters(reviews.advisory),
  'reviews.publication': ({ reviews }) => voters(reviews.publication),
  'reviews.redaction': ({ reviews }) => voters(reviews.redaction),
  'reviews.policy_change': ({ reviews }) => voters(reviews.policyChange),
  'downstream.parties': ({ downstream }) => downstream.parties.map(({ name }) => name),
  'disclosure.days': ({ disclosure }) => (disclosure.days.length === weekdays.length ? ['any day'] : disclosure.days),
  'disclosure.channels': ({ disclosure }) => disclosure.channels.map(disclosureChannel),
};

function intakeChannel(channel: Policy['intake']['channels'][number]): string {
  switch (channel.kind) {
    case 'web':
      return channel.declared ? 'the form' : 'the form (not declared)';
    case 'mail':
      return `mail to ${channel.address}${channel.accepts === 'redirect' ? ', answered with where to go' : ''}`;
    case 'member_mail':
      return `mail through ${channel.role}`;
    case 'gitlab':
      return `GitLab issues of ${channel.project}`;
    case 'tracker':
      return channel.name;
  }
}

function disclosureChannel(channel: Policy['disclosure']['channels'][number]): string {
  switch (channel.kind) {
    case 'mail':
      return `mail to ${channel.lists.join(' and ')}`;
    case 'site':
      return channel.url === null ? 'the site' : `site ${channel.url}`;
    case 'git':
      return `git ${channel.url}`;
    case 'issue':
    case 'public_review':
      return channel.kind.replaceAll('_', ' ');
  }
}

function rung({ upTo, must, should }: Policy['embargo']['length'][number]): string {
  const asks = [...must.map(conditionText), ...should.map((one) => `should ${conditionText(one)}`)];
  return `${durationText(upTo)}${asks.length === 0 ? '' : ` when ${asks.join(' and ')}`}`;
}

/** Maps of names and of long texts; what is worth a comparison of them is told above and below. */
const apart = /^(roles|texts|labels|policy)\b|^intake\.form\.(choices|help)\b/;

function linesOf(section: string, policies: readonly Policy[]): readonly Line[] {
  if (section === 'roles') return rightLines(policies);
  if (section === 'texts') return textLines(policies);
  const keys = policies.flatMap((policy) =>
    entries(policy)
      .map(({ key }) => Object.keys(told).find((one) => key === one || key.startsWith(`${one}.`) || key.startsWith(`${one}[`)) ?? key)
      .filter((key) => key.startsWith(`${section}.`) && !apart.test(key)),
  );
  return [...new Set(keys)].map((key) => ({ key, values: policies.map((policy) => acting(policy, key)) }));
}

function acting(policy: Policy, key: string): string {
  const lines = told[key]?.(policy);
  if (lines !== undefined) return lines.length === 0 ? '—' : lines.join('; ');
  const text = valueText(policy, key);
  return text === undefined || text === 'none' ? '—' : text;
}

/** Who may do what: the roles of each right. */
function rightLines(policies: readonly Policy[]): readonly Line[] {
  return rights.map((right) => ({ key: right, values: policies.map((policy) => rolesWith(policy, right).join(', ') || '—') }));
}

/** Which texts a project says in its own words. */
function textLines(policies: readonly Policy[]): readonly Line[] {
  return texts.map((name) => ({
    key: name,
    values: policies.map(({ texts: own }) => (own[name] === undefined ? 'Daylight’s' : own[name] === null ? '—' : 'own words')),
  }));
}

function voters(review: Review | null, before?: string): readonly string[] {
  if (review === null) return [];
  const who = review.kind === 'approvals' ? `${review.approvals} of ${review.by.join(', ')}` : `each of ${review.eachOf.join(', ')}`;
  return [before === undefined ? who : `${who}, before ${before}`];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
