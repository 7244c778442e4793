// SPDX-License-Identifier: Apache-2.0
// The projects of an installation: each with its policy, its sender and its site. Read once at the start; wrong ones stop it with a clear line.

import { parse } from 'yaml';
import { z } from 'zod';
import type { PersonId, ProjectId } from '../core/model/identifiers.ts';
import type { Policy } from '../core/policy/policy.ts';
import { administrator } from '../core/process/owners.ts';
import { coverage } from '../core/routing/coverage.ts';
import { parseRoutes } from '../core/routing/route.ts';
import { formatProblem } from '../policy/problem.ts';
import { readPolicy } from '../policy/read-policy.ts';
import type { Transaction } from '../ports/store/store.ts';
import { sha256 } from './encoding.ts';
import { askForTerms } from './roster.ts';
import type { World } from './world.ts';

const projectSettings = z.strictObject({
  project: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'a short lower-case name such as libvirt'),
  title: z.string().min(1).max(80),
  /** A preset of `policies/` or a file. */
  policy: z.string().min(1),
  sender: z.strictObject({ name: z.string().min(1).max(80), address: z.email() }),
  /** Address of the public site; without it the one that this program serves. */
  site: z.url().optional(),
  /** The project's own MAINTAINERS or CODEOWNERS file, for policies that route by it; read again at each start. */
  maintainers: z.string().min(1).optional(),
  /** Who runs the system: told when nobody could own a case, and where the ladder of escalation ends if the policy names no person. */
  administrator: z.strictObject({ name: z.string().min(1).max(80), address: z.email() }).optional(),
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

/** Makes the project known and its policy the active one. @throws RangeError listing what is wrong with the policy, or whom it lacks. */
export async function installProject(
  world: World,
  settings: ProjectSettings,
  policy: { readonly file: string; readonly text: string },
  maintainers?: string,
): Promise<void> {
  const read = readPolicy(policy.file, policy.text);
  if ('problems' in read) throw new RangeError(read.problems.map(formatProblem).join('\n'));
  const project = settings.project as ProjectId;
  const outcome = await world.store.as({ kind: 'process', project }, async (transaction) => {
    await transaction.accounts.addProject({ project, title: settings.title });
    if (maintainers !== undefined) await transaction.accounts.keepMaintainersFile(maintainers);
    await appoint(transaction, settings);
    const gaps = await coverageGaps(transaction, read.policy);
    if (gaps !== undefined) throw new RangeError(`${policy.file}: ${gaps}`);
    const activated = await transaction.policies.activate({
      policy: read.policy,
      text: policy.text,
      sha256: sha256(policy.text),
      activeSince: world.clock.now(),
    });
    if (activated === 'activated') await askForTerms(world, transaction, project);
    return activated;
  });
  if (outcome === 'text_differs')
    throw new RangeError(
      `${policy.file}: version ${read.policy.version} of ${read.policy.name} is kept with another text; raise policy.version`,
    );
}

/** The administrator is a member by that role alone, and so reads no case by it. */
async function appoint({ accounts }: Transaction, { administrator: named }: ProjectSettings): Promise<void> {
  if (named === undefined) return;
  const person = named.name as PersonId;
  const before = await accounts.member(person);
  const roles = [...new Set([...(before?.roles ?? []), administrator])];
  await accounts.putMember({ ...before, person, name: named.name, address: named.address, roles });
}

/** QEMU-6: where the policy blocks, people of the project's file without an account hold it up; a project that has no people yet is not held to it. */
async function coverageGaps({ accounts }: Transaction, { ownership }: Policy): Promise<string | undefined> {
  const text = ownership.coverage === 'block' ? await accounts.maintainersFile() : undefined;
  const members =
    text === undefined ? [] : (await accounts.members(10_000)).filter((one) => one.roles.some((role) => role !== administrator));
  if (text === undefined || members.length === 0) return undefined;
  const { withoutAccount } = coverage(parseRoutes(text), members);
  if (withoutAccount.length === 0) return undefined;
  const names = withoutAccount.map(({ person, subsystems }) => `${person.name} (${subsystems.join(', ')})`);
  return `ownership.coverage is block, and these have no account: ${names.join('; ')}`;
}
