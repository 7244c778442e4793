// SPDX-License-Identifier: Apache-2.0
// The doors as the program opens them, with the list of their routes: what a stranger can reach, in one place for all leak tests.

import { Hono } from 'hono';
import { apiDoor } from '../../src/api/api.ts';
import type { RegisteredRoute } from '../../src/app/registry.ts';
import { routesOf } from '../../src/app/routes.ts';
import type { World } from '../../src/app/world.ts';
import { publishedRoutes } from '../../src/web/published.ts';

export interface Doors {
  fetch(request: Request): Response | Promise<Response>;
  /** Every application with the routes that it registered. */
  readonly applications: readonly { readonly name: string; readonly application: Hono; readonly routes: readonly RegisteredRoute[] }[];
  readonly routes: readonly RegisteredRoute[];
}

export function openDoors(world: World): Doors {
  const api = apiDoor(world);
  const pages = new Hono();
  const published = routesOf(pages);
  publishedRoutes(world, published, (context) => context.text('Not found', 404));
  const whole = new Hono();
  whole.route('/', api.application);
  whole.route('/', pages);
  const applications = [
    { name: 'api', application: api.application, routes: api.routes.registered },
    { name: 'published', application: pages, routes: published.registered },
  ];
  return { fetch: (request) => whole.fetch(request), applications, routes: applications.flatMap((one) => one.routes) };
}
