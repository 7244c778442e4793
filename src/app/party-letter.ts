// SPDX-License-Identifier: Apache-2.0
// The advance notice to a mailing list, byte for byte as somebody sends it: subject and text from the policy, and what the list's own rules ask for (VMT-19, F5).

import { toTheMinute } from '../core/model/time.ts';
import { addDuration } from '../core/policy/calendar.ts';
import type { PartyRules } from '../core/policy/embargo-rules.ts';
import { durationText } from '../core/policy/quantities.ts';
import { impactApproved } from '../core/process/conditions.ts';
import { isCleared, isProposed, partiesIn, rulesOf } from '../core/process/parties.ts';
import { filled, filledSubject, wrapped } from '../notices/notice.ts';
import { creditsOf } from './advisory-draft.ts';
import type { CaseView } from './views.ts';

export interface PartyLetter {
  readonly party: string;
  readonly to: string;
  readonly sent: PartyRules['sent'];
  /** With the prefix that the list asks for, to the character. */
  readonly subject: string;
  /** 72 columns, LF line ends. */
  readonly text: string;
  /** Names of the patches to attach, in the order of the branches. */
  readonly attached: readonly string[];
  /** What is still missing, or what the list would not take; empty when it can go out. */
  readonly faults: readonly string[];
}

/** One for each list that is not told yet, in the order of the policy; none where the case is public. */
export function partyLetters(view: CaseView): readonly PartyLetter[] {
  const { state, policy } = view;
  if (state.visibility === 'public') return [];
  return partiesIn(state, policy).flatMap((party): readonly PartyLetter[] => {
    const rules = party.state === 'listed' ? rulesOf(policy, party.name) : undefined;
    if (rules?.to.kind !== 'list') return [];
    const may = isProposed(party, policy) && isCleared(party, policy);
    return [letter(view, rules, rules.to.address, may ? [] : ['This party is not proposed and cleared yet.'])];
  });
}

const ownSubject = 'Advance notice of a vulnerability ({cve})';
const ownText = `Advance notice, confidential until {date}.

{impact_text}

The attached patches are merged on that date unless a flaw is found in them.
CVE: {cve}
We publish: {date}
Answers reach {owner}, {project}.`;

function letter(view: CaseView, rules: PartyRules, to: string, open: readonly string[]): PartyLetter {
  const { state, policy } = view;
  const fields = fieldsOf(view);
  const attached = patchesOf(view);
  const subject = `${rules.prefix ?? ''}${filledSubject(policy.texts.notice_subject ?? ownSubject, fields)}`;
  const said = filled(policy.texts.notice ?? ownText, fields).replace(/\n{3,}/g, '\n\n');
  const files = attached.length === 0 ? [] : [`Attached: ${attached.join(', ')}`];
  const text = wrapped(`${[said, asked(view, rules).join('\n'), ...files, `Reference: ${state.codename}`].join('\n\n')}\n`);
  return { party: rules.name, to, sent: rules.sent, subject, text, attached, faults: [...open, ...faults(view, rules, attached)] };
}

function fieldsOf(view: CaseView): Readonly<Record<string, string | null>> {
  const { state, policy, texts, names } = view;
  const until = dateOf(view);
  const numbers = state.flaws.flatMap(({ number }) => (number === null ? [] : [number]));
  return {
    project: policy.title,
    case: state.codename,
    owner: state.owner === null ? null : (names.get(state.owner) ?? null),
    date: until,
    end: until,
    impact_text: state.impact === null ? null : (texts.get(state.impact.content.id) ?? null),
    component: state.component,
    cve: numbers.join(', '),
    advisory_id: state.advisory.number,
    credit: creditsOf(state, policy, texts, names)
      .map(({ name }) => name)
      .join(', '),
  };
}

/** `2026-11-19 15:00 UTC`; null while no date stands. */
function dateOf({ state: { embargo } }: CaseView): string | null {
  if (embargo.until === null || embargo.state === 'exited') return null;
  return `${toTheMinute(embargo.until).slice(0, 16).replace('T', ' ')} UTC`;
}

const statements = {
  existence: 'that there is an issue',
  advisory_id: 'its number',
  date: 'the date',
  severity: 'its severity',
  workaround: 'a workaround',
} as const;

/** What every list is asked to keep to, and what we promise it in turn. */
function asked(view: CaseView, { limit, duties }: PartyRules): readonly string[] {
  const { maySay, mayDeploy, mayShareWith } = view.policy.downstream;
  const date = dateOf(view);
  return [
    `Please publish nothing${date === null ? '' : ` before ${date}`}, and no patch.`,
    maySay.length === 0
      ? 'Please say nothing of it in public before.'
      : `In public you may say before: ${maySay.map((one) => statements[one]).join(', ')}.`,
    ...(mayDeploy === 'before_disclosure' ? ['You may deploy the fix before that date.'] : []),
    ...(mayDeploy === 'after_disclosure' ? ['Please deploy the fix after that date only.'] : []),
    mayShareWith === 'other_parties' ? 'You may speak of it with others who got this notice.' : 'Please share it with nobody else.',
    ...(limit === null ? [] : [`We know that you keep nothing longer than ${durationText(limit)}.`]),
    ...(duties.includes('public_post') ? ['When it is public, we post it to the public list ourselves.'] : []),
    ...(duties.includes('exploit_post') ? ['What shows the flaw, where it is shared here, we post there within 7 days.'] : []),
  ];
}

/** The latest approved patch of each branch. */
function patchesOf({ state, attachments }: CaseView): readonly string[] {
  return state.branches.flatMap((fix) => {
    const last = fix.patches.at(-1);
    const info = last === undefined ? undefined : attachments.find(({ ref }) => ref.id === last.id);
    return info === undefined ? [] : [info.name];
  });
}

/** F5: the lists of the distributions take names of letters, digits, dot, minus and underscore, which do not begin with a mark. */
const takenName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

function faults({ state, policy, now }: CaseView, { limit }: PartyRules, attached: readonly string[]): readonly string[] {
  const { until } = state.embargo;
  return [
    ...(state.impact === null ? ['There is no description of the impact yet.'] : []),
    ...(state.impact !== null && !impactApproved(state, policy) ? ['The description of the impact is not approved.'] : []),
    ...(until === null ? ['No date is fixed yet.'] : []),
    ...(until !== null && limit !== null && addDuration(now, limit, policy.calendar) < until
      ? [`The date lies beyond the ${durationText(limit)} that this list keeps: tell it later, or move the date.`]
      : []),
    ...(attached.length === 0 ? ['There is no patch to attach.'] : []),
    ...attached.filter((name) => !takenName.test(name)).map((name) => `${name}: call it by letters, digits, dot, minus and underscore.`),
  ];
}
