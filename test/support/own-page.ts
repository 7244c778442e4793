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

interface Face {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Both faces of a reporter's page, from an address of the form `KEY@/api/v1/PROJECT/my-report`: by the API with the key, and by the web with a session. */
export async function ownFaces(mine: string, open: (project: string, key: string) => Promise<OwnPage>): Promise<readonly Face[]> {
  const [, key = '', project = ''] = /^(dlk[0-9a-z]+)@\/api\/v1\/([^/]+)\/my-report$/.exec(mine) ?? [];
  const { path, cookie } = await open(project, key);
  return [
    { path: `/api/v1${path}`, headers: { Authorization: `Bearer ${key}` } },
    { path, headers: { Cookie: cookie } },
  ];
}
