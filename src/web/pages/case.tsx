// SPDX-License-Identifier: Apache-2.0
// The case, inside: where does it stand and what is next? Head, the next step, progress, what is known, what was said, what can be done.

import type { CaseView } from '../../app/views.ts';
import type { ActionKind } from '../../core/model/action.ts';
import { nextBlocked, nextStep } from '../../core/process/next-step.ts';
import { rowOf } from '../../core/process/table.ts';
import { castOf } from '../cast.ts';
import { Activity } from '../components/activity.tsx';
import { BeforeRelease } from '../components/before-release.tsx';
import { ErrorSummary } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { Moment } from '../components/moment.tsx';
import { Gates, Notice } from '../components/notice.tsx';
import { Head, Part } from '../components/part.tsx';
import { Parties } from '../components/parties.tsx';
import { Patches } from '../components/patches.tsx';
import { Post } from '../components/post.tsx';
import { Regions } from '../components/regions.tsx';
import { Track } from '../components/track.tsx';
import type { Filled } from '../fields.ts';
import { forms, labelled } from '../forms.ts';
import type { Frame } from '../frame.ts';
import { marksIn } from '../marks.ts';
import { below, pathsOf } from '../paths.ts';
import { standingOf } from '../standing.ts';
import { count } from '../words.ts';
import { Actions } from './case-actions.tsx';
import { Embargo, Evidence, Report, Summaries } from './case-known.tsx';
import { Origin } from './case-origin.tsx';
import { Questions } from './case-questions.tsx';
import { RelationNotices } from './case-relations.tsx';
import { Side } from './case-side.tsx';
import { Composers } from './case-talk.tsx';
import { Eligibility } from './scope.tsx';

export interface CasePageProps {
  readonly frame: Frame;
  readonly view: CaseView;
  /** The action that was just done: said on top, once. */
  readonly done: ActionKind | null;
  /** A form that came back with something to mend; it is shown open. */
  readonly returned: { readonly action: ActionKind; readonly filled: Filled } | null;
}

export function CasePage(props: CasePageProps) {
  const { frame, view, done, returned } = props;
  const { state, policy } = view;
  const inside = view.reach === 'everything';
  const standing = standingOf(state, view.now);
  const remark = view.audience === 0 ? undefined : `${count(view.audience, 'person', 'people')} can see this`;
  return (
    <Layout
      frame={frame}
      title={state.codename}
      band={{ standing, ...(remark === undefined ? {} : { remark }) }}
      colophon={<Record view={view} />}
    >
      <Head
        title={state.codename}
        {...(view.title === undefined ? {} : { lead: view.title })}
        eyebrow={[
          <span class="id">{state.case}</span>,
          ...(state.component === null ? [] : [state.component]),
          `policy ${policy.name}, version ${policy.version}`,
        ]}
      />
      {done === null ? null : <Notice title={`Done: ${rowOf(done).label}`} tone="done" icon="check" />}
      {returned === null ? null : <ErrorSummary form={`do-${returned.action}`} problems={labelled(returned, view)} />}
      <PastItsEnd view={view} />
      {inside ? <BeforeRelease frame={frame} view={view} /> : null}
      {inside ? <RelationNotices frame={frame} view={view} /> : null}
      {inside ? <Questions frame={frame} view={view} /> : null}
      <Next frame={frame} view={view} />
      <Track state={state} log={view.log} />
      {inside ? <Regions state={state} /> : null}
      <div class="columns">
        <div>
          {inside ? <Origin frame={frame} view={view} /> : null}
          <Report view={view} />
          <Eligibility frame={frame} view={view} />
          <Summaries view={view} />
          {inside ? <Evidence frame={frame} view={view} /> : null}
          {inside ? <Patches frame={frame} view={view} /> : null}
          <Embargo view={view} />
          {inside ? <Parties view={view} /> : null}
          <Actions frame={frame} view={view} returned={returned} />
          {inside ? <Talk {...props} /> : null}
        </div>
        <Side frame={frame} view={view} />
      </div>
    </Layout>
  );
}

function Talk({ frame, view }: CasePageProps) {
  return (
    <>
      <Composers frame={frame} view={view} />
      <Part title="Activity" count={view.log.length} remark="newest first" id="activity">
        <Activity events={view.log} texts={view.texts} marks={marksIn(view)} cast={castOf(view)} audience={view.audience} />
      </Part>
    </>
  );
}

/** The embargo has ended and the case is private: what stands in the way, and the three ways on. */
function PastItsEnd({ view }: { readonly view: CaseView }) {
  const standing = standingOf(view.state, view.now);
  if (standing.kind !== 'ended') return null;
  const publish = view.possibilities.find((one) => one.action === 'publish-case');
  const ways = ['publish-case', 'propose-embargo', 'end-embargo'] as const;
  const possible = ways.filter((kind) => view.possibilities.some((one) => one.action === kind && one.unmet.length === 0));
  return (
    <Notice title="The embargo has ended, and the case is still private" tone="danger" icon="alert">
      <p>
        It ended <Moment at={standing.until} zone={standing.zone} now={view.now} />. Nothing was published by itself. Those responsible are
        called until somebody acts: more of them, and less often, the longer it takes.
      </p>
      {publish === undefined || publish.unmet.length === 0 ? null : <Gates unmet={publish.unmet} />}
      <p class="actions">
        {possible.map((kind) => (
          <a class={kind === 'propose-embargo' ? 'button is-small' : 'button is-small is-danger'} href={`#do-${kind}`}>
            {rowOf(kind).label}
          </a>
        ))}
      </p>
    </Notice>
  );
}

/** One line, one primary button. A step without questions is taken here; one with questions opens its form below. */
function Next({ frame, view }: { readonly frame: Frame; readonly view: CaseView }) {
  const kind = nextStep(view);
  if (kind === undefined) return <Waiting view={view} />;
  const base = pathsOf(frame.project.id).case(view.state.case);
  const { label, irreversible } = rowOf(kind);
  const asks = irreversible === true || (forms[kind]?.(view).fields.length ?? 0) > 0;
  return (
    <div class="next">
      <p>
        <span class="label">Next, for you</span>
        <strong>{label}</strong>
      </p>
      {kind === 'write-advisory' ? (
        <a class="button is-primary" href={below.advisory(base)} data-key="e">
          Write the advisory
        </a>
      ) : asks ? (
        <a class="button is-primary" href={`#do-${kind}`} data-key="e">
          {label}
        </a>
      ) : (
        <Post frame={frame} action={below.action(base, kind)} version={view.state.version}>
          <button class="button is-primary" type="submit" data-key="e">
            {label}
          </button>
        </Post>
      )}
    </div>
  );
}

function Waiting({ view }: { readonly view: CaseView }) {
  const publication = view.deadlines.find(({ clock }) => clock === 'disclosure.trigger');
  if (publication !== undefined)
    return (
      <div class="next">
        <p>
          <span class="label">Next, by itself</span>
          <strong>The case becomes public</strong> <Moment at={publication.at} zone={view.state.embargo.zone} now={view.now} />. Everything
          is ready; until then the release can be stopped.
        </p>
      </div>
    );
  const blocked = nextBlocked(view);
  if (blocked === undefined)
    return (
      <div class="next">
        <p>
          <span class="label">Next</span>
          Nothing for you to decide here.
        </p>
      </div>
    );
  return (
    <div class="next">
      <p>
        <span class="label">Next, once this is met</span>
        <strong>{rowOf(blocked.action).label}</strong>
      </p>
      <div>
        <Gates unmet={blocked.unmet} />
      </div>
    </div>
  );
}

function Record({ view }: { readonly view: CaseView }) {
  return (
    <>
      <span>Every reading of this page is logged</span>
      {view.chain.head === '' ? null : (
        <span>
          <Icon name="key" /> {count(view.log.length, 'event', 'events')}, chain <span class="id">…{view.chain.head.slice(-8)}</span>
        </span>
      )}
    </>
  );
}
