// SPDX-License-Identifier: Apache-2.0
// The doors as the program opens them, with the list of their routes: what a stranger can reach, in one place for all leak tests.

import type { Hono } from 'hono';
import { apiDoor } from '../../src/api/api.ts';
import type { ProjectSettings } from '../../src/app/projects.ts';
import type { RegisteredRoute } from '../../src/app/registry.ts';
import type { World } from '../../src/app/world.ts';
import type { WebOptions } from '../../src/web/web.ts';
import { webDoor } from '../../src/web/web.ts';

export interface Doors {
  fetch(request: Request): Response | Promise<Response>;
  /** Every application with the routes that it registered. */
  readonly applications: readonly { readonly name: string; readonly application: Hono; readonly routes: readonly RegisteredRoute[] }[];
  readonly routes: readonly RegisteredRoute[];
}

/** As serve.ts puts them behind one port: what begins with `/api/` is the API's. */
export function openDoors(world: World, projects: readonly ProjectSettings[], demo: WebOptions['demo'] = null): Doors {
  const api = apiDoor(world);
  const web = webDoor(world, { projects, demo });
  const applications = [
    { name: 'api', application: api.application, routes: api.routes.registered },
    { name: 'web', application: web.application, routes: web.routes.registered },
  ];
  return {
    fetch: (request) => (new URL(request.url).pathname.startsWith('/api/') ? api : web).application.fetch(request),
    applications,
    routes: applications.flatMap((one) => one.routes),
  };
}
