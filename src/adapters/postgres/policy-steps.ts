// SPDX-License-Identifier: Apache-2.0
// The log of how a project's policy changed: appended under a lock, each step bound to all before it by its hash.

import { createHash } from 'node:crypto';
import type { ProjectId } from '../../core/model/identifiers.ts';
import type { PolicyStep } from '../../core/model/policy-step.ts';
import type { Policies } from '../../ports/store/policies.ts';
import { canonicalJson } from './canonical-json.ts';
import { chained } from './chain.ts';
import type { Session } from './session.ts';
import { queries } from './tables.ts';

export function policyStepsOf(session: Session): Pick<Policies, 'lock' | 'steps' | 'record' | 'verify'> {
  const { project } = session.principal;
  const kept = queries.selectFrom('policy_step').where('project', '=', project);
  return {
    async lock() {
      await session.rows(queries.selectFrom('project').select('project').where('project', '=', project).forNoKeyUpdate());
    },
    steps: async () => (await session.rows(kept.select('envelope').orderBy('seq'))).map((row) => row.envelope),
    async record(steps) {
      const last = await session.row(kept.select(['seq', 'hash']).orderBy('seq', 'desc').limit(1));
      let [seq, head] = [last?.seq ?? 0, last?.hash ?? start(project)];
      for (const step of steps) {
        const envelope = canonicalJson(step);
        seq += 1;
        head = chained(head, envelope);
        await session.change(queries.insertInto('policy_step').values({ project, seq, envelope, hash: head }));
      }
    },
    async verify() {
      const rows = await session.rows(kept.select(['seq', 'envelope', 'hash']).orderBy('seq'));
      let head = start(project);
      for (const [index, { seq, envelope, hash }] of rows.entries()) {
        head = chained(head, canonicalJson(envelope satisfies PolicyStep));
        if (seq !== index + 1 || !Buffer.from(head).equals(hash)) return { steps: rows.length, brokenAt: index + 1, head: hex(head) };
      }
      return { steps: rows.length, brokenAt: null, head: hex(head) };
    },
  };
}

function start(project: ProjectId): Uint8Array {
  return createHash('sha256').update(`${project}/policy`).digest();
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
