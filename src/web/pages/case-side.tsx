// SPDX-License-Identifier: Apache-2.0
// The facts beside a case: owner, severity, numbers, branches, reporters, promises, mail. What is not set is said so, quietly.

import type { Child } from 'hono/jsx';
import type { CaseView } from '../../app/views.ts';
import { contradiction } from '../../core/model/severity.ts';
import { promisedAt } from '../../core/process/deadlines.ts';
import { labelsOf } from '../../core/process/labels.ts';
import { capital, castOf } from '../cast.ts';
import { AdvisoryLink } from '../components/advisory-link.tsx';
import { BranchMatrix } from '../components/branch-matrix.tsx';
import { SeverityMark } from '../components/icon.tsx';
import { Credits, Judged } from '../components/judged.tsx';
import { Moment } from '../components/moment.tsx';
import { type Check, Checks } from '../components/notice.tsx';
import { Facts, Part } from '../components/part.tsx';
import { Post } from '../components/post.tsx';
import { RecordLinks } from '../components/record-links.tsx';
import { NoAgents, Reviewed } from '../components/reviewed.tsx';
import type { Frame } from '../frame.ts';
import { span } from '../moments.ts';
import { flawName } from '../options.ts';
import { below, pathsOf } from '../paths.ts';
import { branchWords, clockWords, creditWords, ownerWords, plain } from '../words.ts';
import { Components, Relations } from './case-relations.tsx';
import { CostPart } from './record-body.tsx';

type Outgoing = CaseView['outbox'][number];

interface SideProps {
  readonly frame: Frame;
  readonly view: CaseView;
}

export function Side({ frame, view }: SideProps) {
  const inside = view.reach === 'everything';
  return (
    <aside class="side" aria-label="Facts of the case">
      <FactsPart frame={frame} view={view} />
      {inside ? (
        <>
          <Part title="Branches" remark={remarkOn(view)}>
            <BranchMatrix branches={view.state.branches} tests={view.policy.reviews.tests !== 'optional'} />
            <Reviewed view={view} />
          </Part>
          <Components view={view} />
          <Relations project={frame.project.id} view={view} />
          <Reporters view={view} />
          <NoAgents view={view} />
          <Promises view={view} />
          <Mail frame={frame} view={view} />
          <CostPart view={view} />
          <RecordLinks frame={frame} view={view} />
        </>
      ) : null}
    </aside>
  );
}

const quiet = (word: string): Child => <span class="quiet">{word}</span>;

function FactsPart({ frame, view }: SideProps) {
  const { state, policy } = view;
  const cast = castOf(view);
  const contradicted = state.severity === null ? null : contradiction(state.severity.level, state.severity.score, policy.severity.scale);
  const severity: Child =
    state.severity === null ? (
      quiet('not recorded')
    ) : (
      <>
        <SeverityMark level={state.severity.level} scale={policy.severity.scale} />
        {state.severity.vector === null ? null : <span class="label id">{state.severity.vector}</span>}
        <Judged severity={state.severity} />
        <span class="label">by {cast.person(state.severity.by)}</span>
        {contradicted === null ? null : <span class="label">{contradicted}</span>}
      </>
    );
  const inside = view.reach === 'everything';
  const labels = inside ? labelsOf(state, policy.labels) : [];
  const exploited = state.facts.find((fact) => fact.fact === 'exploited');
  return (
    <Part title="Facts">
      <Facts
        rows={[
          ['Owner', <Owner view={view} />] as const,
          ['Severity', withCalculator(frame, view, severity)] as const,
          ...(state.class === null ? [] : [['Class', state.class] as const]),
          ['CVE', <Numbers view={view} />] as const,
          ['Exploited', exploited === undefined ? quiet('not known') : <Moment at={exploited.since} />] as const,
          ['Advisory', <AdvisoryLink project={frame.project.id} state={state} />] as const,
          ...(labels.length === 0 ? [] : [['Labels', labels.join(', ')] as const]),
          ...(state.deviations.length === 0 ? [] : [['Deviations', state.deviations.map(plain).join(', ')] as const]),
        ].filter(([name]) => inside || name === 'Class' || name === 'CVE')}
      />
    </Part>
  );
}

/** For whoever may record it, the way to the page that computes it. */
function withCalculator(frame: Frame, view: CaseView, severity: Child): Child {
  if (view.reach !== 'everything' || !view.possibilities.some(({ action }) => action === 'assess-severity')) return severity;
  return (
    <>
      {severity}
      <span class="label">
        <a href={below.severity(pathsOf(frame.project.id).case(view.state.case))}>Calculate and record it</a>
      </span>
    </>
  );
}

/** Who it is, how they came to it, and since when nobody of the team has done anything. */
function Owner({ view }: { readonly view: CaseView }) {
  const { owner, ownership, attended, handling } = view.state;
  if (owner === null) return quiet(handling === 'held' ? 'nobody yet' : 'nobody could: no member may handle it');
  return (
    <>
      {castOf(view).person(owner)}
      {ownership.how === null || ownership.since === null ? null : (
        <span class="label">
          {ownerWords[ownership.how]} <Moment at={ownership.since} />
        </span>
      )}
      {attended === null ? <span class="label">nobody has done anything yet</span> : null}
    </>
  );
}

function Numbers({ view }: { readonly view: CaseView }) {
  const { flaws } = view.state;
  if (flaws.length === 0) return quiet('no flaw confirmed');
  return (
    <ul>
      {flaws.map((flaw, index) => (
        <li>
          {flaws.length === 1 ? null : <span class="label">{flawName(flaw, index, view.texts)}</span>}
          {flaw.number === null ? plain(flaw.cve) : <span class="id">{flaw.number}</span>}
          <span class="label">
            {flaw.number === null ? 'since' : plain(flaw.cve)} <Moment at={flaw.since} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function remarkOn({ state }: CaseView): string {
  const required = state.branches.filter((fix) => fix.required);
  const approved = required.filter((fix) => ['patch_approved', 'posted', 'merged', 'released'].includes(fix.state));
  return required.length === 0 ? '' : `${approved.length} of ${required.length} ${branchWords.patch_approved.replace('patch ', '')}`;
}

function Reporters({ view }: { readonly view: CaseView }) {
  const cast = castOf(view);
  const rows = view.state.reporters.map(
    (reporter) =>
      [
        capital(cast.reporter(reporter.participant)),
        <>
          {reporter.name === null ? quiet('name not given') : <bdi>{view.texts.get(reporter.name.id) ?? 'name not shown to you'}</bdi>}
          <span class="label">
            credit: {reporter.credited ? creditWords[reporter.credit] : 'not credited; the first reporter is'}
            {reporter.creditName === null ? null : (
              <>
                , <bdi>{view.texts.get(reporter.creditName.id) ?? 'not shown to you'}</bdi>
              </>
            )}
          </span>
          {reporter.from === null ? null : <span class="label">has a thread of their own, in the duplicate</span>}
          {reporter.creditRequest === null ? null : (
            <span class="label">
              asked since, {creditWords[reporter.creditRequest.decision]}:{' '}
              <bdi>{view.texts.get(reporter.creditRequest.name.id) ?? 'not shown to you'}</bdi>. It acts when the release is armed anew.
            </span>
          )}
          {reporter.deadline === null ? null : (
            <span class="label">
              own latest date: <Moment at={reporter.deadline} />
            </span>
          )}
        </>,
      ] as const,
  );
  return (
    <Part title="Reporters" count={rows.length}>
      <Facts rows={[...rows, ['Credits', <Credits view={view} />] as const]} />
    </Part>
  );
}

/** What we said we would do, kept or to come. */
function Promises({ view }: { readonly view: CaseView }) {
  const { receipt, acknowledgement } = view.state.marks;
  const kept: readonly Check[] =
    receipt === undefined || acknowledgement === undefined
      ? []
      : [{ state: 'met', text: 'first reply', remark: `given after ${span(receipt, acknowledgement)}` }];
  const due = view.deadlines
    .filter(({ clock }) => !clock.startsWith('embargo.warning') && clock !== 'cap')
    .map((deadline): Check => {
      const at = promisedAt(deadline);
      return { state: at <= view.now ? 'wrong' : 'open', text: clockWords(deadline.clock), remark: <Moment at={at} now={view.now} /> };
    });
  if (kept.length + due.length === 0) return null;
  return (
    <Part title="Promises">
      <Checks rows={[...kept, ...due]} />
    </Part>
  );
}

function Mail({ frame, view }: SideProps) {
  if (view.outbox.length === 0) return null;
  const held = view.outbox.filter((one) => one.state === 'waiting');
  const done = view.outbox.filter((one) => one.state !== 'waiting');
  return (
    <Part title="Mail" remark={held.length === 0 ? `${done.length} done` : `${held.length} waiting`} id="mail">
      <ul class="checks is-plain">
        {held.map((one) => (
          <Held frame={frame} view={view} message={one} />
        ))}
      </ul>
      {done.length === 0 ? null : (
        <details>
          <summary>What went out</summary>
          <Checks rows={done.map((one) => doneRow(view, one))} />
        </details>
      )}
    </Part>
  );
}

function Held({ frame, view, message }: SideProps & { readonly message: Outgoing }) {
  const base = pathsOf(frame.project.id).case(view.state.case);
  return (
    <li>
      <div>
        {plain(message.notice)} to {recipient(view, message)}
        <small>
          {message.heldUntil === null ? (
            'waits for its turn'
          ) : (
            <>
              leaves at <Moment at={message.heldUntil} now={view.now} />
            </>
          )}
        </small>
        {message.heldUntil === null || message.heldUntil <= view.now ? null : (
          <Post frame={frame} action={below.withdraw(base, message.id)}>
            <button class="button is-small" type="submit">
              Take back
            </button>
          </Post>
        )}
      </div>
    </li>
  );
}

function doneRow(view: CaseView, message: Outgoing): Check {
  const when = message.sentAt === null ? null : <Moment at={message.sentAt} />;
  return {
    state: message.state === 'sent' ? 'met' : message.state === 'failed' ? 'wrong' : 'cross',
    text: `${plain(message.notice)} to ${recipient(view, message)}`,
    remark: (
      <>
        {message.state} {when} {message.state === 'failed' ? message.outcome : null}
      </>
    ),
  };
}

function recipient(view: CaseView, { to }: Outgoing): string {
  const cast = castOf(view);
  switch (to.kind) {
    case 'reporter':
      return cast.reporter(to.participant);
    case 'person':
      return cast.person(to.person);
    case 'role':
      return `everyone with the role ${plain(to.role)}`;
    case 'right':
      return `everyone who may ${plain(to.right)}`;
    case 'asked':
      return 'those who look after it';
    case 'readers':
      return 'everyone who can see this';
    case 'administrators':
      return 'those who run the system';
    case 'address':
      return to.address;
    case 'list':
      return to.address;
  }
}
