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
import { actOnPersonIn, askForTerms } from './roster.ts';
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
  /** A clone of the project's repository on this machine, bare or not: patches that come are tried on it, and nothing is written to it. */
  repository: z.string().min(1).optional(),
  /** The public repository of notices, where the policy has a channel `git`: pushed to once the page was seen. Without it people push by hand. */
  notices: z
    .strictObject({
      /** An address as git takes it, or a folder; whoever runs the program can push there. */
      repository: z.string().min(1),
      branch: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, 'the name of a branch')
        .default('main'),
      /** `notices/{year}`; without it files lie at the top. */
      folder: z
        .string()
        .regex(/^(?!\.)[A-Za-z0-9._{}-]+(?:\/(?!\.)[A-Za-z0-9._{}-]+)*$/, 'a folder within the repository')
        .or(z.literal(''))
        .default(''),
    })
    .optional(),
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

/**
 * Makes the project known. Its first policy is put in from the file. Later the file changes nothing by itself where the policy that holds asks for a second
 * person: then what was published holds, and the file is a proposal that nobody has made yet (LIBVIRT-42).
 * @returns the policy that holds. @throws RangeError listing what is wrong with the file, or whom it lacks.
 */
export async function installProject(
  world: World,
  settings: ProjectSettings,
  policy: { readonly file: string; readonly text: string },
  maintainers?: string,
): Promise<Policy> {
  const read = readPolicy(policy.file, policy.text);
  if ('problems' in read) throw new RangeError(read.problems.map(formatProblem).join('\n'));
  const project = settings.project as ProjectId;
  return world.store.as({ kind: 'process', project }, async (transaction) => {
    await transaction.accounts.addProject({ project, title: settings.title });
    if (maintainers !== undefined) await transaction.accounts.keepMaintainersFile(maintainers);
    const holds = await installPolicy(world, transaction, { ...policy, policy: read.policy });
    await appoint(world, transaction, settings);
    return holds;
  });
}

async function installPolicy(
  world: World,
  transaction: Transaction,
  { file, text, policy }: { readonly file: string; readonly text: string; readonly policy: Policy },
): Promise<Policy> {
  const { policies } = transaction;
  await policies.lock();
  const kept = await policies.all();
  const holds = kept.length === 0 ? undefined : await policies.active();
  const ref = { name: policy.name, version: policy.version, sha256: sha256(text) };
  if (kept.some((one) => one.policy.name === ref.name && one.policy.version === ref.version && one.sha256 !== ref.sha256))
    throw new RangeError(`${file}: version ${ref.version} of ${ref.name} is kept with another text; raise policy.version`);
  // A file that was published before is no change: the program may have gone on from there while it ran.
  const old = kept.some((one) => one.sha256 === ref.sha256);
  if (holds !== undefined && (old || holds.policy.reviews.policyChange !== null)) {
    if (!old) world.log('policy-file-not-published', { version: ref.version, holds: holds.policy.version });
    return holds.policy;
  }
  const gaps = await coverageGaps(transaction, policy);
  if (gaps !== undefined) throw new RangeError(`${file}: ${gaps}`);
  const at = world.clock.now();
  await policies.activate({ policy, text, sha256: ref.sha256, activeSince: at, confirmedAt: at, origin: null });
  await policies.record([{ kind: 'policy-installed', at, policy: ref }]);
  await askForTerms(world, transaction);
  return policy;
}

/** The first who runs the system: a member by that role alone, who so reads no case by it. Once they are in the roster, people decide what becomes of them. */
async function appoint(world: World, transaction: Transaction, { administrator: named, project }: ProjectSettings): Promise<void> {
  if (named === undefined) return;
  const person = named.name as PersonId;
  const known = (await transaction.roster.person(person))?.state;
  if (known !== undefined && known.version > 0) {
    if (!known.roles.some(({ role }) => role === administrator)) world.log('administrator-of-the-file-not-named', { project });
    return;
  }
  const details = { name: named.name, address: named.address };
  const request = { person, action: { kind: 'found', roles: [administrator] }, details } as const;
  await actOnPersonIn(world, transaction, project as ProjectId, { kind: 'process' }, request);
}

/** QEMU-6: where the policy blocks, people of the project's file without an account hold it up; a project that has no people yet is not held to it. */
export async function coverageGaps({ accounts }: Transaction, { ownership }: Policy): Promise<string | undefined> {
  const text = ownership.coverage === 'block' ? await accounts.maintainersFile() : undefined;
  const members =
    text === undefined ? [] : (await accounts.members(10_000)).filter((one) => one.roles.some((role) => role !== administrator));
  if (text === undefined || members.length === 0) return undefined;
  const { withoutAccount } = coverage(parseRoutes(text), members);
  if (withoutAccount.length === 0) return undefined;
  const names = withoutAccount.map(({ person, subsystems }) => `${person.name} (${subsystems.join(', ')})`);
  return `ownership.coverage is block, and these have no account: ${names.join('; ')}`;
}
