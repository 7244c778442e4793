// SPDX-License-Identifier: Apache-2.0
// My report: what is happening, and what do you need from me? The reporter's own thread, answer, credit and word on the date.

import { firstReply, saidBecomesPublic } from '../../app/policy-text/sentences.ts';
import { isToldTo } from '../../app/reporter-view.ts';
import type { CaseView } from '../../app/views.ts';
import type { ActionKind } from '../../core/model/action.ts';
import { reporterOf } from '../../core/model/case.ts';
import { checkOf } from '../../core/model/patches.ts';
import { rowOf } from '../../core/process/table.ts';
import { castOf } from '../cast.ts';
import { ActionFold } from '../components/action-form.tsx';
import { Activity } from '../components/activity.tsx';
import { AnswerBox } from '../components/compose.tsx';
import { ErrorSummary } from '../components/field.tsx';
import { Layout } from '../components/layout.tsx';
import { Moment } from '../components/moment.tsx';
import { nextNews } from '../components/next-news.tsx';
import { type Check, Checks, Notice } from '../components/notice.tsx';
import { OwnCredit } from '../components/own-credit.tsx';
import { Facts, Head, Part } from '../components/part.tsx';
import { checkRows } from '../components/patches.tsx';
import { Post } from '../components/post.tsx';
import { Track } from '../components/track.tsx';
import { forms, labelled } from '../forms.ts';
import { exact } from '../moments.ts';
import { below, pathsOf } from '../paths.ts';
import { fates } from '../piece-options.ts';
import { standingOf } from '../standing.ts';
import { bytes, plain } from '../words.ts';
import { Answers } from './case-known.tsx';
import type { MyReportPageProps } from './my-report-props.ts';
import { can } from './my-report-props.ts';
import { CreditQuestion, DateQuestion, ForwardQuestion } from './my-report-questions.tsx';

export function MyReportPage(props: MyReportPageProps) {
  const { frame, view, participant, done, returned } = props;
  const { state } = view;
  const own = reporterOf(state, participant);
  return (
    <Layout
      frame={frame}
      title={state.codename}
      band={{ standing: standingOf(state, view.now), remark: 'Your report. You see what you wrote and what was written to you.' }}
    >
      <Head title={state.codename} {...(view.title === undefined ? {} : { lead: view.title })} eyebrow={['your report']} />
      {done === null ? null : <Notice title={`Done: ${rowOf(done).label}`} tone="done" icon="check" />}
      {returned === null ? null : <ErrorSummary form={`do-${returned.action}`} problems={labelled(returned, view)} />}
      <Known frame={frame} view={view} />
      <DateQuestion {...props} />
      <ForwardQuestion {...props} />
      <CreditQuestion {...props} />
      <Track state={state} log={view.log} />
      <div class="columns after">
        <div>
          <Part title="Messages and what happened" id="activity">
            <Activity
              events={view.log.filter((event) => isToldTo(event, participant))}
              texts={view.texts}
              cast={castOf(view, participant)}
              audience={0}
              outside
            />
          </Part>
          {can(view, 'answer-team') === undefined ? null : (
            <div class="part">
              <AnswerBox
                frame={frame}
                action={below.action(props.base, 'answer-team')}
                version={state.version}
                fate={saidBecomesPublic(view.policy)}
                fates={fates(view)}
              />
            </div>
          )}
          <Part title="Your report">{own === undefined ? null : <Answers refs={own.report} texts={view.texts} />}</Part>
          <Files {...props} />
        </div>
        <Beside {...props} />
      </div>
    </Layout>
  );
}

/** The reporter of a duplicate learns that it is known, what the policy shares beside that, and where to read once it is public. */
function Known({ frame, view }: Pick<MyReportPageProps, 'frame' | 'view'>) {
  const { duplicateOf } = view.state;
  if (duplicateOf === null) return null;
  const open = view.related.find((one) => one.as === 'duplicate_of' && one.public);
  const { told } = duplicateOf;
  return (
    <Notice title="What you reported is known already" icon="twin">
      <p>
        Your report is kept, and {open === undefined ? 'becomes public together with the other' : 'is public together with the other'}. What
        you write here still reaches the team, and nobody else.{' '}
        {open === undefined ? null : <a href={pathsOf(frame.project.id).case(open.case)}>Read {open.codename}</a>}
      </p>
      {told === null ? null : <p>{toldWords(told)}</p>}
    </Notice>
  );
}

/** What the policy lets a second reporter know of the other case. */
function toldWords({ verdict, numbers, handling, until }: NonNullable<NonNullable<CaseView['state']['duplicateOf']>['told']>): string {
  const said = {
    exploitable: 'It is confirmed.',
    not_exploitable: 'It was found not to be exploitable.',
    in: 'It is in scope.',
    out: 'It was found out of scope.',
    elsewhere: 'It belongs to another project.',
  };
  return [
    verdict === null ? 'There is no verdict yet.' : said[verdict],
    ...(numbers.length === 0 ? [] : [`Number: ${numbers.join(', ')}.`]),
    ...(handling === null ? [] : [`It stands at: ${plain(handling)}.`]),
    ...(until === null ? [] : [`It is under embargo until ${exact(until)}.`]),
  ].join(' ');
}

function Files({ view, base, participant }: MyReportPageProps) {
  const own = view.attachments.filter(({ ref }) => ref.participant === participant);
  if (own.length === 0) return null;
  return (
    <Part title="Your files" count={own.length}>
      <Checks
        rows={own.map(
          ({ ref, name }): Check => ({
            state: ref.purpose === 'patch' ? 'patch' : 'note',
            text: (
              <a href={below.attachment(base, ref.id)}>
                <bdi class="id">{name}</bdi>
              </a>
            ),
            remark: bytes(ref.bytes),
          }),
        )}
      />
      {own
        .filter(({ ref }) => ref.purpose === 'patch')
        .map(({ ref, name }) => (
          <>
            <h3>
              What we found of <bdi class="id">{name}</bdi>
            </h3>
            <Checks rows={checkRows(checkOf(view.state, ref.id))} />
          </>
        ))}
    </Part>
  );
}

const asides: readonly ActionKind[] = [
  'decide-credit',
  'correct-answers',
  'propose-embargo',
  'add-patch',
  'approve-impact',
  'answer-forwarding',
  'ask-withdrawal',
  'classify-content',
  'decide-proof',
  'agree-to-opening',
];

function Beside({ frame, view, base, participant, returned }: MyReportPageProps) {
  const { state, policy } = view;
  const own = reporterOf(state, participant);
  const numbers = state.flaws.flatMap((flaw) => (flaw.number === null ? [] : [flaw.number]));
  return (
    <aside class="side" aria-label="Facts of your report">
      <Part title="Facts">
        <Facts
          rows={[
            ['First reply', state.marks.acknowledgement === undefined ? firstReply(policy) : <Moment at={state.marks.acknowledgement} />],
            ...nextNews(view, participant),
            ['Public', <PublicWhen view={view} />],
            ['CVE', numbers.length === 0 ? <span class="quiet">none yet</span> : <span class="id">{numbers.join(', ')}</span>],
            ['Credit', own === undefined ? '' : <OwnCredit own={own} texts={view.texts} />],
          ]}
        />
      </Part>
      <Part title="What you can do">
        {asides
          .filter((kind) => forms[kind] !== null)
          .map((kind) => can(view, kind))
          .filter((one) => one !== undefined)
          .map((possibility) => {
            const back = returned?.action === possibility.action ? returned.filled : undefined;
            const mine = {
              ...view,
              state: { ...state, reporters: state.reporters.filter((reporter) => reporter.participant === participant) },
            };
            return (
              <ActionFold
                frame={frame}
                view={mine}
                base={base}
                possibility={possibility}
                open={back !== undefined}
                {...(back === undefined ? {} : { filled: back })}
              />
            );
          })}
        {base === pathsOf(frame.project.id).ownReport ? (
          <Post frame={frame} action={pathsOf(frame.project.id).leaveReport}>
            <button class="button is-quiet" type="submit">
              Leave this page
            </button>
          </Post>
        ) : null}
        <p class="label after">{saidBecomesPublic(policy).replace(/^It/, 'What you wrote')} Your address never does.</p>
      </Part>
    </aside>
  );
}

function PublicWhen({ view }: { readonly view: CaseView }) {
  const { state, cap, now } = view;
  if (state.publicSince !== null)
    return (
      <>
        since <Moment at={state.publicSince} />
      </>
    );
  if (state.embargo.until !== null && state.embargo.state !== 'exited')
    return <Moment at={state.embargo.until} zone={state.embargo.zone} now={now} />;
  return cap === undefined ? (
    <span class="quiet">no date yet</span>
  ) : (
    <>
      at the latest <Moment at={cap.at} now={now} />
    </>
  );
}
