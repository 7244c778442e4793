// SPDX-License-Identifier: Apache-2.0
// A request is answered once all of it is here: who asks is looked up then, and not while the rest of the body may still take minutes to come.

import type { MiddlewareHandler } from 'hono';

/** Whoever was removed while they sent a body would otherwise be taken for who they were when they began (L-11). The body is bounded before this. */
export const wholeBody: MiddlewareHandler = async (context, next) => {
  const { raw } = context.req;
  if (raw.body === null) return next();
  // Half a body is nobody's wish: whoever sent it has gone away (RFC 9110 section 15.5.1).
  const body = await raw.arrayBuffer().catch(() => undefined);
  if (body === undefined) return context.body(null, 400);
  context.req.raw = new Request(raw, { body });
  return next();
};
