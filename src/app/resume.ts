// SPDX-License-Identifier: Apache-2.0
// Taking up again what a worker left behind when it died: its jobs stay locked in the queue for hours, so what they were for is ordered anew.

import type { CaseId, ProjectId } from '../core/model/identifiers.ts';
import { jobOfChannel } from '../core/process/consequences/channels.ts';
import { unchecked } from '../core/process/consequences/patches.ts';
import { publishesAdvisory } from '../core/process/gates.ts';
import type { QueueEntry } from '../ports/store/cases.ts';
import type { Job } from '../ports/store/jobs.ts';
import type { World } from './world.ts';

/** More cases than are ever between their hour and their last channel at once. */
const most = 1000;

/**
 * Orders each outstanding step of every publication under way, and the check of each patch that has none. Both may run twice and do no harm by it.
 * A version after the disclosure is of a case that has ended, and its clock runs until its last channel has confirmed.
 */
export function resumeJobs(world: World, project: ProjectId): Promise<void> {
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    const open = await transaction.cases.queue({ open: true, limit: most });
    const ended = await transaction.cases.queue({ open: false, clocked: true, limit: most });
    const cases = [...open, ...ended];
    for (const job of cases.flatMap(outstanding))
      await transaction.jobs.enqueue(job, [job.task, job.case, ...('channel' in job ? [job.channel] : [])].join(':'));
    for (const { state } of cases)
      for (const file of unchecked(state))
        await transaction.jobs.enqueue({ task: 'check-patch', case: state.case, file }, `check-patch:${file}`);
  });
}

/** The own site first; the repository and announcements only once it was seen (I9). */
function outstanding({ state, policy }: QueueEntry): readonly Extract<Job, { readonly case: CaseId }>[] {
  const { armed, prepared, channels } = state.disclosure;
  if (armed && prepared === null && publishesAdvisory(state, policy)) return [{ task: 'prepare-publication', case: state.case }];
  const open = channels.filter((one) => one.state !== 'confirmed').map((one) => one.channel);
  const sites = open.filter((channel) => channel.endsWith(':site'));
  const jobs = (kind: 'site' | 'git' | 'mail') =>
    open.filter((channel) => channel.endsWith(`:${kind}`)).map((channel) => ({ task: jobOfChannel[kind], case: state.case, channel }));
  return sites.length > 0 ? jobs('site') : [...jobs('git'), ...jobs('mail')];
}
