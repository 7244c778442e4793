// SPDX-License-Identifier: Apache-2.0
// Policy versions. One that is kept never changes, so each process reads it from the database once.

import type { PolicyRef } from '../../core/model/case.ts';
import { systemRoles } from '../../core/people/admission.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { rolesWith } from '../../core/policy/policy.ts';
import type { Policies, PolicyVersion } from '../../ports/store/policies.ts';
import { policyStepsOf } from './policy-steps.ts';
import type { Session } from './session.ts';
import { queries } from './tables.ts';

/** Resolved policies and their texts by project, name, version and hash of the text: what has the same hash is the same for ever. */
export type KnownPolicies = Map<string, Kept>;

type Kept = Pick<PolicyVersion, 'policy' | 'text'>;

export async function policyOf(session: Session, known: KnownPolicies, ref: PolicyRef): Promise<Policy> {
  return (await keptAs(session, known, ref)).policy;
}

async function keptAs(session: Session, known: KnownPolicies, { name, version, sha256 }: PolicyRef): Promise<Kept> {
  const { project } = session.principal;
  const place = JSON.stringify([project, name, version, sha256]);
  const before = known.get(place);
  if (before !== undefined) return before;
  const kept = queries.selectFrom('policy_version').select(['policy', 'text']).where('project', '=', project).where('name', '=', name);
  const row = await session.row(kept.where('version', '=', version).where('sha256', '=', sha256));
  if (row === undefined) throw new Error(`the policy ${name} ${version} is not kept as the case knows it`);
  known.set(place, row);
  return row;
}

export function policiesOf(session: Session, known: KnownPolicies): Policies {
  const { project } = session.principal;
  const kept = queries
    .selectFrom('policy_version')
    .select(['policy', 'text', 'sha256', 'active_since as activeSince', 'confirmed_at as confirmedAt', 'origin'])
    .where('project', '=', project);
  return {
    async active() {
      const active = queries
        .selectFrom('policy_version')
        .select(['name', 'version', 'sha256', 'active_since as activeSince', 'confirmed_at as confirmedAt', 'origin'])
        .where('project', '=', project);
      const row = await session.row(active.where('active', '=', true));
      if (row === undefined) throw new Error(`the project ${project} has no policy`);
      const { name, version, ...rest } = row;
      return { ...rest, ...(await keptAs(session, known, { name, version, sha256: row.sha256 })) };
    },
    all: () => session.rows(kept.orderBy('active_since').orderBy('name').orderBy('version')),
    activate: (version) => activate(session, version),
    async confirmedAt() {
      const active = queries.selectFrom('policy_version').select('confirmed_at').where('project', '=', project).where('active', '=', true);
      return (await session.row(active))?.confirmed_at ?? null;
    },
    async confirm(at) {
      const active = queries.updateTable('policy_version').where('project', '=', project).where('active', '=', true);
      await session.change(active.set({ confirmed_at: at }));
    },
    ...policyStepsOf(session),
  };
}

async function activate(
  session: Session,
  { policy, text, sha256, activeSince, confirmedAt, origin: whose }: PolicyVersion,
): Promise<'activated' | 'unchanged' | 'text_differs'> {
  const { project } = session.principal;
  const { name, version } = policy;
  const origin = whose === null ? null : JSON.stringify(whose);
  // One activation at a time in a project.
  await session.rows(queries.selectFrom('project').select('project').where('project', '=', project).forNoKeyUpdate());
  const all = queries.updateTable('policy_version').where('project', '=', project);
  const insert = queries.insertInto('policy_version').values({
    project,
    name,
    version,
    policy: JSON.stringify(policy),
    text,
    sha256,
    active: false,
    active_since: activeSince,
    confirmed_at: confirmedAt,
    origin,
  });
  await session.change(insert.onConflict((conflict) => conflict.doNothing()));
  const row = await session.row(
    queries
      .selectFrom('policy_version')
      .select(['text', 'active'])
      .where('project', '=', project)
      .where('name', '=', name)
      .where('version', '=', version)
      .forUpdate(),
  );
  if (row?.text !== text) return 'text_differs';
  if (row.active) return 'unchanged';
  await session.change(all.set({ active: false }).where('active', '=', true));
  await session.change(
    all
      .set({ active: true, active_since: activeSince, confirmed_at: confirmedAt, origin })
      .where('name', '=', name)
      .where('version', '=', version),
  );
  const overseers = [...rolesWith(policy, 'admit'), ...systemRoles];
  await session.change(queries.updateTable('project').set({ roster_readers: overseers }).where('project', '=', project));
  return 'activated';
}
