// SPDX-License-Identifier: Apache-2.0
// The mail sink of a demonstration: what would have left, and to whom. Text only; nothing leaves this machine.

import type { Instant } from '../../core/model/time.ts';
import { Layout } from '../components/layout.tsx';
import { HourUtc, Moment } from '../components/moment.tsx';
import { Facts, Head } from '../components/part.tsx';
import { Verbatim } from '../components/scrolls.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';

export interface SunkMessage {
  readonly id: string;
  readonly at: Instant;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  /** In clear, as it stands in the message; armoured where it was encrypted. */
  readonly text: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export interface MailListPageProps {
  readonly frame: Frame;
  readonly messages: readonly SunkMessage[];
}

const band = { standing: { kind: 'confidential' }, remark: 'No mail leaves this machine; it ends here.' } as const;

export function MailListPage({ frame, messages }: MailListPageProps) {
  return (
    <Layout frame={frame} title="Mail" current="mail" band={band}>
      <Head title="Mail" lead="Everything that would have been sent, newest first." />
      {messages.length === 0 ? (
        <div class="empty">
          <p>
            <strong>No mail yet.</strong> A message that a person writes waits 60 s before it leaves.
          </p>
        </div>
      ) : (
        <table class="ledger folds">
          <caption class="unseen">Messages, times in UTC</caption>
          <thead>
            <tr>
              <th scope="col" class="c-clock">
                Sent, UTC
              </th>
              <th scope="col">Subject</th>
              <th scope="col">To</th>
            </tr>
          </thead>
          <tbody>
            {messages.map((message) => (
              <tr>
                <td>
                  <HourUtc at={message.at} />
                </td>
                <th scope="row">
                  <a href={pathsOf(frame.project.id).mailMessage(message.id)} data-row="">
                    <bdi>{message.subject === '' ? 'no subject' : message.subject}</bdi>
                  </a>
                </th>
                <td data-l="To">
                  <bdi>{message.to.join(', ')}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Layout>
  );
}

export function MailMessagePage({ frame, message }: { readonly frame: Frame; readonly message: SunkMessage }) {
  return (
    <Layout frame={frame} title="Mail" current="mail" band={band}>
      <Head
        title={message.subject === '' ? 'no subject' : message.subject}
        eyebrow={[<a href={pathsOf(frame.project.id).mail}>All mail</a>]}
      />
      <Facts
        roomy
        rows={[
          ['From', <bdi>{message.from}</bdi>],
          ['To', <bdi>{message.to.join(', ')}</bdi>],
          ['Sent', <Moment at={message.at} />],
        ]}
      />
      <div class="after">
        <Verbatim label="Text of the message" text={message.text} />
      </div>
      <details>
        <summary>All headers</summary>
        <Verbatim label="Headers of the message" text={message.headers.map(([name, value]) => `${name}: ${value}`).join('\n')} />
      </details>
    </Layout>
  );
}
