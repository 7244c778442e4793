// SPDX-License-Identifier: Apache-2.0
// Does the project keep its word? Counts, ages, times and exceptions, and no content of anything private. Public.

import type { Child } from 'hono/jsx';
import type { Spread, Statistics } from '../../app/statistics.ts';
import type { EmbargoExit } from '../../core/model/regions.ts';
import { Layout } from '../components/layout.tsx';
import { Moment } from '../components/moment.tsx';
import { Notice } from '../components/notice.tsx';
import { Facts, Head, Part } from '../components/part.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { exitWords, plain } from '../words.ts';

export interface StatisticsPageProps {
  readonly frame: Frame;
  readonly statistics: Statistics;
}

export function StatisticsPage({ frame, statistics }: StatisticsPageProps) {
  const { inPrivate } = statistics;
  return (
    <Layout
      frame={frame}
      title="Figures"
      current="statistics"
      published
      band={{ standing: { kind: 'public', since: null }, remark: 'Everybody can read this page.' }}
    >
      <Head
        title="Does this project keep its word?"
        lead={`What ${frame.project.title} does with reports, counted: how long things take, and how they end.`}
        eyebrow={[
          <>
            as of <Moment at={statistics.at} />
          </>,
        ]}
      />
      {inPrivate.pastTheirCap ? (
        <Notice title="A case is past its latest lawful date and still private" icon="alert">
          <p>Nobody has agreed what to open of it. Those responsible are called until they do.</p>
        </Notice>
      ) : null}
      <Open statistics={statistics} />
      <OfPublic statistics={statistics} />
      <p class="after">
        <a href={`/api/v1${pathsOf(frame.project.id).statistics}`}>The same as JSON</a>
      </p>
    </Layout>
  );
}

/** What is open by age: private cases in bands, public ones as they are. */
function Open({ statistics: { inPrivate, openInPublic } }: Pick<StatisticsPageProps, 'statistics'>) {
  const longest = Math.max(1, ...openInPublic.map(({ cases }) => cases));
  const shown = openInPublic.map(({ age, cases }) => ({ age, cases, band: inPrivate.byAge.find((one) => one.age === age)?.cases }));
  return (
    <Part title="Open, by age since receipt">
      <table class="ledger folds is-figures">
        <caption class="unseen">Cases that are open, by age: in private and in public</caption>
        <thead>
          <tr>
            <th scope="col">Age</th>
            <th scope="col">In private</th>
            <th scope="col">In public</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {shown.map(({ age, cases, band }) => (
            <tr>
              <th scope="row">{age}</th>
              <td data-l="In private">{band}</td>
              <td data-l="In public">{cases}</td>
              <td>
                <Bar share={cases / longest} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">all</th>
            <td data-l="In private">{inPrivate.cases}</td>
            <td data-l="In public">{shown.reduce((sum, { cases }) => sum + cases, 0)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
      <p class="label after">
        In private: cases that somebody has taken up, as of <Moment at={inPrivate.asOf} />. They are told in bands and once a month, because
        one more or less must not be seen from outside.
      </p>
    </Part>
  );
}

/** The number stands beside it in words; the bar is for the eye alone. */
function Bar({ share }: { readonly share: number }) {
  return (
    <svg class="plot" height="10" aria-hidden="true">
      <rect class="soft" y="1" width={`${Math.round(share * 100)}%`} height="8" />
    </svg>
  );
}

function OfPublic({ statistics }: Pick<StatisticsPageProps, 'statistics'>) {
  const { quarters, embargoesEnded, deviations, openedAtCap } = statistics;
  if (quarters.length === 0)
    return (
      <Part title="How long things took, and how they ended">
        <p class="quiet">No case is public yet, so there is nothing to count.</p>
      </Part>
    );
  return (
    <>
      <Quarters
        title="How long things took"
        remark="public cases, by the quarter in which they became public"
        caption="Public cases by quarter: from receipt to first reply, decision, merged fix and publication, and from the verdict that it is no flaw to the publication"
        quarters={quarters}
        columns={[
          ['First reply', (one) => <Middle of={one.hoursToFirstReply} />],
          ['Decision', (one) => <Middle of={one.hoursToDecision} />],
          ['Fix merged', (one) => <Middle of={one.hoursToMerge} />],
          ['Public', (one) => <Middle of={one.daysPrivate} per={24} />],
          ['Opened, if no flaw', (one) => <Middle of={one.hoursFromVerdictOut} />],
        ]}
        note="The last from that verdict, the others from receipt: the median, and the time within which nine of ten were done. Below five cases no time is given."
      />
      <Quarters
        title="For whom a case waited"
        remark="until it was public"
        caption="Public cases by quarter: time in which they waited for the team, and for a reporter"
        quarters={quarters}
        columns={[
          ['For the team', (one) => <Middle of={one.hoursWaitingForTeam} />],
          ['For a reporter', (one) => <Middle of={one.hoursWaitingForReporter} />],
        ]}
        note="A case waits for whoever has not had the last word."
      />
      <Quarters
        title="How cases ended"
        remark="those that never become public are not counted"
        caption="Public cases by quarter: how many, and how they ended"
        quarters={quarters}
        columns={[
          ['Published', (one) => one.published],
          ['By end', (one) => counted(one.ended, plain)],
        ]}
      />
      <Part title="Exceptions" remark="of public cases">
        <Facts
          roomy
          rows={[
            ['Embargoes that ended', counted(embargoesEnded, (exit) => exitWords[exit as EmbargoExit] ?? plain(exit))],
            ['Opened at the hard cap', openedAtCap === 0 ? 'none' : `${openedAtCap}, with what was agreed for it`],
            ['Deviations on record', counted(deviations, plain)],
          ]}
        />
      </Part>
    </>
  );
}

/** `disclosed: 5, public bug: 2` */
function counted(counts: Readonly<Record<string, number>>, word: (name: string) => string): string {
  const rows = Object.entries(counts);
  return rows.length === 0 ? 'none' : rows.map(([name, number]) => `${word(name)}: ${number}`).join(', ');
}

type Quarter = Statistics['quarters'][number];

interface QuartersProps {
  readonly title: string;
  readonly remark: string;
  readonly caption: string;
  readonly quarters: readonly Quarter[];
  readonly columns: readonly (readonly [name: string, cell: (one: Quarter) => Child])[];
  readonly note?: string;
}

function Quarters({ title, remark, caption, quarters, columns, note }: QuartersProps) {
  return (
    <Part title={title} remark={remark}>
      <table class="ledger folds is-figures">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Quarter</th>
            {columns.map(([name]) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {quarters.map((one) => (
            <tr>
              <th scope="row">{one.quarter}</th>
              {columns.map(([name, cell]) => (
                <td data-l={name}>{cell(one)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {note === undefined ? null : <p class="label after">{note}</p>}
    </Part>
  );
}

/** Hours; from two days on, days. */
function Middle({ of: { median, p90, cases }, per = 1 }: { readonly of: Spread; readonly per?: number }) {
  if (median === null || p90 === null) return <span class="quiet">{cases === 0 ? 'none' : 'too few to say'}</span>;
  return (
    <>
      {inTime(median * per)}
      <small>{inTime(p90 * per)} for nine of ten</small>
    </>
  );
}

function inTime(hours: number): string {
  return hours < 48 ? `${Math.round(hours * 10) / 10} h` : `${Math.round(hours / 2.4) / 10} days`;
}
