// SPDX-License-Identifier: Apache-2.0
// What the actions ask that bind cases together: duplicates, parts, several flaws, components.

import type { CaseView } from '../app/views.ts';
import type { ActionKind } from '../core/model/action.ts';
import type { ActionForm, Field } from './fields.ts';
import * as options from './options.ts';

type Kind = Extract<
  ActionKind,
  | 'mark-duplicate'
  | 'undo-duplicate'
  | 'answer-rediscovery'
  | 'split-case'
  | 'add-flaw'
  | 'drop-flaw'
  | 'add-component'
  | 'assign-component'
  | 'finish-component'
  | 'drop-component'
>;

const reason = (label: string, required = true): Field => ({ kind: 'textarea', name: 'reason', label, rows: 3, required });
const component = (view: CaseView): Field => choice('component', 'Component', options.components(view));
const person = (view: CaseView, required: boolean): Field => ({
  ...choice('person', 'Who looks after it', options.people(view)),
  required,
});

function choice(name: string, label: string, choices: ReturnType<typeof options.people>): Field {
  const [only, ...rest] = choices;
  const chosen = only !== undefined && rest.length === 0 ? { chosen: only.value } : {};
  return { kind: 'choice', name, label, required: true, options: choices, ...chosen };
}

export const relationForms: Readonly<Record<Kind, (view: CaseView) => ActionForm>> = {
  'mark-duplicate': () => ({
    says: 'The report joins the other case with its reporter, who keeps a thread of their own and is told no more than that it is known. It becomes public together with the other.',
    fields: [
      {
        kind: 'text',
        name: 'of',
        label: 'The case that it belongs to',
        help: 'Its codename, its id, or the address of its page.',
        required: true,
        code: true,
        short: true,
      },
      foundBy('Somebody else, by themselves', 'It counts as found again.'),
      { kind: 'tick', name: 'opens', label: 'If the other case is public, this report becomes public with it', required: false },
      reason('Why it is the same', false),
    ],
  }),
  'undo-duplicate': () => ({
    says: 'The report stands by itself again, where it stood before.',
    fields: [reason('Why it is not the same')],
  }),
  'answer-rediscovery': () => ({
    says: 'What one finds, others find. Your answer is kept on record.',
    fields: [
      {
        kind: 'choice',
        name: 'publish',
        label: 'Publish now?',
        required: true,
        options: [
          { value: 'yes', label: 'Yes', says: 'An embargo ends at once; the publication follows when its gates are met.' },
          { value: 'no', label: 'Not yet' },
        ],
      },
      reason('Reason'),
    ],
  }),
  'split-case': () => ({
    says: 'This case keeps the first flaw. Each other flaw becomes a case of its own, with the whole report copied and the reporter in it. What was said until now stays closed to the world until the last of them is public.',
    fields: [
      {
        kind: 'textarea',
        name: 'parts',
        label: 'Titles of the other flaws',
        help: 'One on a line; each becomes a case.',
        rows: 3,
        required: true,
      },
      {
        kind: 'text',
        name: 'title',
        label: 'Title of what stays here',
        help: 'The world reads it once this case is public. Left empty: the old title stays, and is closed for as long as the report.',
        required: false,
      },
      reason('Why they are separate'),
    ],
  }),
  'add-flaw': ({ state }) => ({
    says:
      state.imported === null
        ? 'What can be fixed by itself gets a number of its own.'
        : 'For a flaw that the advisory tells of already, and whose number came late. What nobody outside knows yet is a report of its own.',
    fields: [{ kind: 'text', name: 'title', label: 'Title', help: 'What tells it from the others.', required: false }],
  }),
  'drop-flaw': (view) => ({
    says: 'A number that was given stays: it has to become public, or be rejected.',
    fields: [choice('flaw', 'Flaw', options.flaws(view)), reason('Why it is none')],
  }),
  'add-component': (view) => ({
    says: 'The publication waits until every component is finished.',
    fields: [
      { kind: 'text', name: 'component', label: 'Component', required: true, code: true, short: true },
      person(view, false),
      {
        kind: 'textarea',
        name: 'branches',
        label: 'Branches to fix',
        help: `One on a line: group and branch. Groups: ${Object.keys(view.policy.branches.groups).join(', ')}. Left empty: those that the policy names.`,
        rows: 3,
        code: true,
        required: false,
      },
    ],
  }),
  'assign-component': (view) => ({ fields: [component(view), person(view, true)] }),
  'finish-component': (view) => ({ fields: [component(view)] }),
  'drop-component': (view) => ({
    says: 'Nobody waits for its branches any more.',
    fields: [component(view), reason('Why it is not concerned')],
  }),
};

/** Whether a copy is a rediscovery. */
export function foundBy(others: string, says: string): Field {
  const options = [
    { value: 'yes', label: others, says },
    { value: 'no', label: 'The same people' },
  ];
  return { kind: 'choice', name: 'independent', label: 'Found by', required: true, options, chosen: 'yes' };
}
