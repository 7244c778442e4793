// SPDX-License-Identifier: Apache-2.0
// What a redirect says was done.

import type { Context } from 'hono';
import type { OfferedAction } from '../app/parse.ts';
import { isOffered } from '../app/parse.ts';

/** The action that a redirect says was done; anything else in the address says nothing. */
export function doneOf(context: Context): OfferedAction | null {
  const done = context.req.query('done') ?? '';
  return isOffered(done) ? done : null;
}
