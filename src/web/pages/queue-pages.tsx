// SPDX-License-Identifier: Apache-2.0
// A long queue in pages: in which order, how many there are in all, and the way on. The order stays when the page turns.

import type { QueueOrder, QueueView } from '../../app/views.ts';
import type { Frame } from '../frame.ts';
import { pathsOf } from '../paths.ts';
import { count } from '../words.ts';

interface PagesProps {
  readonly frame: Frame;
  readonly view: QueueView;
}

const orders: Readonly<Record<QueueOrder, string>> = { clock: 'by clock', patches: 'cases with a patch first' };

/** The queue in this order from this place on. */
export function pageAddress(
  { frame, view }: PagesProps,
  changes: { readonly order?: QueueOrder; readonly after?: string | null },
  below = '',
): string {
  const { order = view.order, after = null } = changes;
  const query = new URLSearchParams({ ...(order === 'clock' ? {} : { order }), ...(after === null ? {} : { after }) }).toString();
  return `${pathsOf(frame.project.id).queue}${below}${query === '' ? '' : `?${query}`}`;
}

/** The choice between two orders is worth a line only where there is something to put in order. */
export function Order(props: PagesProps) {
  const { view } = props;
  if (view.total < 2) return null;
  return (
    <nav class="order" aria-label="Order of the cases">
      <span class="label">Order:</span>
      {(['clock', 'patches'] as const).map((order) => (
        <a href={pageAddress(props, { order })} {...(order === view.order ? { 'aria-current': 'true' } : {})}>
          {orders[order]}
        </a>
      ))}
    </nav>
  );
}

export function Pages(props: PagesProps) {
  const { view } = props;
  if (view.next === null && view.after === null) return null;
  return (
    <nav class="pages" aria-label="Pages of the queue">
      <p>
        {view.rows.length} of {totalOf(view, 'open case', 'open cases')} on this page.
      </p>
      <p class="actions">
        {view.after !== null ? (
          <a class="button" href={pageAddress(props, {})}>
            Back to the first page
          </a>
        ) : null}
        {view.next === null ? (
          <span class="quiet">This is the last page.</span>
        ) : (
          <a class="button" href={pageAddress(props, { after: view.next })} rel="next">
            Next page
          </a>
        )}
      </p>
    </nav>
  );
}

/** `3 open cases`; `more than 1000 open cases` where no more were counted. */
function totalOf({ total, more }: QueueView, one: string, many: string): string {
  return `${more ? 'more than ' : ''}${count(total, one, many)}`;
}

/** A page that has become empty while somebody read the one before. */
export function NoMore(props: PagesProps) {
  return (
    <div class="empty">
      <p>
        <strong>Nothing stands here any more.</strong> What is open, {totalOf(props.view, 'case', 'cases')}, stands on the pages before.{' '}
        <a href={pageAddress(props, {})}>Back to the first page</a>
      </p>
    </div>
  );
}
