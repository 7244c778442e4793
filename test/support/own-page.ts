// SPDX-License-Identifier: Apache-2.0
// A reporter in a browser: the return key is sent in the form of their page, and the session that it opens goes with what follows.

import assert from 'node:assert/strict';

export interface OwnPage {
  readonly path: string;
  readonly session: string;
  /** The cookie that a browser would send. */
  readonly cookie: string;
}

type Send = (path: string, init: RequestInit) => Promise<{ readonly status: number; readonly cookie: string | null }>;

/** Opens the page of a report by its return key. */
export async function ownPage(project: string, key: string, send: Send): Promise<OwnPage> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams({ key }).toString();
  const { status, cookie } = await send(`/${project}/my-report/open`, { method: 'POST', headers, body, redirect: 'manual' });
  assert.equal(status, 303, 'the key opens the page');
  const [pair = ''] = (cookie ?? '').split(';');
  return { path: `/${project}/my-report`, session: pair.slice(pair.indexOf('=') + 1), cookie: pair };
}
