// SPDX-License-Identifier: Apache-2.0
// Headers of every answer: nothing foreign loads, nothing private is kept or indexed, nobody frames a page (LOOK 3.7, L-20, L-30, L-54, L-58).

import type { Context, MiddlewareHandler } from 'hono';
import { commonHeaders, notIndexed } from '../http/headers.ts';

/** No inline style or script, nothing remote; scripts may write text only, never markup. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const permissions = 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=(), interest-cohort=()';

const publishedMark = 'X-Daylight-Published';

/** A route whose answer everybody may keep and index says so; all others are private by default. */
export function markPublished(context: Context, seconds = 300): void {
  context.header(publishedMark, '1');
  context.header('Cache-Control', `public, max-age=${seconds}`);
}

/**
 * Goes around every route. `https` adds the promise to come back over TLS only. `formsTo`: origin of the sign-in service, to which a form of ours leads on
 * (Content Security Policy level 3, section 6.4.2).
 */
export function securityHeaders(options: { readonly https: boolean; readonly formsTo?: string }): MiddlewareHandler {
  const policy =
    options.formsTo === undefined
      ? contentSecurityPolicy
      : contentSecurityPolicy.replace("form-action 'self'", `form-action 'self' ${options.formsTo}`);
  const common = commonHeaders(options.https);
  return async (context, next) => {
    await next();
    const { headers } = context.res;
    for (const [name, value] of common) headers.set(name, value);
    headers.set('Permissions-Policy', permissions);
    if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', policy);
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
    if (!headers.has(publishedMark)) return headers.set('X-Robots-Tag', notIndexed);
    headers.delete(publishedMark);
    headers.append('Vary', 'Cookie');
    // Who has a cookie gets a page of their own: a member's name and form token, a visitor's theme. No cache keeps that.
    if (context.req.header('Cookie') !== undefined) headers.set('Cache-Control', 'no-store');
  };
}
