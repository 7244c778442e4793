// SPDX-License-Identifier: Apache-2.0
// Who can see this case, why and since when; who has seen it; and who no longer does. The page says who asked for it, for that is in the record too.

import type { AccessParty, AccessPerson, AccessReporter, AccessView, FormerReader, Reads } from '../../app/access-view.ts';
import { Layout } from '../components/layout.tsx';
import { HourUtc, Moment } from '../components/moment.tsx';
import { Head, Part } from '../components/part.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { standingOf } from '../standing.ts';
import { count } from '../words.ts';

export interface AccessPageProps {
  readonly frame: Frame;
  readonly view: AccessView;
}

export function AccessPage({ frame, view }: AccessPageProps) {
  const { state, policy, now, rule, people, numberReaders, partyMembers, reporters, parties, former } = view;
  const paths = pathsOf(frame.project.id);
  return (
    <Layout
      frame={frame}
      title={`${state.codename}, who can see this`}
      band={{ standing: standingOf(state, now), remark: `${count(people.length, 'person', 'people')} can see all of this` }}
      colophon={<span>{frame.viewer?.name ?? 'You'} opened this page; that, too, is in the record.</span>}
    >
      <Head
        title="Who can see this"
        lead={leadOf(view)}
        eyebrow={[
          <a href={paths.case(state.case)}>{state.codename}</a>,
          <>
            policy {policy.name}, version {policy.version}, <span class="id">{rule.key}</span>
          </>,
        ]}
      />
      <p>{rule.sentence}</p>
      <People title="People" people={people} paths={paths} empty="Nobody reads the whole case." />
      <Reporters reporters={reporters} />
      <Parties parties={parties} />
      {partyMembers.length === 0 ? null : <People title="Members of parties" people={partyMembers} paths={paths} empty="" />}
      {numberReaders.length === 0 ? null : <People title="For the CVE number" people={numberReaders} paths={paths} empty="" />}
      <Former former={former} />
      <p class="label after">
        Since: by the log of the case and the roles of today. Read: pages and files of this case. In lists: how often its title stood on a
        page of something else, such as the queue. The program itself has read it {count(view.process.reads, 'time', 'times')}.
      </p>
    </Layout>
  );
}

function leadOf({ people, reporters, parties, numberReaders }: AccessView): string {
  const holding = parties.filter((one) => one.left === null).length;
  return [
    `${count(people.length, 'person reads', 'people read')} the whole case, and ${count(reporters.length, 'reporter', 'reporters')} what concerns them.`,
    ...(holding === 0 ? [] : [`${count(holding, 'party was', 'parties were')} told, and read what they need to prepare.`]),
    ...(numberReaders.length === 0 ? [] : [`${count(numberReaders.length, 'person reads', 'people read')} what a CVE number needs.`]),
    'Administrators run the machine and read no case by that.',
  ].join(' ');
}

const quiet = (word: string) => <span class="quiet">{word}</span>;

function Opened({ reads: { last, reads, files, listed } }: { readonly reads: Reads }) {
  return (
    <>
      <td data-l="Last opened">{last === null ? quiet('never') : <HourUtc at={last} />}</td>
      <td class="num" data-l="Read">
        {reads}
      </td>
      <td data-l="Files taken">{files === 0 ? quiet('none') : files}</td>
      <td class="num" data-l="In lists">
        {listed}
      </td>
    </>
  );
}

function OpenedHeads() {
  return (
    <>
      <th scope="col">Last opened</th>
      <th scope="col" class="num">
        Read
      </th>
      <th scope="col">Files taken</th>
      <th scope="col" class="num">
        In lists
      </th>
    </>
  );
}

interface PeopleProps {
  readonly title: string;
  readonly people: readonly AccessPerson[];
  readonly paths: ReturnType<typeof pathsOf>;
  readonly empty: string;
}

function People({ title, people, paths, empty }: PeopleProps) {
  return (
    <Part title={title} count={people.length} remark="times in UTC">
      {people.length === 0 ? (
        <p class="empty">{empty}</p>
      ) : (
        <table class="ledger folds">
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col">Why</th>
              <th scope="col">Since</th>
              <OpenedHeads />
            </tr>
          </thead>
          <tbody>
            {people.map((one) => (
              <tr>
                <th scope="row">
                  <a href={paths.person(one.person)}>{one.name}</a>
                  {one.organisation === null ? null : <small> {one.organisation}</small>}
                </th>
                <td>
                  {one.why.join('; ')}
                  {one.reach === 'terms' ? '; has not accepted the terms, and reads nothing yet' : ''}
                </td>
                <td data-l="Since">{one.since === null ? quiet('not known') : <HourUtc at={one.since} />}</td>
                <Opened reads={one} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Part>
  );
}

function Reporters({ reporters }: { readonly reporters: readonly AccessReporter[] }) {
  if (reporters.length === 0) return null;
  return (
    <Part title="Reporters" count={reporters.length} remark="times in UTC">
      <table class="ledger folds">
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Sees</th>
            <th scope="col">Since</th>
            <OpenedHeads />
          </tr>
        </thead>
        <tbody>
          {reporters.map((one) => (
            <tr>
              <th scope="row">{one.name}</th>
              <td>{one.sees}</td>
              <td data-l="Since">
                <HourUtc at={one.since} />
              </td>
              <Opened reads={one} />
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

function Parties({ parties }: { readonly parties: readonly AccessParty[] }) {
  if (parties.length === 0) return null;
  return (
    <Part title="Parties that were told" count={parties.length}>
      <table class="ledger folds">
        <thead>
          <tr>
            <th scope="col">Party</th>
            <th scope="col">Told</th>
            <th scope="col">Accepted the terms</th>
          </tr>
        </thead>
        <tbody>
          {parties.map(({ party, toldAt, told, accepted, left }) => (
            <tr>
              <th scope="row">
                {party}
                {left === null ? null : <small> {left === 'breach' ? 'out, after a breach' : 'removed'}</small>}
              </th>
              <td data-l="Told">
                <Moment at={toldAt} />
                {told === 'recorded' ? ', outside of this program' : ''}
              </td>
              <td data-l="Accepted the terms">{accepted.length === 0 ? quiet('nobody yet') : accepted.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

function Former({ former }: { readonly former: readonly FormerReader[] }) {
  if (former.length === 0) return null;
  return (
    <Part title="No longer" count={former.length} remark="access ended; what they read stays on the list">
      <table class="ledger folds">
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Why it ended</th>
            <th scope="col">Ended</th>
            <OpenedHeads />
          </tr>
        </thead>
        <tbody>
          {former.map((one) => (
            <tr>
              <th scope="row">{one.name}</th>
              <td>{one.why}</td>
              <td data-l="Ended">{one.ended === null ? quiet('not known') : <HourUtc at={one.ended} />}</td>
              <Opened reads={one} />
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}
