// SPDX-License-Identifier: Apache-2.0
// One proposed change of the policy: whose it is, why, what it would change, and the word of whoever is asked. For those whose role may.

import type { Look, ProposalView } from '../../app/policy-changes.ts';
import type { Refusal } from '../../core/model/refusal.ts';
import type { Instant } from '../../core/model/time.ts';
import { Layout } from '../components/layout.tsx';
import { Moment } from '../components/moment.tsx';
import { Notice } from '../components/notice.tsx';
import { Facts, Head, Part } from '../components/part.tsx';
import { PolicyLook } from '../components/policy-look.tsx';
import { Post } from '../components/post.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';

export interface PolicyProposalPageProps {
  readonly frame: Frame;
  readonly view: ProposalView;
  readonly look: Look;
  readonly now: Instant;
  /** Why the last word was not taken; null where nothing was refused. */
  readonly refusal: Refusal | null;
}

const standing = {
  open: 'waits for its acceptance',
  withdrawn: 'withdrawn',
  outdated: 'outdated: another version took the place of the one that it was made against',
  published: 'accepted and published',
} as const;

export function PolicyProposalPage({ frame, view, look, now, refusal }: PolicyProposalPageProps) {
  const { proposal, names } = view;
  const paths = pathsOf(frame.project.id);
  const nameOf = (person: string) => [...names].find(([id]) => id === person)?.[1] ?? person;
  return (
    <Layout
      frame={frame}
      title="A change of the policy"
      current="policy"
      band={{ standing: { kind: 'confidential' }, remark: 'Those who may change the policy see this page, and nobody else.' }}
    >
      <Head
        title={`${proposal.policy.name}, version ${proposal.policy.version}`}
        eyebrow={[<a href={paths.changes}>Changes of the policy</a>, standing[proposal.state]]}
        lead={proposal.reason}
      />
      {refusal === null ? null : <Refused refusal={refusal} />}
      <Facts
        rows={[
          ['Proposed by', nameOf(proposal.by)],
          ['Proposed', <Moment at={proposal.at} now={now} />],
          ['Instead of', `${proposal.replaces.name}, version ${proposal.replaces.version}`],
          ['Accepted by', proposal.accepted.length === 0 ? 'nobody yet' : <Words view={view} nameOf={nameOf} />],
          ...(view.asks === '' ? [] : [['Still asked', view.asks] as const]),
          ...(proposal.ended === null ? [] : [['Ended', <Moment at={proposal.ended.at} />] as const]),
          ...(proposal.ended?.reason == null ? [] : [['Because', proposal.ended.reason] as const]),
          ['SHA-256', <span class="id">{proposal.policy.sha256}</span>],
        ]}
      />
      <Deeds frame={frame} view={view} />
      <PolicyLook frame={frame} look={look} />
      <Part title="The text">
        <pre class="code" tabindex={0}>
          {proposal.text}
        </pre>
      </Part>
    </Layout>
  );
}

function Words({ view, nameOf }: { readonly view: ProposalView; readonly nameOf: (person: string) => string }) {
  return (
    <>
      {view.proposal.accepted.map(({ by, at }) => (
        <span>
          {nameOf(by)}, <Moment at={at} />{' '}
        </span>
      ))}
    </>
  );
}

function Deeds({ frame, view }: Pick<PolicyProposalPageProps, 'frame' | 'view'>) {
  const { id } = view.proposal;
  const at = pathsOf(frame.project.id).proposal(id);
  if (!view.mayAccept && !view.mayWithdraw) return null;
  return (
    <div class="actions">
      {view.mayAccept ? (
        <Post frame={frame} action={`${at}/accept`}>
          <button class="button is-primary" type="submit">
            Accept this change
          </button>
        </Post>
      ) : null}
      {view.mayWithdraw ? (
        <Post frame={frame} action={`${at}/withdraw`}>
          <button class="button" type="submit">
            Withdraw it
          </button>
        </Post>
      ) : null}
    </div>
  );
}

function Refused({ refusal }: { readonly refusal: Refusal }) {
  const sentences =
    refusal.kind === 'gates'
      ? refusal.unmet.map(({ sentence }) => sentence)
      : 'sentence' in refusal
        ? [refusal.sentence]
        : ['It was not taken: look at the proposal as it stands now.'];
  return (
    <Notice title="Not accepted" tone="danger" icon="alert" alert>
      {sentences.map((sentence) => (
        <p>{sentence}</p>
      ))}
    </Notice>
  );
}
