// SPDX-License-Identifier: Apache-2.0
// The form of a page's route: with its rule, after the visit; no answer is the page that nothing is there.

import type { Context } from 'hono';
import type { RouteRule } from '../app/registry.ts';
import type { Visit } from './visit.ts';

type Shown = Response | undefined | Promise<Response | undefined>;

/** Adds a route to the pages of a project. */
export type PageRoute = (method: 'get' | 'post', path: string, rule: RouteRule, show: (context: Context, visit: Visit) => Shown) => void;
