// SPDX-License-Identifier: Apache-2.0
// From which address a request comes: what attempts are counted by.

import type { Context } from 'hono';

/** The address of the other side. A proxy on this machine is believed in its last word on it, and nobody else. */
export function cameFrom(context: Context): string {
  const { incoming } = (context.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  const direct = incoming?.socket?.remoteAddress ?? '';
  const near = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(direct);
  const passedOn = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  return near && passedOn !== undefined ? passedOn : direct;
}
