// SPDX-License-Identifier: Apache-2.0
// The project that an address names, as the doors that speak HTTP read it.

import type { Context } from 'hono';
import type { ProjectId } from '../core/model/identifiers.ts';

/** What has not the form of a project's name is nobody's, and never reaches the database. */
export function projectOf(context: Context): ProjectId {
  const named = context.req.param('project') ?? '';
  return (/^[a-z][a-z0-9-]{1,30}$/.test(named) ? named : '') as ProjectId;
}
