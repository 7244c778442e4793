// SPDX-License-Identifier: Apache-2.0
// Signing in as people do: a link that is opened once, a passkey of an authenticator in software, a cookie that is kept.

import assert from 'node:assert/strict';
import { makeEnrolmentLink } from '../../src/app/sign-in/enrolment.ts';
import type { World } from '../../src/app/world.ts';
import type { PersonId, ProjectId } from '../../src/core/model/identifiers.ts';
import type { Authenticator, Twist } from './authenticator.ts';

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly location: string;
  /** Value of the session cookie that was set; empty where none was. */
  readonly session: string;
  readonly headers: Headers;
}

/** A browser without scripts, which sends what a person would. */
export function browserAt(base: string, project: string) {
  const send = async (path: string, session: string, fields?: Readonly<Record<string, string>>): Promise<Reply> => {
    const answer = await fetch(new URL(path, base), {
      redirect: 'manual',
      headers: { ...(session === '' ? {} : { Cookie: `daylight-${project}=${session}` }) },
      ...(fields === undefined ? {} : { method: 'POST', body: new URLSearchParams(fields) }),
    });
    const cookie = answer.headers.getSetCookie().find((one) => one.includes(`daylight-${project}=`)) ?? '';
    return {
      status: answer.status,
      text: await answer.text(),
      location: answer.headers.get('location') ?? '',
      session: /=([^;]*)/.exec(cookie)?.[1] ?? '',
      headers: answer.headers,
    };
  };
  return {
    look: (path: string, session = '') => send(path, session),
    post: (path: string, fields: Readonly<Record<string, string>>, session = '') => send(path, session, fields),
  };
}

export type Browser = ReturnType<typeof browserAt>;

export function enrolmentLink(world: World, project: string, person: string, hours?: number) {
  return world.store.as({ kind: 'process', project: project as ProjectId }, (transaction) =>
    makeEnrolmentLink(world, transaction, project as ProjectId, person as PersonId, hours === undefined ? {} : { hours }),
  );
}

/** Opens the link, makes a passkey and is signed in. @returns the session. */
export async function enrol(browser: Browser, url: string, device: Authenticator, twist?: Twist): Promise<Reply> {
  const path = new URL(url).pathname;
  const begun = await browser.post(`${path}/begin`, {});
  if (begun.status !== 200) return begun;
  return browser.post(path, { response: JSON.stringify(device.create(JSON.parse(begun.text), twist)), name: 'test key' });
}

export async function signInWith(browser: Browser, project: string, device: Authenticator, twist?: Twist): Promise<Reply> {
  const begun = await browser.post(`/${project}/sign-in/passkey/begin`, {});
  assert.equal(begun.status, 200, begun.text);
  return browser.post(`/${project}/sign-in/passkey`, { response: JSON.stringify(device.get(JSON.parse(begun.text), twist)) });
}

/** Token of the forms of a page. */
export function csrfIn(page: string): string {
  return /name="csrf" value="([^"]*)"/.exec(page)?.[1] ?? '';
}
