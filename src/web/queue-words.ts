// SPDX-License-Identifier: Apache-2.0
// The queue in one sentence, as its head and its band say it.

import type { QueueGroup, QueueView } from '../app/views.ts';
import { count } from './words.ts';

/** Under the band: how much of the page is not public. */
export function remarkOn(hidden: number, all: number): string {
  if (all === 0) return 'No case is on this page.';
  if (all === 1) return `The one case on this page is ${hidden === 1 ? 'not public' : 'public'}.`;
  if (hidden === all) return `None of the ${all} cases on this page is public.`;
  return `${hidden} of the ${all} cases on this page ${hidden === 1 ? 'is' : 'are'} not public.`;
}

/** `2 wait for your decision, 1 promise is overdue.` */
export function summary({ rows, total }: Pick<QueueView, 'rows' | 'total'>): string {
  const of = (group: QueueGroup) => rows.filter((row) => row.group === group).length;
  const decide = of('decide');
  const overdue = of('overdue');
  const first = decide === 0 ? 'Nothing waits for your decision' : `${decide} ${decide === 1 ? 'waits' : 'wait'} for your decision`;
  const said = overdue === 0 ? `${first}.` : `${first}, ${count(overdue, 'promise is', 'promises are')} overdue.`;
  return total > rows.length ? `${total} cases are open. On this page: ${said.charAt(0).toLowerCase()}${said.slice(1)}` : said;
}
