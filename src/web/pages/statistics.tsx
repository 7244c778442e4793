// SPDX-License-Identifier: Apache-2.0
// Does the project keep its word? Counts, ages, times and exceptions, and no content of anything private. Public.

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
  const { inPrivate, embargoesEnded, deviations, openedAtCap } = statistics;
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
        lead={`What ${frame.project.title} does with reports, counted. Nothing here is about a single private case.`}
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
      <Part
        title="In private"
        remark={
          <>
            as of <Moment at={inPrivate.asOf} />, cases that somebody has taken up
          </>
        }
      >
        <Facts roomy rows={[['All', inPrivate.cases], ...inPrivate.byAge.map(({ age, cases }) => [age, cases] as const)]} />
        <p class="label after">In bands, and once a month: one case more or less must not be told from outside.</p>
      </Part>
      <Quarters statistics={statistics} />
      <Part title="Embargoes that ended" remark="of public cases">
        <Counted counts={embargoesEnded} word={(exit) => exitWords[exit as EmbargoExit] ?? plain(exit)} />
        {openedAtCap === 0 ? null : <p class="label after">{openedAtCap} opened at the hard cap with what was agreed for it.</p>}
      </Part>
      <Part title="Deviations on record" remark="of public cases">
        <Counted counts={deviations} word={plain} />
      </Part>
      <p class="after">
        <a href={`/api/v1${pathsOf(frame.project.id).statistics}`}>The same as JSON</a>
      </p>
    </Layout>
  );
}

function Counted({ counts, word }: { readonly counts: Readonly<Record<string, number>>; readonly word: (name: string) => string }) {
  const rows = Object.entries(counts);
  if (rows.length === 0) return <p class="quiet">None.</p>;
  return <Facts roomy rows={rows.map(([name, number]) => [word(name), String(number)] as const)} />;
}

function Quarters({ statistics: { quarters } }: Pick<StatisticsPageProps, 'statistics'>) {
  if (quarters.length === 0)
    return (
      <Part title="By quarter">
        <p class="quiet">No case is public yet.</p>
      </Part>
    );
  return (
    <Part title="By quarter" remark="public cases, by the day on which they became public">
      <table class="ledger folds">
        <caption class="unseen">Public cases by quarter: how many, how they ended, and how long things took</caption>
        <thead>
          <tr>
            <th scope="col">Quarter</th>
            <th scope="col">Published</th>
            <th scope="col">How they ended</th>
            <th scope="col">First reply</th>
            <th scope="col">Decision</th>
            <th scope="col">In private</th>
          </tr>
        </thead>
        <tbody>
          {quarters.map((one) => (
            <tr>
              <th scope="row">{one.quarter}</th>
              <td data-l="Published">{one.published}</td>
              <td data-l="How they ended">
                {Object.entries(one.ended)
                  .map(([state, number]) => `${number} ${plain(state)}`)
                  .join(', ')}
              </td>
              <td data-l="First reply">
                <Middle of={one.hoursToFirstReply} unit="h" />
              </td>
              <td data-l="Decision">
                <Middle of={one.hoursToDecision} unit="h" />
              </td>
              <td data-l="In private">
                <Middle of={one.daysPrivate} unit="days" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="label after">Median, and the time within which nine of ten were done. Below five cases no time is given.</p>
    </Part>
  );
}

function Middle({ of: { median, p90, cases }, unit }: { readonly of: Spread; readonly unit: string }) {
  if (median === null) return <span class="quiet">{cases === 0 ? 'none' : 'too few to say'}</span>;
  return (
    <>
      {median} {unit}
      <small>
        {p90} {unit} for nine of ten
      </small>
    </>
  );
}
