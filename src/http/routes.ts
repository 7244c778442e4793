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
  return {
    registered,
    get(path, rule, handler) {
      registered.push({ method: 'GET', path, rule });
      application.get(path, handler);
    },
    post(path, rule, handler) {
      registered.push({ method: 'POST', path, rule });
      application.post(path, handler);
    },
  };
}
