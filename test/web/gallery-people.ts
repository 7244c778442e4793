// SPDX-License-Identifier: Apache-2.0
// The gallery's pages of people: the list, one person, asking to be let in, the terms, and one's own way in.

import type { PersonView } from '../../src/app/roster-view.ts';
import type { CaseId, PersonId, ProjectId, Role } from '../../src/core/model/identifiers.ts';
import { instant } from '../../src/core/model/time.ts';
import { untouched } from '../../src/web/fields.ts';
import type { Frame } from '../../src/web/frame.ts';
import { AccountPage } from '../../src/web/pages/account.tsx';
import { ApplyPage, InvitePage, TermsPage } from '../../src/web/pages/admission.tsx';
import { BreakGlassPage } from '../../src/web/pages/break-glass.tsx';
import { ComeBackPage, OwnReportPage } from '../../src/web/pages/come-back.tsx';
import { EnrolPage } from '../../src/web/pages/enrol.tsx';
import { PeoplePage } from '../../src/web/pages/people.tsx';
import { PersonPage } from '../../src/web/pages/person.tsx';
import { ProvePage } from '../../src/web/pages/prove.tsx';
import { ResumePage } from '../../src/web/pages/resume.tsx';
import type { WaysProps } from '../../src/web/pages/ways-in.tsx';
import { now } from './samples.ts';
import type { Make, Specimen } from './specimen.ts';
import type { Twist } from './story.ts';

const before = instant('2026-03-02T10:00Z');
const later = instant('2027-03-02T10:00Z');

const ways = (link: WaysProps['link']): WaysProps => ({
  ways: { has: false, asked: null, service: 'gitlab.harbour.example' },
  link,
  problem: null,
});
const made = { url: 'https://security.harbour.example/harbour/enrol/dle0', expires: later };

function people(twist: Twist) {
  const held = {
    role: 'maintainer' as Role,
    since: before,
    by: twist('admitted by mei'),
    until: later,
    counts: true,
    lapsesAt: later,
    lapsed: false,
  };
  const anna: PersonView = {
    person: 'p-anna' as PersonId,
    details: {
      name: twist('anna'),
      address: twist('anna@members.example'),
      organisation: twist('A vendor of distributions'),
      nominatedBy: twist('mei'),
      covers: [twist('storage'), twist('network')],
    },
    standing: 'active',
    since: before,
    roles: [held],
    owesTerms: false,
    application: null,
    offered: ['confirm', 'end-role', 'suspend', 'remove', 'change-details'],
  };
  const vera: PersonView = {
    ...anna,
    person: 'p-vera' as PersonId,
    details: { ...anna.details, name: twist('vera'), covers: [] },
    standing: 'applicant',
    roles: [],
    application: { role: held.role, at: now, until: null, vouchedBy: [] },
    offered: ['vouch', 'admit', 'decline'],
  };
  const jon: PersonView = {
    ...anna,
    person: 'p-jon' as PersonId,
    details: { name: twist('jon'), address: null, organisation: null, nominatedBy: null, covers: [] },
    standing: 'suspended',
    since: null,
    roles: [{ ...held, counts: false, lapsed: true, by: 'written down when the project began', until: null }],
    owesTerms: true,
    offered: ['reinstate', 'remove'],
  };
  return { anna, vera, jon };
}

export function peoplePages(specimen: Make, frame: Frame, twist: Twist): readonly Specimen[] {
  const { anna, vera, jon } = people(twist);
  const roles = [{ role: 'maintainer' as Role, states: ['organisation', 'keys'] }] as const;
  const covered = [{ what: twist('storage'), by: [twist('anna')] }];
  const coverage = [
    { role: 'maintainer', per: 'component', covered, unsaid: [twist('jon')] },
    { role: 'coordinator', per: 'component', covered: [], unsaid: [twist('mei')] },
  ] as const;
  const file = { withoutAccount: [{ name: twist('I. Kowal'), of: [twist('Graphics')] }], uncovered: [twist('Sound')] };
  const view = { people: [], coverage, file };
  const envelope = { v: 1, project: 'harbour' as ProjectId, person: jon.person, seq: 2, at: before, by: { kind: 'process' } } as const;
  const event = { ...envelope, kind: 'member-suspended' } as const;
  const history = [{ at: before, event, by: twist('mei'), note: twist('Left the company; asked for a pause.') }];
  const person = { person: anna, isSelf: false, history: [], invitable: roles };
  const problems = [{ field: 'note', sentence: twist('Say why.') }];
  const outside = { ...frame, viewer: null };
  return [
    specimen('people', '[C] ', PeoplePage({ frame, view, roster: { people: [anna, jon, vera], invitable: roles } })),
    specimen(
      'people-few',
      '[C] ',
      PeoplePage({
        frame,
        view: { people: [], coverage: [], file: null },
        roster: { people: [{ ...jon, standing: 'active' }], invitable: [] },
      }),
    ),
    specimen(
      'person',
      '[C] ',
      PersonPage({ frame, view: person, refused: { deed: 'suspend', filled: { values: {}, problems } }, ways: ways(null) }),
    ),
    specimen('person-applicant', '[C] ', PersonPage({ frame, view: { ...person, person: vera }, refused: null, ways: ways(made) })),
    specimen(
      'person-self',
      '[C] ',
      PersonPage({ frame, view: { ...person, person: jon, isSelf: true, history }, refused: null, ways: null }),
    ),
    specimen(
      'person-recovery',
      '[C] ',
      PersonPage({
        frame,
        view: person,
        refused: null,
        ways: {
          ways: { has: true, asked: { by: twist('mei'), until: later, own: false }, service: null },
          link: null,
          problem: twist('No.'),
        },
      }),
    ),
    specimen('invite', '[C] ', InvitePage({ frame, roles, filled: { values: { name: twist('vera') }, problems } })),
    specimen('apply', '', ApplyPage({ frame: outside, roles, filled: untouched, sent: false })),
    specimen('apply-sent', '', ApplyPage({ frame: outside, roles, filled: untouched, sent: true })),
    specimen('apply-closed', '', ApplyPage({ frame: outside, roles: [], filled: untouched, sent: false })),
    specimen(
      'terms',
      '[C] ',
      TermsPage({
        frame,
        text: twist('Keep it to yourself.\n\nTell us when you leave.'),
        digest: 'f'.repeat(64),
        owed: true,
        problem: null,
      }),
    ),
    ...accountPages(specimen, frame, twist),
    ...glassPages(specimen, frame, twist),
    specimen(
      'enrol',
      '',
      EnrolPage({ frame: outside, action: '/harbour/enrol/x', name: twist('vera'), service: 'gitlab.harbour.example', refused: true }),
    ),
    ...(['closed', 'spent', 'asked'] as const).map((state) =>
      specimen(`come-back-${state}`, '', ComeBackPage({ frame: outside, link: 'dlr0', state })),
    ),
    ...(['closed', 'refused'] as const).map((state) => specimen(`own-report-${state}`, '', OwnReportPage({ frame: outside, state }))),
    specimen(
      'resume',
      '[C] ',
      ResumePage({
        frame,
        form: { label: 'Suspend', action: '/harbour/people/x/suspend', back: '/harbour/people/x', fields: [['note', twist('Why')]] },
      }),
    ),
    specimen('enrol-spent', '', EnrolPage({ frame: outside, action: '/harbour/enrol/x', name: null, service: null, refused: false })),
    specimen(
      'prove',
      '[C] ',
      ProvePage({
        frame,
        title: 'Suspend',
        standing: { kind: 'confidential' },
        label: 'Suspend',
        sentence: 'This changes who may see cases. Prove once more that it is you.',
        action: '/harbour/people/p-anna/suspend',
        fields: [['note', twist('Asked for a pause.')]],
        back: '/harbour/people/p-anna',
        typed: [['Why', twist('Asked for a pause.')]],
        unkept: [twist('trace.txt')],
        failed: true,
        service: 'gitlab.harbour.example',
      }),
    ),
  ];
}

/** Two narrowed cases that too few are left to read: of one nobody was named yet, in the other a second word is missing. */
function glassPages(specimen: Make, frame: Frame, twist: Twist): readonly Specimen[] {
  const candidates = [
    { person: 'p-vera' as PersonId, name: twist('vera') },
    { person: 'p-jon' as PersonId, name: twist('jon') },
  ];
  const unread = { case: 'case1' as CaseId, codename: 'tidal-heron', left: 0, naming: null, candidates } as const;
  const naming = { person: 'p-jon' as PersonId, name: twist('jon'), by: twist('ada'), own: false };
  const asked = { ...unread, case: 'case2' as CaseId, codename: 'quiet-maple', left: 1, naming } as const;
  const problems = [{ field: 'reason', sentence: twist('Say why.') }];
  const page = { frame, filled: untouched, stranded: [unread, asked], returned: null, done: null } as const;
  const returned = { case: 'case2', filled: { values: { person: 'p-jon' }, problems } };
  return [
    specimen('break-glass', '[C] ', BreakGlassPage({ ...page, stranded: [], done: 'named' })),
    specimen('break-glass-narrowed', '[C] ', BreakGlassPage({ ...page, returned, done: 'proposed' })),
  ];
}

function accountPages(specimen: Make, frame: Frame, twist: Twist): readonly Specimen[] {
  const session = { id: 's1', proof: 'passkey', opened: before, seen: now, expires: later, own: true };
  const sessions = [session, { ...session, id: 's2', proof: 'oidc', own: false }];
  const passkeys = [{ credential: 'c1', name: twist('blue key'), added: before, used: now }];
  const tokens = [{ id: 't1', name: twist('nightly list'), scopes: ['member:read'], used: null, expires: later }];
  const mail = { typed: { digest: '8', from: '22:00', to: '07:00', zone: twist('Europe/Prague') }, problem: null };
  const page = {
    frame,
    sessions,
    passkeys,
    tokens,
    mail,
    made: null,
    service: 'gitlab.harbour.example',
    fresh: false,
    said: null,
  } as const;
  return [
    specimen('account', '[C] ', AccountPage({ ...page, said: 'not-proven' })),
    specimen('account-fresh', '[C] ', AccountPage({ ...page, fresh: true, made: { token: 'dl_7q2k91', sentence: null } })),
    specimen(
      'account-new',
      '[C] ',
      AccountPage({
        ...page,
        said: 'not-chosen',
        sessions: [session],
        passkeys: [],
        tokens: [],
        mail: {
          typed: { ...mail.typed, to: '' },
          problem: { field: 'to', sentence: 'Give quiet hours from and to, as in 22:00 and 07:00, or neither.' },
        },
        service: null,
      }),
    ),
  ];
}
