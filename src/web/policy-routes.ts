// SPDX-License-Identifier: Apache-2.0
// The policy in public: the page of the one that holds, how a case moves under it, every version that ever held, and security.txt.

import type { Context } from 'hono';
import type { PolicyArchive } from '../app/policy-archive.ts';
import { policyArchive } from '../app/policy-archive.ts';
import { securityTxt } from '../app/policy-text/documents.ts';
import { processMap } from '../app/process-map.ts';
import type { World } from '../app/world.ts';
import type { PageRoute } from './page-route.ts';
import { PolicyPage } from './pages/policy.tsx';
import { PolicyVersionsPage } from './pages/policy-versions.tsx';
import { ProcessPage } from './pages/process.tsx';
import { pathsOf } from './paths.ts';
import { render } from './render.ts';
import { markPublished } from './security-headers.ts';
import { activePolicy, type Visit } from './visit.ts';

/** RFC 9116 section 3. */
const plainText = { 'Content-Type': 'text/plain; charset=utf-8' };

export function policyPages(world: World, page: PageRoute): void {
  page('get', '/:project/policy', 'public', async (context, { project, frame }) => {
    if (frame.viewer === null) markPublished(context);
    return context.html(render(PolicyPage({ frame, policy: await activePolicy(world, project) })));
  });
  page('get', '/:project/policy/process', 'public', async (context, { project, frame }) => {
    if (frame.viewer === null) markPublished(context);
    const policy = await activePolicy(world, project);
    return context.html(render(ProcessPage({ frame, policy, map: processMap(policy) })));
  });
  page('get', '/:project/policy/versions', 'public', async (context, { project, frame }) => {
    if (frame.viewer === null) markPublished(context);
    return context.html(render(PolicyVersionsPage({ frame, versions: await policyArchive(world, project) })));
  });
  page('get', '/:project/policy/versions/:name/:version', 'public', async (context, { project, frame }) => {
    const kept = (await policyArchive(world, project)).find((one) => isNamed(one, context));
    if (kept === undefined) return undefined;
    if (frame.viewer === null) markPublished(context);
    return context.html(render(PolicyPage({ frame, policy: kept.policy, superseded: kept.until })));
  });
  page('get', '/:project/policy/versions/:name/:version/policy.yaml', 'public', async (context, { project }) => {
    const kept = (await policyArchive(world, project)).find((one) => isNamed(one, context));
    return kept && context.body(kept.text, 200, plainText);
  });
  page('get', '/:project/.well-known/security.txt', 'public', async (context, visit) => {
    return context.body(await securityTxtOf(world, visit), 200, plainText);
  });
}

function isNamed({ policy }: PolicyArchive[number], context: Context): boolean {
  return policy.name === context.req.param('name') && String(policy.version) === context.req.param('version');
}

/** Good from the day on which this version began to hold, or on which somebody last said that it is still true. */
async function securityTxtOf(world: World, { project }: Pick<Visit, 'project'>): Promise<string> {
  const { policy, confirmedAt } = await world.store.as({ kind: 'anonymous', project }, ({ policies }) => policies.active());
  const paths = pathsOf(project);
  const at = (path: string) => `${world.baseUrl}${path}`;
  return securityTxt(policy, confirmedAt, {
    policy: at(paths.policy),
    report: at(paths.report),
    advisories: at(paths.advisories),
    key: policy.disclosure.signed === null ? null : `${at(paths.advisories)}/key.asc`,
    canonical: at(paths.securityTxt),
  });
}
