// SPDX-License-Identifier: Apache-2.0
// One's own way in: which sessions are open, which passkeys there are, and what ends them.

import type { OwnSession } from '../../app/sign-in/sessions.ts';
import type { Instant } from '../../core/model/time.ts';
import { Layout } from '../components/layout.tsx';
import { MailHours, type OwnMailHours } from '../components/mail-hours.tsx';
import { Moment } from '../components/moment.tsx';
import { Notice } from '../components/notice.tsx';
import { Head, Part } from '../components/part.tsx';
import { PasskeyForm } from '../components/passkey-form.tsx';
import { Post } from '../components/post.tsx';
import { type MadeToken, type OwnToken, Tokens } from '../components/tokens.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';

export type AccountSaid =
  | 'ended'
  | 'proven'
  | 'not-proven'
  | 'added'
  | 'not-added'
  | 'removed'
  | 'last'
  | 'revoked'
  | 'chosen'
  | 'not-chosen';

const sentences: Readonly<Record<AccountSaid, string>> = {
  ended: 'Ended. Whoever used it is signed out now.',
  proven: 'Thank you. For five minutes you may do what asks for a fresh proof.',
  'not-proven': 'This asks for a fresh proof that it is you. Nothing was changed.',
  added: 'The passkey was added.',
  'not-added': 'No passkey was added. Prove that it is you, then try again.',
  removed: 'The passkey was removed.',
  revoked: 'The token was revoked. It opens nothing any more.',
  chosen: 'Your mail comes at these hours from now on.',
  'not-chosen': 'These hours could not be kept. See below.',
  last: 'This is your only way in. Add another passkey first.',
};

const by: Readonly<Record<string, string>> = {
  passkey: 'a passkey',
  oidc: 'the sign-in service',
  demo_link: 'a link of the demonstration',
};

export interface OwnPasskey {
  readonly credential: string;
  readonly name: string;
  readonly added: Instant;
  readonly used: Instant | null;
}

export interface AccountPageProps {
  readonly frame: Frame;
  readonly sessions: readonly OwnSession[];
  readonly passkeys: readonly OwnPasskey[];
  readonly tokens: readonly OwnToken[];
  readonly mail: OwnMailHours;
  /** What became of the wish for a token: shown once. */
  readonly made: MadeToken | null;
  /** Host of the sign-in service; null where there is none. */
  readonly service: string | null;
  /** Proven a moment ago. */
  readonly fresh: boolean;
  readonly said: AccountSaid | null;
}

export function AccountPage({ frame, sessions, passkeys, tokens, mail, fresh, said, made, service }: AccountPageProps) {
  const bad = said !== null && ['not-proven', 'not-added', 'last', 'not-chosen'].includes(said);
  return (
    <Layout frame={frame} title="Your way in" band={{ standing: { kind: 'confidential' }, remark: 'You see this page, and nobody else.' }}>
      <Head title="Your way in" lead="Where you are signed in, and with what." />
      {said === null ? null : <Notice title={sentences[said]} tone={bad ? 'danger' : 'done'} icon={bad ? 'cross' : 'check'} alert={bad} />}
      <Sessions frame={frame} sessions={sessions} />
      <Passkeys frame={frame} passkeys={passkeys} fresh={fresh} />
      <Tokens frame={frame} tokens={tokens} fresh={fresh} made={made} />
      <MailHours frame={frame} mail={mail} />
      {fresh ? null : <Prove frame={frame} service={service} />}
    </Layout>
  );
}

function Sessions({ frame, sessions }: Pick<AccountPageProps, 'frame' | 'sessions'>) {
  const { account } = pathsOf(frame.project.id);
  return (
    <Part
      title="Your sessions"
      count={sessions.length}
      remark="a session ends after half an hour without use, and after 12 hours in any case"
    >
      <table class="ledger folds is-level">
        <thead>
          <tr>
            <th scope="col">Since</th>
            <th scope="col">Last used</th>
            <th scope="col">Signed in with</th>
            <th scope="col">
              <span class="unseen">End it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr>
              <th scope="row">
                <Moment at={session.opened} now={frame.now} />
              </th>
              <td data-l="Last used">
                <Moment at={session.seen} now={frame.now} />
              </td>
              <td data-l="Signed in with">{by[session.proof] ?? session.proof}</td>
              <td>
                {session.own ? (
                  'this one'
                ) : (
                  <Post frame={frame} action={`${account}/end-session`}>
                    <input type="hidden" name="session" value={session.id} />
                    <button class="button is-quiet" type="submit">
                      End it
                    </button>
                  </Post>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sessions.length < 2 ? null : (
        <Post frame={frame} action={`${account}/end-other-sessions`}>
          <p class="actions after">
            <button class="button" type="submit">
              End all others
            </button>
          </p>
        </Post>
      )}
    </Part>
  );
}

function Passkeys({ frame, passkeys, fresh }: Pick<AccountPageProps, 'frame' | 'passkeys' | 'fresh'>) {
  const { account } = pathsOf(frame.project.id);
  return (
    <Part title="Your passkeys" count={passkeys.length} remark="two are better than one: a device gets lost">
      {passkeys.length === 0 ? <p class="quiet">You have none.</p> : null}
      <ul class="said-list">
        {passkeys.map((passkey) => (
          <li>
            <strong>{passkey.name}</strong>, added <Moment at={passkey.added} now={frame.now} />
            {passkey.used === null ? ', not used yet' : ', last used '}
            {passkey.used === null ? null : <Moment at={passkey.used} now={frame.now} />}
            {fresh ? (
              <Post frame={frame} action={`${account}/remove-passkey`}>
                <input type="hidden" name="passkey" value={passkey.credential} />
                <button class="button is-quiet" type="submit">
                  Remove {passkey.name}
                </button>
              </Post>
            ) : null}
          </li>
        ))}
      </ul>
      {fresh ? (
        <PasskeyForm
          frame={frame}
          ceremony="create"
          action={`${account}/add-passkey`}
          begin={`${account}/passkey/begin`}
          label="Add a passkey"
          otherwise="Add it in a browser with scripts."
        >
          <div class="field">
            <label for="passkey-name">Name of the new passkey</label>
            <input class="input" id="passkey-name" name="name" type="text" maxlength={60} />
          </div>
        </PasskeyForm>
      ) : null}
    </Part>
  );
}

function Prove({ frame, service }: Pick<AccountPageProps, 'frame' | 'service'>) {
  const { account } = pathsOf(frame.project.id);
  return (
    <Part title="Prove that it is you" remark="to add or remove a passkey or a token">
      <PasskeyForm
        frame={frame}
        ceremony="get"
        action={`${account}/prove`}
        begin={`${account}/prove/begin`}
        label="Use your passkey"
        otherwise="Sign out, and sign in again in another way."
      />
      {service === null ? null : (
        <Post frame={frame} action={`${account}/prove/service`}>
          <p class="actions">
            <button class="button" type="submit">
              Prove it at {service}
            </button>
          </p>
        </Post>
      )}
    </Part>
  );
}
