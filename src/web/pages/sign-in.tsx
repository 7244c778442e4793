// SPDX-License-Identifier: Apache-2.0
// Sign in. In a demonstration the roles stand open; a reporter comes back by the link that was shown once.

import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { Head, Part } from '../components/part.tsx';
import { PasskeyForm } from '../components/passkey-form.tsx';
import { Post } from '../components/post.tsx';
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
  /** Host of the sign-in service; null where there is none. */
  readonly service: string | null;
  /** Why the visitor is here: a session ended, a link did not fit. */
  readonly message: string | null;
}

export function SignInPage({ frame, links, service, message }: SignInPageProps) {
  return (
    <Layout
      frame={frame}
      title="Sign in"
      band={{ standing: { kind: 'public', since: null }, remark: 'Nothing confidential is on this page.', unlabelled: true }}
    >
      <Head title="Sign in" lead="You need an account only to handle reports, not to make one." />
      {message === null ? null : <Notice title={message} icon="key" />}
      <Part title="With a passkey" remark="your device or security key">
        <PasskeyForm
          frame={frame}
          ceremony="get"
          action={pathsOf(frame.project.id).passkey}
          begin={pathsOf(frame.project.id).passkeyBegin}
          label="Sign in with a passkey"
          otherwise="Sign in with a browser that runs them, or in another way of this page."
        />
        <p class="label">New here, or your passkey is lost? Somebody who admits people gives you a link.</p>
      </Part>
      {service === null ? null : (
        <Part title={`With your account at ${service}`} remark="where it asks for a second factor">
          <Post frame={frame} action={pathsOf(frame.project.id).service}>
            <p class="actions">
              <button class="button" type="submit">
                Sign in at {service}
              </button>
            </p>
          </Post>
        </Part>
      )}
      {links.length === 0 ? null : (
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
          Open the link of any mail that we sent you about it, or the one that you were shown when it was received. To report something new,
          use the <a href={pathsOf(frame.project.id).report}>form</a>.
        </p>
      </Part>
    </Layout>
  );
}
