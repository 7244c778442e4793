// SPDX-License-Identifier: Apache-2.0
// Mail to a reporter about their own report: what happened, what comes next, and where to look. It holds what is addressed to them and nothing else.

import type { Policy } from '../core/policy/policy.ts';
import type { TextName } from '../core/policy/words.ts';
import type { NoticeName } from '../core/process/consequence.ts';
import type { Fields, Notice } from './notice.ts';
import { filled, wrapped } from './notice.ts';

export type ReporterNotice = Extract<
  NoticeName,
  | 'held'
  | 'acknowledgement'
  | 'embargo-reminder'
  | 'embargo-refused'
  | 'date-asked-of-you'
  | 'out-of-scope'
  | 'elsewhere'
  | 'not-exploitable'
  | 'message'
  | 'policy-changed'
  | 'disclosed'
  | 'forwarded'
  | 'withdrawal-noted'
  | 'withdrawal-decided'
  | 'unfixed-warning'
  | 'unfixed-called-off'
  | 'reopened'
  | 'number-assigned'
  | 'advisory-corrected'
  | 'duplicate'
  | 'known-news'
  | 'link-again'
  | 'part-opened'
>;

export interface ReporterContext {
  readonly policy: Policy;
  readonly codename: string;
  /** Address that opens the reporter's own page once. */
  readonly link: string;
  /** How long it does, in days. */
  readonly linkDays: number;
  readonly fields: Fields;
  /** Text of the message, for `message`. */
  readonly body: string | null;
  /** Public page of the case, once there is one. */
  readonly page: string | null;
}

const dispute = 'If you see it otherwise, answer this mail and say what was overlooked. A verdict can be taken back.';

/** Daylight's own texts, where a policy has none. */
const own: Readonly<Record<ReporterNotice, string>> = {
  held: 'Your message arrived and is held for moderation. A person will look at it.\nReference: {case}',
  acknowledgement:
    'Thank you. Your report arrived and is known here as {case}.\n{owner} looks after it.\nStill missing: {missing}\nMore than one reporter may send in a day came from you; this one gets its turn on {queued}.\nIt is under embargo until {end}.',
  'embargo-reminder': 'This matter is under embargo until {end}. Please disclose no detail before then.',
  'embargo-refused': 'The date that you asked for was not agreed to.\nMissing: {missing}\nYour page says more, and takes another request.',
  'date-asked-of-you': 'We ask you to agree to a date until which this stays private. Please answer on your page; silence is no agreement.',
  'out-of-scope': `A maintainer found your report outside the security promise of this project. {say}\nIt is public from now on, as an ordinary bug.\n\n${dispute}`,
  elsewhere: `Your report concerns another project: {target}\n{say}\nIt stays private here. Shall we pass it on to them? We do so only with your word; your page asks for it.\n\n${dispute}`,
  'not-exploitable': `The team found no way to misuse what you reported. It is public from now on, and handled as an ordinary matter.\nClass: {class}\n{reason}\n\n${dispute}`,
  message: '{body}',
  'policy-changed':
    'Your report is handled under another version of the project’s rules from now on, and the day on which it becomes public at the latest is another.\nIt is under embargo until {end}.\nYour page shows the date that holds.',
  disclosed: 'The case is public now: {page}\nThank you for reporting it.',
  forwarded: 'As you agreed, your report was passed on to the other project: {target}\n{evidence}',
  'withdrawal-noted':
    'You asked to take your report back; the team decides.\n{becomes}\nIf that is not what you want, say so before they decide.',
  'withdrawal-decided': '{outcome}\n{reason}\nIt is public now: {page}',
  'unfixed-warning':
    'There is no fix yet, and the project has decided to publish your report without one: {date}\n{reason}\nUntil then it can be called off. If something speaks against it, answer now.',
  'unfixed-called-off': 'Your report is not published without a fix for now.\n{reason}',
  reopened: 'The case of your report goes on.\n{reason}',
  'number-assigned': 'What you reported has the CVE number {cve}.',
  'advisory-corrected': 'A new version of the advisory is public: {page}\n{reason}',
  duplicate:
    'What you reported is known here already. Your report is kept, and becomes public together with the other.\nUntil then please disclose no detail.',
  'known-news': 'There is news about what you reported; your page tells it.',
  'link-again': 'Somebody, most likely you, asked for another link to your page. Here it is; earlier ones that nobody opened stay good.',
  'part-opened':
    'Your report holds more than one flaw, and each is handled by itself. This part goes on as {case}, with a page of its own.',
};

const policyText: Readonly<Partial<Record<ReporterNotice, TextName>>> = {
  held: 'held',
  acknowledgement: 'acknowledgement',
  'embargo-reminder': 'embargo_reminder',
  'embargo-refused': 'embargo_refused',
  'out-of-scope': 'out_of_scope',
  elsewhere: 'elsewhere',
  'not-exploitable': 'not_exploitable',
  'unfixed-warning': 'unfixed_warning',
  duplicate: 'duplicate',
};

const subjects: Readonly<Record<ReporterNotice, string>> = {
  held: 'Your message is held for moderation',
  acknowledgement: 'Your report arrived',
  'embargo-reminder': 'The date that was agreed',
  'embargo-refused': 'The date that you asked for',
  'date-asked-of-you': 'A date is proposed',
  'out-of-scope': 'What became of your report',
  elsewhere: 'What became of your report',
  'not-exploitable': 'What became of your report',
  message: 'A message from the team',
  'policy-changed': 'The date may be another',
  disclosed: 'Your report is public',
  forwarded: 'Your report was passed on',
  'withdrawal-noted': 'You asked to withdraw',
  'withdrawal-decided': 'Your wish to withdraw',
  'unfixed-warning': 'A date for your report',
  'unfixed-called-off': 'The date for your report',
  reopened: 'Your report is looked at again',
  'number-assigned': 'A number for your report',
  'advisory-corrected': 'The advisory was corrected',
  duplicate: 'What became of your report',
  'known-news': 'News about your report',
  'link-again': 'Another link to your page',
  'part-opened': 'A part of your report',
};

export function toReporter(name: ReporterNotice, context: ReporterContext): Notice {
  const { policy, codename, link, linkDays, body, page } = context;
  const text = policyText[name];
  const template = (text === undefined ? undefined : policy.texts[text]) ?? own[name];
  const fields = { ...context.fields, case: codename, body, page };
  const first = name === 'acknowledgement' || name === 'held';
  const fate = first && context.fields['fate'] != null ? [context.fields['fate']] : [];
  const said = [...(name === 'acknowledgement' ? confidence(policy, fields) : []), filled(template, fields).trimEnd(), ...fate].join(
    '\n\n',
  );
  return { subject: `[${codename}] ${subjects[name]}`, text: wrapped(`${said}\n\n${footer(link, linkDays)}`) };
}

/** VMT-13: where an embargo is the rule, the reminder of it stands before everything else in the first letter. */
function confidence({ embargo, texts }: Policy, fields: Fields): readonly string[] {
  if (embargo.mode !== 'by_default' || fields['confidential'] !== 'yes') return [];
  const reminder = fields['end'] == null ? '' : filled(texts.embargo_reminder ?? own['embargo-reminder'], fields).trim();
  return [reminder === '' ? undated : reminder];
}

const undated = 'This matter is kept in confidence until a date that is still to be agreed. Please disclose no detail before then.';

function footer(link: string, linkDays: number): string {
  return `Your page, which shows where the case stands and takes your answers:\n  ${link}\nThe link opens it once, within ${linkDays} days; after that it offers to send you another.\nAn answer to this mail reaches the same people.\n`;
}
