// SPDX-License-Identifier: Apache-2.0
// Every embargo that its reader may know of: one line of time for all, a row for each case, and the same in words and as a table.

import type { EmbargoesView, EmbargoRow } from '../../app/embargoes.ts';
import type { Instant } from '../../core/model/time.ts';
import { EmbargoTimeline, type Scale, scaleOf } from '../components/embargo-timeline.tsx';
import { Layout } from '../components/layout.tsx';
import { Moment } from '../components/moment.tsx';
import { Head, Part } from '../components/part.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { type Standing, standingOf, strictest } from '../standing.ts';
import { capWords } from '../words.ts';

export interface EmbargoesPageProps {
  readonly frame: Frame;
  readonly view: EmbargoesView;
}

export function EmbargoesPage({ frame, view }: EmbargoesPageProps) {
  const standings = view.rows.map(({ state }) => standingOf(state, view.now));
  const standing: Standing = standings.length === 0 ? { kind: 'public', since: null } : strictest(standings);
  const shared = scaleOf(
    view.rows.flatMap(({ state: { embargo }, caps }) => [embargo.from, embargo.until, ...caps.map(({ at }) => at)]),
    view.now,
  );
  return (
    <Layout
      frame={frame}
      title="Embargoes"
      current="embargoes"
      band={{ standing, remark: standings.length === 0 ? 'No embargo that you may know of' : 'Only the cases that you may read' }}
      colophon={<span>Nothing here leaves by mail, push or log</span>}
    >
      <Head
        title="Embargoes"
        lead={
          <>
            {summary(view.rows.length)} As of <Moment at={view.now} />.
          </>
        }
      />
      {view.rows.length === 0 ? (
        <Empty frame={frame} />
      ) : (
        <>
          {view.rows.map((row) => (
            <Row frame={frame} row={row} now={view.now} scale={shared} />
          ))}
          <p class="quiet">A full dot is a party that was told, a hollow one a warning; grey are days without business.</p>
        </>
      )}
    </Layout>
  );
}

function summary(rows: number): string {
  if (rows === 0) return 'No case that you may read is under embargo.';
  return rows === 1 ? 'One case, with its line of time.' : `${rows} cases on the same line of time; the first to end comes first.`;
}

function Empty({ frame }: { readonly frame: Frame }) {
  return (
    <div class="empty">
      <p>
        <strong>No embargo runs.</strong> When one is agreed, its case stands here with who was told, when somebody is warned, and which cap
        binds. The rules stand in the <a href={pathsOf(frame.project.id).policy}>policy</a>.
      </p>
    </div>
  );
}

interface RowProps {
  readonly frame: Frame;
  readonly row: EmbargoRow;
  readonly now: Instant;
  readonly scale: Scale | undefined;
}

function Row({ frame, row, now, scale }: RowProps) {
  const { state, policy, caps, cap, marks } = row;
  return (
    <Part
      title={state.codename}
      id={`case-${state.codename}`}
      remark={<a href={pathsOf(frame.project.id).case(state.case)}>Open the case</a>}
    >
      <p>
        <Ends row={row} now={now} /> <Parties row={row} />
      </p>
      {cap === undefined ? null : (
        <p class="after">
          The cap that binds: {capWords(cap.source)}, <Moment at={cap.at} now={now} />.
        </p>
      )}
      <EmbargoTimeline
        state={state}
        policy={policy}
        now={now}
        caps={caps}
        cap={cap}
        marks={marks}
        {...(scale === undefined ? {} : { shared: scale })}
      />
    </Part>
  );
}

function Ends({ row: { state }, now }: { readonly row: EmbargoRow; readonly now: Instant }) {
  const { until, zone, state: stands, proposal } = state.embargo;
  if (stands === 'proposed' && proposal !== null)
    return (
      <>
        <strong>Asked for</strong>, and not agreed: until <Moment at={proposal.until} zone={proposal.zone} now={now} />.
      </>
    );
  if (stands === 'exited' || until === null) return <strong>The embargo has ended, and the case is still private.</strong>;
  return (
    <>
      {until <= now ? 'Ended' : 'Ends'}{' '}
      <strong>
        <Moment at={until} zone={zone} now={now} />
      </strong>
      {stands === 'revising' ? '; another date is asked for' : ''}.
    </>
  );
}

function Parties({ row: { told } }: { readonly row: EmbargoRow }) {
  if (told === null || told.of === 0) return null;
  return (
    <>
      Parties: {told.told} of {told.of} told, {told.ready} ready.
    </>
  );
}
