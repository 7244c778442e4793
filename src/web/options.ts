// SPDX-License-Identifier: Apache-2.0
// What can be chosen in the forms of a case: taken from its policy and its state, so that a choice that cannot hold is not offered.

import type { CaseView } from '../app/views.ts';
import { type Flaw, ownReporters } from '../core/model/case.ts';
import { restartReasons } from '../core/model/embargo.ts';
import { partyDuties } from '../core/model/party.ts';
import { facts as factNames, type PartyState } from '../core/model/regions.ts';
import { ssvcDecisions } from '../core/model/severity.ts';
import { purposes } from '../core/policy/words.ts';
import { owedReports } from '../core/process/authority.ts';
import { openQuestions } from '../core/process/embargo-questions.ts';
import { partiesIn, toldParties } from '../core/process/parties.ts';
import type { Field, Option } from './fields.ts';
import { asLabel, branchWords, channelWords, factWords, partyWords, plain } from './words.ts';

export const yesNo: readonly Option[] = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

export const backportVerdicts: readonly Option[] = [
  { value: 'acceptable', label: 'Acceptable' },
  { value: 'needs_change', label: 'Needs a change' },
  { value: 'not_acceptable', label: 'Not acceptable' },
];

export const facts: readonly Option[] = factNames.map((fact) => ({ value: fact, label: factWords[fact] }));

export const exits: readonly Option[] = [
  { value: 'early_agreed', label: 'An earlier end was agreed' },
  { value: 'leak', label: 'Details have leaked' },
  { value: 'exploited', label: 'The flaw is exploited' },
];

export const credits: readonly Option[] = [
  { value: 'named', label: 'By name' },
  { value: 'pseudonym', label: 'By pseudonym' },
  { value: 'declined', label: 'No credit wanted' },
];

export function people({ names }: CaseView): readonly Option[] {
  return [...names].map(([value, label]) => ({ value, label }));
}

/** Reporters with a thread in this case; those of duplicates have theirs there. */
export function reporters({ state }: CaseView): readonly Option[] {
  return ownReporters(state).map((reporter, index) => ({
    value: reporter.participant,
    label: `Reporter ${index + 1}`,
    says: `by ${channelWords[reporter.channel]}`,
  }));
}

export function components({ state }: CaseView): readonly Option[] {
  return state.components.map(({ component, finished }) => ({
    value: component,
    label: component,
    ...(finished ? { says: 'finished' } : {}),
  }));
}

/** A flaw by its title, where it has one of its own. */
export function flawName({ title }: Flaw, index: number, texts: CaseView['texts']): string {
  const own = title === null ? undefined : texts.get(title.id);
  return own === undefined ? `Flaw ${index + 1}` : `Flaw ${index + 1}: ${own}`;
}

export function flaws({ state, texts }: CaseView): readonly Option[] {
  return state.flaws.map((flaw, index) => ({
    value: flaw.flaw,
    label: flawName(flaw, index, texts),
    says: flaw.number ?? `CVE ${plain(flaw.cve)}`,
  }));
}

/** A branch and its component in one value: the branch's name holds no space (git-check-ref-format), what follows the first is the component. */
function branchValue(branch: string, component: string | null): string {
  return component === null ? branch : `${branch} ${component}`;
}

export function readBranchValue(value: string): { readonly branch: string; readonly component: string | null } {
  const space = value.indexOf(' ');
  return space < 0 ? { branch: value, component: null } : { branch: value.slice(0, space), component: value.slice(space + 1) };
}

export function branches({ state }: CaseView): readonly Option[] {
  return state.branches.map((fix) => ({
    value: branchValue(fix.branch, fix.component),
    label: [fix.component, fix.branch].filter((part) => part !== null).join(' '),
    says: branchWords[fix.state],
  }));
}

export function branchGroups({ policy }: CaseView): readonly Option[] {
  return Object.entries(policy.branches.groups).map(([value, names]) => ({
    value,
    label: asLabel(value),
    ...(names.length === 0 ? {} : { says: names.join(', ') }),
  }));
}

export function roles({ policy }: CaseView): readonly Option[] {
  return Object.keys(policy.roles).map((role) => ({ value: role, label: asLabel(role) }));
}

export const restarts: readonly Option[] = restartReasons.map((value) => ({ value, label: asLabel(value) }));

export const embargoPurposes: readonly Option[] = purposes.map((value) => ({ value, label: asLabel(value) }));

export const partyAnswers: readonly Option[] = (['acknowledged', 'ready', 'objected'] as const).map((value) => ({
  value,
  label: asLabel(partyWords[value]),
}));

export const duties: readonly Option[] = partyDuties.map((value) => ({ value, label: asLabel(value) }));

/** Facts that ask whether the embargo goes on. */
export function questions({ state, policy }: CaseView): readonly Option[] {
  return openQuestions(state, policy).map(({ fact }) => ({ value: fact, label: factWords[fact] }));
}

/** Parties that stand so, with what is known of each. */
export function parties({ state, policy }: CaseView, ...states: readonly PartyState[]): readonly Option[] {
  return partiesIn(state, policy)
    .filter((party) => states.includes(party.state))
    .map(({ name, state: stands, screening }) => ({
      value: name,
      label: name,
      says: `${partyWords[stands]}${screening === null ? '' : screening.cleared ? '; cleared' : '; not cleared'}`,
    }));
}

/** Parties that are told here and take part: whom the team can write to. */
export function partiesTold({ state }: CaseView): readonly Option[] {
  return toldParties(state)
    .filter(({ told }) => told === 'in_daylight')
    .map(({ name, state: stands }) => ({ value: name, label: name, says: partyWords[stands] }));
}

/** Those that the reader belongs to: a party's view holds no other. */
export function ownParties({ state }: CaseView): readonly Option[] {
  return state.parties.map(({ name }) => ({ value: name, label: name }));
}

/** Rules that this reader has not acknowledged. */
export function unreadRules({ rules }: CaseView): readonly Option[] {
  return rules.filter(({ read }) => !read).map(({ rules: value, to }) => ({ value, label: to }));
}

/** Reports to an authority that are owed and not filed. */
export function authorityReports({ state, policy }: CaseView): readonly Option[] {
  return owedReports(state, policy)
    .filter(({ filedAt }) => filedAt === null)
    .map(({ report, due }) => ({ value: report, label: asLabel(plain(report)), says: `due ${due.slice(0, 16).replace('T', ' ')} UTC` }));
}

/** Channels of the disclosure that are not confirmed; their keys are a number and a kind, `1:site`. */
export function channels({ state }: CaseView): readonly Option[] {
  return state.disclosure.channels
    .filter((channel) => channel.state === 'due')
    .map(({ channel }) => ({ value: channel, label: asLabel(channel.replace(/^\d+:/, '')) }));
}

/** What the table proposes is chosen already; a person may choose otherwise. */
export function verdict(view: CaseView): Field {
  const { proposal } = view.state;
  const chosen = proposal?.kind === 'verdict' ? { chosen: proposal.verdict } : {};
  return { kind: 'choice', name: 'verdict', label: 'Verdict', required: true, options: verdicts(view), ...chosen };
}

function verdicts({ policy }: CaseView): readonly Option[] {
  const out =
    policy.eligibility.outOfScope === 'public_bug'
      ? 'The case becomes public now, as an ordinary bug.'
      : 'The case becomes public now and is closed.';
  return [
    { value: 'in', label: 'In scope', says: 'It goes on in confidence.' },
    { value: 'out', label: 'Out of scope', says: out },
    { value: 'elsewhere', label: 'Belongs elsewhere', says: 'Another project has to hear of it; the case ends here in private.' },
  ];
}

/** The scope table of the policy, where it has one. */
export function scopeRules({ policy }: CaseView): readonly Field[] {
  const options = policy.eligibility.scope.map(({ rule, say, proposes }) => ({
    value: rule,
    label: asLabel(rule.replaceAll('-', ' ')),
    says: `${say} (${proposes})`,
  }));
  return options.length === 0
    ? []
    : [
        {
          kind: 'choice',
          name: 'rule',
          label: 'Rule of the scope table',
          required: false,
          options: [...options, { value: '', label: 'The proposed rule where the verdict follows it, else none' }],
          chosen: '',
        },
      ];
}

/** Each class with what it means, what it publishes, and whether it opens the case. */
export function classes({ policy, state }: CaseView, required: boolean): readonly Field[] {
  const options = Object.entries(policy.eligibility.classes).map(([value, { means, handled, publishes }]) => ({
    value,
    label: value,
    says: `${means}. ${handled === 'in_the_open' ? 'Handled in the open: the case becomes public at once' : 'Handled in confidence'}; publishes ${plain(publishes)}.`,
  }));
  const chosen = state.class === null ? {} : { chosen: state.class };
  return options.length === 0 ? [] : [{ kind: 'choice', name: 'class', label: 'Class', required, options, ...chosen }];
}

export const ssvc: readonly Option[] = ssvcDecisions.map((value) => ({ value, label: asLabel(value) }));

/** Parts in a case that the policy credits beside its reporters. */
export function parts({ policy }: CaseView): readonly Option[] {
  return policy.publication.credit.flatMap((value) => (value === 'reporter' ? [] : [{ value, label: asLabel(value) }]));
}
