// SPDX-License-Identifier: Apache-2.0
// Every version of the policy that ever held: from when until when, what changed, its text and the hash of it. Public.

import type { KeptPolicy, PolicyArchive } from '../../app/policy-archive.ts';
import type { PolicyOrigin } from '../../core/model/policy-step.ts';
import { Layout } from '../components/layout.tsx';
import { Moment } from '../components/moment.tsx';
import { Facts, Head } from '../components/part.tsx';
import { Changes } from '../components/policy-look.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { count } from '../words.ts';

export interface PolicyVersionsPageProps {
  readonly frame: Frame;
  /** The newest first. */
  readonly versions: PolicyArchive;
}

export function PolicyVersionsPage({ frame, versions }: PolicyVersionsPageProps) {
  return (
    <Layout
      frame={frame}
      title="Versions of the policy"
      current="policy"
      published
      band={{ standing: { kind: 'public', since: null }, remark: 'Everybody can read this page.' }}
    >
      <Head
        title="Versions of the policy"
        eyebrow={[count(versions.length, 'version', 'versions'), <a href={pathsOf(frame.project.id).policy}>The one that holds</a>]}
        lead="A case keeps the version under which it was opened. Every text is kept as it was."
      />
      <article class="reading">
        {versions.map((kept) => (
          <Version kept={kept} frame={frame} />
        ))}
      </article>
    </Layout>
  );
}

function Version({ kept, frame }: { readonly kept: KeptPolicy; readonly frame: Frame }) {
  const { policy, sha256, from, until, changes, origin } = kept;
  const address = pathsOf(frame.project.id).policyVersion(policy.name, policy.version);
  return (
    <section>
      <h2>
        {policy.name}, version {String(policy.version)}
        {until === null ? '' : ' (superseded)'}
      </h2>
      <Facts
        rows={[
          ['Held from', <Moment at={from} />],
          ['Until', until === null ? 'it holds' : <Moment at={until} />],
          ['As a page', <a href={address}>{policy.title}</a>],
          ['As a file', <a href={`${address}/policy.yaml`}>{`${policy.name}.yaml`}</a>],
          ...(origin === null ? [] : whose(origin)),
          ['SHA-256', <span class="id">{sha256}</span>],
        ]}
      />
      {changes.length === 0 ? null : (
        <details>
          <summary>{`${count(changes.length, 'key acts', 'keys act')} differently than in the version before`}</summary>
          <Changes changes={changes} />
        </details>
      )}
    </section>
  );
}

/** LIBVIRT-42: a change has two names and a date. What the installation put in at its start has none. */
function whose({ proposedBy, proposedAt, reason, accepted }: PolicyOrigin) {
  return [
    [
      'Proposed by',
      <>
        {proposedBy}, <Moment at={proposedAt} />
      </>,
    ],
    ...accepted.map(
      ({ by, at }) =>
        [
          'Accepted by',
          <>
            {by}, <Moment at={at} />
          </>,
        ] as const,
    ),
    ['Because', reason],
  ] as const;
}
