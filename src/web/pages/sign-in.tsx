// SPDX-License-Identifier: Apache-2.0
// Sign in. In a demonstration the roles stand open; a reporter comes back by the link that was shown once.

import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { Head, Part } from '../components/part.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';

export interface DemoLink {
  readonly name: string;
  /** What this role is for, in half a sentence. */
  readonly does: string;
  readonly href: string;
}

export interface SignInPageProps {
  readonly frame: Frame;
  readonly links: readonly DemoLink[];
  /** Why the visitor is here: a session ended, a link did not fit. */
  readonly message: string | null;
}

export function SignInPage({ frame, links, message }: SignInPageProps) {
  return (
    <Layout
      frame={frame}
      title="Sign in"
      band={{ standing: { kind: 'public', since: null }, remark: 'Nothing confidential is on this page.', unlabelled: true }}
    >
      <Head title="Sign in" lead="You need an account only to handle reports, not to make one." />
      {message === null ? null : <Notice title={message} icon="key" />}
      {links.length === 0 ? (
        <div class="empty">
          <p>
            <strong>Signing in is not open on this page.</strong> Use the link that your project’s administrator gave you.
          </p>
        </div>
      ) : (
        <Part title="Roles of this demonstration" remark="each link signs in as an invented person">
          <ol class="toc">
            {links.map((link) => (
              <li>
                <a href={link.href} data-row="">
                  {link.name}
                </a>
                <span>{link.does}</span>
              </li>
            ))}
          </ol>
        </Part>
      )}
      <Part title="You sent a report?">
        <p class="prose">
          Open the link that you were shown when it was received. It is the only way to your own page; we cannot show it again. To report
          something new, use the <a href={pathsOf(frame.project.id).report}>form</a>.
        </p>
      </Part>
    </Layout>
  );
}
