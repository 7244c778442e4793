// SPDX-License-Identifier: Apache-2.0
// The forms at the ends of a case: passing on, withdrawing, publishing without a fix, correcting, giving up a branch, records of CVE numbers.

import { cveRequest } from '../app/cve-request.ts';
import { withdrawnSentence } from '../app/policy-text/withdrawal-sentences.ts';
import type { CaseView } from '../app/views.ts';
import type { ActionKind } from '../core/model/action.ts';
import type { CaseState } from '../core/model/case.ts';
import { reopeningCauses } from '../core/model/regions.ts';
import type { Policy } from '../core/policy/policy.ts';
import { withdrawalOpens } from '../core/process/opening-rules.ts';
import type { Field } from './fields.ts';
import type { ActionForm, Make } from './form.ts';
import * as options from './options.ts';
import { asLabel, branchWords, reopeningWords } from './words.ts';

const reason = (label: string, help?: string): Field => ({
  kind: 'textarea',
  name: 'reason',
  label,
  rows: 3,
  required: true,
  ...(help === undefined ? {} : { help }),
});
const flaw = (choices: ReturnType<typeof options.flaws>): Field => {
  const [only, ...rest] = choices;
  const chosen = only !== undefined && rest.length === 0 ? { chosen: only.value } : {};
  return { kind: 'choice', name: 'flaw', label: 'Flaw', required: true, options: choices, ...chosen };
};
const evidence: Field = { kind: 'textarea', name: 'evidence', label: 'Where it can be seen', rows: 2, required: false };

/** The text to send, with what the assigner has to know of the embargo (VMT-17). */
function requestText(view: CaseView): Partial<Pick<ActionForm, 'reads'>> {
  const text = cveRequest(view);
  return text === null ? {} : { reads: [{ to: 'The request', text }] };
}

export const endForms = {
  'end-branch': (view) => ({
    says: 'The project makes no fix on that branch. The advisory and the record say so.',
    fields: [
      { kind: 'choice', name: 'branch', label: 'Branch', required: true, options: options.branches(view) },
      {
        kind: 'choice',
        name: 'end',
        label: 'What becomes of it',
        required: true,
        options: [
          { value: 'wont_fix', label: asLabel(branchWords.wont_fix) },
          { value: 'left_to_downstream', label: asLabel(branchWords.left_to_downstream), says: view.policy.branches.leftTo ?? '' },
        ],
      },
      reason('Reason'),
    ],
  }),
  'request-cve': (view) => ({
    ...requestText(view),
    ...(view.assigners.length === 0 ? {} : { says: `Members give the number here: ${view.assigners.join(', ')}. Ask one of them.` }),
    fields: [
      flaw(options.flaws(view)),
      {
        kind: 'text',
        name: 'assigner',
        label: 'Who was asked',
        help: 'Only where it is not the one that the policy names.',
        required: false,
      },
    ],
  }),
  'record-cve-refusal': (view) => ({
    says: 'Another CNA can be asked, or the same one again.',
    fields: [flaw(options.flaws(view)), reason('What they answered')],
  }),
  'record-cve-publication': (view) => ({ fields: [flaw(options.flaws(view)), evidence] }),
  'reject-cve': (view) => ({
    says: 'For a number that was wrong or stands for no flaw. The flaw then needs another, or a word that it needs none.',
    fields: [flaw(options.flaws(view)), reason('Why it is given back')],
  }),
  'dispute-cve': (view) => ({ fields: [flaw(options.flaws(view)), reason('Who disputes it, and why')] }),
  'correct-advisory': () => ({
    says: 'The text that is out becomes a draft again. It is written, approved and sent like the first; the line below joins its history.',
    fields: [reason('What changes, as everybody will read it', 'Printed in the history of the advisory, in every format that has one.')],
  }),
  'add-late-number': () => ({
    says: 'The same text goes out again with the number in it, rendered and signed anew, on every channel.',
    fields: [
      {
        kind: 'textarea',
        name: 'reason',
        label: 'Line in the history',
        help: 'Left empty: which number was added.',
        rows: 2,
        required: false,
      },
    ],
  }),
  'reopen-case': () => ({
    says: 'What is public stays public. A confirmed flaw is fixed again in the open; a report that was sent away is judged again.',
    fields: [
      {
        kind: 'choice',
        name: 'cause',
        label: 'Why it goes on',
        required: true,
        options: reopeningCauses.map((cause) => ({ value: cause, label: asLabel(reopeningWords[cause]) })),
      },
      reason('Reason'),
    ],
  }),
  'answer-forwarding': () => ({
    says: 'Your report belongs to another project. Without your word it stays here and goes to nobody.',
    fields: [
      {
        kind: 'choice',
        name: 'agreed',
        label: 'May we pass your report on to them?',
        required: true,
        options: [
          { value: 'yes', label: 'Yes, pass it on', says: 'Your report and your files; not your address.' },
          { value: 'no', label: 'No', says: 'You report it there yourself, or not at all.' },
        ],
      },
    ],
  }),
  'record-forwarding': () => ({
    says: 'The reporter has agreed. They are told that it was done, and read what you write here.',
    fields: [{ kind: 'textarea', name: 'evidence', label: 'To whom, and how', rows: 2, required: true }],
  }),
  'ask-withdrawal': ({ state, policy }) => ({
    says: `You ask, and the team decides. A flaw that is confirmed is fixed and published all the same. ${withdrawnSentence(state, policy, 'reporter')}`,
    fields: [reason('Why you take it back')],
  }),
  'decide-withdrawal': ({ state, policy }) => ({
    says: `The reporter reads your reason. ${withdrawnSentence(state, policy, 'team')}`,
    fields: [
      {
        kind: 'choice',
        name: 'accepted',
        label: 'The report',
        required: true,
        options: [
          { value: 'yes', label: 'Is withdrawn', says: endsHow(state, policy) },
          { value: 'no', label: 'Stays', says: 'The case goes on.' },
        ],
      },
      reason('Reason, as the reporter reads it'),
    ],
  }),
  'announce-unfixed': ({ policy }) => ({
    says: `The reporters are told the day and the reason${policy.reviews.publication === null ? '' : ', once another person has said so too'}. Until then it can be called off; on the day the process publishes.`,
    fields: [reason('Why it is published without a fix', 'It becomes public with the case.')],
  }),
  'call-off-unfixed': () => ({ says: 'The reporters are told.', fields: [reason('Reason')] }),
} as const satisfies Partial<Readonly<Record<ActionKind, Make>>>;

function endsHow({ visibility }: CaseState, policy: Policy): string {
  return visibility === 'private' && withdrawalOpens(policy) ? 'The case ends, and is public from now on.' : 'The case ends.';
}
