// SPDX-License-Identifier: Apache-2.0
// The projects of an installation: each with its policy, its sender and its site. Read once at the start; wrong ones stop it with a clear line.

import { parse } from 'yaml';
import { z } from 'zod';
import type { ProjectId } from '../core/model/identifiers.ts';
import { formatProblem } from '../policy/problem.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { sha256 } from './encoding.ts';
import type { World } from './world.ts';

const projectSettings = z.strictObject({
  project: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'a short lower-case name such as libvirt'),
  title: z.string().min(1).max(80),
  /** A preset of `policies/` or a file. */
  policy: z.string().min(1),
  sender: z.strictObject({ name: z.string().min(1).max(80), address: z.email() }),
  /** Address of the public site; without it the one that this program serves. */
  site: z.url().optional(),
});

export type ProjectSettings = z.infer<typeof projectSettings>;

/** @throws RangeError with file, place and what was expected. */
export function readProjects(file: string, text: string): readonly ProjectSettings[] {
  const parsed = z.array(projectSettings).min(1).safeParse(parse(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RangeError(`${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a list of projects'}`);
}

/** Whether this installation has the project. A project that is there once stays, so each is asked for once. */
export function knownProjects(world: World): (project: ProjectId) => Promise<boolean> {
  const known = new Set<ProjectId>();
  return async (project) => {
    if (known.has(project)) return true;
    const all = await world.store.as({ kind: 'anonymous', project }, (transaction) => transaction.accounts.projects());
    if (!all.some((one) => one.project === project)) return false;
    known.add(project);
    return true;
  };
}

/** Makes the project known and its policy the active one. @throws RangeError listing what is wrong with the policy. */
export async function installProject(
  world: World,
  settings: ProjectSettings,
  policy: { readonly file: string; readonly text: string },
): Promise<void> {
  const read = readPolicy(policy.file, policy.text);
  if ('problems' in read) throw new RangeError(read.problems.map(formatProblem).join('\n'));
  const project = settings.project as ProjectId;
  const outcome = await world.store.as({ kind: 'process', project }, async (transaction) => {
    await transaction.accounts.addProject({ project, title: settings.title });
    return transaction.policies.activate({
      policy: read.policy,
      text: policy.text,
      sha256: sha256(policy.text),
      activeSince: world.clock.now(),
    });
  });
  if (outcome === 'text_differs')
    throw new RangeError(
      `${policy.file}: version ${read.policy.version} of ${read.policy.name} is kept with another text; raise policy.version`,
    );
}
