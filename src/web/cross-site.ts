// SPDX-License-Identifier: Apache-2.0
// Requests that another site makes with our visitor's cookies: refused by where they come from, and by a token that only our pages hold (L-20).

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';

const safe: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses what does not come from our own pages. Browsers say so in `Sec-Fetch-Site` (Fetch Metadata, section 2.2); an older one only in `Origin`,
 * which is `null` on our forms because of `Referrer-Policy: no-referrer` (Fetch, section 3.1). `origin` is where this installation is reached.
 */
export function refuseCrossSite(origin: string): MiddlewareHandler {
  return async (context, next) => {
    const site = context.req.header('sec-fetch-site');
    const from = context.req.header('origin');
    const allowed = safe.includes(context.req.method)
      ? site !== 'cross-site' || context.req.header('sec-fetch-mode') === 'navigate'
      : site === undefined
        ? from === undefined || from === 'null' || from === origin
        : site === 'same-origin';
    if (!allowed) return context.text('Refused: this request came from another site.', 403);
    return next();
  };
}

/** Token for the forms of one session; worthless in another. */
export function csrfToken(secret: Uint8Array, session: string): string {
  return createHmac('sha256', secret).update('form\0').update(session).digest('base64url');
}

/** Compared in constant time, whatever was given. */
export function csrfMatches(secret: Uint8Array, session: string, given: unknown): boolean {
  const digest = (text: string) => createHmac('sha256', secret).update(text).digest();
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(csrfToken(secret, session)));
}
