// SPDX-License-Identifier: Apache-2.0
// The people of a project: who holds which role, whom they represent, and which distribution or component nobody covers.

import type { HeldRoleView, PersonView, RosterView } from '../../app/roster-view.ts';
import type { PeopleView } from '../../app/views.ts';
import { Layout } from '../components/layout.tsx';
import { Facts, Head, Part } from '../components/part.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { asLabel } from '../words.ts';

export interface PeoplePageProps {
  readonly frame: Frame;
  readonly view: PeopleView;
  readonly roster: RosterView;
}

export function PeoplePage({ frame, view: { coverage, file }, roster: { people, invitable } }: PeoplePageProps) {
  const paths = pathsOf(frame.project.id);
  const members = people.filter(({ standing }) => standing !== 'applicant');
  const covering = members.some(({ details }) => details.covers.length > 0);
  const representing = members.some(({ details }) => details.organisation !== null);
  return (
    <Layout
      frame={frame}
      title="People"
      current="people"
      band={{ standing: { kind: 'confidential' }, remark: 'Members of the project see this page, and nobody else.' }}
    >
      <Head title="People" lead="Who holds which role. Roles and rights come from the policy." />
      <Applicants frame={frame} people={people.filter((one) => one.application !== null)} />
      <Part title="Members" count={members.length}>
        <table class="ledger folds">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Roles</th>
              {covering ? <th scope="col">Covers</th> : null}
              {representing ? <th scope="col">Represents</th> : null}
            </tr>
          </thead>
          <tbody>
            {members.map(({ person, details, roles, standing }) => (
              <tr>
                <th scope="row">
                  <a href={paths.person(person)}>{details.name}</a>
                </th>
                <td data-l="Roles">
                  {roles.map(heldIn).join(', ')}
                  {standing === 'suspended' ? ', suspended' : ''}
                </td>
                {covering ? <td data-l="Covers">{details.covers.join(', ')}</td> : null}
                {representing ? <td data-l="Represents">{details.organisation ?? ''}</td> : null}
              </tr>
            ))}
          </tbody>
        </table>
        {invitable.length === 0 ? null : (
          <p class="actions after">
            <a class="button" href={paths.invite}>
              Propose somebody
            </a>
          </p>
        )}
      </Part>
      <Coverages coverage={coverage} />
      {file === null ? null : <FileCoverage {...file} />}
    </Layout>
  );
}

/** A role as the list shows it, with why it does not count. */
function heldIn({ role, counts, lapsed }: HeldRoleView): string {
  if (counts) return asLabel(role);
  return `${asLabel(role)} (${lapsed ? 'lapsed' : 'does not count yet'})`;
}

/** LIBVIRT-27: whoever asks to be let in, apart from every report. */
function Applicants({ frame, people }: { readonly frame: Frame; readonly people: readonly PersonView[] }) {
  if (people.length === 0) return null;
  return (
    <Part title="Ask to be admitted" count={people.length}>
      <ul class="said-list">
        {people.map(({ person, details, application }) => (
          <li>
            <a href={pathsOf(frame.project.id).person(person)}>{details.name}</a>
            {details.organisation === null ? '' : ` of ${details.organisation}`}, as {asLabel(application?.role ?? '')};{' '}
            {application?.vouchedBy.length === 0 ? 'nobody vouches for them yet' : `vouched for by ${application?.vouchedBy.join(', ')}`}
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** QEMU-6: a report must not wait because whoever looks after its code has no account. */
function FileCoverage({ withoutAccount, uncovered }: NonNullable<PeopleView['file']>) {
  if (withoutAccount.length + uncovered.length === 0)
    return (
      <Part title="The project’s own file" remark="everybody in it has an account">
        <p class="empty">Every section is looked after by somebody with an account.</p>
      </Part>
    );
  return (
    <Part title="The project’s own file" remark="what it names and nobody here covers">
      {withoutAccount.length === 0 ? null : (
        <Facts roomy rows={withoutAccount.map(({ name, of }) => [`${name}, no account`, of.join(', ')] as const)} />
      )}
      {uncovered.length === 0 ? null : (
        <p class="label after">Nobody with an account: {uncovered.join(', ')}. Reports on these go to the fallback of the policy.</p>
      )}
    </Part>
  );
}

/** A part for each role of which something is known, and one line for all others. */
function Coverages({ coverage }: Pick<PeopleView, 'coverage'>) {
  const unsaid = coverage.filter(({ covered }) => covered.length === 0);
  return (
    <>
      {coverage
        .filter(({ covered }) => covered.length > 0)
        .map((role) => (
          <Coverage {...role} />
        ))}
      {unsaid.length === 0 ? null : (
        <Part title="Who covers what" remark="what nobody covers goes to the fallback of the policy">
          <p>
            Nobody has said yet what they cover: {unsaid.map(({ role, per }) => `${asLabel(role).toLowerCase()} (by ${per})`).join(', ')}.
            “Change details” on a person’s page says it.
          </p>
        </Part>
      )}
    </>
  );
}

function Coverage({ role, per, covered, unsaid }: PeopleView['coverage'][number]) {
  return (
    <Part title={`${asLabel(role)}, by ${per}`} remark="what is not in this list is covered by nobody">
      <Facts rows={covered.map(({ what, by }) => [what, by.join(', ')] as const)} />
      {unsaid.length === 0 ? null : <p class="label after">Without a word on it: {unsaid.join(', ')}.</p>}
    </Part>
  );
}
