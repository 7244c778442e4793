// SPDX-License-Identifier: Apache-2.0
// Once more, is it you? What was typed goes along with the proof, so that one press does what was meant, and nothing is lost where it fails.

import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { Head } from '../components/part.tsx';
import { PasskeyForm } from '../components/passkey-form.tsx';
import { Post } from '../components/post.tsx';
import type { Frame } from '../frame.ts';
import { handedOver } from '../parked.ts';
import { pathsOf } from '../paths.ts';
import type { Standing } from '../standing.ts';
import { Typed, type TypedWords } from './answers.tsx';

export interface ProvePageProps {
  readonly frame: Frame;
  /** Whom or what it is about. */
  readonly title: string;
  readonly standing: Standing;
  /** What the visitor wanted to do, as the button says. */
  readonly label: string;
  readonly sentence: string;
  /** Where the form was going, and all that it holds. */
  readonly action: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly back: string;
  readonly typed: TypedWords;
  /** Files that were chosen and do not go along. */
  readonly unkept: readonly string[];
  /** A proof was shown, and was not good. */
  readonly failed: boolean;
  /** Host of the sign-in service; null where there is none. */
  readonly service: string | null;
}

export function ProvePage({
  frame,
  title,
  standing,
  label,
  sentence,
  action,
  fields,
  back,
  typed,
  unkept,
  failed,
  service,
}: ProvePageProps) {
  return (
    <Layout frame={frame} title={title} band={{ standing }}>
      <Head title={title} />
      <Notice title={`“${label}” waits for you`} tone={failed ? 'danger' : 'plain'} icon="key" alert>
        <p>
          {failed ? 'That proof was not good. Nothing was changed. ' : ''}
          {sentence}
        </p>
        {unkept.length === 0 ? null : (
          <p>
            {unkept.length === 1 ? 'A file does' : 'Files do'} not go along: <bdi class="id">{unkept.join(', ')}</bdi>. To send{' '}
            {unkept.length === 1 ? 'it' : 'them'}, leave this, sign in anew, and fill in the form within five minutes.
          </p>
        )}
      </Notice>
      <PasskeyForm
        frame={frame}
        ceremony="get"
        action={action}
        begin={`${pathsOf(frame.project.id).account}/prove/begin`}
        label={`Prove it, then: ${label}`}
        otherwise="Copy what you typed, sign out, sign in again, and send it within five minutes."
      >
        {fields.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
      </PasskeyForm>
      {service === null ? null : (
        <Post frame={frame} action={`${pathsOf(frame.project.id).account}/prove/service`}>
          <input type="hidden" name="parked" value={handedOver({ label, action, back, fields })} />
          <p class="actions after">
            <button class="button" type="submit">
              Prove it at {service}, then: {label}
            </button>
          </p>
        </Post>
      )}
      <p class="actions after">
        <a class="button" href={back}>
          Leave it
        </a>
      </p>
      <Typed typed={typed} />
    </Layout>
  );
}
