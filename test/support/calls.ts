// SPDX-License-Identifier: Apache-2.0
// Calls to the API from outside, and waiting for what comes in its own time.

import { seconding } from './seconding.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: stories read what the API answers, whose shape they assert.
  readonly body: any;
}

export interface CallOptions {
  readonly token?: string;
  /** Makes the call a POST. */
  readonly body?: object;
}

export function call(url: string, options: CallOptions = {}): Promise<Answer> {
  return seconding(url, options, send);
}

async function send(url: string, { token, body, headers }: CallOptions & { readonly headers?: Record<string, string> }) {
  const answer = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, etag: answer.headers.get('ETag'), body: /^[[{]/.test(text) ? JSON.parse(text) : text };
}

/** Looks again every `pace` milliseconds. @throws Error naming what was waited for, after `patience` milliseconds. */
export async function until(what: string, holds: () => Promise<boolean> | boolean, { pace = 25, patience = 15_000 } = {}): Promise<void> {
  const deadline = performance.now() + patience;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited ${patience / 1000} s for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pace));
  }
}
