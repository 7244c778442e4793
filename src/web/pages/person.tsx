// SPDX-License-Identifier: Apache-2.0
// One person: what they hold and since when, what is asked of them, what may be done, and what was done and why.

import { isPersonDeed, type PersonDeed } from '../../app/roster-body.ts';
import type { HeldRoleView, PersonPageView, PersonView } from '../../app/roster-view.ts';
import type { PersonEvent } from '../../core/people/event.ts';
import { personRow } from '../../core/people/table.ts';
import { ErrorSummary, Fields } from '../components/field.tsx';
import { Layout } from '../components/layout.tsx';
import { Moment } from '../components/moment.tsx';
import { Notice } from '../components/notice.tsx';
import { Facts, Head, Part } from '../components/part.tsx';
import { Post } from '../components/post.tsx';
import { type Filled, untouched } from '../fields.ts';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { personDeedSays, personFields } from '../person-forms.ts';
import { asLabel } from '../words.ts';
import { Ways, type WaysProps } from './ways-in.tsx';

export interface PersonPageProps {
  readonly frame: Frame;
  readonly view: PersonPageView;
  /** A form that was not taken, with what was typed. */
  readonly refused: { readonly deed: PersonDeed; readonly filled: Filled } | null;
  /** For whoever gives people their ways in. */
  readonly ways: WaysProps | null;
}

export function PersonPage({ frame, view, refused, ways }: PersonPageProps) {
  const { person, isSelf, history } = view;
  const paths = pathsOf(frame.project.id);
  const deeds = person.offered.filter(isPersonDeed).filter((deed) => deed !== 'accept-terms' && deed !== 'apply' && deed !== 'invite');
  return (
    <Layout
      frame={frame}
      title={person.details.name}
      current="people"
      band={{ standing: { kind: 'confidential' }, remark: 'Members of the project see this page, and nobody else.' }}
    >
      <Head
        title={person.details.name}
        eyebrow={[<a href={paths.people}>People</a>]}
        lead={isSelf ? 'This is you.' : standings[person.standing]}
      />
      {isSelf && person.owesTerms ? (
        <Notice title="The terms wait for your yes" icon="alert">
          <p>
            What you hold does not count before. <a href={paths.terms}>Read and accept the terms</a>.
          </p>
        </Notice>
      ) : null}
      <About person={person} />
      <Roles roles={person.roles} now={frame.now} />
      {person.application === null ? null : <Asks person={person} />}
      {deeds.length === 0 ? null : (
        <Part title="What you can do">
          {deeds.map((deed) => (
            <Deed frame={frame} deed={deed} person={person} filled={refused?.deed === deed ? refused.filled : untouched} />
          ))}
        </Part>
      )}
      {ways === null ? null : <Ways frame={frame} person={person.person} {...ways} />}
      {history.length === 0 ? null : <History history={history} />}
    </Layout>
  );
}

const standings: Readonly<Record<PersonView['standing'], string>> = {
  applicant: 'Asks to be let in, and sees nothing.',
  active: 'A member.',
  suspended: 'Suspended: nothing that they hold counts now.',
  declined: 'Not admitted.',
  removed: 'Removed.',
};

function About({ person: { details, since } }: { readonly person: PersonView }) {
  return (
    <Facts
      rows={[
        ['Since', since === null ? 'the project began here' : <Moment at={since} />],
        ['Mail', details.address ?? 'none'],
        ...(details.organisation === null ? [] : [['Represents', details.organisation] as const]),
        ...(details.nominatedBy === null ? [] : [['Nominated by', details.nominatedBy] as const]),
        ...(details.covers.length === 0 ? [] : [['Covers', details.covers.join(', ')] as const]),
      ]}
    />
  );
}

function Roles({ roles, now }: { readonly roles: readonly HeldRoleView[]; readonly now: Frame['now'] }) {
  return (
    <Part title="Roles" count={roles.length}>
      {roles.length === 0 ? <p class="quiet">None.</p> : null}
      <ul class="said-list">
        {roles.map((held) => (
          <li>
            <strong>{asLabel(held.role)}</strong>, {held.by}
            {held.by.startsWith('written') ? null : (
              <>
                , <Moment at={held.since} />
              </>
            )}
            {held.counts ? null : <>; {held.lapsed ? 'lapsed: nobody confirmed it in time' : 'does not count now'}</>}
            {held.until === null ? null : (
              <>
                ; ends <Moment at={held.until} now={now} />
              </>
            )}
            {held.lapsesAt === null ? null : (
              <>
                ; to be confirmed by <Moment at={held.lapsesAt} now={now} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Asks({ person: { application } }: { readonly person: PersonView }) {
  if (application === null) return null;
  const { role, at, until, vouchedBy } = application;
  return (
    <Part title="Asks to be admitted" remark={`as ${asLabel(role)}`}>
      <Facts
        rows={[
          ['Asked', <Moment at={at} />],
          ['Until', until === null ? 'with no end' : <Moment at={until} />],
          ['Vouched for by', vouchedBy.length === 0 ? 'nobody yet' : vouchedBy.join(', ')],
        ]}
      />
    </Part>
  );
}

interface DeedProps {
  readonly frame: Frame;
  readonly deed: PersonDeed;
  readonly person: PersonView;
  readonly filled: Filled;
}

function Deed({ frame, deed, person, filled }: DeedProps) {
  const { label } = personRow(deed);
  const says = personDeedSays[deed];
  return (
    <details class="deed" open={filled.problems.length > 0} id={deed}>
      <summary>{label}</summary>
      <div class="stack">
        <ErrorSummary form={deed} problems={filled.problems} />
        {says === undefined ? null : <p class="prose">{says}</p>}
        <Post frame={frame} action={`${pathsOf(frame.project.id).person(person.person)}/${deed}`} look="form stack">
          <Fields form={deed} fields={personFields(deed, person)} filled={filled} />
          <p class="actions">
            <button class="button" type="submit">
              {label}
            </button>
          </p>
        </Post>
      </div>
    </details>
  );
}

function History({ history }: Pick<PersonPageView, 'history'>) {
  return (
    <Part title="What was decided" count={history.length} remark="they themselves read it, and those who admit, audit or run the system">
      <ul class="said-list">
        {history.map(({ at, event, by, note }) => (
          <li>
            <Moment at={at} /> {happened(event)}, by {by}
            {note === null ? null : <blockquote class="said">{note}</blockquote>}
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** A line of the log in words. */
function happened(event: PersonEvent): string {
  switch (event.kind) {
    case 'membership-applied':
      return `${event.invited ? 'was proposed' : 'asked to be admitted'} as ${asLabel(event.role)}`;
    case 'member-admitted':
      return `was admitted as ${asLabel(event.role)}${event.deviation ? ', past what the policy wishes for' : ''}`;
    case 'role-founded':
      return `was written down as ${asLabel(event.role)}`;
    case 'role-confirmed':
      return `was confirmed as ${asLabel(event.role)}`;
    case 'role-lapsed':
      return `${asLabel(event.role)} lapsed, unconfirmed`;
    case 'role-synced':
      return `became ${asLabel(event.role)} in another system`;
    case 'role-ended':
      return `${asLabel(event.role)} ended`;
    case 'details-changed':
      return `changed: ${event.fields.join(', ')}`;
    case 'person-founded':
    case 'applicant-vouched':
    case 'application-declined':
    case 'application-withdrawn':
    case 'terms-required':
    case 'terms-accepted':
    case 'member-suspended':
    case 'member-reinstated':
    case 'member-removed':
    case 'person-reminded':
      return plain[event.kind];
  }
}

const plain = {
  'person-founded': 'was written down',
  'applicant-vouched': 'was vouched for',
  'application-declined': 'was not admitted',
  'application-withdrawn': 'took the application back',
  'terms-required': 'was asked for the terms',
  'terms-accepted': 'accepted the terms',
  'member-suspended': 'was suspended',
  'member-reinstated': 'was taken back',
  'member-removed': 'was removed',
  'person-reminded': 'was to be confirmed, and those who may were told',
} as const;
