// SPDX-License-Identifier: Apache-2.0
// What the worker does for each job: one table. A job may run twice; each looks first whether it is still to be done.

import type { JobPayload } from '../ports/store/jobs.ts';
import { checkPatch } from './patch-check.ts';
import { preparePublication } from './preparation.ts';
import { announce, publishSite } from './publication.ts';
import { publishNotices } from './publish-notices.ts';
import { checkMembers } from './sign-in/synced-roles.ts';
import { tick } from './tick.ts';
import type { World } from './world.ts';

/** @throws OutsideFailure: a temporary one is tried again by the worker. */
export async function runJob(world: World, job: JobPayload): Promise<void> {
  switch (job.task) {
    case 'prepare-publication':
      return preparePublication(world, job.project, job.case);
    case 'check-patch':
      return checkPatch(world, job.project, job.case, job.file);
    case 'publish-site':
      return publishSite(world, job.project, job.case, job.channel);
    case 'publish-notices':
      return publishNotices(world, job.project, job.case, job.channel);
    case 'announce':
      return announce(world, job.project, job.case, job.channel);
    case 'check-members':
      return checkMembers(world, job.project);
    case 'tick':
      await tick(world, job.project);
  }
}
