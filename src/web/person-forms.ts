// SPDX-License-Identifier: Apache-2.0
// The forms about people, as data: what each deed asks for. The names are those of the API.

import type { PersonDeed } from '../app/roster-body.ts';
import type { PersonView, RoleAsked } from '../app/roster-view.ts';
import { type Field, instantHelp } from './fields.ts';
import { asLabel } from './words.ts';

const note = (label: string, required = true): Field => ({ kind: 'textarea', name: 'note', label, rows: 3, required });

const details = (view: PersonView): readonly Field[] => [
  { kind: 'text', name: 'name', label: 'Name', help: `Now: ${view.details.name}`, required: false },
  { kind: 'text', name: 'address', label: 'Mail address', required: false },
  { kind: 'text', name: 'organisation', label: 'Organisation', required: false },
  { kind: 'text', name: 'covers', label: 'Covers', help: 'Distributions or components, with commas between them.', required: false },
];

const heldRole = (view: PersonView): Field => {
  const options = view.roles.map(({ role }) => ({ value: role, label: asLabel(role) }));
  const [only, ...others] = options;
  return {
    kind: 'choice',
    name: 'role',
    label: 'Which role',
    options,
    required: true,
    ...(only && others.length === 0 ? { chosen: only.value } : {}),
  };
};

/** What somebody states who applies, or is invited; the policy asks for some of it (LIBVIRT-20, LIBVIRT-21). */
export function askedOfApplicants(roles: readonly RoleAsked[]): readonly Field[] {
  const needs = (one: RoleAsked['states'][number]) => {
    const of = roles.filter(({ states }) => states.includes(one)).map(({ role }) => asLabel(role));
    return of.length === 0 ? '' : `Needed for ${of.join(', ')}.`;
  };
  const options = roles.map(({ role }) => ({ value: role, label: asLabel(role) }));
  const [only, ...others] = options;
  return [
    {
      kind: 'choice',
      name: 'role',
      label: 'As what',
      options,
      required: true,
      ...(only && others.length === 0 ? { chosen: only.value } : {}),
    },
    { kind: 'text', name: 'name', label: 'Name', help: 'Short, as the record shows it.', required: true },
    { kind: 'text', name: 'address', label: 'Mail address', required: true },
    { kind: 'text', name: 'organisation', label: 'Organisation', help: needs('organisation'), required: false },
    { kind: 'text', name: 'nominated_by', label: 'Nominated by', help: needs('nominated_by'), required: false },
    {
      kind: 'text',
      name: 'covers',
      label: 'Covers',
      help: `Distributions or components, with commas between them. ${needs('distribution')}`,
      required: false,
    },
    { kind: 'text', name: 'keys', label: 'OpenPGP fingerprint', help: needs('keys'), required: false, code: true },
    {
      kind: 'instant',
      name: 'valid_until',
      label: 'Until',
      help: `${instantHelp} Empty: with no end. ${needs('valid_until')}`,
      required: false,
    },
    { kind: 'tick', name: 'role_address', label: 'The address belongs to a function, not to a person', required: false },
  ];
}

/** What an applicant says of themselves. */
export const aboutApplicant: Field = {
  kind: 'textarea',
  name: 'note',
  label: 'Who you are, and why',
  help: 'What you do with the project, and who of its members knows you. Members read it, and nobody else.',
  rows: 6,
  required: true,
};

export const aboutInvited: Field = note('Why them');

export function personFields(deed: PersonDeed, view: PersonView): readonly Field[] {
  switch (deed) {
    case 'vouch':
      return [note('How you know them')];
    case 'admit':
      return [
        { kind: 'tick', name: 'deviation', label: 'Pass over what the policy wishes for and does not demand', required: false },
        note('Why, where you pass over it', false),
      ];
    case 'decline':
      return [note('Why; the applicant does not read it')];
    case 'confirm':
      return [heldRole(view)];
    case 'end-role':
      return [heldRole(view), note('Why')];
    case 'suspend':
    case 'reinstate':
    case 'remove':
      return [note('Why')];
    case 'change-details':
      return details(view);
    case 'apply':
    case 'invite':
    case 'accept-terms':
    case 'withdraw-application':
      return [];
  }
}

/** What a deed does, before it is done. */
export const personDeedSays: Partial<Record<PersonDeed, string>> = {
  admit: 'They hold the role from now on; where the policy binds it to the terms, it counts once they have accepted them.',
  suspend: 'All their sessions and tokens end at once, and what they hold does not count until somebody takes them back.',
  remove: 'All their sessions, tokens and roles end at once, and their cases pass on.',
  'end-role': 'What they read by it alone they read no more, at once.',
  confirm: 'The role counts on, and is asked for again after the time of the policy.',
};
