// SPDX-License-Identifier: Apache-2.0
// Every form that changes something: it carries the session's token, and the version of the case that the reader saw.

import type { Child } from 'hono/jsx';
import type { Frame } from '../frame.ts';

interface PostProps {
  readonly frame: Frame;
  readonly action: string;
  /** `state.version` of the case; a form that is older than the case is a conflict. */
  readonly version?: number;
  readonly files?: boolean;
  readonly look?: string;
  readonly id?: string;
  /** Where a script sends the form after a pause, to show what would come of it. */
  readonly live?: string;
  /** The same for a calculator. */
  readonly score?: string;
  readonly children?: Child;
}

export function Post({ frame, action, version, files, look, id, live, score, children }: PostProps) {
  return (
    <form
      method="post"
      action={action}
      {...(look === undefined ? {} : { class: look })}
      {...(id === undefined ? {} : { id })}
      {...(live === undefined ? {} : { 'data-live': live })}
      {...(score === undefined ? {} : { 'data-score-at': score })}
      {...(mendsWhole(look) ? { novalidate: true } : {})}
      {...(files === true ? { enctype: 'multipart/form-data' } : {})}
    >
      <input type="hidden" name="csrf" value={frame.csrf} />
      {version === undefined ? null : <input type="hidden" name="version" value={version} />}
      {children}
    </form>
  );
}

/** A form of fields comes back with everything that is missing, each named and linked; a browser would stop at the first, in its own words. */
function mendsWhole(look: string | undefined): boolean {
  return look?.split(' ').includes('form') ?? false;
}
