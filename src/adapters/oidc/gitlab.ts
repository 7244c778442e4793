// SPDX-License-Identifier: Apache-2.0
// Who belongs to a project of GitLab, asked by its members API with a token that the operator made; `sub` of its OpenID Connect is the id of the user.

import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import { OutsideFailure } from '../../ports/failure.ts';
import type { Memberships } from '../../ports/identity-provider.ts';

/** How long one answer may take, in milliseconds. */
const patience = 10_000;

const member = z.object({ access_level: z.int(), state: z.string(), expires_at: z.string().nullish() });

/** `issuer`: where GitLab lives. On the day of UTC on which a membership expires it has ended. */
export function gitlabMemberships({
  issuer,
  token,
  clock,
}: {
  readonly issuer: string;
  readonly token: string;
  readonly clock: Clock;
}): Memberships {
  return {
    async levelOf(project, subject) {
      if (!/^\d{1,19}$/.test(subject)) return 0;
      const url = `${issuer.replace(/\/+$/, '')}/api/v4/projects/${encodeURIComponent(project)}/members/all/${subject}`;
      const answer = await asked(url, token);
      if (answer === undefined) return 0;
      const isOver = answer.expires_at != null && answer.expires_at <= clock.now().slice(0, 10);
      return answer.state === 'active' && !isOver ? answer.access_level : 0;
    },
  };
}

/** Undefined for whoever is no member. GitLab says so by 404, as it does of a project that our token does not show: that one is looked for. */
async function asked(url: string, token: string): Promise<z.infer<typeof member> | undefined> {
  const answer = await get(url, token);
  if (answer.status === 200) {
    const read = member.safeParse(await answer.json().catch(() => undefined));
    if (read.success) return read.data;
    throw new OutsideFailure('temporary', 'GitLab answered something else than a member.');
  }
  await answer.body?.cancel();
  if (answer.status !== 404) throw new OutsideFailure('temporary', `GitLab does not let us ask for members: ${answer.status}`);
  const project = await get(url.replace(/\/members\/all\/\d+$/, ''), token);
  await project.body?.cancel();
  if (project.status === 200) return undefined;
  throw new OutsideFailure('temporary', `GitLab does not show us the project: ${project.status}`);
}

async function get(url: string, token: string): Promise<Response> {
  try {
    return await fetch(url, { headers: { 'PRIVATE-TOKEN': token }, redirect: 'error', signal: AbortSignal.timeout(patience) });
  } catch (cause) {
    throw new OutsideFailure('temporary', 'GitLab does not answer.', { cause });
  }
}
