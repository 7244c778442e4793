// SPDX-License-Identifier: Apache-2.0
// Forms of the agreement: the request for a date, its answers, the facts that ask, and the parties.

import { partyLetters } from '../app/party-letter.ts';
import type { CaseView } from '../app/views.ts';
import type { ActionKind } from '../core/model/action.ts';
import { type Field, instantHelp } from './fields.ts';
import { type ActionForm, bare, type Make, one, reason, unchosen } from './form.ts';
import * as options from './options.ts';
import { fates } from './piece-options.ts';

const evidence = (label: string, help: string, required = true): Field => ({
  kind: 'textarea',
  name: 'evidence',
  label,
  help,
  rows: 3,
  required,
});
const since = (label: string): Field => ({ kind: 'instant', name: 'since', label, help: instantHelp, required: true });
const deviation: Field = {
  kind: 'textarea',
  name: 'deviation',
  label: 'Reason for going past what the policy asks',
  help: 'Only where it has to be. It is recorded as a deviation and becomes public with the record.',
  rows: 2,
  required: false,
};
const ways = { signed: 'signed', signed_and_encrypted: 'signed and encrypted' } as const;

/** The mail to each list that is not told yet, to the character, and what is still missing in it (VMT-19). */
function letters(view: CaseView): Partial<Pick<ActionForm, 'reads'>> {
  const reads = partyLetters(view).map(({ to, sent, subject, text, faults }) => ({
    to: `${to}, ${ways[sent]}${faults.length === 0 ? '' : `. Still missing: ${faults.join(' ')}`}`,
    text: `Subject: ${subject}\n\n${text}`,
  }));
  return reads.length === 0 ? {} : { reads };
}

/** What becomes of it with the record, where the policy withholds anything. */
function fate(view: CaseView): readonly Field[] {
  const options = fates(view);
  return options.length === 0 ? [] : [{ kind: 'choice', name: 'never', label: 'With the record', options, chosen: '', required: false }];
}

const told = ['notified', 'acknowledged', 'ready', 'objected'] as const;

export const agreementForms = {
  'propose-embargo': (view) => ({
    says: 'The date holds once everybody who is asked has agreed. Silence is no agreement.',
    fields: [
      { kind: 'instant', name: 'until', label: 'Embargo ends', help: instantHelp, required: true },
      { ...reason('Reason', false), help: 'Why it should stay private until then. Only an earlier end needs none.' },
      ...circumstances(view),
      ...restart(view),
    ],
  }),
  'agree-embargo': bare,
  'refuse-embargo': () => ({
    says: 'Whoever asked is told what the request lacks, in the words of the policy, and your reason.',
    fields: [reason('Reason', false)],
  }),
  'keep-embargo': (view) => ({
    says: 'The fact is on record and asks no more. Ending the embargo stays possible.',
    fields: [one('fact', 'Fact', options.questions(view)), reason('Why the embargo goes on')],
  }),
  'propose-party': (view) => ({
    says: 'Your reason stands beside the party’s name for whoever tells it, and becomes public with the record. Nobody is told by this.',
    fields: [unchosen('party', 'Party', options.parties(view, 'listed')), reason('Why this party: what of its own is affected')],
  }),
  'acknowledge-rules': (view) => ({
    says: 'Whoever sends has read the rules of those who get it. Your name, the hour and the hash of the text are recorded.',
    reads: view.rules.filter(({ read }) => !read).map(({ to, text }) => ({ to: `Rules of ${to}`, text })),
    fields: [unchosen('rules', 'I have read the rules of', options.unreadRules(view))],
  }),
  'decide-agents': () => ({
    says: 'Under an embargo no AI agent gets anything until a person says yes. What the policy forbids stays forbidden.',
    fields: [
      { kind: 'choice', name: 'allowed', label: 'Agents may be given work on it', required: true, options: options.yesNo },
      reason('Why'),
    ],
  }),
  'screen-party': (view) => ({
    says: 'Your decision, on record: may this party get private material? Publication is not limited by it.',
    fields: [
      one('party', 'Party', options.parties(view, 'listed')),
      { kind: 'choice', name: 'cleared', label: 'Cleared', required: true, options: options.yesNo },
      reason('On what ground'),
    ],
  }),
  'notify-party': (view) => ({
    says: 'Each member gets a mail that says only that there is something. They read title, impact and patches once they have accepted the terms. Who gets it, and why, stands above under Parties.',
    fields: [
      unchosen('party', 'Party', options.parties(view, 'listed')),
      { kind: 'textarea', name: 'text', label: 'Words to the party', rows: 4, required: false },
      deviation,
    ],
  }),
  'record-notice': (view) => ({
    says: 'Send the text with your own key, as it stands here; this records that you have. The party’s limit counts from that instant.',
    ...letters(view),
    fields: [
      unchosen('party', 'List', options.parties(view, 'listed')),
      since('Told at'),
      {
        kind: 'instant',
        name: 'dated',
        label: 'Date and hour that the message named',
        help: `${instantHelp} A list that asks for a public post wants it in the first message.`,
        required: false,
      },
      evidence('Evidence', 'Message-ID of the mail, or where it can be seen.'),
      deviation,
    ],
  }),
  'record-answer': (view) => ({
    fields: [
      one('party', 'List', options.parties(view, ...told)),
      { kind: 'choice', name: 'answer', label: 'It answered', required: true, options: options.partyAnswers },
      evidence('Evidence', 'Who said so, and where.'),
    ],
  }),
  'write-to-party': (view) => ({
    says: 'The members of that party who accepted its terms read it, and no other party. They get a mail that says only that there is something.',
    fields: [
      one('party', 'Party', options.partiesTold(view)),
      { kind: 'textarea', name: 'body', label: 'Message', rows: 5, required: true },
      ...fate(view),
    ],
  }),
  'write-to-team': (view) => ({
    says: 'The team reads it, and whoever else of your own party; no other party does. It is opened with the record in the end, as far as the record is opened.',
    fields: [
      ...(view.state.parties.length > 1 ? [one('as', 'For', options.ownParties(view))] : []),
      { kind: 'textarea', name: 'body', label: 'Message', rows: 5, required: true },
      { kind: 'file', name: 'attachments', label: 'Files', help: 'The team alone reads them.', required: false, many: true },
      ...fate(view),
    ],
  }),
  'accept-terms': bare,
  'acknowledge-notice': bare,
  'say-ready': () => ({ says: 'You will be able to disclose at the hour that was agreed. Another date takes it back.', fields: [] }),
  'raise-objection': () => ({ fields: [reason('What stands against it')] }),
  'remove-party': (view) => ({
    says: 'Its members see the case no more. That they were told stays on record, and so does its limit.',
    fields: [one('party', 'Party', options.parties(view, ...told)), reason('Reason')],
  }),
  'record-breach': (view) => ({
    says: 'The party loses its access, the embargo ends as a leak, and the other parties are told that it has ended.',
    fields: [
      one('party', 'Party', options.parties(view, ...told)),
      since('Since when'),
      evidence('Evidence', 'What leads from the leak to this party.'),
    ],
  }),
  'record-filing': (view) => ({
    says: 'People file these reports themselves, on the platform of the authority. Write down here that it is done.',
    fields: [
      one('report', 'Report', options.authorityReports(view)),
      evidence('Evidence', 'The receipt of the platform, or where the report can be found.'),
    ],
  }),
  'record-duty': (view) => ({
    fields: [
      one('party', 'Party', options.parties(view, 'released', 'silent', 'left', ...told)),
      { kind: 'choice', name: 'duty', label: 'Task', required: true, options: options.duties },
      evidence('Evidence', 'Where it can be seen; or why there was nothing to post.'),
    ],
  }),
} as const satisfies Readonly<Partial<Record<ActionKind, Make>>>;

/** What an embargo by exception has to show, and what the time is for; asked where a rung of the policy asks for it. */
function circumstances({ policy }: CaseView): readonly Field[] {
  const asked = policy.embargo.length.flatMap((rung) => [...rung.must, ...rung.should]);
  const shown: readonly Field[] = [
    {
      kind: 'textarea',
      name: 'circumstances',
      label: 'Extenuating circumstances',
      help: 'What makes this case different from others.',
      rows: 3,
      required: false,
    },
    evidence('Evidence', 'What shows it.', false),
  ];
  const purposes: Field = {
    kind: 'many',
    name: 'purposes',
    label: 'What the time is for',
    required: false,
    options: options.embargoPurposes,
  };
  return [
    ...(asked.some(({ kind }) => kind === 'circumstances_shown') ? shown : []),
    ...(asked.some(({ kind }) => kind === 'purpose') ? [purposes] : []),
    ...(asked.length > 0 ? [deviation] : []),
  ];
}

function restart({ policy, state }: CaseView): readonly Field[] {
  if (policy.embargo.restartFor.length === 0 || state.embargo.until === null) return [];
  const reasons = options.restarts.filter(({ value }) => policy.embargo.restartFor.some((one) => one === value));
  return [
    {
      kind: 'choice',
      name: 'restart',
      label: 'Begin the count again',
      required: false,
      options: [...reasons, { value: '', label: 'No, the count goes on' }],
      chosen: '',
    },
  ];
}
