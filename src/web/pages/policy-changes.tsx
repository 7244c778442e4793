// SPDX-License-Identifier: Apache-2.0
// Changing the policy: what holds, what is proposed, a form for another text, and the end of security.txt. For those whose role may.

import type { ChangesView, Look, ProposalView, SigningKey as SigningKeyView } from '../../app/policy-changes.ts';
import type { Instant } from '../../core/model/time.ts';
import { ErrorSummary, Fields } from '../components/field.tsx';
import { Layout } from '../components/layout.tsx';
import { Moment } from '../components/moment.tsx';
import { Notice } from '../components/notice.tsx';
import { Facts, Head, Part } from '../components/part.tsx';
import { PolicyLook } from '../components/policy-look.tsx';
import { Post } from '../components/post.tsx';
import type { Field, Filled } from '../fields.ts';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { count } from '../words.ts';

export interface PolicyChangesPageProps {
  readonly frame: Frame;
  readonly view: ChangesView;
  /** What was typed, with what is wrong with it. */
  readonly filled: Filled;
  /** What the typed text would change; null before it was looked at. */
  readonly look: Look | null;
  /** The end of security.txt, just confirmed. */
  readonly confirmed: boolean;
}

const fields: readonly Field[] = [
  {
    kind: 'textarea',
    name: 'policy',
    label: 'The policy file',
    help: 'The whole file. policy.version counts up with every change.',
    rows: 20,
    code: true,
    required: true,
  },
  {
    kind: 'textarea',
    name: 'reason',
    label: 'Why it changes',
    help: 'Everybody reads it in the archive.',
    rows: 2,
    required: true,
    later: true,
  },
];

export function PolicyChangesPage({ frame, view, filled, look, confirmed }: PolicyChangesPageProps) {
  const { holds, asks } = view;
  const paths = pathsOf(frame.project.id);
  return (
    <Layout
      frame={frame}
      title="Changes of the policy"
      current="policy"
      band={{ standing: { kind: 'confidential' }, remark: 'Those who may change the policy see this page, and nobody else.' }}
    >
      <Head
        title="Changes of the policy"
        eyebrow={[<a href={paths.policy}>The policy that holds</a>, <a href={paths.policies}>All versions</a>]}
        lead={
          asks === ''
            ? 'This policy asks for no second person: what is proposed holds at once.'
            : `One person proposes; ${asks} accepts, and never the proposer. Open cases keep the version that they have.`
        }
      />
      <Facts
        rows={[
          ['Holds now', `${holds.ref.name}, version ${holds.ref.version}`],
          ['Since', <Moment at={holds.since} />],
          ['SHA-256', <span class="id">{holds.ref.sha256}</span>],
          ['Log of changes', <Log log={view.log} />],
        ]}
      />
      <SecurityTxt frame={frame} view={view} confirmed={confirmed} />
      <SigningKeys frame={frame} view={view} />
      <Part title="Proposals" count={view.proposals.length}>
        {view.proposals.length === 0 ? <p class="quiet">None so far.</p> : null}
        <ul class="said-list">
          {view.proposals.map((one) => (
            <Row frame={frame} one={one} />
          ))}
        </ul>
      </Part>
      {view.mayPropose ? <Propose frame={frame} filled={filled} look={look} /> : null}
    </Layout>
  );
}

function Log({ log: { steps, brokenAt, head } }: Pick<ChangesView, 'log'>) {
  if (brokenAt !== null) return <strong>broken at step {brokenAt}: it was changed outside the program</strong>;
  return (
    <>
      {count(steps, 'step', 'steps')}, whole; <span class="id">{head.slice(0, 16)}</span>
    </>
  );
}

function SigningKeys({ frame, view: { signingKeys, now } }: Pick<PolicyChangesPageProps, 'frame' | 'view'>) {
  if (signingKeys.length === 0) return null;
  return (
    <Part
      title={signingKeys.length === 1 ? 'Signing key' : 'Signing keys'}
      remark={<a href={`${pathsOf(frame.project.id).advisories}/keys.html`}>as everybody sees them</a>}
    >
      {signingKeys.map((key) => (
        <SigningKey signingKey={key} now={now} />
      ))}
    </Part>
  );
}

function SigningKey({ signingKey, now }: { readonly signingKey: SigningKeyView; readonly now: Instant }) {
  const { fingerprint, whose, expires, isNear } = signingKey;
  return (
    <>
      {isNear && expires !== null ? (
        <Notice title={expires <= now ? 'This signing key has ended' : 'This signing key ends soon'} icon="alert">
          <p>After its end it signs nothing, and where no other does, nothing goes out. What it has signed stays signed.</p>
        </Notice>
      ) : null}
      <Facts
        rows={[
          ['Fingerprint', <span class="id">{fingerprint.replaceAll(/(.{4})(?=.)/g, '$1 ')}</span>],
          ['Whose', whose === 'person' ? 'a person’s own; the policy names it' : 'this installation’s'],
          ['Good until', expires === null ? 'it has no end' : <Moment at={expires} now={now} />],
        ]}
      />
    </>
  );
}

function SecurityTxt({ frame, view: { securityTxt, now }, confirmed }: Pick<PolicyChangesPageProps, 'frame' | 'view' | 'confirmed'>) {
  const paths = pathsOf(frame.project.id);
  return (
    <Part title="security.txt" remark="good for 360 days from when somebody last looked at it">
      {confirmed ? <Notice title="Done: confirmed" tone="done" icon="check" /> : null}
      {securityTxt.isNear ? (
        <Notice title={securityTxt.expires <= now ? 'security.txt has expired' : 'security.txt expires soon'} icon="alert">
          <p>Those who look for a way to report may take an expired one for abandoned.</p>
        </Notice>
      ) : null}
      <Facts
        rows={[
          ['Good until', <Moment at={securityTxt.expires} now={now} />],
          ['Last confirmed', <Moment at={securityTxt.confirmedAt} />],
          ['The file', <a href={paths.securityTxt}>security.txt</a>],
        ]}
      />
      <Post frame={frame} action={paths.confirmSecurityTxt}>
        <p class="actions">
          <button class="button" type="submit">
            It is still true
          </button>
        </p>
      </Post>
    </Part>
  );
}

function Row({ frame, one }: { readonly frame: Frame; readonly one: ProposalView }) {
  const { id, by, at, policy, state } = one.proposal;
  return (
    <li>
      <a href={pathsOf(frame.project.id).proposal(id)}>
        {policy.name}, version {policy.version}
      </a>
      : {state}
      {one.mayAccept ? ', waits for you' : one.asks === '' ? '' : `, waits for ${one.asks}`}; proposed by {one.names.get(by) ?? by},{' '}
      <Moment at={at} />
    </li>
  );
}

function Propose({ frame, filled, look }: Pick<PolicyChangesPageProps, 'frame' | 'filled' | 'look'>) {
  const paths = pathsOf(frame.project.id);
  return (
    <Part title="Propose another text" remark="look at it first: nothing is kept until it is proposed" id="propose">
      <ErrorSummary form="change" problems={filled.problems} />
      {look === null ? null : <PolicyLook frame={frame} look={look} />}
      <Post frame={frame} action={paths.lookAtChange} look="form stack">
        <Fields form="change" fields={fields} filled={filled} />
        <p class="actions">
          <button class="button" type="submit">
            Look at what would change
          </button>
          <button class="button is-primary" type="submit" formaction={paths.proposeChange}>
            Propose it
          </button>
        </p>
      </Post>
    </Part>
  );
}
