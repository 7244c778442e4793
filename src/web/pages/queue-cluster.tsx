// SPDX-License-Identifier: Apache-2.0
// A cluster of near copies, closed in one action: choose the copies, name the case that they belong to (QEMU-1).

import type { QueueRow } from '../../app/views.ts';
import { Post } from '../components/post.tsx';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { plain } from '../words.ts';

/** Where a case may still be marked as a duplicate. */
const early = ['held', 'received', 'eligibility', 'assessing'];

export function Cluster({ frame, rows }: { readonly frame: Frame; readonly rows: readonly QueueRow[] }) {
  const readable = rows.filter((row) => row.reach === 'everything');
  const copies = readable.filter(({ state }) => early.includes(state.handling));
  if (copies.length === 0 || readable.length < 2) return null;
  return (
    <details class="deed part" id="cluster">
      <summary>Mark several as duplicates</summary>
      <Post frame={frame} action={`${pathsOf(frame.project.id).queue}/mark-duplicates`} look="form stack">
        <p>Each report joins the case that you name, with its reporter. What is refused is said, and the others go on.</p>
        <fieldset class="field">
          <legend>Copies</legend>
          {copies.map(({ state, title }) => (
            <label class="tick" for={`copy-${state.case}`}>
              <input type="checkbox" id={`copy-${state.case}`} name="cases" value={state.case} /> {state.codename} <bdi>{title}</bdi>{' '}
              <small>{plain(state.handling)}</small>
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for="cluster-of">The case that they belong to</label>
          <select class="input" id="cluster-of" name="of" required>
            <option value="">Choose a case</option>
            {readable.map(({ state, title }) => (
              <option value={state.case}>
                {state.codename}: {title}
              </option>
            ))}
          </select>
        </div>
        <label class="tick" for="cluster-independent">
          <input type="checkbox" id="cluster-independent" name="independent" value="yes" checked /> Each was found by somebody else, by
          themselves
        </label>
        <p class="actions">
          <button class="button" type="submit">
            Mark as duplicates
          </button>
        </p>
      </Post>
    </details>
  );
}
