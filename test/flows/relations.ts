// SPDX-License-Identifier: Apache-2.0
// A town with one project and several cases, for stories in which cases belong together.

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Answer, Town, TownProject } from '../support/town.ts';
import { town } from '../support/town.ts';

// biome-ignore lint/suspicious/noExplicitAny: stories read what the API answers, whose shape they assert.
export type Json = any;

export interface Reported {
  readonly case: string;
  readonly codename: string;
  /** Address of the reporter's own page in the API. */
  readonly mine: string;
}

export interface Cases {
  readonly here: Town;
  report(body: object): Promise<Reported>;
  /** A member takes an action, which has to succeed. */
  take(name: string, id: string, action: string, body?: object): Promise<Json>;
  try(name: string, id: string, action: string, body?: object): Promise<Answer>;
  /** A reporter acts by their return key. */
  mine(reported: Reported, action: string, body?: object): Promise<Answer>;
  see(name: string | null, id: string): Promise<Answer>;
  state(name: string, id: string): Promise<Json>;
  until(what: string, name: string, id: string, holds: (state: Json) => boolean): Promise<void>;
  /** Every mail to that address so far. */
  mailTo(address: string): readonly { readonly subject: string; readonly text: string }[];
}

export async function cases(t: TestContext, project: TownProject): Promise<Cases> {
  const here = await town(t, [project]);
  const base = `/api/v1/${project.project}`;
  const token = (name: string) => here.signIn(project.project, name);
  const attempt: Cases['try'] = async (name, id, action, body = {}) =>
    here.call(`${base}/cases/${id}/${action}`, { token: await token(name), body });
  const see: Cases['see'] = async (name, id) => here.call(`${base}/cases/${id}`, name === null ? {} : { token: await token(name) });
  const state: Cases['state'] = async (name, id) => (await see(name, id)).body.state;
  return {
    here,
    async report(body) {
      const answer = await here.call(`${base}/reports`, { body });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      const { case: id, codename, key } = answer.body;
      return { case: id, codename, mine: `${key}@/api/v1/${project.project}/my-report` };
    },
    async take(name, id, action, body = {}) {
      const answer = await attempt(name, id, action, body);
      assert.ok(answer.status < 300, `${name} ${action}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    try: attempt,
    mine: ({ mine }, action, body = {}) => here.call(`${mine}/${action}`, { body }),
    see,
    state,
    until: (what, name, id, holds) => here.until(what, async () => holds(await state(name, id))),
    mailTo: (address) => here.relay.sent.filter((mail) => mail.to.address === address).map(({ subject, text }) => ({ subject, text })),
  };
}
