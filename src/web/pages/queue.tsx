// SPDX-License-Identifier: Apache-2.0
// The queue: what needs me now? One ledger in groups, the next case on top with the page's one primary button.

import type { Upkeep } from '../../app/policy-changes.ts';
import type { QueueGroup, QueueRow, QueueView } from '../../app/views.ts';
import type { ActionKind } from '../../core/model/action.ts';
import type { Instant } from '../../core/model/time.ts';
import { rowOf } from '../../core/process/table.ts';
import { Icon, type IconName } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { HourUtc, Moment } from '../components/moment.tsx';
import { type Check, Checks, Notice } from '../components/notice.tsx';
import { Head } from '../components/part.tsx';
import { Upkept } from '../components/upkept.tsx';
import type { Frame } from '../frame.ts';
import { age, distance } from '../moments.ts';
import { pathsOf } from '../paths.ts';
import { remarkOn, summary } from '../queue-words.ts';
import { type Standing, standingOf, strictest } from '../standing.ts';
import { clockWords, plain } from '../words.ts';
import { Cluster } from './queue-cluster.tsx';
import { NoMore, Order, Pages } from './queue-pages.tsx';
import { Proof } from './queue-proof.tsx';

export interface QueuePageProps {
  readonly frame: Frame;
  readonly view: QueueView;
  /** What was just done in a case that its reader sees no more: said on top, once. */
  readonly done?: ActionKind | null;
  /** What came of a list of cases that were marked as duplicates, each in a sentence. */
  readonly outcomes?: readonly Check[];
  /** What the project itself waits for: a word on its policy, or a look at its security.txt. */
  readonly upkeep?: Upkeep | undefined;
}

interface Group {
  readonly group: QueueGroup;
  readonly title: string;
  readonly remark: string;
}

const groups: readonly Group[] = [
  { group: 'decide', title: 'Decide', remark: 'what you can do next; by clock' },
  { group: 'overdue', title: 'Overdue promise', remark: 'we told somebody a time, and it has passed' },
  { group: 'waiting', title: 'Waiting on others', remark: 'nothing to do for you; each row says until when' },
  { group: 'later', title: 'Queued', remark: 'more than one reporter may send in a day; nobody was called, and their turn comes' },
];

export function QueuePage({ frame, view, done, outcomes = [], upkeep }: QueuePageProps) {
  const standings = view.rows.map(({ state }) => standingOf(state, view.now));
  const hidden = standings.filter((one) => one.kind !== 'public').length;
  const standing: Standing = hidden === 0 ? { kind: 'public', since: null } : { kind: 'confidential' };
  const worst = strictest(standings).kind === 'ended' ? strictest(standings) : standing;
  return (
    <Layout
      frame={frame}
      title="Queue"
      current="queue"
      band={{ standing: worst, remark: remarkOn(hidden, view.rows.length) }}
      colophon={<span>Nothing here leaves by mail, push or log</span>}
    >
      <Head
        title="Queue"
        lead={
          <>
            {summary(view)} As of <Moment at={view.now} />.
          </>
        }
      />
      {done == null ? null : <Notice title={`Done: ${rowOf(done).label}`} tone="done" icon="check" />}
      {outcomes.length === 0 ? null : (
        <Notice title="Marked as duplicates" tone="plain" icon="twin">
          <Checks rows={outcomes} />
        </Notice>
      )}
      {upkeep === undefined ? null : <Upkept frame={frame} upkeep={upkeep} />}
      {view.rows.length === 0 ? <Empty frame={frame} view={view} /> : <Full frame={frame} view={view} />}
    </Layout>
  );
}

function Empty({ frame, view }: { readonly frame: Frame; readonly view: QueueView }) {
  if (view.after !== null) return <NoMore frame={frame} view={view} />;
  return (
    <div class="empty">
      <p>
        <strong>Nothing waits for you.</strong> You see no open case. New reports come by the{' '}
        <a href={pathsOf(frame.project.id).report}>form</a> and the other ways that the{' '}
        <a href={pathsOf(frame.project.id).policy}>policy</a> names.
      </p>
    </div>
  );
}

function Full({ frame, view }: QueuePageProps) {
  const next =
    byClock(view.rows.filter((row) => row.group === 'overdue'))[0] ?? byClock(view.rows.filter((row) => row.group === 'decide'))[0];
  return (
    <>
      {next === undefined ? null : <Next frame={frame} row={next} now={view.now} />}
      <Order frame={frame} view={view} />
      <table class="ledger queue folds">
        <caption class="unseen">Open cases in groups, times in UTC</caption>
        <thead>
          <tr>
            <th scope="col" class="c-case">
              Case
            </th>
            <th scope="col">Claim</th>
            <th scope="col" class="c-where">
              Component, owner
            </th>
            <th scope="col" class="c-age num">
              Age
            </th>
            <th scope="col" class="c-clock">
              Clock, UTC
            </th>
            <th scope="col" class="c-proof">
              Evidence
            </th>
          </tr>
        </thead>
        {groups.map((group) => (
          <Rows {...group} frame={frame} now={view.now} rows={byClock(view.rows.filter((row) => row.group === group.group))} />
        ))}
      </table>
      <Key />
      <Pages frame={frame} view={view} />
      <Cluster frame={frame} view={view} />
    </>
  );
}

function Next({ frame, row, now }: { readonly frame: Frame; readonly row: QueueRow; readonly now: Instant }) {
  return (
    <div class="next">
      <p>
        <span class="label">Next</span>
        <strong>{row.state.codename}</strong>: {row.next ?? 'look at it'}
        {row.clock === null ? (
          '.'
        ) : (
          <>
            ; {clockWords(row.clock.name)} <Moment at={row.clock.at} now={now} />.
          </>
        )}
      </p>
      <a class="button is-primary" href={pathsOf(frame.project.id).case(row.state.case)} data-key="e">
        Open {row.state.codename}
      </a>
    </div>
  );
}

interface RowsProps extends Group {
  readonly frame: Frame;
  readonly now: Instant;
  readonly rows: readonly QueueRow[];
}

function Rows({ title, remark, frame, now, rows }: RowsProps) {
  return (
    <tbody>
      <tr class="group">
        <th colspan={6} scope="rowgroup">
          <div>
            <span>
              {title} <span class="count">{rows.length}</span>
            </span>{' '}
            <span class="label">{remark}</span>
          </div>
        </th>
      </tr>
      {rows.map((row) => (
        <Row row={row} frame={frame} now={now} />
      ))}
      {rows.length === 0 ? (
        <tr class="none">
          <td colspan={6} class="quiet">
            None.
          </td>
        </tr>
      ) : null}
    </tbody>
  );
}

const looks: Readonly<Record<Standing['kind'], { readonly icon: IconName; readonly tone: string; readonly word: string }>> = {
  confidential: { icon: 'lock', tone: 'confidential', word: 'Confidential' },
  embargoed: { icon: 'clock', tone: 'embargoed', word: 'Embargoed' },
  ended: { icon: 'alert', tone: 'danger', word: 'Embargo ended' },
  public: { icon: 'ring', tone: 'public', word: 'Public' },
};

function Row({ row, frame, now }: { readonly row: QueueRow; readonly frame: Frame; readonly now: Instant }) {
  const { state } = row;
  const look = looks[standingOf(state, now).kind];
  return (
    <tr>
      <th scope="row">
        <a class="name" href={pathsOf(frame.project.id).case(state.case)} data-row="">
          <Icon name={look.icon} tone={look.tone} /> {state.codename}
        </a>
        <small>
          <span class="unseen">{look.word}, </span>
          {plain(state.handling)}
        </small>
      </th>
      <td>
        {row.heldBack === true ? (
          <span class="quiet">Title held back: lists have shown you very many within the hour.</span>
        ) : (
          <bdi>{row.title}</bdi>
        )}
        {row.next === null ? null : <small>Next: {row.next}</small>}
      </td>
      <td>
        {state.component === null ? null : <>{state.component} </>}
        <small>{row.owner ?? 'no owner'}</small>
      </td>
      <td class="num" data-l="Age">
        {age(row.openedAt, now)}
      </td>
      <td>
        <Clock row={row} now={now} />
      </td>
      <td>
        <Proof row={row} />
      </td>
    </tr>
  );
}

function Clock({ row, now }: { readonly row: QueueRow; readonly now: Instant }) {
  const { clock, state } = row;
  if (clock === null)
    return (
      <>
        <span class="quiet">none</span>
        {state.publicSince === null ? null : (
          <small>
            public since <HourUtc at={state.publicSince} />
          </small>
        )}
      </>
    );
  const late = clock.at <= now;
  return (
    <>
      {late ? (
        <span class="mark wrong">
          <Icon name="alert" /> <HourUtc at={clock.at} />
        </span>
      ) : (
        <HourUtc at={clock.at} />
      )}{' '}
      <small>
        {clockWords(clock.name)}, <span data-distance={clock.at}>{distance(clock.at, now)}</span>
      </small>
    </>
  );
}

function Key() {
  return (
    <p class="key part">
      {Object.values(looks)
        .filter(({ tone }) => tone !== 'danger')
        .map(({ icon, tone, word }) => (
          <span>
            <Icon name={icon} tone={tone} /> {word.toLowerCase()}
          </span>
        ))}
      <span>
        <Icon name="flask" /> reproducer attached
      </span>
      <span>
        <Icon name="patch" /> patch attached
      </span>
      <span>
        <Icon name="twin" /> found again
      </span>
    </p>
  );
}

/** The nearest clock first; what has none stands last, oldest first. */
function byClock(rows: readonly QueueRow[]): readonly QueueRow[] {
  const key = (row: QueueRow) => `${row.clock?.at ?? '9'}${row.openedAt}`;
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
