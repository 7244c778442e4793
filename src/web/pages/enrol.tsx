// SPDX-License-Identifier: Apache-2.0
// The page of an enrolment link: who it is for, and the passkey that is made with it. Looking at it changes nothing.

import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { Head, Part } from '../components/part.tsx';
import { PasskeyForm } from '../components/passkey-form.tsx';
import { Post } from '../components/post.tsx';
import type { Frame } from '../frame.ts';

export interface EnrolPageProps {
  readonly frame: Frame;
  /** Address of this very page. */
  readonly action: string;
  /** Whom the link is for; null when it is spent, too old, or none of ours. */
  readonly name: string | null;
  /** Host of the sign-in service; null where there is none. */
  readonly service: string | null;
  readonly refused: boolean;
}

export function EnrolPage({ frame, action, name, service, refused }: EnrolPageProps) {
  return (
    <Layout
      frame={frame}
      title="Add a passkey"
      band={{ standing: { kind: 'public', since: null }, remark: 'Nothing confidential is on this page.', unlabelled: true }}
    >
      <Head title="Add a passkey" lead="Your way in from now on: your device or security key, opened by you." />
      {refused ? (
        <Notice title="No passkey was added" tone="danger" icon="cross" alert>
          <p>The answer of your device could not be used. Nothing was changed; try again.</p>
        </Notice>
      ) : null}
      {name === null ? (
        <div class="empty">
          <p>
            <strong>This link is not good any more.</strong> It is good once, and for a day at most. Ask whoever gave it to you for another.
          </p>
        </div>
      ) : (
        <Part title={`For ${name}`} remark="this link is good once">
          <p class="prose">
            If you are not {name}, close this page. A passkey asks for your fingerprint, face or PIN; what it asks for never leaves your
            device.
          </p>
          <PasskeyForm
            frame={frame}
            ceremony="create"
            action={action}
            begin={`${action}/begin`}
            label="Add a passkey and sign in"
            otherwise="Open this link in a browser with scripts."
          >
            <div class="field">
              <label for="passkey-name">Name of this passkey</label>
              <p class="label" id="passkey-name-help">
                So that you know it again among several: laptop, telephone, blue key.
              </p>
              <input class="input" id="passkey-name" name="name" type="text" maxlength={60} aria-describedby="passkey-name-help" />
            </div>
          </PasskeyForm>
          {service === null ? null : (
            <Post frame={frame} action={`${action}/service`}>
              <p class="actions">
                <button class="button" type="submit">
                  Use your account at {service}
                </button>
              </p>
            </Post>
          )}
        </Part>
      )}
    </Layout>
  );
}
