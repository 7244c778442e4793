// SPDX-License-Identifier: Apache-2.0
// Pages for what did not go as asked: not found, refused, changed meanwhile, failed. Each says what was not done.

import type { CaseState } from '../../core/model/case.ts';
import type { Refusal } from '../../core/model/refusal.ts';
import { fromEpoch, type Instant } from '../../core/model/time.ts';
import { Layout } from '../components/layout.tsx';
import { Moment } from '../components/moment.tsx';
import { Gates, Notice } from '../components/notice.tsx';
import { Head, Part } from '../components/part.tsx';
import type { Frame } from '../frame.ts';
import { standingOf } from '../standing.ts';

const noInstant = fromEpoch(0);

/** The same bytes whatever was asked, whoever asks, and whenever: it takes nothing of the request but the project (L-22). `id` is empty where there is none. */
export function NotFoundPage({ project }: { readonly project: Frame['project'] }) {
  const stranger: Frame = { project, viewer: null, now: noInstant, theme: 'system', shortcuts: false, csrf: '', replay: null };
  return (
    <Layout
      frame={stranger}
      title="Not found"
      band={{ standing: { kind: 'public', since: null }, remark: 'Nothing confidential is on this page.', unlabelled: true }}
    >
      <Head title="Not found" />
      <div class="empty">
        <p>There is no such page, or it is not for you.</p>
      </div>
    </Layout>
  );
}

/** A failure: an id for whoever looks into the log, and nothing of what went wrong (L-28). */
export function FailurePage({ frame, id, at }: { readonly frame: Frame; readonly id: string; readonly at: Instant }) {
  return (
    <Layout
      frame={frame}
      title="Something failed"
      band={{ standing: { kind: 'public', since: null }, remark: 'Nothing confidential is on this page.', unlabelled: true }}
    >
      <Head title="Something failed" />
      <Notice title="This was not done" tone="danger" icon="cross" alert>
        <p>Nothing was changed and nothing was sent. Go back, keep a copy of what you typed, and try again.</p>
        <p class="label">
          <Moment at={at} /> · request <span class="id">{id}</span>
        </p>
      </Notice>
    </Layout>
  );
}

/** By the label of each field. */
export type TypedWords = readonly (readonly [label: string, text: string])[];

export interface ConflictPageProps {
  readonly frame: Frame;
  readonly state: CaseState;
  /** What the visitor wanted to do, as the button says. */
  readonly label: string;
  /** The case page, which shows what has changed. */
  readonly back: string;
  /** What was typed, by the label of its field: nothing is lost. */
  readonly typed: TypedWords;
  /** Events since the visitor looked, in sentences. */
  readonly changes: readonly string[];
}

export function ConflictPage({ frame, state, label, back, typed, changes }: ConflictPageProps) {
  return (
    <Layout frame={frame} title={state.codename} band={{ standing: standingOf(state, frame.now) }}>
      <Head title={state.codename} />
      <Notice title="Someone changed this since you looked" tone="danger" icon="person" alert>
        <p>“{label}” was not done, and nothing was sent. Look at the case again, then decide.</p>
        {changes.length === 0 ? null : (
          <ul class="said-list">
            {changes.map((sentence) => (
              <li>{sentence}</li>
            ))}
          </ul>
        )}
      </Notice>
      <p class="actions after">
        <a class="button is-primary" href={back}>
          Look at the case again
        </a>
      </p>
      <Typed typed={typed} />
    </Layout>
  );
}

export interface RefusalPageProps {
  readonly frame: Frame;
  readonly state: CaseState;
  readonly label: string;
  readonly refusal: Exclude<Refusal, { readonly kind: 'not_found' | 'conflict' | 'prove_again' }>;
  readonly back: string;
  readonly typed: ConflictPageProps['typed'];
}

export function RefusalPage({ frame, state, label, refusal, back, typed }: RefusalPageProps) {
  return (
    <Layout frame={frame} title={state.codename} band={{ standing: standingOf(state, frame.now) }}>
      <Head title={state.codename} />
      <Notice title={`“${label}” was not done`} tone="danger" icon="cross" alert>
        {refusal.kind === 'gates' ? (
          <>
            <p>Nothing was changed. Missing:</p>
            <Gates unmet={refusal.unmet} />
          </>
        ) : (
          <p>{refusal.sentence} Nothing was changed.</p>
        )}
      </Notice>
      <p class="actions after">
        <a class="button is-primary" href={back}>
          Back to the case
        </a>
      </p>
      <Typed typed={typed} />
    </Layout>
  );
}

/** What was typed, to copy: an answer that is no success loses nothing. */
export function Typed({ typed }: { readonly typed: TypedWords }) {
  if (typed.length === 0) return null;
  return (
    <Part title="What you typed" remark="to copy; it is kept nowhere else">
      {typed.map(([name, text], index) => (
        <div class="field">
          <label for={`typed-${index}`}>{name}</label>
          <textarea class="input" id={`typed-${index}`} rows={Math.min(12, text.split('\n').length + 1)} readonly dir="auto">
            {text}
          </textarea>
        </div>
      ))}
    </Part>
  );
}

export interface SignedOutPageProps {
  readonly frame: Frame;
  /** Where one gets in again. */
  readonly signIn: string;
  readonly typed: ConflictPageProps['typed'];
}

/** A form of a session that has ended, or is another one now. The page asks nothing about the case, so it is the same whether there is one (L-22). */
export function SignedOutPage({ frame, signIn, typed }: SignedOutPageProps) {
  return (
    <Layout
      frame={frame}
      title="Not done"
      band={{ standing: { kind: 'public', since: null }, remark: 'Nothing of a case is on this page.', unlabelled: true }}
    >
      <Head title="Not done" />
      <Notice title="This form is not of your session" tone="danger" icon="person" alert>
        <p>
          Nothing was changed and nothing was sent. You were signed out since you opened it, or signed in anew. Come in and send it again.
        </p>
      </Notice>
      <p class="actions after">
        <a class="button is-primary" href={signIn}>
          Come in again
        </a>
      </p>
      <Typed typed={typed} />
    </Layout>
  );
}
