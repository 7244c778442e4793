// SPDX-License-Identifier: Apache-2.0
// Received: the codename, and the key that opens the reporter's own page, shown once.

import type { Received } from '../../app/intake.ts';
import { firstReply } from '../../app/policy-text/sentences.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { Layout } from '../components/layout.tsx';
import { Moment } from '../components/moment.tsx';
import { Notice } from '../components/notice.tsx';
import { Head, Part } from '../components/part.tsx';
import { Post } from '../components/post.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { Steps } from './report.tsx';

export interface ReceivedPageProps {
  readonly frame: Frame;
  readonly policy: Policy;
  /** With the key that opens the reporter's own page; whoever has it reads what the reporter reads. */
  readonly received: Pick<Received, 'codename' | 'key' | 'page' | 'held' | 'public' | 'queuedUntil' | 'warnings'>;
}

export function ReceivedPage({ frame, policy, received }: ReceivedPageProps) {
  const { codename, key, page, held, queuedUntil, warnings } = received;
  return (
    <Layout
      frame={frame}
      title={codename}
      current="report"
      band={{
        standing: received.public ? { kind: 'public', since: frame.now } : { kind: 'confidential' },
        remark: 'This page is shown once.',
      }}
    >
      <Steps at="sent" />
      <Head title={codename} lead="This is the name of your report. It says nothing about what is in it." />
      <Notice title="Received, and kept" tone="done" icon="check">
        <p>
          {held
            ? 'A moderator looks at it first; people who are new here all go that way.'
            : 'It is in the queue of the people who handle reports.'}
        </p>
        {queuedUntil === null ? null : (
          <p>
            More than {policy.intake.reportsPerDay} reports of yours came today. Nothing is lost: this one gets its turn{' '}
            <Moment at={queuedUntil} now={frame.now} />.
          </p>
        )}
        {warnings.map((warning) => (
          <p>{warning}</p>
        ))}
        <p>{firstReply(policy)}</p>
      </Notice>
      <Part title="Your own page" remark="keep this key: it is not shown again">
        <p class="label" id="key-help">
          The page shows where your report stands, what we write to you, and takes your answers. Whoever has the key can read and answer in
          your name, for a year. Mail that we send you holds links of its own, each good once.
        </p>
        <Post frame={frame} action={pathsOf(frame.project.id).openReport}>
          <div class="field">
            <label for="own-key">Key of your report</label>
            <input class="input is-code" id="own-key" name="key" type="text" readonly value={key} aria-describedby="key-help" />
          </div>
          <p class="prose after">
            You enter it at <code>{page}</code>, from any browser.
          </p>
          <p class="actions after">
            <button class="button is-primary" type="submit">
              Open your own page
            </button>
          </p>
        </Post>
      </Part>
    </Layout>
  );
}
