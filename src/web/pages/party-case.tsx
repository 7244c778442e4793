// SPDX-License-Identifier: Apache-2.0
// The page of a told party: what must be prepared, by when, and what may be said meanwhile. Before the terms are accepted, the terms alone.

import { partyTerms } from '../../app/policy-text/sentences.ts';
import type { CaseView } from '../../app/views.ts';
import type { ActionKind } from '../../core/model/action.ts';
import { offered } from '../../core/process/next-step.ts';
import { rowOf } from '../../core/process/table.ts';
import { ActionFold } from '../components/action-form.tsx';
import { BranchMatrix } from '../components/branch-matrix.tsx';
import { EmbargoTimeline } from '../components/embargo-timeline.tsx';
import { ErrorSummary } from '../components/field.tsx';
import { Layout } from '../components/layout.tsx';
import { Moment } from '../components/moment.tsx';
import { type Check, Checks, Notice } from '../components/notice.tsx';
import { Facts, Head, Part } from '../components/part.tsx';
import { PartyThread } from '../components/party-thread.tsx';
import { Requests } from '../components/requests.tsx';
import { Said } from '../components/said.tsx';
import type { Filled } from '../fields.ts';
import { labelled } from '../forms.ts';
import type { Frame } from '../frame.ts';
import { below, pathsOf } from '../paths.ts';
import { standingOf } from '../standing.ts';
import { bytes, partyWords } from '../words.ts';

export interface PartyPageProps {
  readonly frame: Frame;
  /** The case as a party reads it: `reach` is `party` or `terms`. */
  readonly view: CaseView;
  readonly done: ActionKind | null;
  readonly returned: { readonly action: ActionKind; readonly filled: Filled } | null;
}

export function PartyPage(props: PartyPageProps) {
  const { frame, view, done, returned } = props;
  const { state } = view;
  const admitted = view.reach === 'party';
  return (
    <Layout
      frame={frame}
      title={state.codename}
      band={{ standing: standingOf(state, view.now), remark: admitted ? 'You are told in confidence, as a party' : 'The terms come first' }}
    >
      <Head
        title={state.codename}
        {...(view.title === undefined ? {} : { lead: view.title })}
        eyebrow={[state.parties.map(({ name }) => name).join(', '), 'advance notice']}
      />
      {done === null ? null : <Notice title={`Done: ${rowOf(done).label}`} tone="done" icon="check" />}
      {returned === null ? null : <ErrorSummary form={`do-${returned.action}`} problems={labelled(returned, view)} />}
      {admitted ? <Told {...props} /> : <Terms {...props} />}
    </Layout>
  );
}

function Terms(props: PartyPageProps) {
  return (
    <>
      <p class="prose">
        This project has something to tell you in confidence, ahead of its publication. Your name, the time and the version of these terms
        are recorded when you accept.
      </p>
      <Part title="Terms">
        <Binding view={props.view} />
      </Part>
      <Deeds {...props} kinds={['accept-terms']} />
    </>
  );
}

function Told(props: PartyPageProps) {
  const { frame, view } = props;
  const { state } = view;
  const { until, zone } = state.embargo;
  return (
    <>
      <div class="next">
        <p>
          <span class="label">Becomes public</span>
          {until === null || state.embargo.state === 'exited' ? (
            <strong>The embargo has ended</strong>
          ) : (
            <strong>
              <Moment at={until} zone={zone} now={view.now} />
            </strong>
          )}
        </p>
        <NextDeed view={view} />
      </div>
      <Unfixed view={view} />
      <div class="columns">
        <div>
          <WhatItIs view={view} />
          <Part title="Date" id="embargo">
            <EmbargoTimeline state={state} policy={view.policy} now={view.now} caps={[]} cap={undefined} />
            <Requests view={view} />
          </Part>
          <Patches frame={frame} view={view} />
          <Threads view={view} />
          <Deeds {...props} kinds={deeds} />
        </div>
        <Beside view={view} />
      </div>
    </>
  );
}

/** What the project waits for: the one thing that is asked of a party now. */
function NextDeed({ view }: { readonly view: CaseView }) {
  const next = asked.find((kind) => offered(view).some((one) => one.action === kind && one.unmet.length === 0));
  return next === undefined ? null : (
    <a class="button is-primary" href={`#do-${next}`}>
      {rowOf(next).label}
    </a>
  );
}

const asked: readonly ActionKind[] = ['acknowledge-notice', 'agree-embargo', 'say-ready'];

const deeds: readonly ActionKind[] = [
  'write-to-team',
  'acknowledge-notice',
  'say-ready',
  'agree-embargo',
  'refuse-embargo',
  'propose-embargo',
  'raise-objection',
  'accept-terms',
];

/** T23: a party is told ahead that there will be no fix on the day. */
function Unfixed({ view: { state, now } }: { readonly view: CaseView }) {
  const on = state.unfixed?.on ?? null;
  if (on === null) return null;
  return (
    <Notice title="This becomes public without a fix" tone="danger" icon="alert">
      <p>
        The project has announced it for <Moment at={on} now={now} />. Object below if something speaks against it.
      </p>
    </Notice>
  );
}

function WhatItIs({ view }: { readonly view: CaseView }) {
  const { state, texts } = view;
  const words = state.parties.flatMap((party) => (party.notice === null ? [] : [party.notice]));
  const parts = [
    ...words.map((ref) => ['To you', ref] as const),
    ...(state.impact === null ? [] : [['Impact', state.impact.content] as const]),
  ];
  return (
    <>
      {parts.map(([title, ref]) => (
        <Part title={title}>
          <div class="prose">
            <Said text={texts.get(ref.id)} />
          </div>
        </Part>
      ))}
    </>
  );
}

function Threads({ view }: { readonly view: CaseView }) {
  return (
    <>
      {view.state.parties
        .filter(({ thread = [] }) => thread.length > 0)
        .map((party) => (
          <Part
            title={view.state.parties.length === 1 ? 'You and the team' : `${party.name} and the team`}
            remark="no other party reads it"
          >
            <PartyThread party={party} texts={view.texts} reader="party" />
          </Part>
        ))}
    </>
  );
}

function Beside({ view }: { readonly view: CaseView }) {
  const { state } = view;
  const numbers = state.flaws.flatMap((flaw) => (flaw.number === null ? [] : [flaw.number]));
  return (
    <aside class="side" aria-label="Facts for you">
      <Part title="You">
        <Facts
          rows={[
            ...state.parties.map((party) => [party.name, partyWords[party.state]] as const),
            ['CVE', numbers.length === 0 ? <span class="quiet">none yet</span> : <span class="id">{numbers.join(', ')}</span>],
          ]}
        />
      </Part>
      <Part title="Branches">
        <BranchMatrix branches={state.branches} />
      </Part>
      <Part title="Terms">
        <Binding view={view} />
      </Part>
    </aside>
  );
}

function Binding({ view }: { readonly view: CaseView }) {
  const { terms } = view.policy.texts;
  return (
    <>
      {terms === undefined || terms === null ? null : (
        <div class="prose">
          <Said text={terms} />
        </div>
      )}
      <Checks rows={partyTerms(view.policy).map((text): Check => ({ state: 'lock', text }))} />
    </>
  );
}

function Patches({ frame, view }: { readonly frame: Frame; readonly view: CaseView }) {
  if (view.attachments.length === 0) return null;
  const base = pathsOf(frame.project.id).case(view.state.case);
  return (
    <Part title="Patches" count={view.attachments.length} remark="approved, and in confidence">
      <Checks
        rows={view.attachments.map(
          ({ ref, name }): Check => ({
            state: 'patch',
            text: (
              <a href={below.attachment(base, ref.id)}>
                <bdi class="id">{name}</bdi>
              </a>
            ),
            remark: bytes(ref.bytes),
          }),
        )}
      />
    </Part>
  );
}

function Deeds({ frame, view, returned, kinds }: PartyPageProps & { readonly kinds: readonly ActionKind[] }) {
  const base = pathsOf(frame.project.id).case(view.state.case);
  const possible = kinds.flatMap((kind) => offered(view).filter((one) => one.action === kind && one.unmet.length === 0));
  if (possible.length === 0) return null;
  return (
    <Part title="What you can do" id="actions">
      <div class="deeds">
        {possible.map((possibility) => {
          const back = returned?.action === possibility.action ? returned.filled : undefined;
          return (
            <ActionFold
              frame={frame}
              view={view}
              base={base}
              possibility={possibility}
              open={back !== undefined || possibility.action === 'accept-terms'}
              {...(back === undefined ? {} : { filled: back })}
            />
          );
        })}
      </div>
    </Part>
  );
}
