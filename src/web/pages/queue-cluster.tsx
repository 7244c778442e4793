// SPDX-License-Identifier: Apache-2.0
// A cluster of near copies, closed in one action: choose the copies, name the case that they belong to (QEMU-1).

import type { QueueRow, QueueView } from '../../app/views.ts';
import { Fields } from '../components/field.tsx';
import { Post } from '../components/post.tsx';
import { type Field, untouched } from '../fields.ts';
import type { Frame } from '../frame.ts';
import { foundBy } from '../relation-forms.ts';
import { plain } from '../words.ts';
import { pageAddress } from './queue-pages.tsx';

/** Where a case may still be marked as a duplicate. */
const early = ['held', 'received', 'eligibility', 'assessing'];

function named({ codename }: QueueRow['state'], title: string): string {
  return title === '' ? codename : `${codename}: ${title}`;
}

function copiesField(copies: readonly QueueRow[]): Field {
  const options = copies.map(({ state, title }) => ({
    value: state.case,
    label: named(state, title),
    says: plain(state.handling),
  }));
  return { kind: 'many', name: 'cases', label: 'Copies', required: true, options };
}

const independentField = foundBy('Somebody else each time, by themselves', 'Each counts as found again.');

export function Cluster({ frame, view }: { readonly frame: Frame; readonly view: QueueView }) {
  const readable = view.rows.filter((row) => row.reach === 'everything');
  const copies = readable.filter(({ state }) => early.includes(state.handling));
  if (copies.length === 0 || readable.length < 2) return null;
  return (
    <details class="deed part" id="cluster">
      <summary>Mark several as duplicates</summary>
      <Post frame={frame} action={pageAddress({ frame, view }, { after: view.after }, '/mark-duplicates')} look="form stack">
        <p>Each report joins the case that you name, with its reporter. What is refused is said, and the others go on.</p>
        <Fields form="cluster" fields={[copiesField(copies)]} filled={untouched} />
        <div class="field">
          <label for="cluster-of">The case that they belong to</label>
          <select class="input" id="cluster-of" name="of" required>
            <option value="">Choose a case</option>
            {readable.map(({ state, title }) => (
              <option value={state.case}>{named(state, title)}</option>
            ))}
          </select>
        </div>
        <Fields form="cluster" fields={[independentField]} filled={untouched} />
        <p class="actions">
          <button class="button" type="submit">
            Mark as duplicates
          </button>
        </p>
      </Post>
    </details>
  );
}
