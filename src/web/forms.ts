// SPDX-License-Identifier: Apache-2.0
// What each action asks of the person who takes it: a table from action to fields. Labels, gates and who may stand in core/process/table.ts.

import type { CaseView } from '../app/views.ts';
import type { ActionKind } from '../core/model/action.ts';
import type { PersonId } from '../core/model/identifiers.ts';
import { wordsBeside } from '../core/process/first-word.ts';
import { waiting } from '../core/process/publication-instant.ts';
import { endForms } from './end-forms.ts';
import { type Field, type Filled, instantHelp, type Problem } from './fields.ts';
import { fixForms } from './fix-forms.ts';
import { bare, type Make, one, reason, text } from './form.ts';
import { agreementForms } from './forms-agreement.ts';
import { impactForm } from './impact-form.ts';
import { judgementForms, severityFields } from './judgement-forms.ts';
import * as options from './options.ts';
import * as pieces from './piece-options.ts';
import { relationForms } from './relation-forms.ts';

const flaw = (view: CaseView): Field => one('flaw', 'Flaw', options.flaws(view));

export const forms: Readonly<Record<ActionKind, Make | null>> = {
  'submit-report': null,
  'complete-import': null,
  'record-preparation': null,
  'publish-bundle': null,
  'open-proofs': null,
  'record-patch-check': null,
  remind: null,
  'publish-unfixed': null,
  ...endForms,
  'pass-on-case': null,
  'release-report': () => ({ says: 'The report becomes a case, and everyone who handles cases can read it.', fields: [] }),
  'discard-report': () => ({ says: 'The case ends as spam and stays private.', fields: [reason('Reason', false)] }),
  'migrate-policy': ({ move }) => ({
    says: 'The policy that holds now governs the case from now on. This becomes another:',
    changes: move?.changes ?? [],
    fields: [
      one('policy', 'To', move === null ? [] : [{ value: move.sha256, label: `${move.name}, version ${move.version}` }]),
      reason('Reason'),
    ],
  }),
  'take-up-case': bare,
  'add-person': (view) => ({
    says: 'The person reads the whole case from now on, and is told that there is something to read.',
    fields: [
      one('person', 'Person', options.people(view)),
      { kind: 'instant', name: 'until', label: 'Until', help: `${instantHelp} Empty: with no end.`, required: false },
    ],
  }),
  'narrow-access': (view) => ({
    says: 'From now on only these people read the case, whatever roles read others. Two of them widen it again. Who is left out is not told.',
    fields: [{ kind: 'many', name: 'people', label: 'Who reads it', options: options.people(view), required: true }, reason('Why')],
  }),
  'name-reader': (view) => ({
    says: `${askedToLetIn(view)}The case stays narrowed. Everybody who reads it, everybody who runs the system and everybody who admits people to the project is told.`,
    fields: [one('person', 'Who reads it as well', options.people(view)), reason('Why')],
  }),
  'propose-widening': () => ({ says: 'Another of those who read the case has to agree.', fields: [reason('Why')] }),
  'widen-access': (view) => ({
    says: `${askedToWiden(view)} asks that the case be read again by whoever the policy says.`,
    fields: [],
  }),
  'remove-person': (view) => ({ fields: [one('person', 'Person', options.people(view))] }),
  'assign-owner': (view) => ({ fields: [one('person', 'New owner', options.people(view))] }),
  'confirm-flaw': (view) => ({
    says: 'What the policy gives a confirmed flaw follows by itself: numbers to ask for, branches to fix, an end date.',
    fields: [
      ...options.classes(view, view.state.class === null),
      ...severityFields(view, view.policy.severity.required === 'at_confirmation'),
      reason('Why this is a flaw'),
      {
        kind: 'textarea',
        name: 'summary',
        label: 'Summary for the hard cap',
        help: 'What would be opened if the last lawful day comes before an advisory. As many people agree to it as a publication takes.',
        rows: 3,
        required: false,
      },
      {
        kind: 'textarea',
        name: 'branches',
        label: 'Branches to fix',
        help: `One on a line: group, branch, and the component where there is one. Groups: ${Object.keys(view.policy.branches.groups).join(', ')}. Left empty: those that the policy names.`,
        rows: 3,
        code: true,
        required: false,
      },
    ],
  }),
  'dismiss-flaw': (view) => ({
    says: 'The case becomes public as an ordinary bug or as hardening, as the policy says. The reporter is told.',
    fields: [...options.classes(view, view.state.class === null), reason('Why it cannot be exploited')],
  }),
  'record-fact': () => ({
    says: 'Some facts end an embargo at once. None can be taken back.',
    fields: [
      { kind: 'choice', name: 'fact', label: 'What is known', required: true, options: options.facts },
      { kind: 'instant', name: 'since', label: 'Since when', help: instantHelp, required: true },
      {
        kind: 'textarea',
        name: 'evidence',
        label: 'Evidence',
        help: 'Where it can be seen: an address, a message, who said so.',
        rows: 3,
        required: true,
      },
    ],
  }),
  ...agreementForms,
  'end-embargo': ({ policy }) => ({
    ...(wordsBeside(policy.reviews) === 0
      ? {}
      : { says: 'Before its date and without a fact that asks for it, the embargo ends once another person has said so as well.' }),
    fields: [
      { kind: 'choice', name: 'exit', label: 'Why now', required: true, options: options.exits },
      reason('Reason'),
      {
        kind: 'textarea',
        name: 'evidence',
        label: 'Evidence of the leak, or of the exploitation',
        help: 'Where it can be seen: an address, a message, who said so. It is recorded with the end. Leave it empty where the fact is on record, or for an end by agreement.',
        rows: 3,
        required: false,
      },
      { kind: 'instant', name: 'since', label: 'Known since', help: `${instantHelp} Without it, now.`, required: false },
    ],
  }),
  'propose-bundle': () => ({
    fields: [{ kind: 'textarea', name: 'summary', label: 'What the public would read', rows: 5, required: true }],
  }),
  'agree-bundle': bare,
  ...fixForms,
  'record-cve': (view) => ({ fields: [flaw(view), text('number', 'CVE number', 'CVE-2026-12345')] }),
  'waive-cve': (view) => ({ fields: [flaw(view), reason('Why no number is needed')] }),
  'describe-impact': impactForm,
  'approve-impact': bare,
  'write-advisory': null,
  'submit-advisory': bare,
  'approve-advisory': bare,
  'return-advisory': () => ({ fields: [reason('What has to change')] }),
  'decide-credit': (view) => ({
    fields: [
      one('participant', 'Reporter', options.reporters(view)),
      { kind: 'choice', name: 'decision', label: 'Credit', required: true, options: options.credits },
      { kind: 'text', name: 'name', label: 'Name as printed', help: 'Needed unless there is no credit.', required: false, later: true },
    ],
  }),
  'go-on-call': (view) => ({ fields: [one('role', 'Role', options.roles(view))] }),
  'approve-release': bare,
  'stop-release': () => ({ fields: [reason('Reason', false)] }),
  'sign-documents': (view) => ({
    says: 'Each signature is held against the keys of the policy and the exact bytes that wait. What holds is kept; what does not is named.',
    fields: [
      {
        kind: 'file',
        name: 'signatures',
        label: 'Signatures',
        many: true,
        help: `Waited for: ${waiting(view.state)
          .map((file) => `${file}.asc`)
          .join(', ')}. Several at once, or one after the other.`,
        required: true,
      },
    ],
  }),
  'publish-case': () => ({
    says: 'The case opens, and every channel of the policy is served. Nothing of this can be called back.',
    fields: [],
  }),
  'confirm-channel': (view) => ({
    fields: [
      one('channel', 'Channel', options.channels(view)),
      { kind: 'textarea', name: 'evidence', label: 'Where it can be seen', rows: 2, required: false },
    ],
  }),
  'close-case': bare,
  'update-relations': null,
  'retire-branches': null,
  ...relationForms,
  ...judgementForms,
  'classify-content': (view) => ({
    says: 'What is marked so is never opened; the record shows a mark and the class of the reason in its place.',
    fields: [
      one('piece', 'Text or file', pieces.classifiable(view)),
      {
        kind: 'choice',
        name: 'class',
        label: 'What becomes of it',
        required: true,
        options: [{ value: 'public', label: 'Becomes public with the record' }, ...pieces.reasons(view)],
      },
    ],
  }),
  'keep-finding': (view) => ({
    says: 'It is opened with the record. The reason stays with those inside; the passage itself is written nowhere else.',
    fields: [
      one('piece', 'Text or file', pieces.strikable(view)),
      {
        kind: 'textarea',
        name: 'passage',
        label: 'Passage',
        help: 'Exactly as it stands. Left empty: the whole file.',
        rows: 2,
        required: false,
      },
      reason('Why it may be read'),
    ],
  }),
  'propose-redaction': (view) => ({
    says: 'Another person approves it. The record then shows a mark that does not tell how long the passage was.',
    fields: [
      one('piece', 'Text or file', pieces.strikable(view)),
      {
        kind: 'textarea',
        name: 'passage',
        label: 'Passage',
        help: 'Exactly as it stands; everywhere it stands in this text it is struck out. Left empty: the whole text or file.',
        rows: 2,
        required: false,
      },
      one('why', 'Why', pieces.reasons(view)),
      { kind: 'tick', name: 'destroys', label: 'Destroy the sealed original too; nobody reads it again', required: false },
      ...(view.state.record.shared.length === 0
        ? []
        : [
            {
              kind: 'tick' as const,
              name: 'opens',
              label: 'Without this passage nothing in it tells of another flaw: the rest opens with this case',
              required: false,
            },
          ]),
    ],
  }),
  'approve-redaction': (view) => ({ fields: [one('redaction', 'Proposal', pieces.proposals(view))] }),
  'decline-redaction': (view) => ({ fields: [one('redaction', 'Proposal', pieces.proposals(view))] }),
  'decide-proof': () => ({
    says: 'Under this policy your proof of concept is opened with the record only if you say so.',
    fields: [{ kind: 'choice', name: 'open', label: 'Open your proof of concept with the record', required: true, options: options.yesNo }],
  }),
  'agree-to-opening': () => ({
    says: 'Your report and the messages between you and the team become public when the case does.',
    fields: [],
  }),
  'send-message': null,
  'withdraw-message': null,
  'withdraw-party-message': null,
  'answer-team': null,
  'add-note': null,
};

/** An irreversible action is asked twice: its form wants the codename. */
export function confirmation(codename: string): Field {
  return {
    kind: 'text',
    name: 'codename',
    label: `Type ${codename} to confirm`,
    help: 'This cannot be taken back.',
    required: true,
    code: true,
    short: true,
  };
}

export const deviationField: Field = {
  kind: 'textarea',
  name: 'deviation',
  label: 'Reason for going past this',
  help: 'It is recorded as a deviation and becomes public with the record.',
  rows: 2,
  required: true,
};

/** What is to be mended in a form that came back, each with the name of its field: the summary stands far above the fields. */
export function labelled({ action, filled }: { readonly action: ActionKind; readonly filled: Filled }, view: CaseView): readonly Problem[] {
  const labels = new Map((forms[action]?.(view).fields ?? []).map((field) => [field.name, field.label]));
  return filled.problems.map(({ field, sentence }) => {
    const label = labels.get(field);
    return { field, sentence: label === undefined ? sentence : `${label}: ${sentence}` };
  });
}

function askedToLetIn({ names, state: { narrowed } }: CaseView): string {
  const { naming } = narrowed ?? {};
  const name = (person: PersonId) => names.get(person) ?? person;
  if (naming === undefined) return 'Another person has to name the same one. ';
  return `${name(naming.by)} named ${name(naming.person)}; whoever names the same person lets them in. `;
}

function askedToWiden({ names, state: { narrowed } }: CaseView): string {
  return (narrowed?.wideningBy != null && names.get(narrowed.wideningBy)) || 'Somebody';
}
