// SPDX-License-Identifier: Apache-2.0
// The web form as a browser without scripts sends it: fields in, the page that comes back out.

import assert from 'node:assert/strict';
import type { Town } from '../support/town.ts';

/** Posts a form of the site as somebody who is not signed in. */
export async function sentForm(here: Town, path: string, fields: Readonly<Record<string, string>>) {
  const answer = await fetch(here.base + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: here.base, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  return { status: answer.status, text: await answer.text() };
}

/** Sends a report by the form; the id of its case, as the newest in the queue of `reader`. */
export async function sentByForm(here: Town, project: string, fields: Readonly<Record<string, string>>, reader: string): Promise<string> {
  const sent = await sentForm(here, `/${project}/report/send`, fields);
  assert.equal(sent.status, 201, sent.text);
  const queue = await here.call(`/api/v1/${project}/cases`, { token: await here.signIn(project, reader) });
  const codename = /[a-z]+-[a-z]+(?=<\/h1>)/.exec(sent.text)?.[0] ?? '';
  const row = queue.body.rows.find((one: { codename: string }) => sent.text.includes(one.codename));
  assert.ok(row !== undefined, `no case for ${codename}`);
  return row.case;
}
