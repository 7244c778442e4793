// SPDX-License-Identifier: Apache-2.0
// What is open of a case, as the public record and its preview show it: the reports, the files, what was said and done, what is struck out, what it cost.

import { marksOf } from '../../app/marks.ts';
import type { CaseView } from '../../app/views.ts';
import { piecesOf } from '../../core/model/pieces.ts';
import { costOf } from '../../core/process/cost.ts';
import { castOf } from '../cast.ts';
import { Activity } from '../components/activity.tsx';
import { AdvisoryLink } from '../components/advisory-link.tsx';
import { Moment } from '../components/moment.tsx';
import { type Check, Checks, Notice } from '../components/notice.tsx';
import { Facts, Part } from '../components/part.tsx';
import { marksIn, markWords } from '../marks.ts';
import { below, pathsOf } from '../paths.ts';
import { nameOfPiece } from '../piece-options.ts';
import { bytes, count } from '../words.ts';
import { Answers } from './case-known.tsx';

interface BodyProps {
  readonly project: string;
  /** As the world reads it (app/opened.ts). */
  readonly view: CaseView;
}

export function RecordBody({ project, view }: BodyProps) {
  switch (view.reach) {
    case 'nothing':
      return <Closed project={project} view={view} />;
    case 'bundle':
      return <Bundle view={view} />;
    default:
      return <Opened project={project} view={view} />;
  }
}

/** At the hard cap exactly what was agreed for it: the reports and the summary, and no fact beside them. */
function Bundle({ view }: { readonly view: CaseView }) {
  const { state, texts } = view;
  return (
    <>
      {state.bundle === null ? null : (
        <Part title="Summary">
          <Answers refs={[state.bundle.summary]} texts={texts} />
        </Part>
      )}
      <Reports view={view} />
    </>
  );
}

const closedBy: Readonly<Record<CaseView['policy']['publication']['scope'], string>> = {
  fix_only: 'The policy under which it was handled publishes the fix. The discussion is opened if its reporters agree.',
  notice: 'The policy under which it was handled publishes the advisory, and nothing of the discussion.',
  issue: 'The policy under which it was handled opens what turned out to be a flaw.',
  full_record: 'The policy under which it was handled opens what turned out to be a flaw.',
};

function Closed({ project, view: { state, policy } }: BodyProps) {
  return (
    <Notice title="The record of this case stays closed" icon="lock">
      <p>{closedBy[policy.publication.scope]}</p>
      {state.advisory.published === 0 ? null : (
        <p>
          Read <AdvisoryLink project={project} state={state} />.
        </p>
      )}
    </Notice>
  );
}

function Opened({ project, view }: BodyProps) {
  const marks = marksIn(view);
  return (
    <>
      <Reports view={view} />
      <Files project={project} view={view} />
      <Part
        title="Record"
        count={view.log.length}
        remark={view.reach === 'full_record' ? 'the discussion and the inside' : 'the inside is not opened'}
      >
        <Activity
          events={view.log}
          texts={view.texts}
          marks={marks}
          cast={castOf(view)}
          audience={0}
          oldestFirst
          outside={view.reach !== 'full_record'}
        />
      </Part>
      <NotRead view={view} />
    </>
  );
}

/** What was attached is shown where its own case is open as well. */
export function reportersShown({ state, related }: CaseView) {
  return state.reporters.filter(({ from }) => from === null || related.some((one) => one.case === from));
}

function Reports({ view }: { readonly view: CaseView }) {
  const { texts } = view;
  const shown = reportersShown(view);
  const marks = view.reach === 'bundle' ? new Map<string, string>() : marksIn(view);
  return (
    <>
      {shown.map((reporter, index) => (
        <Part title={shown.length === 1 ? 'Report' : `Report ${index + 1}`} remark={<Moment at={reporter.since} />}>
          <Answers refs={reporter.report.filter((ref) => view.reach !== 'bundle' || texts.has(ref.id))} texts={texts} marks={marks} />
        </Part>
      ))}
    </>
  );
}

/** Every file that is open: evidence, patches in each version, proofs of concept. Saved byte for byte, never shown. */
function Files({ project, view }: BodyProps) {
  const base = pathsOf(project).case(view.state.case);
  const rows = view.attachments.map(
    ({ ref, name }): Check => ({
      state: ref.purpose === 'patch' ? 'patch' : ref.purpose === 'reproducer' ? 'flask' : 'note',
      text: (
        <a href={below.attachment(base, ref.id)}>
          <bdi class="id">{name}</bdi>
        </a>
      ),
      remark: bytes(ref.bytes),
    }),
  );
  if (rows.length === 0) return null;
  return (
    <Part title="Files" count={rows.length} remark="byte for byte as they were sent">
      <Checks rows={rows} />
    </Part>
  );
}

/** The audit of what is not to be read, by reason and never by length. */
function NotRead({ view }: { readonly view: CaseView }) {
  const pieces = piecesOf(view.log);
  const marks = marksOf(view).filter(({ mark }) => mark !== 'withheld');
  if (marks.length === 0) return null;
  return (
    <Part title="Not to be read here" count={marks.length} remark="the log keeps the place of each">
      <Checks
        rows={marks.map((mark): Check => {
          const piece = pieces.find(({ id }) => id === mark.piece);
          return { state: 'lock', text: piece === undefined ? 'A text' : nameOfPiece(view, piece), remark: markWords(mark) };
        })}
      />
    </Part>
  );
}

/** VMT-6, VMT-26 */
export function CostPart({ view }: { readonly view: Pick<CaseView, 'log' | 'state' | 'now'> }) {
  const cost = costOf(view.log, view.state, view.now);
  return (
    <Part title="What it cost">
      <Facts
        rows={[
          ['People', `${count(cost.people, 'member', 'members')}, ${count(cost.reporters, 'reporter', 'reporters')}`],
          ['Messages', `${cost.messagesOut} out, ${cost.messagesIn} in, ${count(cost.notes, 'note', 'notes')}`],
          ['In private', inHours(cost.hoursPrivate)],
          ['First reply', cost.hoursToFirstReply === null ? <span class="quiet">none</span> : `after ${inHours(cost.hoursToFirstReply)}`],
          ['Waited', `for the team ${inHours(cost.hoursWaitingForTeam)}, for a reporter ${inHours(cost.hoursWaitingForReporter)}`],
        ]}
      />
    </Part>
  );
}

/** `3 h`, `12 days` */
function inHours(hours: number): string {
  return hours < 48 ? `${Math.round(hours)} h` : count(Math.round(hours / 24), 'day', 'days');
}
