// SPDX-License-Identifier: Apache-2.0
// The people of a project: who holds which role, whom they represent, and which distribution or component nobody covers.

import type { PeopleView } from '../../app/views.ts';
import { Layout } from '../components/layout.tsx';
import { Facts, Head, Part } from '../components/part.tsx';
import type { Frame } from '../frame.ts';
import { asLabel } from '../words.ts';

export interface PeoplePageProps {
  readonly frame: Frame;
  readonly view: PeopleView;
}

export function PeoplePage({ frame, view: { people, coverage, file } }: PeoplePageProps) {
  return (
    <Layout
      frame={frame}
      title="People"
      current="people"
      band={{ standing: { kind: 'confidential' }, remark: 'Members of the project see this page, and nobody else.' }}
    >
      <Head title="People" lead="Who holds which role. Roles and rights come from the policy." />
      <Part title="Members" remark={`${people.length}`}>
        <table class="ledger folds">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Roles</th>
              <th scope="col">Covers</th>
              <th scope="col">Represents</th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr>
                <th scope="row">{person.name}</th>
                <td data-l="Roles">{person.roles.map(asLabel).join(', ')}</td>
                <td data-l="Covers">{person.covers.join(', ')}</td>
                <td data-l="Represents">{person.organisation ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Part>
      {coverage.map((role) => (
        <Coverage {...role} />
      ))}
      {file === null ? null : <FileCoverage {...file} />}
    </Layout>
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
        <Facts rows={withoutAccount.map(({ name, of }) => [`${name}, no account`, of.join(', ')] as const)} />
      )}
      {uncovered.length === 0 ? null : (
        <p class="label">Nobody with an account: {uncovered.join(', ')}. Reports on these go to the fallback of the policy.</p>
      )}
    </Part>
  );
}

function Coverage({ role, per, covered, unsaid }: PeopleView['coverage'][number]) {
  return (
    <Part title={`${asLabel(role)}, by ${per}`} remark="what is not in this list is covered by nobody">
      {covered.length === 0 ? (
        <p class="empty">Nobody has said yet which {per} they cover.</p>
      ) : (
        <Facts rows={covered.map(({ what, by }) => [what, by.join(', ')] as const)} />
      )}
      {unsaid.length === 0 ? null : <p class="label">Without a word on it: {unsaid.join(', ')}.</p>}
    </Part>
  );
}
