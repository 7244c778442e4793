// SPDX-License-Identifier: Apache-2.0
// Routes are added through here only, each with its rule; the list of them is what the leak tests walk.

import type { Context, Hono } from 'hono';
import type { RegisteredRoute, RouteRule } from '../app/registry.ts';

export type Handler = (context: Context) => Response | Promise<Response>;

export interface Routes {
  get(path: string, rule: RouteRule, handler: Handler): void;
  post(path: string, rule: RouteRule, handler: Handler): void;
  readonly registered: readonly RegisteredRoute[];
}

export function routesOf(application: Hono): Routes {
  const registered: RegisteredRoute[] = [];
  const knowing = (route: RegisteredRoute, handler: Handler): Handler => {
    registered.push(route);
    return (context) => {
      context.set(routeName, route);
      return handler(context);
    };
  };
  return {
    registered,
    get(path, rule, handler) {
      application.get(path, knowing({ method: 'GET', path, rule }, handler));
    },
    post(path, rule, handler) {
      application.post(path, knowing({ method: 'POST', path, rule }, handler));
    },
  };
}

const routeName = 'route';

/** The route that is being answered, with its rule. */
export function routeOf(context: Context): RegisteredRoute {
  return context.get(routeName) as RegisteredRoute;
}
