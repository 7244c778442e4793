// SPDX-License-Identifier: Apache-2.0
// The opened record of a case: everything that was said and done, from the first report on, with what was struck out marked. Public.

import type { CaseView } from '../../app/views.ts';
import { AdvisoryLink } from '../components/advisory-link.tsx';
import { BranchMatrix } from '../components/branch-matrix.tsx';
import { SeverityMark } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { Moment } from '../components/moment.tsx';
import { Notice } from '../components/notice.tsx';
import { Facts, Head, Part } from '../components/part.tsx';
import { Track } from '../components/track.tsx';
import type { Frame } from '../frame.ts';
import { below, pathsOf } from '../paths.ts';
import { standingOf } from '../standing.ts';
import { count, creditWords } from '../words.ts';
import { Relations } from './case-relations.tsx';
import { CostPart, RecordBody, reportersShown } from './record-body.tsx';

export interface RecordPageProps {
  readonly frame: Frame;
  /** The case as the public reads it: `reach` is `issue`, `full_record`, `bundle` or `nothing`. */
  readonly view: CaseView;
}

export function RecordPage({ frame, view }: RecordPageProps) {
  const { state } = view;
  return (
    <Layout
      frame={frame}
      title={state.codename}
      published
      current="advisories"
      band={{ standing: standingOf(state, view.now), remark: `with ${openedWords(view.reach)}` }}
      colophon={<Chain view={view} />}
    >
      <Head
        title={view.title ?? state.codename}
        eyebrow={[
          state.codename,
          ...(state.advisory.number === null ? [] : [<AdvisoryLink project={frame.project.id} state={state} />]),
          `policy ${view.policy.name}, version ${view.policy.version}`,
        ]}
      />
      {view.reach === 'bundle' ? (
        <>
          <Notice title="This case reached the latest date for which it could stay private" icon="alert">
            <p>Open is what the team agreed on for that day: the report and a summary. The advisory follows.</p>
          </Notice>
          <RecordBody project={frame.project.id} view={view} />
        </>
      ) : (
        <>
          <Track state={state} log={view.log} />
          <div class="columns after">
            <div>
              <RecordBody project={frame.project.id} view={view} />
            </div>
            <Side project={frame.project.id} view={view} />
          </div>
        </>
      )}
    </Layout>
  );
}

function openedWords(reach: CaseView['reach']): string {
  switch (reach) {
    case 'nothing':
      return 'nothing of its record';
    case 'bundle':
      return 'what was agreed for this day';
    case 'issue':
      return 'the report and the messages';
    default:
      return 'the whole record';
  }
}

function Side({ project, view }: { readonly project: string; readonly view: CaseView }) {
  const { state, policy, texts } = view;
  const reporters = reportersShown(view);
  const numbers = state.flaws.flatMap((flaw) => (flaw.number === null ? [] : [flaw.number]));
  return (
    <aside class="side" aria-label="Facts of the case">
      <Part title="Facts">
        <Facts
          rows={[
            ['CVE', numbers.length === 0 ? <span class="quiet">none</span> : <span class="id">{numbers.join(', ')}</span>],
            [
              'Severity',
              state.severity === null ? (
                <span class="quiet">not recorded</span>
              ) : (
                <SeverityMark level={state.severity.level} scale={policy.severity.scale} />
              ),
            ],
            ...(state.marks.receipt === undefined ? [] : [['Reported', <Moment at={state.marks.receipt} />] as const]),
            ...(state.publicSince === null ? [] : [['Public', <Moment at={state.publicSince} />] as const]),
            ...reporters.map(
              (reporter, index) =>
                [
                  reporters.length === 1 ? 'Credit' : `Credit ${index + 1}`,
                  reporter.creditName === null || reporter.credit === 'declined' ? (
                    <span class="quiet">{creditWords[reporter.credit]}</span>
                  ) : (
                    <bdi>{texts.get(reporter.creditName.id) ?? creditWords[reporter.credit]}</bdi>
                  ),
                ] as const,
            ),
          ]}
        />
      </Part>
      <Relations project={project} view={view} />
      {state.branches.length === 0 ? null : (
        <Part title="Branches">
          <BranchMatrix branches={state.branches} />
        </Part>
      )}
      {view.reach === 'full_record' ? <CostPart view={view} /> : null}
      {view.reach === 'nothing' ? null : (
        <Part title="To check it">
          <p>
            <a href={below.recordFile(pathsOf(project).case(state.case))}>The record as one file</a>, with the hash of every event and the
            salt of every text. Anybody can verify it.
          </p>
        </Part>
      )}
    </aside>
  );
}

function Chain({ view }: { readonly view: CaseView }) {
  if (view.chain.head === '') return null;
  return (
    <span>
      {count(view.log.length, 'event', 'events')}; head of the chain <span class="id">{view.chain.head}</span>
    </span>
  );
}
