// SPDX-License-Identifier: Apache-2.0
// A caller of the API: reporters show the key that stands before an @, and who seconds looks first, so that the version that was read goes with the word.

import type { ActionKind } from '../../src/core/model/action.ts';
import { rowOf, table } from '../../src/core/process/table.ts';

interface Call {
  readonly token?: string;
  readonly body?: object;
  readonly headers?: Record<string, string>;
}

type Answered = { readonly status: number; readonly etag: string | null };

/** Sends a call; one that seconds something and names no version reads the case first, and again where something moved it in between. */
export async function seconding<Answer extends Answered>(
  path: string,
  call: Call,
  send: (path: string, call: Call) => Promise<Answer>,
): Promise<Answer> {
  const own = /^(dlk[0-9a-z]+)@(.*)$/.exec(path);
  if (own !== null) return seconding(own[2] ?? '', { ...call, token: own[1] ?? '' }, send);
  if (call.body === undefined || !seconds(path) || call.headers?.['If-Match'] !== undefined) return send(path, call);
  const { body: _, ...look } = call;
  for (let attempt = 1; ; attempt++) {
    const { etag } = await send(path.slice(0, path.lastIndexOf('/')), look);
    const answer = await send(path, { ...call, headers: { ...call.headers, ...(etag === null ? {} : { 'If-Match': etag }) } });
    if (answer.status !== 412 || attempt === 5) return answer;
  }
}

function seconds(path: string): boolean {
  const kind = /\/(?:cases\/[^/]+|my-report)\/([a-z-]+)$/.exec(path)?.[1] ?? '';
  return Object.hasOwn(table, kind) && rowOf(kind as ActionKind).seconds === true;
}
