// SPDX-License-Identifier: Apache-2.0
// A form that a passkey answers: the script asks the server what to sign, the browser its owner, and sends the form. Without scripts it says what else there is.

import type { Child } from 'hono/jsx';
import type { Frame } from '../frame.ts';
import { Post } from './post.tsx';

interface PasskeyFormProps {
  readonly frame: Frame;
  /** `get` shows a passkey, `create` makes one. */
  readonly ceremony: 'get' | 'create';
  /** Where the form goes. */
  readonly action: string;
  /** Where the browser asks what to sign. */
  readonly begin: string;
  readonly label: string;
  readonly version?: number;
  /** What to do where no script runs. */
  readonly otherwise: Child;
  readonly children?: Child;
}

export function PasskeyForm({ frame, ceremony, action, begin, label, version, otherwise, children }: PasskeyFormProps) {
  return (
    <Post frame={frame} action={action} look="stack" {...(version === undefined ? {} : { version })}>
      {children}
      <input type="hidden" name="response" value="" data-passkey={ceremony} data-begin={begin} />
      <p class="actions">
        <button class="button is-primary" type="submit">
          {label}
        </button>
      </p>
      <p class="label" role="status" data-passkey-said=""></p>
      <noscript>
        <p>A browser uses passkeys by a script only, and scripts are off here. {otherwise}</p>
      </noscript>
    </Post>
  );
}
